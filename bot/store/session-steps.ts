import { type Source, STEP_FIELDS, type StepField } from '#bot/domain/session-source.ts';
import type { Tx } from './db.ts';

interface Settled {
  /** whoever said it; null where a file brought it */
  byId: string | null;
  at: Date;
  how: 'arranged' | 'said' | 'moved' | 'library' | 'import';
}

/** Keeps who settled something of a session, when and how (R12); gives the row's number. */
export async function keepStep(
  tx: Tx,
  sessionCode: string,
  field: StepField,
  { byId, at, how }: Settled,
): Promise<number> {
  const { id } = await tx.sessionStep.create({ data: { sessionCode, field, byId, at, how } });
  return id;
}

/** What was settled is taken back: what stood before counts again. */
export async function dropSteps(tx: Tx, ids: number[], at: Date): Promise<void> {
  await tx.sessionStep.updateMany({ where: { id: { in: ids } }, data: { undoneAt: at } });
}

interface Arranged {
  session: { code: string; venue: string; material: string | null };
  /** the session it takes the place of */
  moved: { code: string; venue: string; material: string | null } | null;
  said: { speaker?: string | undefined; scope?: string[] | undefined; byId: string; at: Date };
}

/** Of a session as it was arranged, or moved: what is said now is whoever says it, the rest comes from before (R12). */
export async function keepArranged(tx: Tx, { session, moved, said }: Arranged): Promise<void> {
  const { byId, at } = said;
  const anew: StepField[] = [
    'time',
    ...(session.venue && session.venue !== moved?.venue ? (['venue'] as const) : []),
    ...(said.speaker ? (['speaker'] as const) : []),
    ...(said.scope || !moved ? (['scope'] as const) : []),
    ...(moved ? [] : (['topic', 'host'] as const)),
  ];
  if (moved) await carrySteps(tx, moved.code, session.code);
  for (const field of anew) await keepStep(tx, session.code, field, { byId, at, how: moved ? 'moved' : 'arranged' });
  if (session.material && !moved?.material) await keepStep(tx, session.code, 'material', { byId, at, how: 'library' });
}

/** What was settled of a session goes on for the one that takes its place; what is said anew comes after and counts. */
async function carrySteps(tx: Tx, from: string, to: string): Promise<void> {
  for (const { field, ...settled } of await newestSteps(tx, from))
    await keepStep(tx, to, field as StepField, { ...settled, how: settled.how as Settled['how'] });
}

/** 来源 of what stands of a session: of each field the newest that was not taken back (R12). */
export async function sourcesOf(tx: Tx, sessionCode: string): Promise<Source[]> {
  const steps = await newestSteps(tx, sessionCode);
  const ids = steps.flatMap(({ byId }) => byId ?? []);
  const people = new Map(
    (await tx.person.findMany({ where: { id: { in: ids } } })).map(({ id, name }) => [id, name] as const),
  );
  return steps.map(({ field, byId, at, how }) => ({
    ...{ field: field as StepField, at, how },
    by: byId === null ? '' : (people.get(byId) ?? '已离任人员'),
  }));
}

async function newestSteps(tx: Tx, sessionCode: string) {
  const steps = await tx.sessionStep.findMany({
    where: { sessionCode, undoneAt: null, field: { in: [...STEP_FIELDS] } },
    orderBy: { id: 'asc' },
  });
  return [...new Map(steps.map((step) => [step.field, step])).values()];
}
