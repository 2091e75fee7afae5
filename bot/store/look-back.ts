import { type Day, dayOf } from '#bot/calendar.ts';
import type { Tx } from './db.ts';
import { record } from './facts.ts';
import { nextNo } from './ledger.ts';

type Item = NonNullable<Awaited<ReturnType<Tx['ledgerItem']['findUnique']>>>;
interface Reopening {
  deadline: Day;
  reason: string;
  by: { id: string };
  message: { sentAt: Date; key: string };
}

/** 重新立项 (R65): a new item of the same unit and owner that points at the one it comes from, which stays closed. */
export async function reopen(tx: Tx, item: Item, { deadline, reason, by, message }: Reopening) {
  const before = await tx.ledgerItem.count({ where: { code: { startsWith: `${item.code}R` } } });
  const code = `${item.code}R${before + 1}`;
  const no = await nextNo(tx);
  const today = dayOf(message.sentAt);
  const { level, category, title, departmentCode, leaderId, ownerId, source } = item;
  await tx.ledgerItem.create({
    data: {
      ...{ code, no, level, category, title, departmentCode, leaderId, ownerId, source, deadline },
      ...{ startOn: today, openedOn: today, remark: `回头看反弹，原事项${item.code}：${reason}` },
    },
  });
  await record(tx, code, {
    ...{ kind: 'defined', personId: by.id, at: message.sentAt, inboxKey: message.key, note: reason },
    ...{ target: null, day: deadline, other: departmentCode, ownerId },
  });
  return { code, no };
}
