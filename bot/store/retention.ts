import { addDays, type Day, dayOf } from '#bot/calendar.ts';
import type { Tx } from './db.ts';

/** 保存期: how long words are kept; what was recorded of them, and that they came, is kept for good (requirements 1.6). */
export const KEPT_DAYS = { words: 180, leaveReasons: 730, unheard: 365 };
const MOST = 2000;
export const GONE = '（已过保存期）';

const daysBefore = (slot: Date, days: number): Date => new Date(slot.getTime() - days * 86_400_000);

/**
 * Blanks what was said and told longer ago than it is kept; the rows stay, so that nothing is done or told twice. So
 * much a night; the rest the next.
 * @returns how many rows lost their words.
 */
export async function forgetOldWords(tx: Tx, slot: Date): Promise<number> {
  const limit = daysBefore(slot, KEPT_DAYS.words);
  const counts = [await forgetSaid(tx, limit), await forgetTold(tx, limit), await forgetAsked(tx, limit)];
  counts.push(await forgetReasons(tx, addDays(dayOf(slot), -KEPT_DAYS.leaveReasons)));
  await tx.unheard.deleteMany({ where: { at: { lt: daysBefore(slot, KEPT_DAYS.unheard) } } });
  return counts.reduce((sum, count) => sum + count, 0);
}

async function forgetSaid(tx: Tx, limit: Date): Promise<number> {
  const rows = await tx.inbox.findMany({
    where: {
      id: { gt: await marked(tx, 'inbox') },
      receivedAt: { lt: limit },
      NOT: { closedAt: null, parkedAt: null },
    },
    ...{ orderBy: { id: 'asc' }, take: MOST },
  });
  // What it was about is read again where an old card is tapped: everything but the words stays.
  for (const { id, message } of rows) {
    const silent = { ...(JSON.parse(message) as object), content: { kind: 'text', text: '' } };
    await tx.inbox.update({ where: { id }, data: { message: JSON.stringify(silent) } });
  }
  await mark(tx, 'inbox', rows);
  return rows.length;
}

async function forgetTold(tx: Tx, limit: Date): Promise<number> {
  const rows = await tx.outbox.findMany({
    where: {
      ...{ id: { gt: await marked(tx, 'outbox') }, notBefore: { lt: limit } },
      OR: [{ sentAt: { lt: limit } }, { parkedAt: { lt: limit } }],
    },
    ...{ orderBy: { id: 'asc' }, take: MOST, select: { id: true } },
  });
  const ids = rows.map(({ id }) => id);
  const data = { text: GONE, buttons: null, paper: null };
  await tx.outbox.updateMany({ where: { id: { in: ids } }, data });
  await mark(tx, 'outbox', rows);
  return rows.length;
}

/** Commands that waited for a yes, and what taking back needed: neither serves any more. */
async function forgetAsked(tx: Tx, limit: Date): Promise<number> {
  const asked = await tx.question.deleteMany({ where: { askedAt: { lt: limit }, closedAt: { not: null } } });
  const deeds = await tx.deed.deleteMany({ where: { at: { lt: limit } } });
  return asked.count + deeds.count;
}

async function forgetReasons(tx: Tx, before: Day): Promise<number> {
  const rows = await tx.leave.findMany({
    where: { id: { gt: await marked(tx, 'leave') }, toOn: { gt: '', lt: before }, state: { not: 'pending' } },
    ...{ orderBy: { id: 'asc' }, take: MOST, select: { id: true } },
  });
  for (const { id } of rows) await tx.leave.update({ where: { id }, data: { reason: GONE, note: '' } });
  await mark(tx, 'leave', rows);
  return rows.length;
}

/** Up to which row of a table the words are gone. */
const marked = async (tx: Tx, name: string): Promise<number> =>
  (await tx.forgotten.findUnique({ where: { name } }))?.upTo ?? 0;

async function mark(tx: Tx, name: string, rows: { id: number }[]): Promise<void> {
  const upTo = rows.at(-1)?.id;
  if (upTo === undefined) return;
  await tx.forgotten.upsert({ where: { name }, create: { name, upTo }, update: { upTo } });
}
