import { z } from 'zod';
import { dayOf, monthDayInWords, timeOf } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemMeant } from '#bot/language/evidence.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { signsFor } from '#bot/permission.ts';
import { assignmentOf, unsignedOf } from '#bot/store/assignment.ts';
import type { Tx } from '#bot/store/db.ts';

const input = z.object({ item: z.string().optional() });
type Input = z.infer<typeof input>;
type Matter = { code: string; no: number; title: string; deadline: string };
type Signed = Outcome &
  (
    | { kind: 'handed-on'; item: Matter; from: string }
    | { kind: 'signed' | 'already' | 'not-assigned'; item: Matter; at: Date; by: string; told: string | null }
    | { kind: 'none' }
    | { kind: 'several'; items: Matter[] }
  );

const SIGNS = /^\s*(?:已|我(?:科|们)?)?签收(?:了)?(?!到|吗|没)/;

/** 签收: the receiving unit signs for what was given to it; the time is kept (R56, R70). */
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
      return isTheirs || (await handedTo(tx, item.code, actor, world)) !== null;
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

  async execute({ input, actor, message, world, tx }): Promise<Signed> {
    const waiting = input.item ? [] : await unsignedOf(tx, actor.department);
    const [first, second] = waiting;
    if (!input.item && !first) return { kind: 'none', changed: false };
    if (second) return { kind: 'several', changed: false, items: waiting.map(({ item }) => item) };
    const code = input.item ?? first?.item.code ?? '';
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
    const handed = await handedTo(tx, code, actor, world);
    if (handed) return { kind: 'handed-on', changed: false, item, from: handed };
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
    if (outcome.kind === 'handed-on')
      return `${outcome.item.code}《${outcome.item.title}》由${outcome.from}转来，签收请回复“同意”，不接请回复“不同意，原因”。`;
    const { item, at, by } = outcome;
    if (outcome.kind === 'not-assigned') return `${itemName(item)}不是交办事项，不需签收。`;
    const when = `${monthDayInWords(dayOf(at))}${timeOf(at)}`;
    if (outcome.kind === 'already') return `${itemName(item)}已由${by}于${when}签收，不必重复。`;
    return `已签收：${itemName(item)}（${item.code}），${when}。十分钟内可发“撤销”收回。`;
  },
  notify: (outcome) =>
    outcome.kind === 'signed' && outcome.told
      ? [{ to: outcome.told, text: `${outcome.by}已签收${outcome.item.code}《${outcome.item.title}》。` }]
      : [],
  async undo(memo, { tx }) {
    const before = z.object({ objection: z.string().nullable(), objectedAt: z.coerce.date().nullable() });
    const { id, ...objected } = before.extend({ id: z.number() }).parse(memo);
    // What was objected to before it was signed is objected to again.
    await tx.assignment.update({ where: { id }, data: { signedAt: null, signedBy: null, ...objected } });
    return true;
  },
});

/** Which unit wants to hand a matter on to one this person heads; null if none. Its card asks for 同意 (R57). */
async function handedTo(tx: Tx, itemCode: string, actor: WorldPerson, world: World): Promise<string | null> {
  const handover = await tx.handover.findFirst({ where: { itemCode, state: 'pending' } });
  if (!handover || !signsFor(actor, handover.toDepartment, world)) return null;
  return world.departments.find(({ code }) => code === handover.fromDepartment)?.name ?? '';
}
