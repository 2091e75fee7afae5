import { addWorkdays, dayOf, instantAt } from '#bot/calendar.ts';
import { grouped } from '#bot/domain/grouped.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { LIGHT_WORDS, type Light, lightOf, lit } from '#bot/domain/light.ts';
import { defineJob, HOUR_MS, type JobNotice, onWorkdays, toMember } from '#bot/job.ts';
import { itemsAsOf } from '#bot/store/as-of.ts';
import { lightRuleAt } from '#bot/store/figures.ts';
import { ledgerRows } from '#bot/store/kept-ledger.ts';

const MOST_ITEMS = 10;
const WORSE: Record<Light, number> = { blue: 0, green: 0, grey: 0, yellow: 1, red: 2 };
// Of these the head hears by the ladder of overdue work (R41).
const TOLD_ELSEWHERE = new Set(['overdue', 'milestone-late']);

/** 灯色变化: what has a worse light than on the last workday goes to the unit's head, once (R43, J08). */
export default defineJob({
  name: 'show-worse-lights',
  title: '灯色变化提醒',
  rule: '工作日08:30，亮灯比上一个工作日变差的，发给科室（单位）负责人',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('08:30'),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const eve = addWorkdays(today, -1);
    const then = instantAt(eve, '08:30');
    // By the rule of that morning: what a changed rule makes worse is heard of as well.
    const ruleThen = await lightRuleAt(tx, then);
    const before = new Map((await itemsAsOf(tx, then)).map((item) => [item.code, lightOf(item, eve, ruleThen)]));
    const rule = await lightRuleAt(tx, slot);
    const worse = (await ledgerRows(tx))
      .filter((item) => !item.acceptedAt && !item.endedAt && !item.split)
      .flatMap((item) => {
        const was = before.get(item.code);
        const now = lit(item, today, rule);
        if (was === undefined || WORSE[now.light] <= WORSE[was] || TOLD_ELSEWHERE.has(now.cause)) return [];
        const words = `${itemName(item)}${LIGHT_WORDS[was]}→${LIGHT_WORDS[now.light]}（${now.why}）`;
        return [{ department: item.departmentCode, words }];
      });
    const ofUnit = grouped(worse, ({ department }) => department);
    return world.departments.flatMap(({ code, head }): JobNotice[] => {
      const own = ofUnit.get(code) ?? [];
      if (own.length === 0 || head === null) return [];
      const listed = own.slice(0, MOST_ITEMS).map(({ words }) => words);
      const more = own.length > MOST_ITEMS ? `；另有${own.length - MOST_ITEMS}项` : '';
      return [toMember(head, `亮灯变差${own.length}项：${listed.join('；')}${more}。`)];
    });
  },
});
