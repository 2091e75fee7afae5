/** 督导检查的五个方面 (R50, N21), each with the words it is known by. */
export const AREAS: [string, RegExp][] = [
  ['日常学习教育', /学习(?:教育)?/],
  ['问题查摆整改', /查摆|整改/],
  ['制度建设和执行', /制度|纪律/],
  ['台账完成情况', /台账|台帐|重点工作/],
  ['党务政务公开', /公开/],
];
export const areaIn = (text: string): string | null => AREAS.find(([, words]) => words.test(text))?.[0] ?? null;

/** 「未发现问题」 */
export const isClean = (finding: string): boolean =>
  /未(?:发现|见)(?:明显)?问题|没有?(?:发现)?问题|情况良好|符合要求|落实到位/.test(finding);

/** One check on a unit's quarter sheet. */
export interface Checked {
  number: string;
  heldOn: string;
  area: string;
  finding: string;
  became: string;
}

/** How many times by the end of a month the unit at a place of the order should have been looked into that quarter (R50). */
export function plannedIn(place: number, month: string, times: number): number {
  const inQuarter = (Number(month.slice(5, 7)) - 1) % 3;
  // The k-th check of a unit falls into the month its place begins with, moved on evenly.
  const months = Array.from({ length: times }, (_, k) => (place + Math.floor((k * 3) / times)) % 3);
  return months.filter((one) => one <= inQuarter).length;
}
export const timesShort = (wanted: number, held: number): number => Math.max(0, wanted - held);
