import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foremost } from '#bot/domain/foremost.ts';

test('the first few are those a stable sort would put first', () => {
  const list = fc.array(fc.record({ urgency: fc.integer({ min: 0, max: 4 }), name: fc.string() }), { maxLength: 40 });
  const order = (one: { urgency: number }, other: { urgency: number }): number => one.urgency - other.urgency;

  fc.assert(
    fc.property(list, fc.integer({ min: 0, max: 14 }), (all, count) => {
      expect(foremost(all, count, order)).toEqual(all.toSorted(order).slice(0, count));
    }),
  );
});
