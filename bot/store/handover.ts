import { z } from 'zod';
import type { DecidedHandover } from '#bot/domain/handover.ts';
import { helperCodes, keepHelpers } from '#bot/domain/matter.ts';
import type { Execution, Notification } from '#bot/handler.ts';
import { assignmentOf, dropIfClosed } from './assignment.ts';
import { record, takeBackFacts } from './facts.ts';
import { closeRequest, reopenRequest } from './question.ts';

export const DECIDE_HANDOVER = 'ledger.decide_handover';
const request = (handover: number) => ({ handover, sign: true });

/** Signs for a matter handed on, or sends it back (R57): signed for it moves at once, its term and its history with it. */
export async function decideHandover(
  input: { handover: number; sign: boolean; reason?: string | undefined },
  { actor, message, world, tx }: Execution<unknown>,
): Promise<DecidedHandover> {
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
  await closeRequest(tx, DECIDE_HANDOVER, request(handover.id), message.sentAt);
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
}

/** The decision is open again, and the matter where it was, unless something has happened to it since (G11). */
export async function reopenHandover(
  memo: unknown,
  { actor, message, tx }: Execution<unknown>,
): Promise<false | Notification[]> {
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
  await reopenRequest(tx, DECIDE_HANDOVER, request(id));
  return told.map((to) => ({ to, text: `${actor.name}已收回对${code}转办的决定，转办继续等待签收。` }));
}

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
