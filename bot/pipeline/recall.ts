import type { Tx } from '#bot/store/db.ts';

const DAY_MS = 24 * 3_600_000;

/**
 * 撤回通知: what a message told others disappears again once its deed is taken back: what waits is not sent, what was
 * sent is recalled. A message that did several things stays told, since only one of them is taken back.
 */
export async function recallWords(tx: Tx, inboxKey: string, actor: string, now: Date): Promise<void> {
  if ((await tx.deed.count({ where: { inboxKey } })) !== 1) return;
  const told = await tx.outbox.findMany({
    where: { key: { startsWith: `${inboxKey}#` }, kind: 'user', address: { not: actor }, parkedAt: null },
  });
  for (const { id, key, sentAt, msgid } of told) {
    if (!sentAt) await tx.outbox.update({ where: { id }, data: { parkedAt: now, reason: '已撤销' } });
    else if (msgid && now.getTime() - sentAt.getTime() < DAY_MS)
      await tx.outbox.create({
        data: { key: `${key}!recall`, kind: 'recall', address: msgid, text: '', notBefore: now },
      });
  }
}
