import type { Day } from '#bot/calendar.ts';
import { NO_MILESTONES, planned, reached, withMilestones } from './milestone.ts';

/** What an item that was never to be done ended with, by how it had come about; any other end was decided (R53). */
export const TAKEN_BACK = {
  assignment: '交办已收回',
  problem: '登记已收回',
  inspection: '督查登记已收回',
  split: '分解已撤销',
};

/** What can happen to an item. */
export type FactKind =
  | 'defined'
  | 'reported'
  | 'corrected'
  | 'applied'
  | 'returned'
  | 'accepted'
  | 'extended'
  | 'targeted'
  | 'handed'
  | 'joined'
  | 'split'
  | 'lit'
  | 'planned'
  | 'reached'
  | 'supplement'
  | 'required'
  | 'ended'
  | 'undone';

/** 台账事实: one thing that happened, appended and never changed. */
export interface Fact {
  id: number;
  kind: string;
  at: Date;
  note?: string;
  quantity?: number | null;
  percent?: number | null;
  target?: number | null;
  day?: Day | null;
  other?: string | null;
  ownerId?: string | null;
  undoes?: number | null;
}

/** What the facts of an item make of it. */
export interface ItemState {
  target: number | null;
  deadline: Day;
  firstTarget: number | null;
  firstDeadline: Day | null;
  departmentCode: string;
  ownerId: string | null;
  parentCode: string | null;
  split: boolean;
  /** 手工填报: its figure was set by hand and is not the sum of its parts (R44) */
  byHand: boolean;
  quantity: number | null;
  percent: number | null;
  completedAt: Date | null;
  acceptedAt: Date | null;
  updatedAt: Date | null;
  endedAt: Date | null;
  setLight: string | null;
  setLightWhy: string | null;
  setLightUntil: Day | null;
  /** 时间节点 as JSON, see `milestonesOf` */
  milestones: string;
  nextMilestone: Day | null;
}

/** What an item was before its first fact. */
export const bornAs = (item: ItemState): ItemState => ({
  ...item,
  target: item.firstTarget ?? item.target,
  deadline: item.firstDeadline ?? item.deadline,
  firstTarget: null,
  firstDeadline: null,
  parentCode: null,
  split: false,
  byHand: false,
  quantity: null,
  percent: null,
  completedAt: null,
  acceptedAt: null,
  updatedAt: null,
  endedAt: null,
  setLight: null,
  setLightWhy: null,
  setLightUntil: null,
  milestones: NO_MILESTONES,
  nextMilestone: null,
});

/** 完成率: by the count where there is a target, one decimal, never over 100. */
export const percentOf = (quantity: number, target: number): number =>
  Math.min(100, Math.round((quantity / target) * 1000) / 10);

/** The present state: every fact that was not taken back, in order, applied to what the item was at first. */
export function fold(first: ItemState, facts: readonly Fact[]): ItemState {
  const undone = new Set(facts.map(({ undoes }) => undoes).filter((id) => id !== null && id !== undefined));
  const standing = facts.filter(({ id, kind }) => kind !== 'undone' && !undone.has(id));
  const [head] = standing;
  const born = head?.kind === 'defined' ? { target: head.target ?? null, deadline: head.day ?? first.deadline } : {};
  return standing.reduce(apply, { ...first, ...born });
}

/** What stands in the way of a fact: nothing follows an end, and an acceptance only its place in the ledger. */
export const mayFollow = ({ acceptedAt, endedAt }: ItemState, kind: FactKind): boolean =>
  endedAt === null && (acceptedAt === null || ['defined', 'joined', 'split'].includes(kind));

function apply(state: ItemState, fact: Fact): ItemState {
  if (!mayFollow(state, fact.kind as FactKind)) return state;
  const { at: updatedAt } = fact;
  switch (fact.kind) {
    case 'defined':
      return redefined(state, fact);
    case 'corrected': {
      const { quantity = null, percent = null } = fact;
      // Without a figure it goes back to the sum of its parts.
      const byHand = state.split && (quantity !== null || percent !== null);
      return { ...counted(state, quantity, percent), byHand, updatedAt };
    }
    case 'reported':
      return { ...counted(state, fact.quantity ?? null, fact.percent ?? null), updatedAt };
    case 'applied':
      return { ...state, completedAt: updatedAt, updatedAt };
    case 'returned':
      return { ...state, completedAt: null, updatedAt };
    case 'accepted':
      return { ...state, acceptedAt: updatedAt, percent: 100, updatedAt };
    case 'extended':
      return { ...state, firstDeadline: state.firstDeadline ?? state.deadline, deadline: fact.day ?? state.deadline };
    case 'targeted':
      return counted(
        { ...state, firstTarget: state.firstTarget ?? state.target, target: fact.target ?? state.target },
        state.quantity,
        state.percent,
      );
    case 'handed':
      return { ...state, departmentCode: fact.other ?? state.departmentCode, ownerId: fact.ownerId ?? null };
    case 'joined':
      return { ...state, parentCode: fact.other ?? null };
    case 'split':
      return { ...state, split: true, byHand: false, quantity: null, percent: null };
    case 'lit':
      return {
        ...state,
        ...{ setLight: fact.other ?? null, setLightWhy: fact.note ?? null, setLightUntil: fact.day ?? null },
      };
    case 'planned':
      return withMilestones(state, planned(state, fact.other ?? '', fact.day ?? null));
    case 'reached':
      return withMilestones(state, reached(state, fact.other ?? '', updatedAt));
    case 'ended':
      return { ...state, endedAt: updatedAt };
    default:
      return state;
  }
}

/** A new definition changes target and deadline; the first one is what was 原定. */
function redefined(state: ItemState, { target = null, day, other, ownerId }: Fact): ItemState {
  const deadline = day ?? state.deadline;
  const whose = other ? { departmentCode: other, ownerId: ownerId ?? null } : {};
  const next = {
    ...{ ...state, ...whose, target, deadline },
    firstTarget: state.firstTarget ?? (state.target !== target ? state.target : null),
    firstDeadline: state.firstDeadline ?? (state.deadline !== deadline ? state.deadline : null),
  };
  return counted(next, state.quantity, state.percent);
}

const counted = (state: ItemState, quantity: number | null, percent: number | null): ItemState => ({
  ...state,
  quantity,
  percent: state.acceptedAt
    ? 100
    : quantity !== null && state.target !== null
      ? percentOf(quantity, state.target)
      : percent,
});

/** Whether an item's figure is the sum of its parts: split, and not set by hand (R44). */
export const isSum = ({ split, byHand }: Pick<ItemState, 'split' | 'byHand'>): boolean => split && !byHand;

/** A part as its parent sees it. */
export interface Part {
  endedAt: Date | null;
  quantity: number | null;
  percent: number | null;
  acceptedAt: Date | null;
}

/**
 * 上级事项的数 (R44): of counted work the sum of the parts, else their mean of those still to be done; what no part has told
 * stays unknown (G8), and an accepted parent stays whole. What a part had reached before its 终止 was reached (R53).
 */
export function summedUp(
  parent: { target: number | null; acceptedAt: Date | null },
  all: readonly Part[],
): { quantity: number | null; percent: number | null } {
  const parts = all.filter(({ endedAt }) => endedAt === null);
  const told = all.filter(({ quantity }) => quantity !== null);
  const quantity =
    parent.target === null || told.length === 0 ? null : tidy(told.reduce((sum, one) => sum + (one.quantity ?? 0), 0));
  if (parent.acceptedAt) return { quantity, percent: 100 };
  if (parent.target !== null)
    return { quantity, percent: quantity === null ? null : percentOf(quantity, parent.target) };
  const shares = parts.map(({ percent, acceptedAt }) => (acceptedAt ? 100 : percent));
  if (shares.every((one) => one === null)) return { quantity, percent: null };
  const sum = shares.reduce<number>((total, one) => total + (one ?? 0), 0);
  return { quantity, percent: Math.round((sum / parts.length) * 10) / 10 };
}

/** An item with the figure its parts make, where it is their sum; any other as it is. */
export const withSum = <Item extends ItemState>(item: Item, parts: readonly Part[] = []): Item =>
  isSum(item) ? { ...item, ...summedUp(item, parts) } : item;

/** Sums of 万元 with decimals keep no dust of binary fractions. */
const tidy = (sum: number): number => Math.round(sum * 1e6) / 1e6;
