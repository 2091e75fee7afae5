import { dayOf } from '#bot/calendar.ts';
import { approverOf, covers, daysInWords, LEAVE_KINDS, type LeaveFacts } from '#bot/domain/leave.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { daysIn } from '#bot/language/slots/day.ts';
import { has } from '#bot/permission.ts';
import { awayOn } from './absence.ts';
import type { Tx } from './db.ts';
import { closeRequest } from './question.ts';

/** A leave as its row holds it. */
export type LeaveRow = LeaveFacts & { id: number; approverId: string | null; reason: string };

/** What a 同意 to a leave carries out. */
export const leaveRequest = (leave: number) => ({ leave, approve: true });
export const DECIDE_LEAVE = 'leave.decide';

/** Who decides somebody's leave today: the next rank up, a stand-in where that one is away (R15). */
export async function approverToday(tx: Tx, person: WorldPerson, world: World, at: Date): Promise<WorldPerson | null> {
  const away = await awayOn(tx, dayOf(at));
  const id = approverOf(person, world.departments, world.members, away);
  return world.members.find((member) => member.id === id) ?? null;
}

/** Leaves of a member that wait for this superior: asked of him, or his to decide now as a stand-in. */
export async function leavesToDecide(
  tx: Tx,
  memberId: string,
  actor: WorldPerson,
  world: World,
  at: Date,
): Promise<{ may: boolean; waiting: LeaveRow[] }> {
  const member = world.members.find(({ id }) => id === memberId);
  const byRank = member ? (await approverToday(tx, member, world, at))?.id === actor.id : false;
  const pending = await tx.leave.findMany({ where: { personId: memberId, state: 'pending' }, orderBy: { id: 'asc' } });
  const waiting = pending.filter(({ approverId }) => byRank || approverId === actor.id);
  return { may: byRank || waiting.length > 0, waiting };
}

/** Who may look at somebody's leaves: the person, the superior it is up to, the office (R15). */
export async function mayLookAtLeaves(
  member: string,
  { actor, message, world, tx }: { actor: WorldPerson; message: { sentAt: Date }; world: World; tx: Tx },
): Promise<boolean> {
  if (member === actor.id || has(actor, 'office')) return true;
  const person = world.members.find(({ id }) => id === member);
  if (person && (await approverToday(tx, person, world, message.sentAt))?.id === actor.id) return true;
  return (await tx.leave.count({ where: { personId: member, approverId: actor.id } })) > 0;
}

export const nameOf = ({ members }: World, id: string): string => members.find((one) => one.id === id)?.name ?? '';

/**
 * Which of several leaves that wait the words mean: the only one, those of a day they name, or all if they say so.
 * @returns null where that stays open.
 */
export function leavesSaid(waiting: LeaveRow[], words: string, world: World, at: Date): LeaveRow[] | null {
  if (waiting.length < 2 || /都|全部|均|一并/.test(words)) return waiting;
  const days = daysIn(words, dayOf(at), 'near').map(({ day }) => day);
  const named = waiting.filter(({ sessionCode, fromOn, toOn }) => {
    const session = world.sessions.find(({ code }) => code === sessionCode);
    const [from, to] = session ? [dayOf(new Date(session.start)), dayOf(new Date(session.start))] : [fromOn, toOn];
    return days.some((day) => day >= from && day <= to);
  });
  return named.length === 1 ? named : null;
}

/** 「5月14日（星期二）08:30《…》」 or 「5月27日（星期一）至5月31日（星期五）年休假」: what a leave is from. */
export async function leaveInWords(tx: Tx, leave: LeaveFacts): Promise<string> {
  const session = leave.sessionCode ? await tx.session.findUnique({ where: { code: leave.sessionCode } }) : null;
  if (session) return sessionName(session);
  return `${daysInWords(leave)}${leave.type && leave.type !== 'other' ? LEAVE_KINDS[leave.type] : ''}`;
}

export interface DecidedLeave {
  id: number;
  member: string;
  name: string;
  what: string;
  /** sessions it is from that had begun without that person: they stay absences, granted later (R15) */
  begun: number;
}

/** Decides a leave that waits: 准假 or 不准假. */
export async function decideLeave(
  tx: Tx,
  leave: LeaveRow,
  decision: { approve: boolean; note: string; by: WorldPerson; at: Date },
  world: World,
): Promise<DecidedLeave> {
  const { approve, note, by, at } = decision;
  const state = approve ? 'approved' : 'rejected';
  await tx.leave.update({ where: { id: leave.id }, data: { state, decidedAt: at, decidedBy: by.id, note } });
  await closeRequest(tx, DECIDE_LEAVE, leaveRequest(leave.id), at);
  const sessions = await tx.session.findMany({ where: { cancelledAt: null, start: { lte: at } } });
  const came = await tx.signIn.findMany({ where: { personId: leave.personId }, select: { sessionCode: true } });
  const attended = new Set(came.map(({ sessionCode }) => sessionCode));
  return {
    id: leave.id,
    member: leave.personId,
    name: world.members.find(({ id }) => id === leave.personId)?.name ?? '',
    what: await leaveInWords(tx, leave),
    begun: sessions.filter((session) => covers(leave, session) && !attended.has(session.code)).length,
  };
}
