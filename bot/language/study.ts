import type { HeldSession } from './entities/sessions.ts';
import { type Fit, sessionMeant } from './evidence.ts';
import type { Clause } from './reading.ts';
import { daysIn } from './slots/day.ts';
import { readMinutes } from './slots/number.ts';
import type { Sense } from './slots/sense.ts';
import { without } from './text.ts';
import { verbose } from './verbose.ts';

const VENUE =
  /(?:在|到|假|于)?((?:[一二三四五六七八九\d]+楼)?(?:(?![点在到])[〇㐀-鿿]){0,4}?(?:会议室|报告厅|礼堂|活动室|[一二三四五六七八九\d]+楼))/;
const TIME = verbose.with('g')`
  (?:凌晨|早上?|上午|中午|下午|傍晚|晚上?)?\s*(?:\d{1,2}|[一二三四五六七八九十]+)(?:
      [:：]\d\d | [点时](?:半|一刻|三刻|\d{1,2}分?|[一二三四五]?十[一二三四五六七八九]?分?)?
    )(?:\s*(?:[到至]|-|—|~)\s*(?:上午|下午)?(?:\d{1,2}|[一二三四五六七八九十]+)(?:[:：]\d\d|[点时](?:半|一刻|三刻|\d{1,2}分?)?))?
  | (?:上午|下午|晚上|早上|中午|今晚)
`;
const SPEAKER = /主讲人?[:：\s]*([〇㐀-鿿]{2,3})|由([〇㐀-鿿]{2,3}?)(?:同志)?(?:主讲|授课|讲课|宣讲|作辅导)/;
const SAYS = /^(?:请|把|给|将|麻烦|拟|我们?|作为|地点|主题是?|内容是?|题目是?|学习内容|[:：])+/;
const ARRANGES =
  /^(?:安排|组织|定于|定在|举办|召开|登记为?|排上|排|通知|开|办|搞|加)(?:学习(?=\s|$))?(?:一?[场次堂个期])?|^(?:党员|干部|职工|全体|全局|大家|全科|本科)+/;
const STUDIES = /^(?:进行|开展)?(?:集中)?(?:学习|学|观看|收看)(?!心得|交流|会|体会|讲座)/;
// 「高新科学习专利法」: who learns is no part of what is learnt.
const UNIT = /^[\p{Script=Han}]{1,10}?(?:科|室|处|股|中心|所|园区|党委|党总支|支部|孵化器)(?=(?:集中)?学习|观看|收看)/u;
const TAIL = /(?:请登记(?:为集中学习)?|登记(?:为集中学习)?|给?排上|[须需]签到|地点不变|为集中学习|定好)$/;

/** The room a session is said to be in, without 「在」. */
export const venueIn = (text: string): string | null => VENUE.exec(text)?.[1] ?? null;

/** 主讲人 */
export function speakerIn(text: string): string | null {
  const found = SPEAKER.exec(text);
  return found?.[1] ?? found?.[2] ?? null;
}

/** How long a session lasts, in minutes, where it is said (15点到17点, 两个小时); null where not, or nonsense. */
export function lengthIn(text: string): number | null {
  const minutes = readMinutes(text);
  return minutes !== null && minutes >= 15 && minutes <= 600 ? minutes : null;
}

/** What a session is about: the book or name in marks, else what is left when day, time, room and the order are taken out. */
export function topicIn(said: string, today: string): string {
  const marked = /《[^》]+》/.exec(said)?.[0] ?? /[“"]([^”"]{2,40})[”"]/.exec(said)?.[1];
  if (marked) return marked;
  const labelled = /(?:内容|主题|题目)\s*(?:[是为]|[:：\s])\s*([^\n；;，。]{2,40})/.exec(said)?.[1];
  if (labelled) return labelled.trim();
  const parts = partsOfTopic(said, today).map((part) => {
    let rest = part;
    let learns = false;
    for (let before = ''; before !== rest; ) {
      before = rest;
      const bare = rest.replace(SAYS, '').replace(ARRANGES, '').replace(UNIT, '');
      learns ||= STUDIES.test(bare);
      rest = bare.replace(STUDIES, '').replace(TAIL, '');
    }
    return { rest, learns: learns && rest !== '' };
  });
  // 「安排社发科周五15:00学习专利法」: what is said to be learnt goes before whoever learns it.
  const [first] = parts.sort(
    (one, other) => Number(other.learns) - Number(one.learns) || other.rest.length - one.rest.length,
  );
  return first?.rest || '集中学习';
}

/** What is left of an arrangement between stops when day, hour, room and lecturer are taken out. */
export function partsOfTopic(said: string, today: string): string[] {
  const bare = without(said, daysIn(said, today, 'ahead'))
    .replace(TIME, ' ')
    .replace(VENUE, ' ')
    .replace(SPEAKER, ' ');
  return bare.split(/[，,。；;：:（(）)\s]+/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
}

/** What a clause says before a place in it: 「明天的学习」 of 「明天的学习改到下周一下午」. */
export const upTo = (clause: Clause, at: number): Clause =>
  Object.create(clause, {
    text: { value: clause.text.slice(0, at - clause.start) },
    days: { value: (sense: Sense) => clause.days(sense).filter(({ end }) => end <= at) },
  });

// 「在博物馆报告厅」 tells where, not for whom.
const NOT_FOR =
  /^(?:的)?(?:[一二三四五六七八九\d]+楼|[东西南北]楼|报告厅|会议[室厅]|多功能厅|排练厅|大厅|礼堂|活动室|党员活动|阅览室|展厅|小会议|大会议|院内|院里)|^(?:主讲|主办|组织|负责|牵头|承办|的?同志主讲|来讲)/;

/** 参加范围: the units a clause arranges something for; those that only run it are none. */
export const scopeIn = (clause: Clause): string[] =>
  clause.departments
    .filter(({ end }) => !NOT_FOR.test(clause.reading.message.text.slice(end)))
    .map(({ department }) => department.code);

const WEEK_MS = 7 * 86_400_000;

/**
 * The session somebody speaks of who looks after it: one that is named, else the one on now or of today, else the last of a
 * week. A day on which there is none names none: another session is never taken for it.
 */
export function sessionLookedAfter(clause: Clause): Fit<HeldSession> {
  const named = sessionMeant(clause, false) ?? sessionOfDay(clause);
  if (named || clause.days('near').length > 0) return named;
  const { lexicon, now, today } = clause.reading;
  const near =
    lexicon.sessions.nearest(now, today) ??
    lexicon.sessions.all.findLast(({ to }) => to <= now.getTime() && now.getTime() - to < WEEK_MS);
  return near ? { one: near } : null;
}

/** The session somebody prepares: one that is named, else the next to come. */
export function sessionAhead(clause: Clause): Fit<HeldSession> {
  const named = sessionMeant(clause, true);
  if (named) return named;
  const { lexicon, now } = clause.reading;
  const next = lexicon.sessions.all.find(({ to }) => to > now.getTime());
  return next ? { one: next } : null;
}

/** 「打印5月14日的签到表」: the session of a day, where the words are of sessions anyhow. */
function sessionOfDay(clause: Clause): Fit<HeldSession> {
  const days = clause.days('near').map(({ day }) => day);
  const [one, ...more] = clause.reading.lexicon.sessions.all.filter(({ day }) => days.includes(day));
  return one ? (more.length > 0 ? { several: [one, ...more] } : { one }) : null;
}

/** A session by its number, as the bot writes it: XX2013-W19-1. */
export const sessionCoded = (clause: Clause): HeldSession | null =>
  clause.reading.lexicon.sessions.all.find(({ code }) => clause.text.toUpperCase().includes(code.toUpperCase())) ??
  null;

/** Candidates of a question which session is meant. */
export const sessionChoices = (sessions: readonly HeldSession[]) =>
  sessions.slice(0, 4).map(({ code, topic }) => ({ label: `《${topic}》`, input: { session: code } }));

/** A heading and no text: short, one line, no punctuation inside. */
export const isTitle = (words: string): boolean =>
  words.length <= 30 && !/[，。；！？、：:\n]/.test(words.replace(/[。！]$/, ''));

const BEGINS =
  /^\s*(?:我要|开始|我来)?(?:写|交|撰写)?(?:一篇|篇)?(?:学习)?(?:心得体会|心得|学习体会)(?:题目[:：]|[\s《])[\s《]*(?<title>[^\n]{2,30}?)[》\s]*$/;

/** The title of a 心得 whose text is to follow: 「心得 管钱的人更要守规矩」; what stands after a colon is text. */
export function titleBegun(text: string): string | null {
  const title = BEGINS.exec(text)?.groups?.['title']?.trim();
  return title && isTitle(title) ? title : null;
}
