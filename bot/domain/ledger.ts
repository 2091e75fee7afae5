import { percentOf } from './item-state.ts';

/** 台账事项 as progress sees it. */
export interface LedgerState {
  target: number | null;
  quantity: number | null;
  percent: number | null;
  departmentCode: string;
  acceptedAt: Date | null;
  unit?: string | null;
  /** > where the target has to be exceeded */
  comparator?: string;
  /** its figure is the sum of its parts (R44) */
  split?: boolean;
  /** when progress was last told, in figures or in words alone */
  updatedAt: Date | null;
}

/** 进度: a percentage, a total so far, or an addition to it. */
export interface Progress {
  percent?: number | undefined;
  quantity?: number | undefined;
  increment?: number | undefined;
}

export type ProgressOutcome =
  | { kind: 'recorded'; quantity: number | null; percent: number | null }
  | { kind: 'not-own' | 'already-accepted' | 'went-backwards' | 'needs-figure' | 'sum-of-parts' | 'whole-only' };

/** What is counted in these comes in whole numbers only (G5). */
const WHOLE = ['家', '个', '项', '所', '次', '份', '件'];
export const isWhole = (quantity: number, unit: string | null | undefined): boolean =>
  Number.isInteger(quantity) || !WHOLE.includes(unit ?? '');

/**
 * 上报进度 (R42): only by the item's own unit, never backwards, never after acceptance. Additions add to the total. An item
 * without a target may be reported in words alone.
 */
export function reportProgress(item: LedgerState, department: string, said: Progress): ProgressOutcome {
  if (item.departmentCode !== department) return { kind: 'not-own' };
  if (item.acceptedAt) return { kind: 'already-accepted' };
  if (item.split) return { kind: 'sum-of-parts' };
  // Where a total and an addition are both said the total counts.
  const added = said.increment === undefined ? undefined : (item.quantity ?? 0) + said.increment;
  const quantity = said.quantity ?? added;
  if (quantity !== undefined && item.target !== null) {
    if (!isWhole(quantity, item.unit)) return { kind: 'whole-only' };
    if (quantity < (item.quantity ?? 0)) return { kind: 'went-backwards' };
    return { kind: 'recorded', quantity, percent: percentOf(quantity, item.target) };
  }
  if (said.percent === undefined)
    return item.target === null
      ? { kind: 'recorded', quantity: item.quantity, percent: item.percent }
      : { kind: 'needs-figure' };
  if (said.percent < (item.percent ?? 0)) return { kind: 'went-backwards' };
  return { kind: 'recorded', quantity: item.quantity, percent: said.percent };
}

/**
 * Whether a figure is looked at twice before it is kept (R42): a count beyond its target; an amount, or what has to exceed
 * its target, beyond twice of it. Where that was confirmed before, only beyond twice what stands.
 */
export function isFarBeyond(
  { target, quantity: before, unit, comparator }: Pick<LedgerState, 'target' | 'quantity' | 'unit' | 'comparator'>,
  quantity: number | null,
): boolean {
  if (target === null || quantity === null || quantity === before) return false;
  const most = WHOLE.includes(unit ?? '') && comparator !== '>' ? target : 2 * target;
  return quantity > ((before ?? 0) > most ? 2 * (before ?? 0) : most);
}

export type ItemStatus = 'not_started' | 'in_progress' | 'awaiting_acceptance' | 'done' | 'overdue';

/** 台账状态 as the contract's exports name it; `today` decides what is overdue. */
export function statusOf(
  item: LedgerState & { completedAt: Date | null; deadline: string },
  today: string,
): ItemStatus {
  if (item.acceptedAt) return 'done';
  if (item.completedAt) return 'awaiting_acceptance';
  if (item.deadline < today) return 'overdue';
  return item.percent === null && item.quantity === null && item.updatedAt === null ? 'not_started' : 'in_progress';
}

export type CorrectionOutcome =
  | { kind: 'corrected'; quantity: number | null; percent: number | null }
  | { kind: 'already-accepted' | 'waiting' | 'not-by-hand' | 'needs-figure' | 'whole-only' | 'same' };

/**
 * 更正 (R42): a figure may be set right to any value, as long as nobody decides on the item at the moment; one set by hand
 * may as well be given back to the sum of the parts, which no figure stands for (R44).
 */
export function correctProgress(
  item: LedgerState & { completedAt: Date | null; byHand: boolean },
  { quantity, percent, sum }: Pick<Progress, 'quantity' | 'percent'> & { sum?: boolean | undefined },
): CorrectionOutcome {
  if (item.acceptedAt) return { kind: 'already-accepted' };
  if (item.completedAt) return { kind: 'waiting' };
  if (sum) return item.byHand ? { kind: 'corrected', quantity: null, percent: null } : { kind: 'not-by-hand' };
  if (quantity !== undefined && item.target !== null) {
    if (!isWhole(quantity, item.unit)) return { kind: 'whole-only' };
    if (quantity === item.quantity) return { kind: 'same' };
    return { kind: 'corrected', quantity, percent: percentOf(quantity, item.target) };
  }
  if (percent === undefined) return { kind: 'needs-figure' };
  return percent === item.percent ? { kind: 'same' } : { kind: 'corrected', quantity: item.quantity, percent };
}
