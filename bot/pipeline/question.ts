import { z } from 'zod';
import type { Handler } from '#bot/handler.ts';
import type { WorldPerson } from '#bot/language/reading.ts';
import type { Talk } from '#bot/language/resume.ts';
import { isOpen, type Open, type Order, type Part } from '#bot/language/understand.ts';
import type { Button, Words } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';
import { lean, sql } from '#bot/store/lean.ts';
import { nextId } from '#bot/store/number.ts';

const LIVES_MS = 10 * 60_000;

/** A question put to somebody about words of their own, with what was understood so far. */
export interface Question {
  id: number;
  talk: Talk;
  alive: boolean;
}

const order = z.object({ handler: z.string(), input: z.record(z.string(), z.unknown()) });
const open = z.object({
  ...{ handler: z.string(), question: z.string(), said: z.string() },
  candidates: z.array(z.object({ label: z.string(), orders: z.array(order) })),
});
const kept = z.object({ chat: z.enum(['direct', 'group']), parts: z.array(z.union([open, order])) });
type Kept = z.infer<typeof kept>;

/** Keeps a question until it is answered, by a word or a tap, or ten minutes are over; one asked before is dropped. */
export async function openQuestion(tx: Tx, personId: string, { said, parts }: Talk): Promise<number> {
  const [first] = parts;
  if (!first) throw new Error('a question is about something');
  await dropQuestions(tx, personId, said.now);
  const talk: Kept = { chat: said.chat, parts: parts.map(plain) };
  const id = await nextId(tx.question);
  const common = { id, personId, handler: first.handler.name, command: '{}', askedAt: said.now };
  await tx.question.create({ data: { ...common, talk: JSON.stringify(talk) } });
  return id;
}

export const dropQuestions = (tx: Tx, personId: string, at: Date) =>
  tx.question.updateMany({ where: { personId, byId: null, closedAt: null }, data: { closedAt: at } });

/** The question that waits for somebody's answer: the last one, or the one a tap names; null if it waits no longer. */
export async function questionOf(
  tx: Tx,
  speaker: WorldPerson,
  now: Date,
  handlers: readonly Handler[],
  id?: number,
): Promise<Question | null> {
  // Most people were asked nothing.
  const [waiting] = await lean(
    tx,
    sql`SELECT "id" FROM "Question" WHERE "personId" = ${speaker.id} AND "byId" IS NULL AND "closedAt" IS NULL LIMIT 1`,
  );
  if (!waiting) return null;
  const row = await tx.question.findFirst({
    where: { personId: speaker.id, byId: null, closedAt: null, ...(id !== undefined && { id }) },
    orderBy: { id: 'desc' },
  });
  if (!row?.talk) return null;
  const { chat, parts } = kept.parse(JSON.parse(row.talk));
  const known = (one: z.infer<typeof order>): Order[] => {
    const handler = handlers.find(({ name }) => name === one.handler);
    return handler ? [{ handler, input: one.input }] : [];
  };
  const revived = parts.flatMap((part): Part[] => {
    if (!('question' in part)) return known(part);
    const handler = handlers.find(({ name }) => name === part.handler);
    const candidates = part.candidates.map(({ label, orders }) => ({ label, orders: orders.flatMap(known) }));
    return handler ? [{ ...part, handler, candidates }] : [];
  });
  const alive = now.getTime() - row.askedAt.getTime() <= LIVES_MS;
  return { id: row.id, talk: { said: { speaker, now: row.askedAt, chat }, parts: revived }, alive };
}

const plainOrder = ({ handler, input }: Order) => ({ handler: handler.name, input: input as Record<string, unknown> });
function plain(part: Part): Kept['parts'][number] {
  if (!isOpen(part)) return plainOrder(part);
  const candidates = part.candidates.map(({ label, orders }) => ({ label, orders: orders.map(plainOrder) }));
  return { handler: part.handler.name, question: part.question, said: part.said, candidates };
}

/** Names the question in what a button says, so that a tap on an old card cannot answer another one. */
export const tap = (words: string, id: number): string => `${words}〔Q${id}〕`;
const TAPPED = /^(?<words>.+?)\s*〔Q(?<id>\d{1,9})〕$/;

/** A text as a button says it: its words and the question it belongs to. */
export function tapped(text: string): { words: string; id: number } | null {
  const said = TAPPED.exec(text)?.groups;
  return said ? { words: said['words'] ?? '', id: Number(said['id']) } : null;
}

const button = (label: string, words: string, id: number): Button => ({ label, says: tap(words, id) });

/** A question as it is put: its candidates numbered, each a button; with one alone it is yes or no. */
export function askedWords({ question, candidates }: Open, id: number, byYes: boolean): Words {
  const [only, another] = candidates;
  if (!only) return { text: question };
  if (!another)
    return byYes
      ? { text: `${question}\n请回复“是”或“不是”。`, buttons: [button('是', '是', id), button('不是', '不是', id)] }
      : { text: question };
  const list = candidates.map(({ label }, index) => `${index + 1}. ${label}`);
  return {
    text: [question, ...list, '请回复序号或名称。'].join('\n'),
    buttons: candidates.map(({ label }, index) => button(label, `选${index + 1}`, id)),
  };
}

/** 确认 before something that cannot be taken back. */
export const confirmButtons = (id: number): Button[] => [button('确认', '确认', id), button('取消', '取消', id)];
