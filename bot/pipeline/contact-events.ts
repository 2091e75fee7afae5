import type { InboundMessage } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';

const OF_PEOPLE = new Set(['create_user', 'update_user', 'delete_user']);

/** 通讯录变更: notes whom an event tells of, to be looked up; the event alone changes nothing, it may have been overtaken. */
export async function noteContactChange(tx: Tx, { content, from, key, sentAt }: InboundMessage): Promise<void> {
  if (content.kind !== 'event') return;
  const told = content.event === 'change_contact' && OF_PEOPLE.has(content.change ?? '') ? content.userid : undefined;
  // Leaving the app's range comes from whom it is about.
  const userid = told ?? (content.event === 'unsubscribe' ? from : undefined);
  if (!userid) return;
  const change = content.change ?? content.event;
  await tx.contactCheck.create({ data: { key, userid, change, at: sentAt, notBefore: sentAt } });
}
