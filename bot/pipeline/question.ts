import type { Handler, Request } from '#bot/handler.ts';
import type { InboundMessage } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';

const LIVES_MS = 10 * 60_000;
const YES = /^(确认|是|是的|对|好|好的|可以)[。.!！]*$/;
const NO = /^(不|不是|否|取消|算了|先不)[。.!！]*$/;
const DECISION =
  /^(?:(?<yes>同意|批准|确认|可以)|(?<no>不同意|不批准|不批|不行|不可以|取消))\s*(?:第?(?<place>\d{1,2})[件条项]?)?[。.!！]*$/;

interface Order {
  handler: Handler;
  input: unknown;
}
export type Answered =
  | { kind: 'confirmed'; order: Order }
  | { kind: 'dropped' }
  | { kind: 'unclear'; question: string }
  | null;
interface Row {
  id: number;
  handler: string;
  command: string;
  refusal: string | null;
  title: string;
}

/** Keeps a command until it is confirmed; the question asked before it is dropped. */
export async function openQuestion(tx: Tx, personId: string, { handler, input }: Order, askedAt: Date): Promise<void> {
  await tx.question.updateMany({ where: { personId, byId: null, closedAt: null }, data: { closedAt: askedAt } });
  await tx.question.create({ data: { personId, handler: handler.name, command: JSON.stringify(input), askedAt } });
}

/** Keeps what somebody asks another to decide; it waits beside other questions until it is. */
export async function keepRequest(tx: Tx, byId: string, request: Request, askedAt: Date): Promise<void> {
  const { to, intent, input, refusal, title } = request;
  const commands = { command: JSON.stringify(input), refusal: refusal ? JSON.stringify(refusal) : null };
  await tx.question.create({ data: { personId: to, byId, handler: intent, ...commands, title, askedAt } });
}

/**
 * Takes the message as the answer to an open question, if it is one word of it. Anything else drops a question about
 * one's own command and is a message of its own; what others ask one to decide stays open.
 * @returns null where the message answers nothing.
 */
export async function answerOf(
  tx: Tx,
  personId: string,
  message: InboundMessage,
  handlers: readonly Handler[],
): Promise<Answered> {
  if (message.content.kind !== 'text') return null;
  const text = message.content.text.trim();
  const own = await tx.question.findFirst({
    where: { personId, byId: null, closedAt: null },
    orderBy: { id: 'desc' },
  });
  if (own) {
    await tx.question.updateMany({
      where: { personId, byId: null, closedAt: null },
      data: { closedAt: message.sentAt },
    });
    const order = orderOf(own.handler, own.command, handlers);
    const alive = message.sentAt.getTime() - own.askedAt.getTime() <= LIVES_MS;
    if (alive && NO.test(text)) return { kind: 'dropped' };
    if (alive && YES.test(text) && order) return { kind: 'confirmed', order };
  }
  const said = DECISION.exec(text)?.groups;
  if (!said || message.chat !== 'direct') return null;
  const requests = await tx.question.findMany({
    where: { personId, byId: { not: null }, closedAt: null },
    orderBy: { id: 'asc' },
  });
  return requests.length === 0 ? null : decided(tx, requests, said, message.sentAt, handlers);
}

async function decided(
  tx: Tx,
  requests: Row[],
  { yes, place }: Record<string, string | undefined>,
  at: Date,
  handlers: readonly Handler[],
): Promise<Answered> {
  const request = place === undefined && requests.length === 1 ? requests[0] : requests[Number(place) - 1];
  if (!request) {
    const list = requests.map(({ title }, index) => `${index + 1}. ${title}`).join('\n');
    return {
      kind: 'unclear',
      question: `有${requests.length}件待您决定：\n${list}\n请回复“同意1”或“不同意1”这样的话。`,
    };
  }
  await tx.question.update({ where: { id: request.id }, data: { closedAt: at } });
  const command = yes ? request.command : request.refusal;
  const order = command === null ? null : orderOf(request.handler, command, handlers);
  return order ? { kind: 'confirmed', order } : { kind: 'dropped' };
}

function orderOf(name: string, command: string, handlers: readonly Handler[]): Order | null {
  const handler = handlers.find((one) => one.name === name);
  return handler ? { handler, input: JSON.parse(command) } : null;
}
