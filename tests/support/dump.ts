import { readFileSync } from 'node:fs';
import type { Db } from '#bot/store/db.ts';

const schema = readFileSync('prisma/schema.prisma', 'utf8');
const MODELS = [...schema.matchAll(/^model (\w+) \{/gm)].map(([, name = '']) => name);
// Ids may have gaps after what was taken back, and what refers to them follows; sending has its own tests.
const UNEQUAL = new Set([
  'id',
  'memo',
  'command',
  'sentAt',
  'msgid',
  // what the platform calls a card, in the order it got them
  'cardCode',
  'tries',
  // ids of others
  'similarTo',
  'Revision',
  'SchedulerCursor',
  'SealProbe',
  // when it looked, and when it was done with what takes its time
  'Health',
  'Upkeep',
]);

/** Everything in the record book but ids, table by table, in an order of its own. */
export async function dump(db: Db): Promise<Record<string, string[]>> {
  const client = db.client as unknown as Record<string, { findMany(): Promise<object[]> }>;
  const tables = MODELS.filter((model) => !UNEQUAL.has(model)).map(async (model) => {
    const rows = (await client[model[0]?.toLowerCase() + model.slice(1)]?.findMany()) ?? [];
    return [model, rows.map((row) => JSON.stringify(nameless(row), plain)).sort()] as const;
  });
  return Object.fromEntries(await Promise.all(tables));
}

/** Every value of every table as text, opened where it is sealed: what is looked for must not be in it. */
export async function dumped({ db }: { db: Db }): Promise<string> {
  const client = db.client as unknown as Record<string, { findMany(): Promise<object[]> }>;
  const rows = MODELS.map((model) => client[model[0]?.toLowerCase() + model.slice(1)]?.findMany() ?? []);
  return JSON.stringify(await Promise.all(rows));
}

/** A row that changes a card or takes a message back names whom to and what the platform calls it; only the first is ours. */
const nameless = (row: object): object =>
  'kind' in row && 'address' in row && (row.kind === 'card' || row.kind === 'recall')
    ? { ...row, address: String(row.address).split(' ').slice(0, -1).join(' ') }
    : row;

// The chain of the audit log is signed with each book's own key; `doctor` checks it, a comparison of books cannot.
const plain = (key: string, value: unknown): unknown =>
  key === 'hash' || key === 'sign'
    ? undefined
    : UNEQUAL.has(key) || (/Id$/.test(key) && typeof value === 'number')
      ? undefined
      : value;
