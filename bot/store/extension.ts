import type { Tx } from './db.ts';

/** What an 延期申请 asks for, and whether it still waits (R47). */
export async function extensionAsked(tx: Tx, id: number) {
  const row = await tx.extension.findUniqueOrThrow({ where: { id } });
  return {
    ...{ item: row.itemCode, from: row.oldDeadline, to: row.newDeadline },
    ...{ reason: row.reason, askedBy: row.personId, pending: row.state === 'pending' },
  };
}

/** Keeps what was decided on an 延期申请; null opens it again. */
export const decideExtension = (
  tx: Tx,
  id: number,
  verdict: { approve: boolean; by: string; at: Date } | null,
): Promise<unknown> =>
  tx.extension.update({
    where: { id },
    data: verdict
      ? { state: verdict.approve ? 'approved' : 'rejected', decidedBy: verdict.by, decidedAt: verdict.at }
      : { state: 'pending', decidedBy: null, decidedAt: null },
  });
