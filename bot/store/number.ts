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
