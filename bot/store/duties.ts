import { dayOf } from '#bot/calendar.ts';
import { isHandInOpen, monthInWords, monthOf } from '#bot/domain/month.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { awaitedFrom, unitsHeadedBy } from '#bot/permission.ts';
import type { Tx } from './db.ts';
import { helpedBy } from './helpers.ts';
import { unreportedUnits } from './month.ts';

const MOST_NAMED = 5;

/** 还有什么没办 beside the own items (R90): what waits for somebody's decision, and the month's summary once it is due. */
export async function otherDuties(tx: Tx, world: World, actor: WorldPerson, now: Date): Promise<string[]> {
  const asked = await tx.question.findMany({
    where: { personId: actor.id, byId: { not: null }, closedAt: null },
    orderBy: { id: 'asc' },
    select: { title: true },
  });
  const acceptances = awaitedFrom(actor, world).map(({ no }) => `${no}号`);
  const today = dayOf(now);
  const own = unitsHeadedBy(actor, world);
  const missing = isHandInOpen(today) && own.length > 0 ? await unreportedUnits(tx, monthOf(today), own) : [];
  const helped = (await helpedBy(tx, actor, world)).map(({ code, title }) => `${code}《${title}》`);
  return [
    ...(asked.length > 0 ? [`待您决定${asked.length}件：${listed(asked.map(({ title }) => title))}。`] : []),
    ...(acceptances.length > 0 ? [`待您验收${acceptances.length}项：${listed(acceptances)}。`] : []),
    ...(helped.length > 0 ? [`协办${helped.length}件未办好：${listed(helped)}。`] : []),
    ...missing.map(({ name }) => `${name}${monthInWords(monthOf(today))}总结未报，28日截止。`),
  ];
}

const listed = (words: string[]): string =>
  `${words.slice(0, MOST_NAMED).join('、')}${words.length > MOST_NAMED ? '等' : ''}`;
