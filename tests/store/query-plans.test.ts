import { describe, expect, test } from 'vitest';
import type { Tx } from '#bot/store/db.ts';
import { server } from '../support/database.ts';
import { openWorld } from '../support/world.ts';

// What is asked at every turn of the clock or with every message: it must not go through what has piled up over years.
const ASKED: [what: string, sql: string, index: string][] = [
  [
    'what has to be told now',
    'SELECT * FROM "Outbox" WHERE "sentAt" IS NULL AND "parkedAt" IS NULL AND "paper" IS NULL AND "notBefore" <= 0 ORDER BY "id" LIMIT 50',
    'Outbox_sentAt_parkedAt_id_idx',
  ],
  [
    'which papers have to be drawn now',
    'SELECT * FROM "Outbox" WHERE "sentAt" IS NULL AND "parkedAt" IS NULL AND "paper" IS NOT NULL AND "notBefore" <= 0 ORDER BY "id" LIMIT 50',
    'Outbox_sentAt_parkedAt_id_idx',
  ],
  [
    'which messages wait',
    'SELECT * FROM "Inbox" WHERE "closedAt" IS NULL AND "parkedAt" IS NULL ORDER BY "id" LIMIT 50',
    'Inbox_closedAt_parkedAt_id_idx',
  ],
  [
    'whether materials have to be fetched',
    'SELECT 1 FROM "Material" WHERE "state" = \'waiting\' AND "notBefore" <= 0',
    'Material_state_notBefore_idx',
  ],
  [
    'whether somebody has to be looked up',
    'SELECT 1 FROM "ContactCheck" WHERE "doneAt" IS NULL AND "notBefore" <= 0',
    'ContactCheck_doneAt_notBefore_idx',
  ],
  [
    'whether a backup has to be made',
    'SELECT 1 FROM "Upkeep" WHERE "doneAt" IS NULL AND "notBefore" <= 0',
    'Upkeep_doneAt_notBefore_idx',
  ],
  [
    'the history of an item',
    'SELECT * FROM "ItemFact" WHERE "itemCode" = \'K3-4\' ORDER BY "id"',
    'ItemFact_itemCode_id_idx',
  ],
  [
    'the histories of items up to an instant',
    'SELECT * FROM "ItemFact" WHERE "itemCode" IN (\'K3-4\', \'K3-5\') AND "at" <= 0 ORDER BY "itemCode", "id"',
    'ItemFact_itemCode_id_idx',
  ],
  [
    'what was told of the items of a unit within a month',
    `SELECT "itemCode", "kind" FROM "ItemFact" WHERE "itemCode" IN ('K3-4', 'K3-5') AND "at" >= 0 AND "at" <= 1 AND "undoneAt" IS NULL`,
    // while the table is empty, PostgreSQL likes the one that has the time as well
    server ? 'ItemFact_at_itemCode_idx' : 'ItemFact_itemCode_id_idx',
  ],
  [
    'a thousand items of the ledger by their numbers',
    'SELECT * FROM "LedgerItem" WHERE "no" > 3000 ORDER BY "no" LIMIT 1000',
    'LedgerItem_no_key',
  ],
  [
    'what was told of the ledger within a month',
    'SELECT * FROM "ItemFact" WHERE "kind" IN (\'reported\') AND "at" >= 0 AND "at" <= 1 AND "undoneAt" IS NULL',
    // by kind and time, or by time alone, as the database likes better
    '_at_',
  ],
  [
    'which items something happened to since a month’s end',
    'SELECT "itemCode" FROM "ItemFact" WHERE "at" >= 0',
    'ItemFact_at_itemCode_idx',
  ],
  ['items that were written anew', 'SELECT * FROM "LedgerItem" WHERE "code" IN (\'K1-1\', \'K3-4\')', 'LedgerItem_'],
  [
    'what is open and due',
    'SELECT * FROM "LedgerItem" WHERE "acceptedAt" IS NULL AND "completedAt" IS NULL AND "deadline" < \'2013-05-14\'',
    'LedgerItem_acceptedAt_completedAt_deadline_idx',
  ],
  [
    'the items of a unit',
    'SELECT * FROM "LedgerItem" WHERE "departmentCode" = \'GXK\'',
    'LedgerItem_departmentCode_idx',
  ],
  ['the items of a person', 'SELECT * FROM "LedgerItem" WHERE "ownerId" = \'u0502\'', 'LedgerItem_ownerId_idx'],
  ['the parts of an item', 'SELECT * FROM "LedgerItem" WHERE "parentCode" = \'K3-4\'', 'LedgerItem_parentCode_idx'],
];

async function planOfSqlite(tx: Tx, sql: string): Promise<string> {
  const [first] = await tx.$queryRawUnsafe<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`);
  return first?.detail ?? '';
}

/** A small table it would read whole, and any index is as good as another while there is nothing in it. */
async function planOfPostgres(tx: Tx, sql: string): Promise<string> {
  await tx.$executeRawUnsafe(`INSERT INTO "Outbox" ("key", "kind", "address", "text", "notBefore", "sentAt")
    SELECT 'told#' || n, 'user', 'u', '', now(), now() - n * interval '1 minute' FROM generate_series(1, 5000) n`);
  await tx.$executeRawUnsafe('ANALYZE "Outbox"');
  await tx.$executeRawUnsafe('SET LOCAL enable_seqscan = off');
  const instants = sql.replace(/("(?:notBefore|at)") ([<>]=) (\d)/g, '$1 $2 to_timestamp($3)');
  const lines = await tx.$queryRawUnsafe<Record<string, string>[]>(`EXPLAIN ${instants}`);
  return lines.flatMap((line) => Object.values(line)).join('\n');
}

describe('查询计划', () => {
  test.each(ASKED)('%s is looked up by an index', async (_, sql, index) => {
    const world = await openWorld({ now: '2013-05-14T12:00:00+08:00' });

    const plan = await world.db.write((tx) => (server ? planOfPostgres(tx, sql) : planOfSqlite(tx, sql)));

    expect(plan).toContain(index);
  });
});
