import type { Handler, Request } from '#bot/handler.ts';
import { readNumber } from '#bot/language/slots/number.ts';
import type { Order } from '#bot/language/understand.ts';
import { verbose } from '#bot/language/verbose.ts';
import type { InboundMessage, Words } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';
import { nextId } from '#bot/store/number.ts';
import { tap, tapped } from './question.ts';

const DECISION = verbose.with('is')`
  ^(?:(?<yes>同意|批准|确认|可以)|(?<no>不同意|不批准|不批|不行|不可以|取消))\s*(?:
      第?(?:Q(?<id>\d{1,9})|(?<place>\d{1,2}|[一二三四五六七八九十])[件条项个]?)
    )?(?:[，,；;。：:]\s*(?:理由|原因|因为)?(?:是|为)?[：:]?\s*(?<why>.{2,}))?$
`;
const CHOICE_LIVES_MS = 10 * 60_000;

export type Decided =
  | { kind: 'decided'; order: Order }
  | { kind: 'said'; words: Words }
  /** no decision on a request */
  | null;
interface Row {
  id: number;
  handler: string;
  command: string;
  refusal: string | null;
  title: string;
  closedAt: Date | null;
}

/** Keeps what somebody asks another to decide; it waits beside other questions until it is. Gives what is told with it. */
export async function keepRequest(tx: Tx, byId: string, request: Request, askedAt: Date): Promise<Words> {
  const { to, intent, input, refusal, title } = request;
  const commands = { command: JSON.stringify(input), refusal: refusal ? JSON.stringify(refusal) : null };
  const id = await nextId(tx.question);
  await tx.question.create({
    data: { id, personId: to, byId, handler: intent, ...commands, title, askedAt },
  });
  return { text: `${request.text}请回复“同意”或“不同意”。`, buttons: buttonsOf(id) };
}

const buttonsOf = (id: number) => ['同意', '不同意'].map((label) => ({ label, says: tap(label, id) }));

/** Takes a 同意 or 不同意 as the decision on what others ask; with several waiting it has to say on which. */
export async function decisionIn(
  tx: Tx,
  { from, chat, sentAt }: InboundMessage,
  text: string,
  handlers: readonly Handler[],
): Promise<Decided> {
  const pressed = tapped(text);
  const said = DECISION.exec((pressed?.words ?? text).replace(/[。.!！\s]+$/, ''))?.groups;
  if (!said || chat !== 'direct' || (said['why'] !== undefined && said['no'] === undefined)) return null;
  const id = pressed?.id ?? (said['id'] === undefined ? null : Number(said['id']));
  const waiting = await tx.question.findMany({
    where: { personId: from, byId: { not: null }, closedAt: null },
    orderBy: { id: 'asc' },
  });
  const settled = (row: Row): Promise<Decided> | Decided =>
    said['why'] !== undefined && !takesReason(row)
      ? null
      : decided(tx, row, { yes: said['yes'] !== undefined, why: said['why'] ?? '' }, sentAt, handlers);
  if (id !== null) {
    const meant = waiting.find((row) => row.id === id);
    const known = meant ?? (await tx.question.findFirst({ where: { id, personId: from, byId: { not: null } } }));
    if (meant) return settled(meant);
    return known ? { kind: 'said', words: { text: '这件事已经决定过，或者申请人已经收回，不必再办。' } } : null;
  }
  const [only, another] = waiting;
  if (!only) return null;
  if (!another && said['place'] === undefined) return settled(only);
  const listed = said['place'] === undefined ? null : await placeInList(tx, from, readNumber(said['place']), sentAt);
  const meant = waiting.find((row) => row.id === listed);
  if (meant) return settled(meant);
  return { kind: 'said', words: await list(tx, from, waiting, sentAt) };
}

/** Shows what waits. A place in it means what stood there when it was shown, whatever was decided since. */
async function list(tx: Tx, personId: string, waiting: Row[], at: Date): Promise<Words> {
  const shown = JSON.stringify(waiting.map(({ id }) => id));
  await tx.question.deleteMany({ where: { personId, handler: LIST } });
  const id = await nextId(tx.question);
  await tx.question.create({ data: { id, personId, handler: LIST, command: shown, askedAt: at, closedAt: at } });
  const lines = waiting.map(({ title }, index) => `${index + 1}. ${title}`).join('\n');
  return {
    text: `有${waiting.length}件待您决定：\n${lines}\n请回复“同意1”或“不同意1”这样的话。`,
    buttons: waiting.flatMap(({ id, title }) =>
      ['同意', '不同意'].map((word) => ({ label: `${word}：${title}`, says: tap(word, id) })),
    ),
    ...(waiting.length <= MOST_LISTS && { style: { lists: waiting.map(listOf) } }),
  };
}

// A card has room for three questions.
const MOST_LISTS = 3;
const listOf = ({ id, title }: Row) => ({
  title,
  options: [...buttonsOf(id), { label: '暂不决定', says: '' }],
});

const LIST = 'requests';

async function placeInList(tx: Tx, personId: string, place: number | null, now: Date): Promise<number | null> {
  const row = await tx.question.findFirst({ where: { personId, handler: LIST } });
  if (!row || place === null || now.getTime() - row.askedAt.getTime() > CHOICE_LIVES_MS) return null;
  const shown: number[] = JSON.parse(row.command);
  return shown[place - 1] ?? null;
}

/** Whether a 不同意 on it has room for why. */
const takesReason = ({ refusal }: Row): boolean => refusal !== null && 'reason' in JSON.parse(refusal);

async function decided(
  tx: Tx,
  request: Row,
  { yes, why }: { yes: boolean; why: string },
  at: Date,
  handlers: readonly Handler[],
): Promise<Decided> {
  await tx.question.update({ where: { id: request.id }, data: { closedAt: at } });
  const command = yes ? request.command : request.refusal;
  const handler = handlers.find(({ name }) => name === request.handler);
  if (command === null || !handler) return { kind: 'said', words: { text: '好的，没有办理。' } };
  return { kind: 'decided', order: { handler, input: { ...JSON.parse(command), ...(why && { reason: why }) } } };
}
