import { dayOf, monthDayInWords } from '#bot/calendar.ts';
import { type ItemInWords, progressInWords } from './item-words.ts';
import type { UnitFigures } from './meeting-pack.ts';
import { lightsInWords } from './meeting-pack.ts';
import { monthTitle } from './month.ts';
import { rate } from './month-facts.ts';
import { type Review, reviewLines } from './month-parts.ts';

/** An item in a unit's month: how it stands, and what was told and said of it. */
export interface UnitItem {
  item: ItemInWords & { category: string };
  told: { at: Date; note: string }[];
  said: { done: string; problems: string; plans: string } | null;
}

/** 月报 of one unit (requirements 3.5). */
export interface UnitMonth {
  month: string;
  figures: UnitFigures;
  items: UnitItem[];
  /** of a 局属单位: 活动情况回顾, as far as it was told (R62); null for others */
  review: Review | null;
}

/** One part of the paper: a heading of the first or the second level, and its paragraphs. */
export interface UnitSection {
  level: 1 | 2;
  heading: string;
  paragraphs: string[];
}

/** 「高新技术科2013年5月份月报」 */
export const unitReportTitle = ({ month, figures }: UnitMonth): string => `${figures.name}${monthTitle(month)}份月报`;

/** What was done part by part, what is in the way, what comes next; what nobody told is said to be 未报, not left out (G8). */
export function unitReportSections({ figures, items, review }: UnitMonth): UnitSection[] {
  const { study, assigned, problems, visits } = figures;
  const of = (...categories: string[]): UnitItem[] => items.filter(({ item }) => categories.includes(item.category));
  const matters = of('交办', '转办');
  const faults = of('查摆整改');
  const ledger = items.filter((one) => !matters.includes(one) && !faults.includes(one));
  const part = (heading: string, ...paragraphs: string[]): UnitSection => ({ level: 2, heading, paragraphs });
  const said = (of: 'problems' | 'plans', other: string): string[] => {
    const lines = items.flatMap((one) => (one.said?.[of] ? [`《${one.item.title}》：${closed(one.said[of])}`] : []));
    return lines.length > 0 ? lines.map((line, index) => `${index + 1}. ${line}`) : [other];
  };
  return [
    { level: 1, heading: '一、本月工作完成情况', paragraphs: [] },
    part(
      '（一）学习教育',
      study.expected === 0
        ? '本月没有应参加的集中学习。'
        : `应参加集中学习${study.sessions}次，到会率${rate(study.came, study.expected)}。`,
    ),
    part(
      '（二）台账事项',
      figures.items === 0
        ? '没有台账事项。'
        : `共${figures.items}项，已验收${rate(figures.done, figures.items)}；${lightsInWords(figures.lights)}。`,
      ...listed(ledger),
    ),
    part(
      '（三）交办转办',
      assigned.items === 0
        ? '没有交办转办事项。'
        : `共${assigned.items}项，办结${rate(assigned.done, assigned.items)}，逾期${assigned.overdue}项。`,
      ...listed(matters),
    ),
    part(
      '（四）查摆整改',
      problems.items === 0 ? '没有查摆问题。' : `问题${problems.items}项，销号${rate(problems.done, problems.items)}。`,
      ...listed(faults),
    ),
    part('（五）走访服务', `走访重点企业${visits}次。`),
    {
      level: 1,
      heading: '二、存在问题',
      paragraphs: said('problems', '逐项填报中没有写明存在问题，请科室（单位）补充。'),
    },
    {
      level: 1,
      heading: '三、下月工作打算',
      paragraphs: said('plans', '逐项填报中没有写明下一步打算，请科室（单位）补充。'),
    },
    ...(review
      ? [
          {
            level: 1 as const,
            heading: '四、活动情况回顾',
            paragraphs: reviewLines(review).length > 0 ? reviewLines(review).map(closed) : ['未报。'],
          },
        ]
      : []),
  ];
}

const closed = (text: string): string => `${text.replace(/[。；;，,\s]+$/, '')}。`;

/** 「1. 《新建市级重点实验室3个》1/3个（33.3%）：5月14日……」 */
const listed = (items: readonly UnitItem[]): string[] =>
  items.map(({ item, told, said }, index) => {
    const last = told.at(-1);
    const words = [...(last ? [`${monthDayInWords(dayOf(last.at))}，${last.note}`] : []), said?.done ?? ''];
    const what = words.filter((one) => one !== '').join('；');
    return `${index + 1}. 《${item.title}》${progressInWords(item)}：${closed(what === '' ? '本月未报' : what)}`;
  });
