import type { Day } from '#bot/calendar.ts';

/** 来源 of a 交办 as it is named (R56). */
export const SOURCES = ['会议', '批示', '来文', '群众反映', '走访', '督查'] as const;
const NAMED: [(typeof SOURCES)[number], RegExp][] = [
  ['群众反映', /群众|来信|来访|投诉|热线/],
  ['批示', /批示|批件/],
  ['来文', /来文|来函|文件|公文/],
  ['走访', /走访|调研/],
  ['督查', /督查|督导|检查/],
  ['会议', /会/],
];

/** How often feedback is wanted (R59): a 重点 matter and one of the people's every week. */
export type Rhythm = 'weekly' | 'monthly' | '';
export const RHYTHM_WORDS: Record<Rhythm, string> = { weekly: '每周一次', monthly: '每月一次', '': '办结时反馈' };
export const rhythmOf = (level: string, source: string, said: Rhythm): Rhythm =>
  said || (level === '重点' || source === '群众反映' ? 'weekly' : '');

export interface MatterDetails {
  /** what was said without them */
  rest: string;
  level: '一般' | '重点';
  source: string;
  rhythm: Rhythm;
  /** the words after 协办, which name units */
  helpers: string;
}

/** 协办 as they are kept beside a matter: codes of units and ids of persons (R56). */
export const keepHelpers = (codes: readonly string[]): string => JSON.stringify(codes);
export const helperCodes = (kept: string): string[] => JSON.parse(kept || '[]');

const PART =
  /[，,；;。]\s*(?:(来源|协办|级别|反馈)[：:是为]?\s*([^，,；;。]*)|(重点(?:督[办查]|事项)?(?=[，,；;。]|$))|(每[周月])(?:反馈)?(?:一次)?)/g;

/** 「，社发科、成果科配合」 behind the matter. */
const HELPING =
  /[，,；;。]\s*(?:由|请|并请|会同)?([^，,；;。：:]{2,40}?)(?:负责|做好|积极|密切)?(?:配合|协助|协办|参与)(?:办理)?(?=[，,；;。]|$)/g;

/** 「……，来源局党组会，协办成果科，级别重点，每周反馈」: what an assignment says about itself behind the matter (R56). */
export function detailsIn(text: string, units: readonly string[] = []): MatterDetails {
  const details: MatterDetails = { rest: text, level: '一般', source: '', rhythm: '', helpers: '' };
  details.rest = text.replace(PART, (whole, field: string | undefined, value = '', key?: string, every?: string) => {
    if (key) details.level = '重点';
    else if (every) details.rhythm = every === '每周' ? 'weekly' : 'monthly';
    else if (field === '级别' && /重点|一般/.test(value)) details.level = value.includes('重点') ? '重点' : '一般';
    else if (field === '来源') details.source = NAMED.find(([, words]) => words.test(value))?.[0] ?? '';
    else if (field === '协办') details.helpers = value;
    else if (field === '反馈' && /每[周月]/.test(value)) details.rhythm = value.includes('周') ? 'weekly' : 'monthly';
    else return whole;
    return '';
  });
  details.rest = details.rest.replace(HELPING, (whole, who: string) =>
    units.some((name) => who.includes(name)) ? '' : whole,
  );
  return details;
}

/** 「进展……；问题……；下一步……」 apart (R59); without those words it is all progress. */
export function feedbackIn(text: string): { text: string; problem: string; next: string } {
  const part = (name: string): string =>
    new RegExp(`(?:^|[，,；;。\\n])\\s*(?:${name})[：:是为]?\\s*([^；;。\\n]+)`).exec(text)?.[1]?.trim() ?? '';
  const all = text.trim().replace(/[。；;]+$/, '');
  return { text: all, problem: part('存在问题|问题|困难'), next: part('下一步(?:打算)?|下步(?:打算)?') };
}

const WORKDAYS_BETWEEN = { weekly: 5, monthly: 21 } as const;

/** Whether feedback is due on a day: so many workdays after the last word of it, and again after as many (R59). */
export function isFeedbackDue(
  rhythm: string,
  last: Day,
  today: Day,
  workdays: (from: Day, to: Day) => number,
): boolean {
  const every = WORKDAYS_BETWEEN[rhythm as 'weekly' | 'monthly'];
  if (!every) return false;
  const passed = workdays(last, today);
  return passed > 0 && passed % every === 0;
}

/** 「重点事项，来源群众反映，协办成果与技术市场科，每周一次反馈。」; empty where nothing of it was said. */
export function aboutInWords(level: string, source: string, rhythm: Rhythm, helpers: { name: string }[]): string {
  const parts = [
    level === '重点' ? '重点事项' : '',
    source ? `来源${source}` : '',
    helpers.length > 0 ? `协办${helpers.map(({ name }) => name).join('、')}` : '',
    rhythm ? `反馈${RHYTHM_WORDS[rhythm]}` : '',
  ].filter((part) => part !== '');
  return parts.length > 0 ? `${parts.join('，')}。` : '';
}
