import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeldLedger } from '#bot/store/held-ledger.ts';
import type { LedgerRow } from '#bot/store/ledger-row.ts';

const UNITS = ['GXK', 'CGK', 'NCK'];
const PEOPLE = ['u1', 'u2', 'u3', null];

interface Written {
  code: string;
  /** empty once it is taken out of the ledger */
  row: { no: number; unit: string; owner: string | null; leader: string | null; parent: string | null } | null;
}
const written: fc.Arbitrary<Written> = fc.record({
  code: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
  row: fc.option(
    fc.record({
      no: fc.integer({ min: 1, max: 40 }),
      unit: fc.constantFrom(...UNITS),
      owner: fc.constantFrom(...PEOPLE),
      leader: fc.constantFrom(...PEOPLE),
      parent: fc.constantFrom('A', 'B', null),
    }),
    { freq: 6 },
  ),
});

const rowOf = ({ code, row }: Written): LedgerRow[] => {
  if (!row) return [];
  const { no, unit, owner, leader, parent } = row;
  return [{ code, no, departmentCode: unit, ownerId: owner, leaderId: leader, parentCode: parent } as LedgerRow];
};

/** What a table would answer. */
class Table {
  rows: LedgerRow[] = [];
  write(one: Written): boolean {
    const others = this.rows.filter(({ code }) => code !== one.code);
    if (others.some(({ no }) => no === one.row?.no)) return false;
    this.rows = [...others, ...rowOf(one)].sort((some, other) => some.no - other.no);
    return true;
  }
}

describe('台账的查找', () => {
  test('whatever is written, whose an item is and where it stands is answered as the table would', () => {
    fc.assert(
      fc.property(fc.array(fc.array(written, { maxLength: 3 }), { maxLength: 12 }), (batches) => {
        const table = new Table();
        const ledger = new HeldLedger([]);
        const given: [list: readonly LedgerRow[], as: LedgerRow[]][] = [];
        let version = 0;
        for (const batch of batches) {
          const before = table.rows;
          const codes = batch.filter((one) => table.write(one)).map(({ code }) => code);
          ledger.take(
            new Set(codes),
            table.rows.filter(({ code }) => codes.includes(code)),
          );

          for (const { code, row } of batch) {
            expect(ledger.get(code)).toBe(table.rows.find((one) => one.code === code));
            if (row) expect(ledger.numbered(row.no)).toBe(table.rows.find(({ no }) => no === row.no));
          }
          for (const unit of UNITS)
            for (const owner of ['u1', 'u2'])
              expect(ledger.of({ units: [unit], owners: [owner], leaders: ['u3'] })).toEqual(
                table.rows.filter(
                  (one) => one.departmentCode === unit || one.ownerId === owner || one.leaderId === 'u3',
                ),
              );
          expect(ledger.partsOf('A')).toEqual(table.rows.filter(({ parentCode }) => parentCode === 'A'));
          const changed = ledger.since(version) ?? [];
          expect(changed.map(([was, is]) => was?.code ?? is?.code).sort()).toEqual(
            [...new Set(codes)].filter((code) => [...before, ...table.rows].some((one) => one.code === code)).sort(),
          );
          version = ledger.version;
          if (batch.length % 2) given.push([ledger.all(), [...table.rows]]);
        }
        expect(ledger.all()).toEqual(table.rows);
        // A list that was given out stays as it was.
        for (const [list, as] of given) expect(list).toEqual(as);
      }),
      { numRuns: 200 },
    );
  });

  test('of changes long ago it says that it does not remember them', () => {
    const ledger = new HeldLedger([]);
    const before = ledger.version;
    const row = (no: number) =>
      rowOf({ code: `A${no}`, row: { no, unit: 'GXK', owner: null, leader: null, parent: null } });

    for (let no = 1; no <= 1000; no++) ledger.take([`A${no}`], row(no));

    expect(ledger.since(before)).toBeNull();
    expect(ledger.since(ledger.version - 1)).toEqual([[undefined, ...row(1000)]]);
    expect(ledger.all()).toHaveLength(1000);
  });
});
