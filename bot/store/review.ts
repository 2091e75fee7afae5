import type { Rating } from '#bot/domain/review.ts';
import type { Tx } from './db.ts';

/** The ratings of a quarter that were not taken back, oldest first (R76). */
export async function ratingsOf(tx: Tx, quarter: string): Promise<Rating[]> {
  const rows = await tx.peerScore.findMany({ where: { quarter, undoneAt: null }, orderBy: { id: 'asc' } });
  return rows.map(({ fromDepartment, departmentCode, scores }) => ({
    fromDepartment,
    departmentCode,
    scores: JSON.parse(scores),
  }));
}
