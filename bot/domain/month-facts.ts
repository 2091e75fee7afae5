import { type Day, dayInWords } from '#bot/calendar.ts';
import type { Light } from './light.ts';
import { monthInWords } from './month.ts';

export type LightCounts = Record<Light, number>;

/** 月报的数字 (R92): everything a digest, its picture and its papers say of a month, settled at its cut-off. */
export interface MonthFacts {
  month: string;
  /** the cut-off: its day, and its time in words */
  day: Day;
  time: string;
  study: { sessions: number; expected: number; came: number };
  ledger: { items: number; done: number; waiting: number; inProgress: number; unreported: number; overdue: number };
  lights: LightCounts;
  units: { name: string; short: string; items: number; overdue: number; lights: LightCounts }[];
  tasks: { name: string; items: number; told: number; done: number; percent: number | null }[];
  assigned: { items: number; done: number; overdue: number };
  problems: { items: number; done: number };
  /** the same by where they came from, once 集中教育 left any (R51) */
  sources?: { name: string; items: number; done: number }[];
  visits: number;
  /** `exempt`: 免报, units that need not */
  reports: { due: number; onTime: number; late: number; missing: string[]; exempt?: string[] };
  /** open items due within the month to come */
  dueSoon: number;
  /** open items of which nothing was told in the month */
  silent: number;
}

/** 「85.7%」; a share of nothing is none. */
export const share = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${((100 * part) / whole).toFixed(1)}%`;

/** 「85.7%（6/7）」: every rate with its numerator and denominator (G15). */
export const rate = (part: number, whole: number): string =>
  whole === 0 ? '—' : `${share(part, whole)}（${part}/${whole}）`;

const MOST_UNITS = 3;
const MOST_POINTS = 3;
const MOST_NAMED = 5;

/** 「截至5月28日18时」 */
export const cutOffInWords = ({ day, time }: MonthFacts): string =>
  `截至${dayInWords(day).replace(/（.*/, '')}${time.replace(/^0?(\d+):00$/, '$1时')}`;

/** 月报正文 (R92): figures with their denominators, changes against last month, three points of attention, units but nobody's name. */
export function digestText(facts: MonthFacts, last: MonthFacts | null): string {
  const { study, ledger, lights, assigned, problems, reports } = facts;
  const points = attention(facts);
  const named = reports.missing.slice(0, MOST_NAMED).join('、');
  const more = reports.missing.length > MOST_NAMED ? '等' : '';
  const missing = named === '' ? '' : `（${named}${more}）`;
  return [
    `“一创双优”活动${monthInWords(facts.month)}工作简报`,
    `${cutOffInWords(facts)}，`,
    `一、学习：集中学习${study.sessions}次，到会率${rate(study.came, study.expected)}。`,
    `二、台账：共${ledger.items}项，已验收${rate(ledger.done, ledger.items)}，待验收${ledger.waiting}项，推进中${ledger.inProgress}项，未报${ledger.unreported}项，逾期${ledger.overdue}项。`,
    `　　亮灯：🟢绿灯${lights.green}项，🟡黄灯${lights.yellow}项，🔴红灯${lights.red}项，🔵蓝灯${lights.blue}项，⚪灰灯${lights.grey}项。`,
    `三、督办：交办转办${assigned.items}项，办结${rate(assigned.done, assigned.items)}，逾期${assigned.overdue}项。`,
    `四、查摆：问题${problems.items}项，销号${rate(problems.done, problems.items)}${sourcesInWords(facts)}。`,
    `五、走访：本月走访重点企业${facts.visits}次。`,
    `六、月度总结：应报${reports.due}个科室（单位），按时${reports.onTime}个，逾期${reports.late}个，未报${reports.missing.length}个${missing}${exemptInWords(reports.exempt)}。`,
    `七、比上月：${last ? changesInWords(facts, last) : '没有上月数字可比'}。`,
    points.length === 0
      ? '八、关注：没有需要提请关注的事项。'
      : `八、关注：${points.map((point, index) => `${index + 1}. ${point}`).join('；')}。`,
  ].join('\n');
}

/** 「，免报1个（高新科）」; empty where every unit has to. */
export const exemptInWords = (exempt: readonly string[] = []): string =>
  exempt.length === 0 ? '' : `，免报${exempt.length}个（${exempt.join('、')}）`;

/** 「（集中教育反映3项，销号……；集中教育未解决……；活动中查摆……）」 (R51); empty where 集中教育 left nothing. */
export function sourcesInWords({ sources = [] }: MonthFacts): string {
  const parts = sources.map(({ name, items, done }) => `${name}${items}项、销号${rate(done, items)}`);
  return parts.length === 0 ? '' : `（${parts.join('；')}）`;
}

/** 「已验收增加2项，红灯减少1项，到会率提高5.0个百分点」 */
export function changesInWords(now: MonthFacts, last: MonthFacts): string {
  const counts: [string, number][] = [
    ['台账', now.ledger.items - last.ledger.items],
    ['已验收', now.ledger.done - last.ledger.done],
    ['红灯', now.lights.red - last.lights.red],
    ['黄灯', now.lights.yellow - last.lights.yellow],
    ['逾期', now.ledger.overdue - last.ledger.overdue],
    ['走访', now.visits - last.visits],
  ];
  const changed = counts.flatMap(([name, change]) =>
    change === 0 ? [] : [`${name}${change > 0 ? '增加' : '减少'}${Math.abs(change)}${name === '走访' ? '次' : '项'}`],
  );
  const share = ({ study: { came, expected } }: MonthFacts) => (expected === 0 ? null : (100 * came) / expected);
  const [present, past] = [share(now), share(last)];
  const moved = present !== null && past !== null ? present - past : 0;
  const study =
    Math.abs(moved) >= 0.05 ? [`到会率${moved > 0 ? '提高' : '下降'}${Math.abs(moved).toFixed(1)}个百分点`] : [];
  return [...changed, ...study].join('，') || '各项数字与上月相同';
}

/** 三个关注点: what most needs somebody, worst first. */
export function attention({ units, silent, dueSoon, reports, study }: MonthFacts): string[] {
  const worst = (count: (unit: MonthFacts['units'][number]) => number, word: string): string =>
    units
      .filter((unit) => count(unit) > 0)
      .sort((one, other) => count(other) - count(one))
      .slice(0, MOST_UNITS)
      .map((unit) => `${unit.name}${word}${count(unit)}项`)
      .join('，');
  const low = study.expected > 0 && study.came / study.expected < 0.8;
  const points = [
    worst(({ overdue }) => overdue, '逾期'),
    worst(({ lights, overdue }) => lights.red - overdue, '严重滞后'),
    silent > 0 ? `本月有${silent}项未报进展` : '',
    dueSoon > 0 ? `下月到期${dueSoon}项` : '',
    reports.missing.length > 0 ? `${reports.missing.length}个科室（单位）未报月度总结` : '',
    low ? `到会率${rate(study.came, study.expected)}偏低` : '',
  ];
  return points.filter((point) => point !== '').slice(0, MOST_POINTS);
}
