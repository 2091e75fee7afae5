/** 台账事项 as progress sees it. */
export interface LedgerState {
  target: number | null;
  quantity: number | null;
  percent: number | null;
  departmentCode: string;
  acceptedAt: Date | null;
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
  | { kind: 'not-own' | 'already-accepted' | 'went-backwards' | 'needs-figure' };

/**
 * 上报进度 (R42): only by the item's own unit, never backwards, never after acceptance. Additions add to the total. An item
 * without a target may be reported in words alone.
 */
export function reportProgress(item: LedgerState, department: string, said: Progress): ProgressOutcome {
  if (item.departmentCode !== department) return { kind: 'not-own' };
  if (item.acceptedAt) return { kind: 'already-accepted' };
  const quantity = said.increment === undefined ? said.quantity : (item.quantity ?? 0) + said.increment;
  if (quantity !== undefined && item.target !== null) {
    if (quantity < (item.quantity ?? 0)) return { kind: 'went-backwards' };
    return { kind: 'recorded', quantity, percent: Math.min(100, Math.round((quantity / item.target) * 1000) / 10) };
  }
  if (said.percent === undefined)
    return item.target === null
      ? { kind: 'recorded', quantity: item.quantity, percent: item.percent }
      : { kind: 'needs-figure' };
  if (said.percent < (item.percent ?? 0)) return { kind: 'went-backwards' };
  return { kind: 'recorded', quantity: item.quantity, percent: said.percent };
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
