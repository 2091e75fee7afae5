import type { MeetingPack, UnitReport } from './meeting-pack.ts';
import { lightsInWords, overallInWords } from './meeting-pack.ts';
import { monthTitle } from './month.ts';
import { attention, rate, sourcesInWords } from './month-facts.ts';

/** One section of a report: its heading and its paragraphs. */
export interface Section {
  heading: string;
  paragraphs: string[];
}

/** 「濮阳市科学技术局2013年5月份“一创双优”活动月报」 */
export const reportTitle = ({ office, campaign, facts }: MeetingPack): string =>
  `${office}${monthTitle(facts.month)}份“${campaign.replace(/活动$/, '')}”活动月报`;

/** 月报 of the bureau (requirements 3.5): six sections, every figure as the digest and the pack have it. */
export function reportSections(pack: MeetingPack): Section[] {
  const { facts, units } = pack;
  const { study, assigned, problems } = facts;
  const points = attention(facts);
  const behind = units.filter(({ assigned: { overdue } }) => overdue > 0);
  return [
    { heading: '一、总体情况', paragraphs: [overallInWords(pack)] },
    {
      heading: '二、重点工作进展',
      paragraphs: [`台账亮灯：${lightsInWords(facts.lights)}。`, ...facts.tasks.map(taskInWords)],
    },
    {
      heading: '三、学习教育',
      paragraphs: [
        `本月集中学习${study.sessions}次，应到${study.expected}人次，实到${study.came}人次，到会率${rate(study.came, study.expected)}。${lowestInWords(units)}`,
      ],
    },
    {
      heading: '四、督办与整改',
      paragraphs: [
        `交办转办${assigned.items}项，办结${rate(assigned.done, assigned.items)}，逾期${assigned.overdue}项${behind.length > 0 ? `（${behind.map(({ name, assigned: { overdue } }) => `${name}${overdue}项`).join('、')}）` : ''}。`,
        `查摆问题${problems.items}项，销号${rate(problems.done, problems.items)}${sourcesInWords(facts)}。走访重点企业${facts.visits}次。`,
      ],
    },
    {
      heading: '五、存在问题',
      paragraphs:
        points.length === 0 ? ['没有需要提请关注的事项。'] : points.map((point, index) => `${index + 1}. ${point}。`),
    },
    { heading: '六、下步安排', paragraphs: plansOf(units) },
  ];
}

const taskInWords = ({ name, items, told, done, percent }: MeetingPack['facts']['tasks'][number]): string =>
  `${name}：${items}项，已验收${rate(done, items)}，${percent === null ? '尚未报过进度' : `平均进度${percent}%（${told}项有数）`}。`;

/** The unit with the lowest share of those expected; empty where all came. */
function lowestInWords(units: readonly UnitReport[]): string {
  const shares = units
    .filter(({ study: { expected, came } }) => expected > 0 && came < expected)
    .sort((one, other) => one.study.came / one.study.expected - other.study.came / other.study.expected);
  const [lowest] = shares;
  return lowest ? `到会率较低的是${lowest.name}，${rate(lowest.study.came, lowest.study.expected)}。` : '';
}

// A hand-in is written item by item, a line each.
const NEXT = /[^。；;\n]*(?:下个?月|下一?步|打算)[^。；;\n]*/g;

/** What the units themselves said they would do next, word for word; who said nothing is not guessed for. */
function plansOf(units: readonly UnitReport[]): string[] {
  const said = units.flatMap(({ name, summary }) => {
    const plans = summary.match(NEXT)?.map((plan) => plan.trim().replace(/^[，,、\s]+/, '')) ?? [];
    return plans.length > 0 ? [`${name}：${plans.join('；')}。`] : [];
  });
  return said.length > 0 ? said : ['各科室（单位）月度总结中没有写明下步安排，请活动办补充。'];
}

/** What a unit is named for, once: facts first, then the judgement (3.1). */
function behindInWords({ name, assigned: { overdue }, lights: { red } }: UnitReport): string {
  if (overdue === 0) return `${name}有${red}项台账亮红灯。`;
  const also = red > overdue ? `，共${red}项台账亮红灯` : '';
  return `${name}工作推进不够有力，${overdue}项交办转办事项未按时限完成${also}。`;
}

/** 督办通报 (requirements 3.1): facts first, units with better figures before the others, then what is asked for. */
export function bulletinSections({ facts, units }: MeetingPack, nextTerm: string): Section[] {
  const given = units.filter(({ assigned: { items } }) => items > 0);
  const clear = given.filter(({ assigned: { done, items } }) => done === items);
  const behind = units.filter(({ assigned: { overdue }, lights: { red } }) => overdue + red > 0);
  const { assigned, lights } = facts;
  const named = (some: readonly UnitReport[]): string => some.map(({ name }) => name).join('、');
  return [
    {
      heading: '一、基本情况',
      paragraphs: [
        `交办转办事项共${assigned.items}项，办结${rate(assigned.done, assigned.items)}，逾期${assigned.overdue}项；台账${lightsInWords(lights)}。${clear.length > 0 ? `${named(clear)}全部办结。` : ''}`,
      ],
    },
    {
      heading: '二、存在问题',
      paragraphs: [...behind.map(behindInWords), ...(behind.length === 0 ? ['没有逾期和红灯事项。'] : [])],
    },
    {
      heading: '三、下步要求',
      paragraphs: [
        behind.length === 0
          ? '各科室（单位）要继续按时限推进，到期前反馈进展。'
          : `有逾期和红灯事项的科室（单位），请于${nextTerm}前报整改措施和完成时间；其他科室（单位）要继续按时限推进，到期前反馈进展。`,
      ],
    },
  ];
}
