import { z } from 'zod';
import type { WorldPerson } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';
import { DECIDE_LEAVE, leaveInWords, leaveRequest } from './leave.ts';
import { reopenRequest } from './question.ts';

const decided = z.object({ ids: z.array(z.number()) });

/** A decision on leaves taken back: they wait again, and whoever asked hears that. */
export async function takeBackDecision(
  memo: unknown,
  { actor, tx }: { actor: WorldPerson; tx: Tx },
): Promise<false | { to: string; text: string }[]> {
  const { ids } = decided.parse(memo);
  const leaves = await tx.leave.findMany({ where: { id: { in: ids } } });
  if (leaves.some(({ decidedBy, state, returnedAt }) => decidedBy !== actor.id || state === 'withdrawn' || returnedAt))
    return false;
  const told: { to: string; text: string }[] = [];
  for (const leave of leaves) {
    await tx.leave.update({
      where: { id: leave.id },
      data: { state: 'pending', decidedAt: null, decidedBy: null, note: '' },
    });
    await reopenRequest(tx, DECIDE_LEAVE, leaveRequest(leave.id));
    const what = await leaveInWords(tx, leave);
    told.push({ to: leave.personId, text: `${actor.name}收回了对您${what}请假的决定，请假继续等待审批。` });
  }
  return told;
}
