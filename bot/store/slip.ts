import type { Stage } from '#bot/domain/slip.ts';
import type { Tx } from './db.ts';
import { nextNumber } from './number.ts';

/** The stages of a matter for which a slip was issued. */
export const stagesIssued = async (tx: Tx, itemCode: string): Promise<string[]> =>
  (await tx.slip.findMany({ where: { itemCode }, orderBy: { id: 'asc' } })).map(({ stage }) => stage);

/** Issues a 督办单 under the next number of the year, counted without gaps (R58). */
export async function issueSlip(
  tx: Tx,
  slip: { itemCode: string; stage: Stage; byId: string; at: Date },
  year: string,
): Promise<string> {
  const number = await nextNumber(tx.slip, 'DB', year);
  await tx.slip.create({ data: { ...slip, number } });
  return number;
}
