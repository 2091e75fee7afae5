/** 局属单位, whose monthly hand-in has one part more (R62). */
export const SUBORDINATE = '局属单位';

const PARTS: [string, RegExp][] = [
  ['活动情况回顾', /回顾|活动(?:情况|开展|方面|上)|“?一创双优”?|开展[^，。；]{0,12}活动|学习教育/],
  ['经验', /经验|做法|体会|启示/],
  ['下月安排', /下(?:个|一)?月|下一?步|打算|安排|计划/],
];

/** What a 局属单位's summary lacks of its review, empty if nothing (R62). */
export const missingParts = (text: string): string[] =>
  PARTS.filter(([, words]) => !words.test(text)).map(([part]) => part);
