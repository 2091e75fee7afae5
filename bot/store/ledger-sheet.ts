import { dateInWords, dayOf, instantAt } from '#bot/calendar.ts';
import { grouped } from '#bot/domain/grouped.ts';
import { percentOf } from '#bot/domain/item-state.ts';
import { byHandMark } from '#bot/domain/item-words.ts';
import type { LedgerRow, LedgerSheet } from '#bot/domain/ledger-sheet.ts';
import { LIGHT_WORDS, type LightRule, lit } from '#bot/domain/light.ts';
import { byGroup, numbered } from '#bot/domain/tasks.ts';
import type { World } from '#bot/language/reading.ts';
import { itemsAsOf } from './as-of.ts';
import { headOf, type Part } from './book-sheet.ts';
import type { Tx } from './db.ts';
import { lightRuleAt } from './figures.ts';
import { helpersIn, namesOf } from './helpers.ts';
import { instantIn, lean, sql } from './lean.ts';
import { type SaidOf, saidIn } from './month-lines.ts';

const LONGEST_PROGRESS = 300;
const ROUNDS: Record<string, string> = { applied: '申请验收', returned: '退回', accepted: '验收通过' };

type Item = Awaited<ReturnType<typeof itemsAsOf>>[number];
interface Fact {
  itemCode: string;
  kind: string;
  at: Date;
  note: string;
}

/**
 * 工作台账 of a month as it stood at `at` (requirements 3.2), of the bureau or of a part of it.
 * @param part which items, and whose they are as the heading says it; the whole ledger if absent
 */
export async function ledgerSheet(
  tx: Tx,
  world: World,
  month: string,
  at: Date,
  part: Part = { whose: null, of: '' },
): Promise<LedgerSheet> {
  const items = await itemsAsOf(tx, at, part.whose);
  const first = instantAt(`${month}-01`, '00:00');
  const facts = await toldAndDecided(tx, first, at);
  const factsOf = grouped(facts, ({ itemCode }) => itemCode);
  const said = await saidIn(tx, month);
  const rule = await lightRuleAt(tx, at);
  const rowOf = rowMaker(world, { today: dayOf(at), rule }, first, said, await helpersOf(tx, world));
  const groups = byGroup(items).map(({ name, items: own }, index) => ({
    name: numbered(index, name),
    rows: own.map((item, place) => rowOf(item, place + 1, factsOf.get(item.code) ?? [])),
  }));
  const { title, filledBy } = await headOf(tx, '工作台账', month, part.of);
  return {
    ...{ title, fileName: `${title}.xlsx`, filledBy },
    ...{ filledOn: dayOf(at), filledOnInWords: dateInWords(dayOf(at)), groups },
  };
}

/** What was told counts within the month, a round of acceptance always. */
async function toldAndDecided(tx: Tx, first: Date, at: Date): Promise<Fact[]> {
  const rows = await lean<Fact>(
    tx,
    sql`SELECT "itemCode", "kind", "at", "note" FROM "ItemFact" WHERE "undoneAt" IS NULL AND "at" <= ${at} AND (
      ("kind" IN ('reported', 'corrected') AND "at" >= ${first}) OR "kind" IN ('applied', 'returned', 'accepted')
    ) ORDER BY "id"`,
  );
  return rows.map((row) => ({ ...row, at: instantIn(row.at) }));
}

/** 协办科室 of every matter that has any. */
async function helpersOf(tx: Tx, world: World): Promise<ReadonlyMap<string, string>> {
  const given = await tx.assignment.findMany({
    where: { undoneAt: null, helpers: { not: '[]' } },
    select: { itemCode: true, helpers: true },
  });
  return new Map(given.map(({ itemCode, helpers }) => [itemCode, namesOf(helpersIn(helpers, world))]));
}

function rowMaker(
  world: World,
  { today, rule }: { today: string; rule: LightRule },
  first: Date,
  said: ReadonlyMap<string, SaidOf>,
  helpers: ReadonlyMap<string, string>,
) {
  const nameOf = new Map(world.departments.map(({ code, name }) => [code, name]));
  const namesakes = grouped(world.members, ({ name }) => name);
  const personOf = new Map(world.members.map((one) => [one.id, one]));
  // Two of one name are told apart by their account, as reading the file back does.
  const person = (id: string | null): string => {
    const found = personOf.get(id ?? '');
    if (!found) return '';
    return (namesakes.get(found.name)?.length ?? 0) > 1 ? `${found.name}（${found.id}）` : found.name;
  };
  return (item: Item, place: number, facts: Fact[]): LedgerRow => {
    const { light, why } = lit(item, today, rule);
    const moved = item.firstDeadline && item.firstDeadline !== item.deadline;
    const retargeted = item.firstTarget !== null && item.firstTarget !== item.target;
    const unit = item.unit ?? '';
    const beside = said.get(item.code);
    const due = `${dateInWords(item.deadline)}${moved ? `（原定${dateInWords(item.firstDeadline ?? '')}）` : ''}`;
    const goal = `${item.target ?? ''}${unit}${retargeted ? `（原定${item.firstTarget}${unit}）` : ''}`;
    // Named one by one: put together of parts, each of thousands of rows would take fifty times as long.
    return {
      place,
      title: item.title,
      goal: item.target === null ? '' : goal,
      leader: person(item.leaderId),
      department: nameOf.get(item.departmentCode) ?? '',
      owner: person(item.ownerId),
      helpers: helpers.get(item.code) ?? '',
      deadline: due,
      dueOn: item.deadline,
      progress: progressIn(facts, first) || (beside?.done ?? ''),
      total:
        item.quantity !== null ? `${item.quantity}${unit}${byHandMark(item)}` : item.percent === null ? '未报' : '',
      percent: shareOf(item),
      problems: beside?.problems ?? '',
      plans: beside?.plans ?? '',
      light,
      lightWords: `${LIGHT_WORDS[light]}（${why}）`,
      acceptance: acceptanceIn(facts),
      remark: item.remark,
      code: item.code,
      no: item.no,
      level: item.level,
      category: item.category,
      target: item.target,
      unit,
      parent: item.parentCode ?? '',
    };
  };
}

/** 完成率 by the figures beside it, so that a row never contradicts itself; without a target as it was told. */
function shareOf({ target, quantity, percent }: Item): string {
  const share = target === null ? percent : quantity === null ? null : percentOf(quantity, target);
  return share === null ? (percent === null ? '—' : `${percent.toFixed(1)}%`) : `${share.toFixed(1)}%`;
}

/** 「5月14日累计1个；5月20日又新增1个」: what was told within the month. */
function progressIn(facts: Fact[], first: Date): string {
  const told = facts.filter(({ kind, at }) => (kind === 'reported' || kind === 'corrected') && at >= first);
  const words = told.map(({ at, note }) => `${shortDay(dayOf(at))}${note.replace(/\s+/g, ' ')}`).join('；');
  return words.length > LONGEST_PROGRESS ? `${words.slice(0, LONGEST_PROGRESS)}……` : words;
}

function acceptanceIn(facts: Fact[]): string {
  const last = facts.findLast(({ kind }) => kind in ROUNDS);
  return last ? `${shortDay(dayOf(last.at))}${ROUNDS[last.kind]}` : '';
}

const shortDay = (day: string): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
