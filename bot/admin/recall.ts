import type { Tx } from '#bot/store/db.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * 撤回群发: what a job told at a slot and should not have. What waits is not sent; what went to members within a day
 * disappears again, several joined in one message together. Groups keep theirs: the platform takes nothing back there.
 * @returns what became of it, in words
 * @throws Error for a slot that told nothing
 */
export async function recallSlot(tx: Tx, name: string, at: string, now: Date): Promise<string> {
  const slot = new Date(at);
  if (Number.isNaN(slot.getTime())) throw new Error(`“${at}”不是时点，应写成 2013-05-29T09:00:00+08:00`);
  const cause = `${name}@${slot.toISOString()}`;
  const told = await tx.outbox.findMany({ where: { key: { startsWith: `${cause}#` } }, orderBy: { id: 'asc' } });
  if (told.length === 0) throw new Error(`${name} 在该时点没有发过通知`);
  const waiting = told.filter(({ sentAt, parkedAt }) => !sentAt && !parkedAt);
  await tx.outbox.updateMany({
    where: { id: { in: waiting.map(({ id }) => id) } },
    data: { parkedAt: now, reason: '已撤回' },
  });
  const sent = told.filter(({ sentAt, msgid }) => sentAt && msgid && now.getTime() - sentAt.getTime() < DAY_MS);
  const known = await tx.outbox.findMany({ where: { key: { startsWith: `${cause}!recall#` } }, select: { key: true } });
  const asked = new Set(known.map(({ key }) => key));
  const fresh = sent.filter(({ id }) => !asked.has(`${cause}!recall#${id}`));
  await tx.outbox.createMany({
    data: fresh.map(({ id, msgid }) => ({
      ...{ key: `${cause}!recall#${id}`, kind: 'recall', address: msgid ?? '', text: '', notBefore: now },
    })),
  });
  const left = told.length - waiting.length - sent.length;
  return `没发的${waiting.length}条不再发，正在撤回${fresh.length}条，${left}条不能撤回（群消息、未送达或超过24小时）`;
}
