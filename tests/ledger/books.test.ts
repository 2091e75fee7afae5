import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bornAs, type Fact, fold, type ItemState, summedUp } from '#bot/domain/item-state.ts';
import { correctProgress, reportProgress } from '#bot/domain/ledger.ts';
import { recount } from '#bot/store/recount.ts';
import { openWorld } from '../support/world.ts';

const MAY = '2013-05-14T12:00:00+08:00';
const born: ItemState = {
  ...{ target: 10, deadline: '2013-08-31', firstTarget: null, firstDeadline: null, departmentCode: 'GXK' },
  ...{
    ownerId: 'u0502',
    parentCode: null,
    split: false,
    byHand: false,
    quantity: null,
    percent: null,
    completedAt: null,
  },
  ...{ acceptedAt: null, updatedAt: null, endedAt: null, setLight: null, setLightWhy: null, setLightUntil: null },
  ...{ milestones: '[]', nextMilestone: null },
};
const at = (id: number): Date => new Date(Date.parse(MAY) + id * 60_000);

/** What somebody tries on an item; what the rules refuse leaves no fact. */
type Try =
  | { kind: 'add' | 'correct' | 'extend' | 'target'; figure: number }
  | { kind: 'apply' | 'accept' | 'return' | 'undo' };
const tries: fc.Arbitrary<Try[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('add', 'correct', 'extend', 'target'), figure: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ kind: fc.constantFrom('apply', 'accept', 'return', 'undo') }),
  ),
  { maxLength: 40 },
);

function attempt(facts: Fact[], one: Try): Fact[] {
  const now = fold(born, facts);
  const id = facts.length + 1;
  const fact = (kind: string, more: object = {}): Fact[] => [...facts, { id, kind, at: at(id), ...more }];
  switch (one.kind) {
    case 'add': {
      const told = reportProgress(now, 'GXK', { increment: one.figure });
      return told.kind === 'recorded' ? fact('reported', told) : facts;
    }
    case 'correct': {
      const told = correctProgress(now, { quantity: one.figure });
      return told.kind === 'corrected' ? fact('corrected', told) : facts;
    }
    case 'extend':
      return now.acceptedAt ? facts : fact('extended', { day: `2013-09-${10 + one.figure}` });
    case 'target':
      return now.acceptedAt ? facts : fact('targeted', { target: one.figure });
    case 'apply':
      return now.completedAt || now.acceptedAt ? facts : fact('applied');
    case 'accept':
      return now.completedAt && !now.acceptedAt ? fact('accepted') : facts;
    case 'return':
      return now.completedAt && !now.acceptedAt ? fact('returned') : facts;
    case 'undo': {
      const undone = new Set(facts.map(({ undoes }) => undoes));
      const last = facts.filter((one) => one.kind !== 'undone' && !undone.has(one.id)).at(-1);
      return last && last.kind !== 'accepted' ? fact('undone', { undoes: last.id }) : facts;
    }
  }
}

describe('台账账目（R44）', () => {
  test('whatever is tried in whatever order: an accepted item stays accepted, an undo restores exactly, nothing is lost', () => {
    fc.assert(
      fc.property(tries, (all) => {
        let facts: Fact[] = [];
        for (const one of all) {
          const before = fold(born, facts);
          const next = attempt(facts, one);
          const now = fold(born, next);
          expect(next.slice(0, facts.length)).toEqual(facts);
          if (before.acceptedAt) expect(now).toEqual(before);
          const last = next.at(-1);
          if (next.length > facts.length && last?.kind === 'undone')
            expect(now).toEqual(
              fold(
                born,
                next.filter(({ id }) => id < (last.undoes ?? 0) || isSettled(next, id, last)),
              ),
            );
          facts = next;
        }
        // The state kept beside leads to the same state again: a recount finds nothing.
        const kept = fold(born, facts);
        expect(fold(bornAs(kept), facts)).toEqual(kept);
      }),
      { numRuns: 300 },
    );
  });

  test('a parent is the sum of what its parts reached, ended or not, unknown where none has told, whole once accepted', () => {
    const part = fc.record({
      quantity: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
      percent: fc.constant(null),
      acceptedAt: fc.constant(null),
      endedAt: fc.option(fc.constant(at(1)), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const told = parts.filter(({ quantity }) => quantity !== null);
        const sum = told.reduce((total, { quantity }) => total + (quantity ?? 0), 0);
        expect(summedUp({ target: 100, acceptedAt: null }, parts).quantity).toBe(told.length > 0 ? sum : null);
        expect(summedUp({ target: 100, acceptedAt: at(1) }, parts).percent).toBe(100);
      }),
    );
  });

  test('through the whole bot: any talk about an item and its parts leaves the sums right and the history complete', async () => {
    const world = await openWorld({ now: MAY });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["head","office"]' } });
    await world.db.client.department.update({ where: { code: 'SFK' }, data: { headId: 'u0702' } });
    expect((await world.says('U0702', '8号台账分解：高新科2个，社发科2个'))[0]).toBe(
      '已分解：8号台账《新建市级重点实验室3个》→9号高新技术发展及产业化科2个，10号社会发展科技科2个，完成数由下级汇总。注意：下级目标合计4个，与上级目标3个不一致。十分钟内可发“撤销”收回。',
    );
    world.at('2013-05-14T12:11:00+08:00');
    const words: [string, string][] = [
      ['U0502', 'K3-4-1新增1个'],
      ['U0702', 'K3-4-2累计1个'],
      ['U0502', '更正K3-4-1累计2个，原因漏报1个'],
      ['U0502', '撤销'],
      ['U0501', 'K3-4-1新增1个'],
      ['U0502', 'K3-4累计3个'],
      ['U0502', 'K3-4-1申请验收'],
      ['L03', 'K3-4-1验收通过'],
      ['L03', '确认'],
      ['U0502', 'K3-4-1新增1个'],
      ['U0702', 'K3-4-2新增1个'],
      ['U0702', '撤销'],
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...words), { minLength: 4, maxLength: 10 }), async (talk) => {
        for (const [from, text] of talk) {
          await world.says(from, text);
          const [parent, ...parts] = await world.db.client.ledgerItem.findMany({
            where: { code: { startsWith: 'K3-4' } },
            orderBy: { code: 'asc' },
          });
          const told = parts.filter(({ quantity }) => quantity !== null);
          expect(parent?.quantity).toBe(
            told.length === 0 ? null : told.reduce((sum, { quantity }) => sum + (quantity ?? 0), 0),
          );
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
    expect((await world.db.read(recount)).differences).toEqual([]);
  }, 60_000);

  test('a figure that was changed behind the history is found', async () => {
    const world = await openWorld({ now: MAY });
    await world.says('U0502', 'K3-4累计1个');
    await world.db.client.ledgerItem.update({ where: { code: 'K3-4' }, data: { quantity: 2 } });

    expect((await world.db.read(recount)).differences).toEqual([
      { code: 'K3-4', column: 'quantity', kept: 2, recounted: 1 },
    ]);
  });
});

/** A later fact that was itself taken back before, or takes something back: it changes nothing. */
function isSettled(facts: Fact[], id: number, last: Fact): boolean {
  const fact = facts.find((one) => one.id === id);
  const undone = facts.some(({ undoes }) => undoes === id);
  return id !== last.undoes && fact !== undefined && (fact.kind === 'undone' || undone);
}
