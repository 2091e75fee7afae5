import type { InboundMessage } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';
import { draftFor } from '#bot/store/draft.ts';

// Evidence is a handful; what is more is a mistake, or meant to fill the disk.
const MOST_A_DAY = 100;
const DAY_MS = 24 * 3_600_000;

/**
 * Notes what came with a message, to be fetched afterwards: nothing waits for the network here.
 * @returns false where somebody sent more within a day than is taken.
 */
export async function keepMedia(tx: Tx, message: InboundMessage): Promise<boolean> {
  const { media = [], key, from, sentAt } = message;
  if (media.length === 0) return true;
  const since = new Date(sentAt.getTime() - DAY_MS);
  const lately = await tx.material.count({ where: { personId: from, at: { gte: since } } });
  if (lately + media.length > MOST_A_DAY) return false;
  const draft = message.chat === 'direct' ? await draftFor(tx, from, sentAt) : null;
  await tx.material.createMany({
    data: media.map((one, position) => ({
      ...{ inboxKey: key, position, personId: from, at: sentAt, notBefore: sentAt },
      ...{ kind: one.kind, source: JSON.stringify(one), draftId: draft?.id ?? null },
    })),
  });
  return true;
}

/** Forgets what came beside words that made nothing of it: in a group everything, alone what was only quoted. */
export async function dropMedia(tx: Tx, { media = [], key, chat }: InboundMessage): Promise<void> {
  const positions = media.flatMap(({ quoted }, position) => (quoted || chat === 'group' ? [position] : []));
  if (positions.length > 0) await tx.material.deleteMany({ where: { inboxKey: key, position: { in: positions } } });
}
