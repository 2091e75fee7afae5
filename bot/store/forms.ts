import { quarterOf } from '#bot/domain/month.ts';
import { FORMS } from '#bot/domain/topic.ts';
import type { Tx } from './db.ts';

/** Forms the office set a least number a month for, with how often each was held in a month, where that was less (R08). */
export async function formsBehind(tx: Tx, month: string): Promise<{ name: string; times: number; minimum: number }[]> {
  const forms = await tx.studyForm.findMany({ where: { minimum: { not: null } }, orderBy: { id: 'asc' } });
  const date = { gte: `${month}-01`, lte: `${month}-31` };
  const held = await tx.studyEvent.findMany({ where: { undoneAt: null, date }, select: { kind: true } });
  return forms
    .map(({ name, minimum }) => ({
      name,
      minimum: minimum ?? 0,
      times: held.filter(({ kind }) => kind === name).length,
    }))
    .filter(({ times, minimum }) => times < minimum);
}

/** 学习形式 of a quarter (R23): the document's and those the office added, with how often each was used, and those that were not. */
export async function formsOf(
  tx: Tx,
  quarter: string,
): Promise<{ used: { name: string; times: number }[]; unused: string[] }> {
  const custom = (await tx.studyForm.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name);
  const events = (await tx.studyEvent.findMany({ where: { undoneAt: null } })).filter(
    ({ date }) => quarterOf(date) === quarter,
  );
  const all = [...FORMS, ...custom].map((name) => ({ name, times: events.filter(({ kind }) => kind === name).length }));
  return {
    used: all.filter(({ times }) => times > 0),
    unused: all.filter(({ times }) => times === 0).map(({ name }) => name),
  };
}
