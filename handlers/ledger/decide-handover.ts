import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { isHeadOf } from '#bot/permission.ts';
import { assignmentOf } from '#bot/store/assignment.ts';
import { record } from '#bot/store/facts.ts';

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
    doneBy: '接收科室（单位）负责人',
    async permits({ input, actor, world, tx }) {
      const handover = await tx.handover.findUnique({ where: { id: input.handover } });
      return handover !== null && isHeadOf(actor, handover.toDepartment, world);
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
    if (handover.state !== 'pending' || item.completedAt || item.acceptedAt || item.endedAt)
      return { kind: 'settled', changed: false, ...common };
    const kind = input.sign ? 'signed' : 'refused';
    const decided = {
      state: kind,
      decidedBy: actor.id,
      decidedAt: message.sentAt,
      ...(!input.sign && { answer: input.reason ?? '' }),
    };
    await tx.handover.update({ where: { id: handover.id }, data: decided });
    if (!input.sign) return { kind, changed: true, ...common };
    const by = { personId: actor.id, at: message.sentAt, inboxKey: message.key };
    const moved = { other: handover.toDepartment, ownerId: unit?.head ?? null };
    const defined = await tx.itemFact.count({ where: { itemCode: item.code, kind: 'defined' } });
    const first = { target: item.target, day: item.deadline, other: item.departmentCode, ownerId: item.ownerId };
    await record(tx, item.code, ...(defined === 0 ? [{ ...by, kind: 'defined' as const, ...first }] : []), {
      ...by,
      kind: 'handed',
      note: handover.reason,
      ...moved,
    });
    await tx.ledgerItem.update({ where: { code: item.code }, data: { leaderId: unit?.leader ?? null } });
    if (assignment)
      await tx.assignment.update({
        where: { id: assignment.id },
        data: {
          ...{ signedAt: message.sentAt, signedBy: actor.id, objection: null, objectedAt: null },
          // Who has the matter helps nobody with it.
          helpers: JSON.stringify(
            (JSON.parse(assignment.helpers) as string[]).filter((code) => code !== handover.toDepartment),
          ),
        },
      });
    return { kind, changed: true, ...common };
  },

  reply({ kind, item, unit }) {
    const name = `${item.code}《${item.title}》`;
    if (kind === 'settled') return `${name}的转办已收回或已有决定，不必再签。`;
    return kind === 'signed'
      ? `已签收：${name}改由${unit}承办，${dayInWords(item.deadline)}前办结，已告知转办人。`
      : `已退回转办：${name}仍由原科室（单位）承办，已告知转办人。`;
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
});
