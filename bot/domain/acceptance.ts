/** 台账事项 as acceptance sees it. */
export interface AcceptedItem {
  leaderId: string | null;
  ownerId: string | null;
  departmentCode: string;
  level: string;
  target: number | null;
  quantity: number | null;
  completedAt: Date | null;
  acceptedAt: Date | null;
  /** > where the target has to be exceeded */
  comparator: string;
}

/**
 * Who may accept (R46, 2.7): the leader in charge, or the office for section items; never the owner, the applicant,
 * or whoever reported last.
 */
export function mayAccept(
  item: AcceptedItem,
  person: { id: string; roles: string[] },
  concerned: (string | undefined)[],
): boolean {
  if (item.ownerId === person.id || concerned.includes(person.id)) return false;
  const byOffice = item.level === '科室' || isForGroup(item, concerned);
  return item.leaderId === person.id || (byOffice && person.roles.includes('office'));
}

/** A leader's own work, or what nobody leads, is accepted by the leading group: the office enters what it decided (R46, Q9). */
export const isForGroup = (
  { leaderId, ownerId }: Pick<AcceptedItem, 'leaderId' | 'ownerId'>,
  concerned: readonly (string | undefined)[],
): boolean => leaderId === null || leaderId === ownerId || concerned.includes(leaderId);

/** Why an item cannot be handed in for acceptance; null if it can. */
export function whyNotComplete(
  item: AcceptedItem,
  department: string,
): 'not-own' | 'accepted' | 'waiting' | 'below-target' | null {
  if (item.departmentCode !== department) return 'not-own';
  if (item.acceptedAt) return 'accepted';
  if (item.completedAt) return 'waiting';
  return isBelowTarget(item) ? 'below-target' : null;
}

/** Counted, and not as many as it should be; what was never told counts as none here, and 突破 wants more than the target. */
export const isBelowTarget = ({
  target,
  quantity,
  comparator,
}: Pick<AcceptedItem, 'target' | 'quantity' | 'comparator'>): boolean =>
  target !== null && ((quantity ?? 0) < target || (comparator === '>' && quantity === target));
