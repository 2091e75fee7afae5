import { dayInWords, dayOf, instantAt } from '#bot/calendar.ts';
import { itemName, progressInWords } from '#bot/domain/item-words.ts';
import { overdueInWords } from '#bot/domain/light.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { unitsHeadedBy } from '#bot/permission.ts';
import type { Tx } from './db.ts';
import { findItem, keptLedger, type LedgerRow } from './kept-ledger.ts';
import { unreportedUnits } from './month.ts';

/** Something to be done that the clock told somebody of: its words, and the item it is about, if any. */
export interface Reminder {
  text: string;
  itemCode: string | null;
  /** told again already */
  again?: boolean;
}

// Jobs that tell of something to be done; what only informs is not put off.
const REMINDS = /^(?:remind|chase|plan|check|open|list|ask|escalate|show)-(?!sign)[a-z-]+@/;
const AGAIN = 'remind-again@';
const NUMBER = /(\d+)号台账《/;

/** What the clock told somebody today that has to be done. */
export async function remindersTo(tx: Tx, personId: string, now: Date): Promise<Reminder[]> {
  const told = await tx.outbox.findMany({
    where: {
      ...{ kind: 'user', address: personId, broadcast: true },
      sentAt: { gte: instantAt(dayOf(now), '00:00'), lte: now },
    },
    orderBy: { id: 'asc' },
    select: { key: true, text: true },
  });
  const ledger = await keptLedger(tx);
  return told
    .filter(({ key, text }) => REMINDS.test(key) && text !== '')
    .map(({ key, text }) => ({
      ...{ text, itemCode: ledger.numbered(Number(NUMBER.exec(text)?.[1]))?.code ?? null },
      again: key.startsWith(AGAIN),
    }));
}

/** Whether a duty was put off before: an item's, or the same words. */
export async function putOffBefore(tx: Tx, personId: string, { text, itemCode, again }: Reminder): Promise<boolean> {
  if (again) return true;
  const same = itemCode === null ? { text } : { itemCode };
  return (await tx.snooze.count({ where: { personId, undoneAt: null, ...same } })) > 0;
}

/** The words a duty is told again with on a day; null once nothing is left to do. */
export async function toldAgain(
  tx: Tx,
  world: World,
  { text, itemCode, personId, at }: Reminder & { personId: string; at: Date },
  today: string,
): Promise<string | null> {
  if (itemCode !== null) {
    const item = await findItem(tx, itemCode);
    return item && !item.acceptedAt && !item.completedAt && !item.endedAt ? dueInWords(item, today) : null;
  }
  const person = world.members.find(({ id }) => id === personId);
  if (person && /工作台账上报/.test(text) && !(await owesMonth(tx, world, person, dayOf(at).slice(0, 7)))) return null;
  return `${dayInWords(dayOf(at))}提醒过：${text}`;
}

const owesMonth = async (tx: Tx, world: World, person: WorldPerson, month: string): Promise<boolean> =>
  (await unreportedUnits(tx, month, unitsHeadedBy(person, world))).length > 0;

function dueInWords(item: LedgerRow, today: string): string {
  const { deadline } = item;
  const due =
    deadline < today
      ? overdueInWords(deadline, today)
      : deadline === today
        ? '今日到期'
        : `${dayInWords(deadline)}到期`;
  return `再次提醒：${itemName(item)}${due}，${progressInWords(item)}，请抓紧办理并反馈进展。`;
}
