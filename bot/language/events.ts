/** What a record of an activity says: its kind, the rest, verbatim. */
export interface SaidEvent {
  kind: string;
  text: string;
}

const RECORD = /^\s*(?:活动记录|记录活动|登记活动)[:：\s]+(?<kind>[〇㐀-鿿A-Za-z]{1,10}?)[:：\s]+(?<text>[^\n].*)$/su;

/** 「活动记录 演讲比赛 全局举办创新驱动演讲比赛」; null for other words. */
export function eventSaid(text: string): SaidEvent | null {
  const found = RECORD.exec(text)?.groups;
  return found?.['kind'] && found['text'] ? { kind: found['kind'], text: found['text'].trim() } : null;
}

const GUEST =
  /(?:邀请|特邀|聘请|请)(?:了|到)?(?<guest>[^，。；、\n]{2,20}?)(?:来局|到局|为|给|作|做|主讲|讲授|讲课|授课|，|。|$)/;
// 「九个问题之一」 names none.
const QUESTION = /第(?<no>[一二三四五六七八九\d])个?问题|问题之?(?<named>[二三四五六七八九1-9])(?![个次项])/;

/** Of a 讲: who was asked to speak, and which of the nine questions it is on (R19), where it is said. */
export function speechSaid(text: string): { guest?: string; question?: string } {
  const guest = GUEST.exec(text)?.groups?.['guest'];
  const { no, named } = QUESTION.exec(text)?.groups ?? {};
  const question = no ?? named;
  return { ...(guest && { guest }), ...(question && { question: NUMERALS[Number(question) - 1] ?? question }) };
}
const NUMERALS = '一二三四五六七八九';

const TALK = /^\s*谈[:：\s]+(?<text>[^\n]*[|｜].*)$/s;
export const TALK_PARTS = ['认识', '见解', '措施'] as const;

/** 「谈 认识|见解|措施」 (R20): the three parts, empty where one lacks; null for other words. */
export function talkSaid(text: string): string[] | null {
  const said = TALK.exec(text)?.groups?.['text'];
  if (said === undefined) return null;
  const parts = said.split(/[|｜]/).map((part) => part.trim());
  return TALK_PARTS.map((_, index) => parts[index] ?? '');
}

const MEETING = /^\s*座谈会(?:记录)?[:：]\s*(?<text>.*)$/s;
export const MEETING_PARTS = ['层次', '参加', '问题', '结论', '待办'] as const;

/** 「座谈会：层次 科级；参加 8人；问题 …；结论 …；待办 …」 (R21): part by part; null for other words. */
export function meetingSaid(text: string): Record<string, string> | null {
  const said = MEETING.exec(text)?.groups?.['text'];
  if (said === undefined) return null;
  const parts: Record<string, string> = {};
  for (const piece of said.split(/[；;\n]+/)) {
    const name = MEETING_PARTS.find((one) => piece.trim().startsWith(one));
    if (name)
      parts[name] = piece
        .trim()
        .slice(name.length)
        .replace(/^[:：\s是]+/, '')
        .trim();
  }
  return parts['问题'] || parts['参加'] ? parts : null;
}
