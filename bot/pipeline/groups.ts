import { createHash } from 'node:crypto';
import { peopleOf } from '#bot/domain/groups.ts';
import { wordStyle } from '#bot/message.ts';
import type { Db, Tx } from '#bot/store/db.ts';
import { groupNamed } from '#bot/store/groups.ts';
import type { Row } from '#bot/store/outbox.ts';
import { loadWorld } from '#bot/store/world.ts';
import type { WecomClient } from '#bot/wecom/client.ts';
import { inWords, WecomError } from '#bot/wecom/errors.ts';
import type { GroupPlace } from '#bot/wecom/groups.ts';
import { rowOf } from './answer.ts';
import { fitsOne, splitText } from './text.ts';

export interface GroupDelivery {
  db: Db;
  wecom: WecomClient;
  /** of the configuration: group name → webhook key */
  webhooks: ReadonlyMap<string, string>;
}

/** The ways into a group as they are now: of the configuration, and as it was bound or made. */
export async function placeOf({ db, webhooks }: Omit<GroupDelivery, 'wecom'>, name: string): Promise<GroupPlace> {
  const row = await db.read((client) => groupNamed(client, name));
  if (row?.endedAt) return {};
  const webhook = webhooks.get(name) ?? row?.webhook ?? undefined;
  return { webhook, chatid: row?.chatid ?? undefined, robotChat: row?.robotChat ?? undefined };
}

/** Says words in a group, styled where they are one message; what is too long for one is words alone, in parts. */
export async function toGroup(delivery: GroupDelivery, name: string, words: string, style: string | null) {
  const place = await placeOf(delivery, name);
  const { markup: wanted, mentions, link } = style ? wordStyle.parse(JSON.parse(style)) : {};
  const markup = fitsOne(words, wanted?.content) ? wanted : undefined;
  const parts = markup || link ? [words] : splitText(words);
  // Phones ring once, for the first part.
  for (const [index, text] of parts.entries())
    await delivery.wecom.sendToGroup(place, { text, markup, link, ...(index === 0 && { mentions }) });
}

const TAKEN = 86_215;
const FEWEST = 2;
const MOST = 2000;
const listOf = (text: string | null): string[] => (text ? JSON.parse(text) : []);

/**
 * 应用群聊: makes the app's own group, or sets its members as the roster has them (protocol notes 3.7). Its id is ours, so a
 * repeat makes no second one. Whoever asked hears how it went.
 */
export async function settleChat(row: Row, { db, wecom, webhooks }: GroupDelivery): Promise<void> {
  const { group, members } = await db.read(async (client) => {
    const { members, departments } = await loadWorld(client as Tx);
    const group = await groupNamed(client, row.address);
    return { group, members: group ? peopleOf(group.audience, members, departments).slice(0, MOST) : [] };
  });
  if (!group || group.endedAt || members.length < FEWEST) return;
  const { name } = group;
  if (group.chatid === null) {
    const chatid = createHash('sha256').update(`${name}${group.boundAt.toISOString()}`).digest('hex').slice(0, 32);
    const owner = members.includes(group.boundBy) ? group.boundBy : (members[0] ?? '');
    await wecom.createChat({ chatid, name, owner, members }).catch(unless(TAKEN));
    await keep({ chatid });
    // The group shows for its members with the first thing said in it; it says whose it is.
    await toGroup(
      { db, wecom, webhooks },
      name,
      `本群由创优助手按花名册建立，通知会发在这里，成员随花名册增减。`,
      null,
    );
    await tell(db, row, group.boundBy, `“${name}”已建好，共${members.length}人，成员随花名册增减。`);
    return;
  }
  const before = listOf(group.members);
  const add = members.filter((id) => !before.includes(id));
  const remove = before.filter((id) => !members.includes(id));
  if (add.length + remove.length > 0) await wecom.updateChat(group.chatid, { name, add, remove });
  await keep({});

  async function keep(made: { chatid?: string }): Promise<void> {
    const data = { members: JSON.stringify(members), ...made };
    await db.write((tx) => tx.groupChat.update({ where: { name }, data }));
  }
}

const unless =
  (code: number) =>
  (error: unknown): void => {
    if (!(error instanceof WecomError) || error.errcode !== code) throw error;
  };

/** Says to whoever asked why there is no group; once, though it may be tried again. */
export async function tellOfChat(db: Db, row: Row, { errcode, reaction }: WecomError): Promise<void> {
  if (reaction === 'retry' || reaction === 'refresh' || reaction === 'slow') return;
  const group = await db.read((client) => groupNamed(client, row.address));
  if (group) await tell(db, row, group.boundBy, `没有建成“${group.name}”：${inWords(errcode)}`);
}

async function tell(db: Db, { key: cause, notBefore }: Row, address: string, text: string): Promise<void> {
  const key = `${cause}!told`;
  await db.write(async (tx) => {
    if (await tx.outbox.findUnique({ where: { key } })) return;
    await tx.outbox.create({ data: { ...rowOf({ kind: 'user', address, text }), key, notBefore } });
  });
}
