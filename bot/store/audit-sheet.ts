import { dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { addMonths } from '#bot/domain/month.ts';
import type { World } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';

export const AUDIT_HEADINGS = { at: '时间', actor: '操作人', title: '事项', command: '内容', outcome: '结果' };

/** Whoever spoke unsigned is not found by the line that he did (R97). */
const UNSIGNED = 'opinion.send';

/**
 * 操作日志 to look through (R94, R95): who did what when, in a month, or ever if none is given. What is restricted never came
 * into it, as it was kept without.
 */
export async function auditRecords(
  tx: Tx,
  { members }: World,
  month: string | null,
  titleOf: (intent: string) => string,
): Promise<Record<string, string>[]> {
  const begin = (of: string): Date => instantAt(`${of}-01`, '00:00');
  const rows = await tx.audit.findMany({
    where: {
      intent: { not: UNSIGNED },
      ...(month && { at: { gte: begin(month), lt: begin(addMonths(month, 1)) } }),
    },
    orderBy: { id: 'asc' },
  });
  const names = new Map(members.map(({ id, name }) => [id, name]));
  return rows.map(({ at, actor, intent, command, outcome }) => ({
    ...{ at: `${dayOf(at)} ${timeOf(at)}`, actor: names.get(actor) ?? actor, title: titleOf(intent) },
    ...{ command: inWords(command), outcome },
  }));
}

/** 「item：K3-4；increment：1」 of the command as it was carried out. */
function inWords(command: string): string {
  const parts: object = JSON.parse(command);
  return Object.entries(parts)
    .map(([name, value]) => `${name}：${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('；');
}
