import type { Demand } from '#bot/domain/month-demand.ts';
import type { Tx } from './db.ts';

/** Every demand that may bear on a month (R27). */
export const demandsFor = (tx: Tx, month: string): Promise<Demand[]> =>
  tx.monthDemand.findMany({
    where: { undoneAt: null, OR: [{ month }, { standing: true, month: { lte: month } }] },
    orderBy: { id: 'asc' },
  });
