/** 局属单位, whose monthly hand-in has one part more (R62). */
export const SUBORDINATE = '局属单位';

/** 活动情况回顾 as its unit tells it, part by part; empty where nothing was said yet. */
export interface Review {
  review: string;
  experience: string;
  plans: string;
}
export const NO_REVIEW: Review = { review: '', experience: '', plans: '' };

const PARTS: [part: keyof Review, name: string, words: RegExp][] = [
  ['review', '活动情况回顾', /回顾|活动(?:情况|开展|方面|上)|“?一创双优”?|开展[^，。；]{0,12}活动|学习教育/],
  ['experience', '经验', /经验|做法|体会|启示/],
  ['plans', '下月安排', /下(?:个|一)?月|下一?步|打算|安排|计划/],
];

/** What a 局属单位's summary lacks of its review, empty if nothing (R62). */
export const missingParts = (text: string): string[] =>
  PARTS.filter(([, , words]) => !words.test(text)).map(([, name]) => name);

/** The names of the parts nothing was said for. */
export const emptyParts = (said: Review): string[] =>
  PARTS.filter(([part]) => said[part] === '').map(([, name]) => name);

/** 「活动情况回顾：……」, a line a part. */
export const reviewLines = (said: Review): string[] =>
  PARTS.filter(([part]) => said[part] !== '').map(([part, name]) => `${name}：${said[part]}`);

const HEADING =
  /(?<review>(?:活动|本月|工作)?(?:开展)?(?:情况)?回顾)|(?<experience>(?:主要|工作)?(?:经验|做法)(?:做法|体会)?)|(?<plans>下个?月(?:工作)?(?:安排|打算|计划))/;
const HEADINGS = new RegExp(`(?:${HEADING.source})\\s*[：:]\\s*`, 'g');
const EDGES = /^[\s，,。；;、]+|[\s，,；;、]+$/g;

/** The parts of a review in words that begin with one of their headings; null where they do not. */
export function reviewIn(text: string): Partial<Review> | null {
  const found = [...text.matchAll(HEADINGS)];
  if (found[0]?.index === undefined || text.slice(0, found[0].index).trim() !== '') return null;
  const told: Partial<Review> = {};
  for (const [index, { 0: heading, index: at, groups }] of found.entries()) {
    const words = text.slice(at + heading.length, found[index + 1]?.index).replace(EDGES, '');
    for (const [part] of PARTS) if (groups?.[part] !== undefined && words !== '') told[part] = words;
  }
  return told;
}
