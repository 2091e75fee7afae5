import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { helperCodes, keepHelpers } from '#bot/domain/matter.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { signsFor } from '#bot/permission.ts';
import { assignmentOf, dropIfClosed } from '#bot/store/assignment.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { reopenRequest } from '#bot/store/question.ts';

interface Decided extends Outcome {
  kind: 'signed' | 'refused' | 'settled';
  item: { code: string; no: number; title: string; deadline: string };
  unit: string;
  by: string;
  told: string[];
  why: string;
}

/** 签收转办: the 同意 or 不同意 of the receiving head; the matter moves at the signing, not before (R57). */
export default defineHandler({
  name: 'ledger.decide_handover',
  title: '签收转办',
  examples: [],
  input: z.object({ handover: z.number(), sign: z.boolean(), reason: z.string().optional() }),
  allow: {
    doneBy: '接收科室（单位）负责人，没有负责人的为分管领导',
    async permits({ input, actor, world, tx }) {
      const handover = await tx.handover.findUnique({ where: { id: input.handover } });
      return handover !== null && signsFor(actor, handover.toDepartment, world);
    },
  },

  meant: () => null,

  async execute({ input, actor, message, world, tx }): Promise<Decided> {
    const handover = await tx.handover.findUniqueOrThrow({ where: { id: input.handover } });
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: handover.itemCode } });
    const unit = world.departments.find(({ code }) => code === handover.toDepartment);
    const assignment = await assignmentOf(tx, item.code);
    const people = [handover.byId, item.ownerId, assignment?.byId ?? null];
    const told = [...new Set(people)].filter((id) => id !== null && id !== actor.id).filter((id) => id !== null);
    const common = {
      item,
      unit: unit?.name ?? '',
      by: actor.name,
      told,
      why: input.reason ? `理由：${input.reason}。` : '',
    };
    if (handover.state !== 'pending') return { kind: 'settled', changed: false, ...common };
    if (await dropIfClosed(tx, handover.id, item)) return { kind: 'settled', changed: true, ...common };
    const kind = input.sign ? 'signed' : 'refused';
    const decided = {
      state: kind,
      decidedBy: actor.id,
      decidedAt: message.sentAt,
      ...(!input.sign && { answer: input.reason ?? '' }),
    };
    await tx.handover.update({ where: { id: handover.id }, data: decided });
    const before = {
      leaderId: item.leaderId,
      assignment: assignment && {
        ...{ id: assignment.id, signedAt: assignment.signedAt, signedBy: assignment.signedBy },
        ...{ objection: assignment.objection, objectedAt: assignment.objectedAt, helpers: assignment.helpers },
      },
    };
    const memo = { handover: handover.id, code: item.code, ids: [] as number[], told, before };
    if (!input.sign) return { kind, changed: true, memo, ...common };
    const by = { personId: actor.id, at: message.sentAt, inboxKey: message.key };
    const moved = { other: handover.toDepartment, ownerId: unit?.head ?? null };
    const defined = await tx.itemFact.count({ where: { itemCode: item.code, kind: 'defined' } });
    const first = { target: item.target, day: item.deadline, other: item.departmentCode, ownerId: item.ownerId };
    const { ids } = await record(
      tx,
      item.code,
      ...(defined === 0 ? [{ ...by, kind: 'defined' as const, ...first }] : []),
      {
        ...by,
        kind: 'handed',
        note: handover.reason,
        ...moved,
      },
    );
    await tx.ledgerItem.update({ where: { code: item.code }, data: { leaderId: unit?.leader ?? null } });
    if (assignment)
      await tx.assignment.update({
        where: { id: assignment.id },
        data: {
          ...{ signedAt: message.sentAt, signedBy: actor.id, objection: null, objectedAt: null },
          // Who has the matter helps nobody with it.
          helpers: keepHelpers(helperCodes(assignment.helpers).filter((code) => code !== handover.toDepartment)),
        },
      });
    return { kind, changed: true, memo: { ...memo, ids }, ...common };
  },

  reply({ kind, item, unit }) {
    const name = `${item.code}《${item.title}》`;
    if (kind === 'settled') return `${name}的转办已收回、已有决定或事项已办结，不必再签。`;
    return kind === 'signed'
      ? `已签收：${name}改由${unit}承办，${dayInWords(item.deadline)}前办结，已告知转办人。十分钟内可发“撤销”收回。`
      : `已退回转办：${name}仍由原科室（单位）承办，已告知转办人。十分钟内可发“撤销”收回。`;
  },
  notify: ({ kind, item, unit, by, told, why }) =>
    kind === 'settled'
      ? []
      : told.map((to) => ({
          to,
          text:
            kind === 'signed'
              ? `${unit}${by}已签收转办的${item.code}《${item.title}》，改由其承办。`
              : `${unit}${by}未签收转办的${item.code}《${item.title}》，仍由原科室（单位）承办。${why}`,
        })),
  /** The decision is open again, and the matter where it was, unless something has happened to it since (G11). */
  async undo(memo, { actor, message, tx }) {
    const { handover: id, code, ids, told, before } = undone.parse(memo);
    const newer = await tx.handover.count({ where: { itemCode: code, id: { gt: id } } });
    if (newer > 0) return false;
    const by = { personId: actor.id, at: message.sentAt };
    if (ids.length > 0) {
      if (!(await takeBackFacts(tx, code, ids, by))) return false;
      await tx.ledgerItem.update({ where: { code }, data: { leaderId: before.leaderId } });
      if (before.assignment) {
        const { id: assignment, ...was } = before.assignment;
        await tx.assignment.update({ where: { id: assignment }, data: was });
      }
    }
    const decision = { state: 'pending', decidedBy: null, decidedAt: null, answer: null };
    await tx.handover.update({ where: { id }, data: decision });
    await reopenRequest(tx, 'ledger.decide_handover', { handover: id, sign: true });
    return told.map((to) => ({ to, text: `${actor.name}已收回对${code}转办的决定，转办继续等待签收。` }));
  },
});

const undone = z.object({
  ...{ handover: z.number(), code: z.string(), ids: z.array(z.number()), told: z.array(z.string()) },
  before: z.object({
    leaderId: z.string().nullable(),
    assignment: z
      .object({
        ...{ id: z.number(), signedAt: z.coerce.date().nullable(), signedBy: z.string().nullable() },
        ...{ objection: z.string().nullable(), objectedAt: z.coerce.date().nullable(), helpers: z.string() },
      })
      .nullable(),
  }),
});
