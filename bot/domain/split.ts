/** A part of a split item: a unit and its share of the target, where there is one. */
export interface Share {
  department: string;
  target: number | null;
}
export interface SplitItem {
  departmentCode: string;
  target: number | null;
  quantity: number | null;
  percent: number | null;
  split: boolean;
  completedAt: Date | null;
  acceptedAt: Date | null;
}

export type SplitOutcome =
  | { kind: 'split'; sum: number | null }
  | { kind: 'accepted' | 'waiting' | 'already' | 'twice' | 'too-few' | 'needs-targets' | 'needs-own' };

/**
 * 分解 (R44): an item goes to several units, whose figures then add up to its own. What was told before becomes the own
 * unit's share, so nothing is lost and nothing counts twice. Shares that do not add up are a warning, not a refusal.
 */
export function splitItem(item: SplitItem, shares: readonly Share[]): SplitOutcome {
  if (item.acceptedAt) return { kind: 'accepted' };
  if (item.completedAt) return { kind: 'waiting' };
  if (item.split) return { kind: 'already' };
  if (shares.length < 2) return { kind: 'too-few' };
  if (new Set(shares.map(({ department }) => department)).size < shares.length) return { kind: 'twice' };
  if (item.target !== null && shares.some(({ target }) => target === null)) return { kind: 'needs-targets' };
  const told = item.quantity !== null || item.percent !== null;
  if (told && !shares.some(({ department }) => department === item.departmentCode)) return { kind: 'needs-own' };
  const sum = item.target === null ? null : shares.reduce((total, { target }) => total + (target ?? 0), 0);
  return { kind: 'split', sum };
}
