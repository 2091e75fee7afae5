import { type Day, dateInWords } from '#bot/calendar.ts';
import { LIGHT_WORDS } from './light.ts';
import { monthTitle } from './month.ts';
import { cutOffInWords, exemptInWords, type LightCounts, type MonthFacts, rate } from './month-facts.ts';
import { roundInWords } from './problem-round.ts';

/** 汇报会材料 (R61): what every unit brings to the meeting at the start of a month, settled at the month's cut-off. */
export interface MeetingPack {
  /** 单位名称; empty where it is not known */
  office: string;
  campaign: string;
  madeOn: Day;
  facts: MonthFacts;
  /** in establishment order */
  units: UnitReport[];
  /** the meeting held in the month, and what became of the matters given out since; null where none was recorded */
  meeting: { heldOn: Day; attended: number | null; decisions: string; matters: string[] } | null;
}

/** What is counted of one unit's month. */
export interface UnitFigures {
  name: string;
  study: { sessions: number; expected: number; came: number };
  items: number;
  done: number;
  lights: LightCounts;
  assigned: { items: number; done: number; overdue: number };
  problems: { items: number; done: number };
  visits: number;
}

/** One unit's month. */
export interface UnitReport extends UnitFigures {
  /** 本月查摆: problems entered, or that there were none (R52) */
  looked: { entered: number; none: boolean; late: boolean };
  /** what was unfinished when the month began and what became of it; null where that was not noted */
  carried: { items: number; done: number; ended: number } | null;
  /** what the leading group ended within the month, with the reason */
  ended: string[];
  /** 月度总结 as it was handed in; empty for 未报 */
  summary: string;
  late: boolean;
  /** 免报: nothing had to be handed in */
  exempt?: boolean;
  /** 点评 of the month before; empty where there was none */
  commentary: string;
  /** what the unit says was done about it; empty where it said nothing */
  answered: string;
  /** items with a red or yellow light, and those unfinished for three months, worst first */
  attention: { title: string; why: string; months: number }[];
}

const CARRIED = 3;
const MOST_NAMED = 10;

/** How many months in a row, up to and with `month`, an item has been unfinished since it came into the ledger (R53). */
export function monthsOpen(openedOn: Day | null, begun: Day | null, month: string): number {
  const since =
    [openedOn, begun]
      .filter((day) => day !== null)
      .sort()
      .at(-1) ?? `${month.slice(0, 4)}-01-01`;
  const count = (of: string): number => Number(of.slice(0, 4)) * 12 + Number(of.slice(5, 7));
  return Math.max(0, count(month) - count(since) + 1);
}

/** 「连续3个月未完成」 from the third month on; empty before (R53). */
export const carriedInWords = (months: number): string => (months >= CARRIED ? `连续${months}个月未完成` : '');

/** 「“一创双优”活动2013年5月份汇报会材料」 */
export const packTitle = ({ campaign, facts }: MeetingPack): string =>
  `“${campaign.replace(/活动$/, '')}”活动${monthTitle(facts.month)}份汇报会材料`;

/** 「月度总结应报14个科室（单位），未报2个：……，材料中已注明。」: what of a pack is missing (R61); who is 免报 owes nothing. */
export function handedInWords({ units }: MeetingPack): string {
  const due = units.filter(({ exempt }) => !exempt);
  const missing = due.filter(({ summary }) => summary === '').map(({ name }) => name);
  const left =
    missing.length === 0 ? '各科室（单位）总结已报齐' : `未报${missing.length}个：${missing.join('、')}，材料中已注明`;
  return `月度总结应报${due.length}个科室（单位），${left}。`;
}

/** 总体情况: the bureau's month in one paragraph of figures (requirements 3.5). */
export function overallInWords({ facts }: MeetingPack): string {
  const { ledger, study, assigned, problems, reports, lights } = facts;
  return [
    `${cutOffInWords(facts)}，台账共${ledger.items}项，已验收${rate(ledger.done, ledger.items)}，待验收${ledger.waiting}项，推进中${ledger.inProgress}项，未报${ledger.unreported}项，逾期${ledger.overdue}项；${lightsInWords(lights)}。`,
    `集中学习${study.sessions}次，到会率${rate(study.came, study.expected)}。`,
    `交办转办${assigned.items}项，办结${rate(assigned.done, assigned.items)}，逾期${assigned.overdue}项；查摆问题${problems.items}项，销号${rate(problems.done, problems.items)}；走访重点企业${facts.visits}次。`,
    `月度总结应报${reports.due}个科室（单位），按时${reports.onTime}个，逾期${reports.late}个，未报${reports.missing.length}个${exemptInWords(reports.exempt)}。`,
  ].join('');
}

/** 「绿灯3项，黄灯1项，……」 */
export const lightsInWords = (lights: LightCounts): string =>
  (['green', 'yellow', 'red', 'blue', 'grey'] as const)
    .map((light) => `${LIGHT_WORDS[light]}${lights[light]}项`)
    .join('，');

/** One unit's month, a paragraph a subject; what was not handed in is said (R61). */
export function unitInWords(unit: UnitReport): string[] {
  const { study, assigned, problems, attention, carried, ended } = unit;
  const named = attention.slice(0, MOST_NAMED).map(({ title, why, months }) => {
    const carried = carriedInWords(months);
    return `${title}（${why}${carried ? `，${carried}` : ''}）`;
  });
  const more = attention.length > MOST_NAMED ? `；另有${attention.length - MOST_NAMED}项见所附台账` : '';
  return [
    `学习教育：应参加集中学习${study.sessions}次，到会率${rate(study.came, study.expected)}。`,
    unit.items === 0
      ? '台账事项：无。'
      : `台账事项：共${unit.items}项，已验收${rate(unit.done, unit.items)}；${lightsInWords(unit.lights)}。`,
    ...(carried
      ? [
          `上月遗留：${carried.items}项，本月办结${carried.done}项${carried.ended > 0 ? `，终止${carried.ended}项` : ''}，仍未完成${carried.items - carried.done - carried.ended}项。`,
        ]
      : []),
    ...(ended.length > 0 ? [`本月终止：${ended.join('；')}。`] : []),
    ...(named.length > 0 ? [`需关注：${named.join('；')}${more}。`] : []),
    assigned.items === 0
      ? '交办转办：无。'
      : `交办转办：共${assigned.items}项，办结${rate(assigned.done, assigned.items)}，逾期${assigned.overdue}项。`,
    `查摆整改：问题${problems.items}项，销号${rate(problems.done, problems.items)}，本月查摆${roundInWords(unit.looked)}。走访服务：走访重点企业${unit.visits}次。`,
    unit.summary === ''
      ? `月度总结：${unit.exempt ? '免报' : '未报'}。`
      : `月度总结${unit.late ? '（逾期报送）' : ''}：${unit.summary.replace(/\s*\n\s*/g, ' ')}`,
    unit.commentary === ''
      ? '上月点评：无。'
      : `上月点评：“${unit.commentary}”。${unit.answered ? `落实情况：${unit.answered.replace(/[。.]+$/, '')}。` : '落实情况未报，请在会上报告。'}`,
  ];
}

/** The units side by side: heading first. */
export const unitTable = ({ units }: MeetingPack): string[][] => [
  ['科室（单位）', '事项', '已验收', '绿灯', '黄灯', '红灯', '灰灯', '总结'],
  ...units.map(({ name, items, done, lights, summary, late, exempt }) => [
    ...[name, items, done, lights.green, lights.yellow, lights.red, lights.grey].map(String),
    summary === '' ? (exempt ? '免报' : '未报') : late ? '逾期' : '按时',
  ]),
];

/** 「2013年5月2日」 */
export const packDate = ({ madeOn }: MeetingPack): string => dateInWords(madeOn);

/** 上次汇报会议定事项: what was decided, and how the matters stand that came of it (R61). */
export function meetingInWords({ meeting }: MeetingPack): string[] {
  if (!meeting) return ['上次汇报会没有记录。'];
  const came = meeting.attended === null ? '' : `，到会${meeting.attended}人`;
  return [
    `${dateInWords(meeting.heldOn)}汇报会${came}，议定：${meeting.decisions.replace(/\s*\n\s*/g, ' ')}`,
    meeting.matters.length === 0
      ? '会后没有交办事项。'
      : `会后交办${meeting.matters.length}件：${meeting.matters.join('；')}。`,
  ];
}
