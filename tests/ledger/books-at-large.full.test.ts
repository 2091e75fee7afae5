import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InboundMessage } from '#bot/message.ts';
import { carryOut } from '#bot/pipeline/carry-out.ts';
import { itemsAsOf } from '#bot/store/as-of.ts';
import { recount } from '#bot/store/recount.ts';
import { loadWorld } from '#bot/store/world.ts';
import * as handlers from '#handlers/index.ts';
import { openWorld } from '../support/world.ts';

const all = Object.values(handlers);

/** What somebody tries; `of` chooses among an item and its parts. What the rules refuse leaves nothing. */
type Try =
  | { kind: 'add' | 'correct' | 'retarget' | 'extend' | 'plan'; of: number; figure: number }
  | { kind: 'apply' | 'accept' | 'return' | 'reach' | 'end'; of: number }
  | { kind: 'finish' | 'redo' | 'stage'; of: number }
  | { kind: 'split' | 'later' }
  | { kind: 'undo'; who: string };
const of = fc.constantFrom(0, 0, 0, 1, 2, 4);
const figure = fc.integer({ min: 1, max: 6 });
const tries: fc.Arbitrary<Try[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('add', 'correct'), of, figure }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('retarget', 'extend', 'plan'), of, figure }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('apply', 'accept', 'return', 'reach', 'end'), of }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('finish', 'redo', 'stage'), of }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('split', 'later') }) },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant('undo'), who: fc.constantFrom('u0502', 'u0701', 'l01', 'u0702') }),
    },
  ),
  { minLength: 6, maxLength: 16 },
) as fc.Arbitrary<Try[]>;

/** What mostly comes one after the other, so that it comes about often enough. */
function steps(one: Try): Try[] {
  if (one.kind === 'stage')
    return [
      { kind: 'plan', of: one.of, figure: 1 },
      { kind: 'reach', of: one.of },
    ];
  if (one.kind !== 'finish' && one.kind !== 'redo') return [one];
  const all = { kind: 'correct' as const, of: one.of, figure: 6 };
  return [all, { kind: 'apply', of: one.of }, { kind: one.kind === 'finish' ? 'accept' : 'return', of: one.of }];
}

type Item = { code: string; departmentCode: string };
/** Who says what to the bot, as a command. */
function orderOf(one: Try, { code, departmentCode }: Item): [who: string, intent: string, input: object] {
  const worker = departmentCode === 'SFK' ? 'u0701' : 'u0502';
  const item = code;
  switch (one.kind) {
    case 'add':
      return [worker, 'ledger.progress', { item, increment: one.figure, note: '新增' }];
    case 'correct':
      return [worker, 'ledger.correct', { item, quantity: one.figure, reason: '重复计算' }];
    case 'retarget':
      return ['l01', 'ledger.retarget', { item, target: one.figure, reason: '上级调整' }];
    case 'extend':
      return ['l01', 'ledger.extend', { item, deadline: `2013-09-1${one.figure}`, reason: '评审推迟' }];
    case 'plan':
      return [
        'l01',
        'ledger.milestone',
        { item, title: `节点${one.figure}`, day: `2013-07-1${one.figure}`, reason: '' },
      ];
    case 'reach':
      return ['l01', 'ledger.milestone', { item, title: '节点1', reached: true, reason: '' }];
    case 'apply':
      return [worker, 'ledger.complete', { item, note: '办完了' }];
    case 'accept':
      return ['u0702', 'ledger.accept', { item, note: '' }];
    case 'return':
      return ['u0702', 'ledger.return', { item, reason: '缺佐证' }];
    case 'end':
      return ['l01', 'ledger.terminate', { item, reason: '上级取消' }];
    case 'split':
      return [
        'u0702',
        'ledger.split',
        {
          item,
          shares: [
            { department: 'GXK', target: 2 },
            { department: 'SFK', target: 2 },
          ],
        },
      ];
    case 'undo':
      return [one.who, 'undo', {}];
    default:
      return ['', '', {}];
  }
}

async function books() {
  const world = await openWorld({ now: '2013-05-14T09:00:00+08:00', jobs: [] });
  const { client } = world.db;
  const common = { userid: 'U0701', title: '科长', departmentCode: 'SFK' };
  await client.person.create({ data: { ...common, id: 'u0701', name: '何平', roles: '["head"]' } });
  await client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  let said = 0;
  const does = (who: string, intent: string, input: object, sentAt: Date): Promise<void> =>
    world.db.write(async (tx) => {
      const now = await loadWorld(tx);
      const actor = now.members.find(({ id }) => id === who);
      const handler = all.find(({ name }) => name === intent);
      if (!actor || !handler) throw new Error(`no ${who} or no ${intent}`);
      const message: InboundMessage = {
        ...{ key: `b${++said}`, from: who, chat: 'direct', sentAt, content: { kind: 'text', text: intent } },
      };
      const situation = { message, actor, world: now, handlers: all, tx };
      await carryOut([{ handler, input }], situation, { said: intent, confirmed: true });
    });
  return { world, does };
}

describe('台账账目', () => {
  test('any interleaving of reports, undos, corrections, splits, acceptances, milestones, new targets and ends keeps the books', async () => {
    const { world, does } = await books();
    const { client } = world.db;
    let run = 0;
    let at = world.now().getTime();
    const happened = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(tries, async (talk) => {
        const root = `P${++run}`;
        await client.ledgerItem.create({
          data: {
            ...{ code: root, no: 1000 + run * 50, title: `${root}试点`, target: 4, unit: '个', deadline: '2013-08-31' },
            ...{ level: '科室', category: '重点工作', departmentCode: 'GXK', leaderId: 'l03', ownerId: 'u0502' },
          },
        });
        const family = () =>
          client.ledgerItem.findMany({
            where: { OR: [{ code: root }, { code: { startsWith: `${root}-` } }] },
            orderBy: { no: 'asc' },
          });
        const history = async () =>
          client.itemFact.findMany({
            where: { OR: [{ itemCode: root }, { itemCode: { startsWith: `${root}-` } }] },
            orderBy: { id: 'asc' },
            omit: { undoneAt: true },
          });
        let items = await family();
        let facts = await history();
        // What was done to the last item is nobody's to take back in this one.
        at += 20 * 60_000;
        for (const one of talk.flatMap(steps)) {
          at += one.kind === 'later' ? 11 * 60_000 : 60_000;
          const item = items['of' in one ? one.of % items.length : 0];
          if (one.kind === 'later' || !item) continue;
          const [who, intent, input] = orderOf(one, item);
          const before = facts.length;
          await does(who, intent, input, new Date(at));
          const now = await family();
          const told = await history();
          // Nothing that was ever written is gone or changed.
          expect(told.slice(0, facts.length)).toEqual(facts);
          if (told.length > before) happened.set(one.kind, (happened.get(one.kind) ?? 0) + 1);
          for (const was of items.filter(({ acceptedAt }) => acceptedAt)) {
            const is = now.find(({ code }) => code === was.code);
            expect(is?.acceptedAt, `${was.code} stays accepted`).toEqual(was.acceptedAt);
            expect(is?.percent).toBe(100);
          }
          for (const parent of now.filter(({ split }) => split)) {
            const parts = now.filter(({ parentCode, quantity }) => parentCode === parent.code && quantity !== null);
            const sum = parts.reduce((total, { quantity }) => total + (quantity ?? 0), 0);
            expect(parent.quantity, `${parent.code} after ${one.kind}`).toBe(parts.length === 0 ? null : sum);
          }
          for (const is of now) expect(is.endedAt && is.acceptedAt).toBeNull();
          [items, facts] = [now, told];
        }
        const [kept] = await family();
        const stood = await world.db.read((tx) => itemsAsOf(tx, new Date(at)));
        const then = stood.find(({ code }) => code === root);
        if (kept && !kept.endedAt)
          expect([then?.quantity, then?.percent, then?.target]).toEqual([kept.quantity, kept.percent, kept.target]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
    const { differences, facts } = await world.db.read(recount);
    expect(differences).toEqual([]);
    expect(facts).toBeGreaterThan(200);
    // Every kind of act got somewhere, or the property says nothing of it.
    expect([...happened.keys()].sort()).toEqual([
      ...['accept', 'add', 'apply', 'correct', 'end', 'extend', 'plan', 'reach', 'retarget', 'return', 'split', 'undo'],
    ]);
  }, 240_000);
});
