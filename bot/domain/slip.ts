import { type Day, dateInWords } from '#bot/calendar.ts';
import { statusOf } from './ledger.ts';
import { isBehind, isDueSoon, type LightRule, type LitItem } from './light.ts';

/** 督办单's stages, each after the one before (R58, requirements 3.3). */
export const STAGES = ['blue', 'yellow', 'red'] as const;
export type Stage = (typeof STAGES)[number];

export const STAGE_WORDS: Record<Stage, { colour: string; why: string; urgency: string; fill: string }> = {
  blue: { colour: '蓝色', why: '临期', urgency: '一般', fill: 'BDD7EE' },
  yellow: { colour: '黄色', why: '滞后', urgency: '较急', fill: 'FFEB9C' },
  red: { colour: '红色', why: '逾期', urgency: '紧急', fill: 'FFC7CE' },
};

/** What a matter calls for as it stands: red once overdue, yellow behind pace, blue near its term; null for nothing. */
export function stageOf(item: LitItem, today: Day, rule: LightRule): Stage | null {
  const status = statusOf(item, today);
  if (status === 'overdue') return 'red';
  if (status === 'done' || status === 'awaiting_acceptance') return null;
  if (isBehind(item, today, rule)) return 'yellow';
  return isDueSoon(item, today, rule) ? 'blue' : null;
}

/** Why no slip is issued at this stage; null if one may be (R58): each stage once, and none after a later one. */
export function whyNoSlip(
  stage: Stage | null,
  issued: readonly string[],
): 'no-cause' | 'issued' | 'later-issued' | null {
  if (!stage) return 'no-cause';
  if (issued.includes(stage)) return 'issued';
  return STAGES.slice(STAGES.indexOf(stage)).some((later) => issued.includes(later)) ? 'later-issued' : null;
}

/** 督办单 as it is printed (requirements 3.1): one matter, one slip. */
export interface SlipPaper {
  office: string;
  number: string;
  stage: Stage;
  title: string;
  basis: string;
  content: string;
  unit: string;
  helpers: string;
  leader: string;
  supervisor: string;
  deadline: Day;
  rhythm: string;
  progress: string;
  issuedOn: Day;
}

/** The slip's fields in their order; what is filled in by hand stays empty. */
export const slipRows = (slip: SlipPaper): string[][] => [
  [`${STAGE_WORDS[slip.stage].colour}督办单`, `${STAGE_WORDS[slip.stage].why}督办`],
  ['编号', slip.number],
  ['督办事项标题', slip.title],
  ['督办依据', slip.basis],
  ['督办内容', slip.content],
  ['承办（牵头）单位', slip.unit],
  ['协办单位', slip.helpers],
  ['分管领导', slip.leader],
  ['督办人及电话', slip.supervisor],
  ['紧急程度', STAGE_WORDS[slip.stage].urgency],
  ['完成时限', dateInWords(slip.deadline)],
  ['汇报频次', slip.rhythm],
  ['办理情况', slip.progress],
  ...['附件', '批示', '签发'].map((field) => [field, '']),
];
