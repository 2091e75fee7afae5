import { numberOf } from '#bot/domain/assignment.ts';

interface Numbered {
  findFirst(args: { select: { id: true }; orderBy: { id: 'desc' } }): PromiseLike<{ id: number } | null>;
}

/**
 * The number of a row that people are told by it: one more than the last, without a gap on either database. A sequence
 * of PostgreSQL's counts on when a transaction is taken back. Nobody else writes meanwhile, since writers take turns.
 */
export async function nextId(table: Numbered): Promise<number> {
  const last = await table.findFirst({ select: { id: true }, orderBy: { id: 'desc' } });
  return (last?.id ?? 0) + 1;
}

interface Listed {
  findFirst(args: {
    where: { number: { startsWith: string } };
    select: { number: true };
    orderBy: { id: 'desc' };
  }): PromiseLike<{ number: string | null } | null>;
}

/** 「JB2013-004」: the next number of a year's list, without a gap; one that was given is not given again (R56, R58). */
export async function nextNumber(table: Listed, prefix: string, year: string): Promise<string> {
  const where = { number: { startsWith: `${prefix}${year}-` } };
  const last = await table.findFirst({ where, select: { number: true }, orderBy: { id: 'desc' } });
  return numberOf(prefix, year, Number(last?.number?.split('-')[1] ?? 0) + 1);
}
