import { addWorkdays, dayInWords, dayOf, instantAt, isWorkday } from '#bot/calendar.ts';
import { sessionName, titled } from '#bot/domain/session-words.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { has, unitsHeadedBy } from '#bot/permission.ts';
import { expectedAt } from './attendance.ts';
import type { Tx } from './db.ts';
import { clashWith, type SessionRow } from './session.ts';

/** A session as it was said. */
export interface SaidSession {
  /** `YYYY-MM-DDTHH:MM` */
  start: string;
  end?: string | undefined;
  topic: string;
  venue: string;
  /** unit codes; empty for everybody */
  scope?: string[] | undefined;
  speaker?: string | undefined;
}
export type Planned = ReturnType<typeof plannedOf>;

/** How long a session lasts whose end nobody says. */
export const USUAL_MINUTES = 90;
const ownUnits = (actor: WorldPerson, world: World): string[] => unitsHeadedBy(actor, world).map(({ code }) => code);
const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11, 16));

/** The session as it would stand: a head's is for the own unit unless others are named; a moved one is for whom it was. */
export function plannedOf(said: SaidSession, actor: WorldPerson, world: World, moved: SessionRow | null = null) {
  const start = at(said.start);
  const everybody = has(actor, 'chief', 'leader', 'office');
  const usual = moved ? (JSON.parse(moved.scope) as string[]) : everybody ? [] : ownUnits(actor, world);
  return {
    ...{ code: moved?.code ?? '', topic: said.topic, start, venue: said.venue },
    speaker: said.speaker ?? moved?.speaker ?? null,
    end: said.end ? at(said.end) : new Date(start.getTime() + USUAL_MINUTES * 60_000),
    scope: said.scope ?? usual,
  };
}

/** Why a session cannot be held as planned (R11): in the past, or something clashes. */
export async function whyNot(tx: Tx, planned: Planned, now: Date): Promise<string | null> {
  if (planned.start <= now) return '时间已经过去，请写明今天以后的日期和时间。';
  if (planned.end <= planned.start) return '结束时间早于开始时间，请重新写明，如“15点到17点”。';
  const clash = await clashWith(tx, planned);
  if (!clash) return null;
  const other = sessionName(clash.with);
  if (clash.kind === 'room') return `${planned.venue}已安排${other}，请换时间或地点。`;
  return clash.kind === 'speaker'
    ? `${planned.speaker}同一时间主讲${other}，请换时间或主讲人。`
    : `同一时间已有${other}，应到人员冲突，请换时间。`;
}

/** The notice of the workday before (J03) has gone out already, so whoever is expected has to be told at once. */
export const isLateFor = (start: Date, now: Date): boolean =>
  now >= instantAt(addWorkdays(dayOf(start), -1), '16:00') && start > now;

/** What is asked before a session is arranged: a rest day, or many people who would be told at once; null for nothing. */
export async function askedFirst(tx: Tx, planned: Planned, now: Date, isTold: boolean): Promise<string | null> {
  const day = dayOf(planned.start);
  const answer = '请回复“确认”，不安排请回复“不”。';
  if (!isWorkday(day)) return `${dayInWords(day)}是休息日，仍要安排${titled(planned.topic)}吗？${answer}`;
  if (isTold || !isLateFor(planned.start, now)) return null;
  const scope = JSON.stringify(planned.scope);
  const { length } = await expectedAt(tx, { code: '', scope, start: planned.start });
  return length > 1 ? `${sessionName(planned)}临近，安排后将立即通知应到${length}人。${answer}` : null;
}

/** What goes on with a moved session: leave of the same day, which a new hour does not change. Gives who has any. */
export async function leavesOf(tx: Tx, code: string): Promise<Set<string>> {
  const leaves = await tx.leave.findMany({
    where: { sessionCode: code, state: { in: ['pending', 'approved'] }, returnedAt: null },
    select: { personId: true },
  });
  return new Set(leaves.map(({ personId }) => personId));
}

/** Leave from a session goes over to the one that takes its place on the same day. */
export async function carryLeaves(tx: Tx, from: SessionRow, to: { code: string; start: Date }): Promise<void> {
  if (dayOf(from.start) !== dayOf(to.start)) return;
  await tx.leave.updateMany({
    where: { sessionCode: from.code, state: { in: ['pending', 'approved'] } },
    data: { sessionCode: to.code },
  });
}
