import { describe, expect, test } from 'vitest';
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
    'the history of an item',
    'SELECT * FROM "ItemFact" WHERE "itemCode" = \'K3-4\' ORDER BY "id"',
    'ItemFact_itemCode_id_idx',
  ],
  [
    'what was told of the ledger within a month',
    'SELECT * FROM "ItemFact" WHERE "kind" IN (\'reported\') AND "at" >= 0 AND "at" <= 1 AND "undoneAt" IS NULL',
    'ItemFact_kind_at_idx',
  ],
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

describe('查询计划', () => {
  test.skipIf(server !== undefined).each(ASKED)('%s is looked up by an index', async (_, sql, index) => {
    const world = await openWorld({ now: '2013-05-14T12:00:00+08:00' });

    const plan = await world.db.read((client) =>
      client.$queryRawUnsafe<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`),
    );

    expect(plan[0]?.detail).toContain(`USING INDEX ${index}`);
  });
});
