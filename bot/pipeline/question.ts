import type { Handler } from '#bot/handler.ts';
import type { InboundMessage } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';

const LIVES_MS = 10 * 60_000;
const YES = /^(确认|是|是的|对|好|好的|可以)[。.!！]*$/;
const NO = /^(不|不是|否|取消|算了|先不)[。.!！]*$/;

interface Order {
  handler: Handler;
  input: unknown;
}

/** Keeps a command until it is confirmed; the question asked before it is dropped. */
export async function openQuestion(tx: Tx, personId: string, { handler, input }: Order, askedAt: Date): Promise<void> {
  await tx.question.updateMany({ where: { personId, closedAt: null }, data: { closedAt: askedAt } });
  await tx.question.create({ data: { personId, handler: handler.name, command: JSON.stringify(input), askedAt } });
}

/**
 * Takes the message as the answer to the open question, if it is one word of it. Anything else drops the question and
 * is a message of its own.
 * @returns the confirmed command, `dropped` for a no, or null where the message answers nothing.
 */
export async function closeQuestion(
  tx: Tx,
  personId: string,
  message: InboundMessage,
  handlers: readonly Handler[],
): Promise<Order | 'dropped' | null> {
  const question = await tx.question.findFirst({ where: { personId, closedAt: null }, orderBy: { id: 'desc' } });
  if (!question || message.content.kind !== 'text') return null;
  await tx.question.updateMany({ where: { personId, closedAt: null }, data: { closedAt: message.sentAt } });
  const handler = handlers.find(({ name }) => name === question.handler);
  const text = message.content.text.trim();
  if (!handler || message.sentAt.getTime() - question.askedAt.getTime() > LIVES_MS) return null;
  if (NO.test(text)) return 'dropped';
  return YES.test(text) ? { handler, input: JSON.parse(question.command) } : null;
}
