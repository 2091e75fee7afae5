import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { itemsAsOf } from '#bot/store/as-of.ts';
import { type Db, openDb } from '#bot/store/db.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { within } from '#bot/store/held.ts';
import { findItem, ledgerRows } from '#bot/store/kept-ledger.ts';
import { loadWorld } from '#bot/store/world.ts';
import { discard, freshDatabase } from '../support/database.ts';

const APRIL_30 = new Date('2013-04-30T23:59:59+08:00');
const CODES = ['K1', 'K2', 'K3', 'K4'];

/** What happens to the ledger while others look at it. */
type Step =
  | { kind: 'report' | 'report-late' | 'apply' | 'end' | 'hand' | 'undo'; code: string; figure: number }
  | { kind: 'report-failing' | 'add-failing' | 'throw' | 'elsewhere' | 'many'; code: string; figure: number };
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Step['kind']>(
      ...([
        'report',
        'report-late',
        'apply',
        'end',
        'hand',
        'undo',
        'report-failing',
        'add-failing',
        'throw',
        'elsewhere',
        'many',
      ] as const),
    ),
    code: fc.constantFrom(...CODES),
    figure: fc.integer({ min: 0, max: 9 }),
  }),
  { minLength: 4, maxLength: 14 },
);

/** The number a fact had that was taken back goes to the next one, which lies in April after all. */
const NUMBERS_GIVEN_ANEW: Step[] = [
  { kind: 'report', code: 'K1', figure: 2 },
  { kind: 'report-failing', code: 'K2', figure: 3 },
  { kind: 'report-late', code: 'K1', figure: 4 },
];

/** Who had an item at the month's end was kept already, and stands nowhere but in the item. */
const HANDED_ON: Step[] = [
  { kind: 'report', code: 'K3', figure: 4 },
  { kind: 'hand', code: 'K3', figure: 1 },
  { kind: 'report', code: 'K1', figure: 2 },
];

async function openOffice(): Promise<{ db: Db; other: Db }> {
  const url = await freshDatabase();
  const [db, other] = [await openDb(url), await openDb(url)];
  onTestFinished(async () => {
    await Promise.all([db.close(), other.close()]);
    await discard(url);
  });
  return { db, other };
}

const item = (code: string, no: number) => ({
  ...{ code, no, level: '科室', category: '重点工作', title: code, target: 9, unit: '个' },
  ...{ departmentCode: 'GXK', deadline: '2013-12-31' },
});

let clock = 0;
async function take({ kind, code, figure }: Step, db: Db, other: Db): Promise<void> {
  const at = new Date(Date.parse('2013-05-02T09:00:00+08:00') + clock++ * 60_000);
  const fact = { personId: 'u', at, quantity: figure, percent: figure * 10 };
  // What was ended takes nothing more: refused, the whole write is taken back.
  const refused = (error: unknown): void => {
    if (!/cannot follow/.test(String(error))) throw error;
  };
  const report = (on: Db, when = at) =>
    on.write((tx) => record(tx, code, { kind: 'reported', ...fact, at: when }).then(() => undefined)).catch(refused);
  switch (kind) {
    case 'report':
      return report(db);
    // Sent before midnight, carried out after it.
    case 'report-late':
      return report(db, APRIL_30);
    case 'elsewhere':
      return report(other);
    case 'apply':
    case 'end':
      return db
        .write(async (tx) => {
          await record(tx, code, { kind: kind === 'end' ? 'ended' : 'applied', personId: 'u', at });
        })
        .catch(refused);
    case 'hand':
      return db
        .write(async (tx) => {
          const [other, ownerId] = figure % 2 ? ['CGK', 'v'] : ['GXK', null];
          await record(tx, code, { kind: 'handed', personId: 'u', at: figure > 6 ? APRIL_30 : at, other, ownerId });
        })
        .catch(refused);
    case 'undo':
      return db.write(async (tx) => {
        const last = await tx.itemFact.findFirst({
          where: { itemCode: code, undoneAt: null },
          orderBy: { id: 'desc' },
        });
        if (last) await takeBackFacts(tx, code, [last.id], { personId: 'u', at });
      });
    case 'many':
      return db.write((tx) => tx.ledgerItem.updateMany({ data: { remark: `${figure}` } }).then(() => undefined));
    case 'report-failing':
    case 'add-failing':
      return db.write((tx) =>
        within(
          tx,
          async () => {
            if (kind === 'add-failing') await tx.ledgerItem.create({ data: item(`N${figure}`, 100 + figure) });
            else await record(tx, code, { kind: 'reported', ...fact });
            // Somebody looks before it is taken back.
            await ledgerRows(tx);
            await itemsAsOf(tx, APRIL_30);
            throw new Error('failed');
          },
          async () => undefined,
        ),
      );
    case 'throw':
      return db
        .write(async (tx) => {
          await record(tx, code, { kind: 'reported', ...fact });
          await itemsAsOf(tx, APRIL_30);
          throw new Error('thrown');
        })
        .catch(() => undefined);
  }
}

describe('台账在内存中', () => {
  test('whatever is written, taken back or written by others: what is kept is what is recorded, now and at a past month’s end', async () => {
    const { db, other } = await openOffice();
    await db.client.ledgerItem.createMany({ data: CODES.map((code, index) => item(code, index + 1)) });
    await db.write((tx) =>
      record(tx, 'K1', { kind: 'reported', personId: 'u', at: new Date('2013-04-10T09:00:00+08:00'), quantity: 1 }),
    );

    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        for (const [index, step] of all.entries()) {
          await take(step, db, other);
          // Not everybody looks each time.
          if (step.figure % 2 && index < all.length - 1) continue;
          const [found, world, kept, keptPast, own] = await db.write(async (tx) => [
            await findItem(tx, step.code),
            await loadWorld(tx),
            await ledgerRows(tx),
            await itemsAsOf(tx, APRIL_30),
            await itemsAsOf(tx, APRIL_30, { units: ['CGK'], owners: ['v'], leaders: [] }),
          ]);
          // A client that has heard nothing reads everything.
          expect(kept).toEqual(await ledgerRows(db.client));
          expect(world).toEqual(await loadWorld(db.client));
          expect(found).toBe(kept.find(({ code }) => code === step.code));
          expect(keptPast).toEqual(await itemsAsOf(db.client, APRIL_30));
          // Whose it was then, though another may have it now.
          expect(own).toEqual(keptPast.filter(({ departmentCode }) => departmentCode === 'CGK'));
        }
      }),
      { numRuns: 12, endOnFailure: true, examples: [[NUMBERS_GIVEN_ANEW], [HANDED_ON]] },
    );
  });

  test('an item that did not change stays the very same object, and looking again reads nothing', async () => {
    const { db } = await openOffice();
    await db.client.ledgerItem.createMany({ data: CODES.map((code, index) => item(code, index + 1)) });
    const look = () => db.write(ledgerRows);
    const before = await look();

    expect(await look()).toBe(before);
    await db.write((tx) => record(tx, 'K2', { kind: 'reported', personId: 'u', at: new Date(), quantity: 3 }));
    const after = await look();

    expect(after.map((row, index) => row === before[index])).toEqual([true, false, true, true]);
    expect(after[1]).toMatchObject({ quantity: 3, department: 'GXK' });
  });

  test('thousands of items are held in the order of their numbers, each column as the client gives it', async () => {
    const { db } = await openOffice();
    const many = Array.from({ length: 2000 }, (_, at) => item(`K${at}`, 2000 - at));
    await db.client.ledgerItem.createMany({ data: many });
    const at = new Date('2013-05-02T09:00:00+08:00');
    const told = {
      quantity: 1.5,
      percent: 16.7,
      updatedAt: at,
      completedAt: at,
      split: true,
      ownerId: 'u',
      remark: '无',
    };
    await db.client.ledgerItem.update({ where: { code: 'K7' }, data: told });

    const kept = await db.write(ledgerRows);

    const rows = await db.client.ledgerItem.findMany({ orderBy: { no: 'asc' } });
    expect(kept).toEqual(
      rows.map((row) => ({ ...row, department: row.departmentCode, leader: row.leaderId, owner: row.ownerId })),
    );
  });

  test('a report leaves what understanding sees the very same object; a handover changes that of its item alone', async () => {
    const { db } = await openOffice();
    await db.client.ledgerItem.createMany({ data: CODES.map((code, index) => item(code, index + 1)) });
    const fact = { personId: 'u', at: new Date('2013-05-02T09:00:00+08:00') };
    const look = () => db.write(loadWorld);
    const before = await look();

    await db.write((tx) => record(tx, 'K2', { ...fact, kind: 'reported', quantity: 3 }));
    expect(await look()).toBe(before);
    await db.write((tx) => record(tx, 'K2', { ...fact, kind: 'handed', other: 'CGK', ownerId: 'v' }));
    const after = await look();

    expect(after.ledger.map((one, index) => one === before.ledger[index])).toEqual([true, false, true, true]);
    expect(after.ledger[1]).toMatchObject({ code: 'K2', department: 'CGK', owner: 'v' });
  });
});
