import { dayInWords, dayOf, workdaysUntil, workdayUpTo } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { nextMilestoneOf } from '#bot/domain/milestone.ts';
import { defineJob, HOUR_MS, onWorkdays, toMember } from '#bot/job.ts';
import type { World } from '#bot/language/reading.ts';
import type { Tx } from '#bot/store/db.ts';
import { helpersParts } from '#bot/store/helpers.ts';
import { type LedgerRow, ledgerRows } from '#bot/store/kept-ledger.ts';

const WORKDAYS_BEFORE = [7, 3, 1, 0];
const HELPERS_BEFORE = 3;

/** 台账到期提醒: owners hear of items and their milestones due in seven, three, one workdays and today (R41, J08). */
export default defineJob({
  name: 'remind-ledger-due',
  title: '台账到期提醒',
  rule: '工作日08:30，到期前7、3、1个工作日及当日',
  graceMs: 6 * HOUR_MS,
  morning: true,
  slotsOn: onWorkdays('08:30'),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const open = (await ledgerRows(tx))
      .filter((item) => !item.acceptedAt && !item.completedAt && !item.endedAt && item.deadline >= today)
      .sort((one, other) => (one.deadline < other.deadline ? -1 : one.deadline > other.deadline ? 1 : 0));
    const helped = await helpersToRemind(tx, world, open, today);
    const owners = open.flatMap((item) => {
      const { ownerId, percent, deadline, nextMilestone } = item;
      if (!ownerId) return [];
      const progress = percent === null ? '未报进度' : `当前进度${percent}%`;
      // What is all done lacks nothing but being handed in.
      const ask = percent !== null && percent >= 100 ? `请发“${item.no}号台账申请验收”` : '请抓紧办理并反馈进展';
      const due = whenDue(deadline, today);
      const reached = nextMilestone !== null && nextMilestone >= today ? whenDue(nextMilestone, today) : null;
      const milestone = reached ? `节点“${nextMilestoneOf(item)?.title}”${reached}` : null;
      return [due, milestone].flatMap((words) =>
        words === null ? [] : [toMember(ownerId, `${itemName(item)}${words}，${progress}，${ask}。`)],
      );
    });
    return [...owners, ...helped];
  },
});

/** Who helps hears once, three workdays before, while the own part is not told to be done (R56). */
async function helpersToRemind(tx: Tx, world: World, open: readonly LedgerRow[], today: string) {
  const near = open.filter(
    ({ code, deadline }) => /^[JZ]B/.test(code) && workdaysUntil(today, workdayUpTo(deadline)) === HELPERS_BEFORE,
  );
  const notices = [];
  for (const item of near)
    for (const { person, done } of await helpersParts(tx, item.code, world))
      if (person && !done) notices.push({ item, person });
  return notices.map(({ item, person }) =>
    toMember(
      person,
      `协办的${item.code}《${item.title}》${dayInWords(item.deadline)}到期，还有${HELPERS_BEFORE}个工作日，协办部分办好请回复“反馈${item.code}：协办部分已完成”。`,
    ),
  );
}

/** 「5月31日（星期五）到期，还有3个工作日」; null on other days. What falls on a rest day has to be done on the workday before. */
function whenDue(day: string, today: string): string | null {
  const left = workdaysUntil(today, workdayUpTo(day));
  if (!WORKDAYS_BEFORE.includes(left)) return null;
  return left === 0 ? '今日到期' : `${dayInWords(day)}到期，还有${left}个工作日`;
}
