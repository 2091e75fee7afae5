import type { Logger } from 'pino';
import type { Clock } from '#bot/calendar.ts';
import type { Handler } from '#bot/handler.ts';
import { judgeMaterial, MOST_MATERIAL_BYTES, tooLarge } from '#bot/materials/kind.ts';
import type { Shelf } from '#bot/materials/shelf.ts';
import { textOf } from '#bot/materials/text.ts';
import { type InboundMedia, type InboundMessage, inboundMessage, type Outgoing } from '#bot/message.ts';
import type { Db, Tx } from '#bot/store/db.ts';
import { addLetters } from '#bot/store/outbox.ts';
import { loadWorld } from '#bot/store/world.ts';
import type { WecomClient } from '#bot/wecom/client.ts';
import { TooLarge } from '#bot/wecom/download.ts';
import { WecomError } from '#bot/wecom/errors.ts';
import { addressed, rowOf } from './answer.ts';
import { backOff } from './back-off.ts';
import type { Situation } from './carry-out.ts';
import { goOn } from './handle.ts';

const MOST_AT_ONCE = 20;
const MOST_TRIES = 12;
const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 10 * 60_000;
// The platform has it no more, or never had.
const GONE = 40_007;
const LOST = '没有取到您发的照片或文件，请重新发送。';

export interface MaterialParts {
  db: Db;
  clock: Clock;
  log: Logger;
  handlers: readonly Handler[];
  shelf: Shelf;
  wecom: Pick<WecomClient, 'download'>;
}
type MaterialRow = Awaited<ReturnType<Tx['material']['findMany']>>[number];
type Fetched = Pick<MaterialRow, 'state'> & Partial<MaterialRow> & { words?: string };

/**
 * 取材料: fetches what members sent, judges it by its bytes, and only when it lies on disk for good says so: files of one
 * message together, to the item that was spoken of or with a question to tap.
 */
export async function fetchMaterials(parts: MaterialParts): Promise<void> {
  const { db, clock } = parts;
  const due = await db.read((client) =>
    client.material.findMany({
      where: { state: 'waiting', notBefore: { lte: clock.now() } },
      orderBy: { id: 'asc' },
      take: MOST_AT_ONCE,
    }),
  );
  for (const row of due) {
    const fetched = await fetchOne(row, parts);
    const noted = db.write(async (tx) => {
      const { words, ...data } = fetched;
      const given = data.state === 'waiting' ? data : { ...data, source: null };
      await tx.material.update({ where: { id: row.id }, data: given });
      if (words) await answer(tx, row, [{ kind: 'answer', address: row.personId, text: words }], 'no', parts);
      if (data.state !== 'waiting') await settle(tx, row, parts);
    });
    // An error of ours must not hold up what others sent: this one is tried again, later and later.
    await noted.catch(async (error: unknown) => {
      parts.log.error(
        { materialId: row.id, cause: error instanceof Error ? error.name : 'unknown' },
        'material failed',
      );
      const next = again(row, clock);
      await db.write((tx) => tx.material.update({ where: { id: row.id }, data: next }));
      if (next.state !== 'lost') return;
      const lost: Outgoing = { kind: 'answer', address: row.personId, text: LOST };
      await db.write((tx) => answer(tx, row, [lost], 'lost', parts)).catch(() => parts.log.error('sender not told'));
    });
  }
}

async function fetchOne(row: MaterialRow, { clock, log, shelf, wecom }: MaterialParts): Promise<Fetched> {
  try {
    const source: InboundMedia = JSON.parse(row.source ?? '{}');
    const { bytes, name } = await wecom.download(source, MOST_MATERIAL_BYTES);
    const judged = await judgeMaterial(bytes, name, row.kind);
    if ('refused' in judged) return { state: 'refused', words: judged.refused };
    // Only for a text that is being written are its words taken out.
    const text = row.draftId === null ? '' : textOf(bytes, judged.type);
    return { state: 'kept', name, type: judged.type, bytes: bytes.length, hash: await shelf.put(bytes), text };
  } catch (error) {
    if (error instanceof TooLarge) return { state: 'refused', words: tooLarge };
    const tries = row.tries + 1;
    const errcode = error instanceof WecomError ? error.errcode : undefined;
    log.warn({ materialId: row.id, tries, errcode }, 'material not fetched');
    const isOver = errcode === GONE || (error instanceof WecomError && !error.retryable) || tries >= MOST_TRIES;
    if (isOver) return { state: 'lost', tries, words: LOST };
    return again(row, clock);
  }
}

/** Tried again after a pause that grows, and given up in the end. */
function again({ tries }: MaterialRow, clock: Clock) {
  const pause = backOff(tries, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
  const notBefore = new Date(clock.now().getTime() + pause);
  return { state: tries + 1 >= MOST_TRIES ? 'lost' : 'waiting', tries: tries + 1, notBefore };
}

/** Once nothing of the message is on its way any more: what is to become of what was kept. */
async function settle(tx: Tx, { inboxKey }: MaterialRow, parts: MaterialParts): Promise<void> {
  const all = await tx.material.findMany({ where: { inboxKey }, orderBy: { position: 'asc' } });
  if (all.some(({ state }) => state === 'waiting')) return;
  // What was put to an item meanwhile, by words that came after it, is answered.
  const kept = all.filter(
    (one) => one.state === 'kept' && one.itemCode === null && one.sessionCode === null && one.inspection === null,
  );
  const [first] = kept;
  if (!first) return;
  const world = await loadWorld(tx);
  const message = await messageOf(tx, inboxKey);
  const actor = world.members.find(({ id }) => id === first.personId);
  if (!actor || !message) return;
  const situation: Situation = { message, actor, world, handlers: parts.handlers, tx };
  await answer(tx, first, await received(situation, kept), 'yes', parts);
}

type Wish = NonNullable<Awaited<ReturnType<NonNullable<Handler['receives']>>>>;

/** What the capabilities that take such materials make of them: the first that is sure has them, else all are asked about at once. */
async function received(situation: Situation, kept: MaterialRow[]): Promise<Outgoing[]> {
  const wishes: { handler: Handler; wish: Exclude<Wish, { input: object }> }[] = [];
  for (const handler of situation.handlers) {
    const wish = await handler.receives?.(kept, situation);
    if (wish && 'input' in wish) return goOn(situation, [{ handler, input: wish.input }], '', true);
    if (wish) wishes.push({ handler, wish });
  }
  // Who offers something to tap asks; a mere remark counts only alone.
  const asking = wishes.filter(({ wish }) => wish.choices.length > 0);
  const [first = wishes[0], ...more] = asking.sort((one, other) => one.wish.choices.length - other.wish.choices.length);
  if (!first) return [];
  const { actor, message } = situation;
  const { handler, wish } = first;
  if (wish.choices.length === 0) return [{ kind: 'answer', address: message.from, text: wish.question }];
  const candidates = [first, ...more].flatMap((one) =>
    one.wish.choices.map(({ label, input }) => ({ label, orders: [{ handler: one.handler, input }] })),
  );
  const question = more.length > 0 ? '已收下。这是哪一项的材料？' : wish.question;
  const asked = { handler, question, said: '', candidates };
  return (await goOn(situation, [asked], '', false)).map((one) => ({ ...one, address: actor.id }));
}

async function answer(tx: Tx, row: MaterialRow, told: Outgoing[], what: string, { clock }: MaterialParts) {
  const message = await messageOf(tx, row.inboxKey);
  if (!message) return;
  const { members } = await loadWorld(tx);
  // The place of an answer serves once; words that came with the file had it.
  const { replyTo, ...elsewhere } = message;
  const several = (message.media?.length ?? 0) > 1 || message.content.kind === 'text' || !replyTo;
  const letters = addressed(several ? elsewhere : message, told, members);
  const rows = letters.map((letter, index) => ({
    ...{ ...rowOf(letter), key: `${row.inboxKey}#file${row.position}${what}${index}`, notBefore: clock.now() },
  }));
  await addLetters(tx, rows);
}

async function messageOf(tx: Tx, key: string): Promise<InboundMessage | null> {
  const row = await tx.inbox.findUnique({ where: { key } });
  return row && inboundMessage.parse(JSON.parse(row.message));
}
