import { dayOf } from '#bot/calendar.ts';
import { digestMonthOpen, monthBefore } from '#bot/domain/month.ts';
import { digestText, type MonthFacts } from '#bot/domain/month-facts.ts';
import type { World } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';
import { monthFacts } from './month-facts.ts';

/** 月报 (R92): its figures up to the 28th, 18:00, or up to `now` if that is earlier, and the words made of them. */
export async function digestOf(
  tx: Tx,
  world: World,
  month: string,
  now: Date,
): Promise<{ facts: MonthFacts; text: string }> {
  const facts = await monthFacts(tx, world, month, now);
  return { facts, text: digestText(facts, await factsSent(tx, monthBefore(month))) };
}

/** The figures that went out with a month's digest; null if none did. */
export async function factsSent(tx: Tx, month: string): Promise<MonthFacts | null> {
  const digest = await tx.digest.findUnique({ where: { month } });
  return digest?.facts ? JSON.parse(digest.facts) : null;
}

/** The month meant where somebody speaks of the digest on its way: the one named, else the one that is still open (R92). */
export async function digestMeant(tx: Tx, named: string | undefined, at: Date): Promise<string> {
  if (named) return named;
  const sent = await tx.digest.findMany({ where: { sentAt: { not: null } }, select: { month: true } });
  return digestMonthOpen(dayOf(at), new Set(sent.map(({ month }) => month)));
}
