import { z } from 'zod';
import { dayOf, monthDayInWords, timeOf } from '#bot/calendar.ts';
import { type DecidedHandover, decidedInWords, lettersOf } from '#bot/domain/handover.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemMeant } from '#bot/language/evidence.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { signsFor } from '#bot/permission.ts';
import { assignmentOf, unsignedOf } from '#bot/store/assignment.ts';
import type { Tx } from '#bot/store/db.ts';
import { decideHandover, reopenHandover } from '#bot/store/handover.ts';

const input = z.object({ item: z.string().optional() });
type Input = z.infer<typeof input>;
type Matter = { code: string; no: number; title: string; deadline: string };
type Signed = Outcome &
  (
    | { kind: 'handed-on'; decided: DecidedHandover }
    | { kind: 'awaits'; item: Matter; allower: string }
    | { kind: 'signed' | 'already' | 'not-assigned'; item: Matter; at: Date; by: string; told: string | null }
    | { kind: 'none' }
    | { kind: 'several'; items: Matter[] }
  );

const SIGNS = /^\s*(?:已|我(?:科|们)?)?签收(?:了)?(?!到|吗|没)/;

/** 签收: the receiving unit signs for what was given or is handed on to it; the time is kept (R56, R57, R70). */
export default defineHandler({
  name: 'assignment.sign',
  title: '签收交办事项',
  examples: ['签收J-1'],
  input,
  allow: {
    doneBy: '承办科室（单位）负责人或责任人',
    async permits({ input, actor, world, tx }: Execution<Input>) {
      if (!input.item) return true;
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      const isTheirs = item.ownerId === actor.id || signsFor(actor, item.departmentCode, world);
      return isTheirs || (await handedTo(tx, actor, world, item.code)).length > 0;
    },
  },

  over: 'sentence',
  cues: [SIGNS],
  meant(clause) {
    const span = cue(clause, SIGNS);
    if (!span || clause.mood.asks || clause.mood.denies || clause.mood.supposes || clause.mood.hears) return null;
    const words = clause.text.replace(/[\p{P}\s]/gu, '');
    const fit = clause.items.length > 0 ? itemMeant(clause) : null;
    if (fit && 'several' in fit) return ask(span, 2.6, '您要签收哪一件？', itemChoices(fit.several));
    if (fit) return act(span, 2.8, { item: fit.one.code });
    return clause.reading.chat === 'direct' && words.length <= 6 ? act(span, 2.6, {}) : null;
  },

  async execute(execution): Promise<Signed> {
    const { input, actor, message, world, tx } = execution;
    const handed = await handedTo(tx, actor, world, input.item);
    const waiting = input.item ? [] : await waitingFor(tx, actor, handed);
    const [first, second] = waiting;
    if (!input.item && !first) return { kind: 'none', changed: false };
    if (second) return { kind: 'several', changed: false, items: waiting };
    const code = input.item ?? first?.code ?? '';
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
    const handover = handed.find(({ itemCode }) => itemCode === code);
    if (handover?.state === 'waiting') {
      const allower = world.members.find(({ id }) => id === handover.allowerId)?.name ?? '交办人';
      return { kind: 'awaits', changed: false, item, allower };
    }
    if (handover) {
      const decided = await decideHandover({ handover: handover.id, sign: true }, execution);
      return { kind: 'handed-on', changed: decided.changed, ...(decided.memo && { memo: decided.memo }), decided };
    }
    const assignment = await assignmentOf(tx, code);
    const by = world.members.find(({ id }) => id === (assignment?.signedBy ?? actor.id))?.name ?? '';
    const common = { item, by, at: assignment?.signedAt ?? message.sentAt, told: assignment?.byId ?? null };
    if (!assignment) return { kind: 'not-assigned', changed: false, ...common };
    if (assignment.signedAt) return { kind: 'already', changed: false, ...common };
    const signed = { signedAt: message.sentAt, signedBy: actor.id, objection: null, objectedAt: null };
    await tx.assignment.update({ where: { id: assignment.id }, data: signed });
    const { id, objection, objectedAt } = assignment;
    return { kind: 'signed', changed: true, memo: { id, objection, objectedAt }, ...common };
  },

  reply(outcome) {
    if (outcome.kind === 'none') return '没有需要签收的交办事项。';
    if (outcome.kind === 'several') {
      const list = outcome.items.map((item) => `${item.code}《${item.title}》`).join('、');
      return `有${outcome.items.length}件待签收：${list}。请写明编号，如“签收${outcome.items[0]?.code}”。`;
    }
    if (outcome.kind === 'handed-on') return decidedInWords(outcome.decided);
    if (outcome.kind === 'awaits')
      return `没有签收：${outcome.item.code}《${outcome.item.title}》的转办还待${outcome.allower}同意，同意后会请您签收。`;
    const { item, at, by } = outcome;
    if (outcome.kind === 'not-assigned') return `${itemName(item)}不是交办事项，不需签收。`;
    const when = `${monthDayInWords(dayOf(at))}${timeOf(at)}`;
    if (outcome.kind === 'already') return `${itemName(item)}已由${by}于${when}签收，不必重复。`;
    return `已签收：${itemName(item)}（${item.code}），${when}。${TAKE_BACK}`;
  },
  notify(outcome) {
    if (outcome.kind === 'handed-on') return lettersOf(outcome.decided);
    return outcome.kind === 'signed' && outcome.told
      ? [{ to: outcome.told, text: `${outcome.by}已签收${outcome.item.code}《${outcome.item.title}》。` }]
      : [];
  },
  async undo(memo, execution) {
    if ('handover' in (memo as object)) return reopenHandover(memo, execution);
    const before = z.object({ objection: z.string().nullable(), objectedAt: z.coerce.date().nullable() });
    const { id, ...objected } = before.extend({ id: z.number() }).parse(memo);
    const { tx } = execution;
    // What was objected to before it was signed is objected to again.
    await tx.assignment.update({ where: { id }, data: { signedAt: null, signedBy: null, ...objected } });
    return true;
  },
});

/** The transfers to a unit this person signs for that are under way, of one matter or all (R57). */
async function handedTo(tx: Tx, actor: WorldPerson, world: World, itemCode: string | undefined) {
  const under = await tx.handover.findMany({
    where: { ...(itemCode !== undefined && { itemCode }), state: { in: ['pending', 'waiting'] } },
    orderBy: { id: 'asc' },
  });
  return under.filter(({ toDepartment }) => signsFor(actor, toDepartment, world));
}

/** What 「签收」 alone may mean: what was given to the unit and not signed for, and what is handed on to it. */
async function waitingFor(
  tx: Tx,
  actor: WorldPerson,
  handed: { itemCode: string; state: string }[],
): Promise<Matter[]> {
  const given = (await unsignedOf(tx, actor.department)).map(({ item }) => item);
  const codes = handed.filter(({ state }) => state === 'pending').map(({ itemCode }) => itemCode);
  return [...given, ...(await tx.ledgerItem.findMany({ where: { code: { in: codes } }, orderBy: { no: 'asc' } }))];
}
