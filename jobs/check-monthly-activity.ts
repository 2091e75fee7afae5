import { dayOf, instantAt, workdayFrom, workdayUpTo } from '#bot/calendar.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';
import { lastOf } from '#bot/language/slots/day.ts';
import { has } from '#bot/permission.ts';
import { monthBoard } from '#bot/store/month-board.ts';

/** The 15th of a month, or the workday after it. */
const middleOf = (month: string): string => workdayFrom(`${month}-15`);

/** 讲谈读写检查: in mid-month units without any activity hear of it, on the last workday the office has the result (R27, J17, J23). */
export default defineJob({
  name: 'check-monthly-activity',
  title: '讲谈读写检查',
  rule: '每月15日（休息日顺延）09:00提醒；最后一个工作日16:00报结果',
  graceMs: 24 * HOUR_MS,
  slotsOn(day) {
    const month = monthOf(day);
    if (day === middleOf(month)) return [instantAt(day, '09:00')];
    return day === workdayUpTo(lastOf(month)) ? [instantAt(day, '16:00')] : [];
  },

  async run({ slot, tx, world }) {
    const month = monthOf(dayOf(slot));
    const board = await monthBoard(tx, month, world);
    const idle = board.filter(({ total }) => total === 0);
    const toUser = (id: string, text: string): JobNotice => ({ to: { kind: 'user', id }, text });
    if (dayOf(slot) === middleOf(month))
      return idle.flatMap(({ unit }) =>
        unit.head
          ? [
              toUser(
                unit.head,
                `${unit.name}${monthInWords(month)}还没有开展“讲谈读写”活动，每月至少一次。开展后请发“活动记录 读 内容”或“谈 认识|见解|措施”。`,
              ),
            ]
          : [],
      );
    const at = new Date(slot);
    for (const { unit, total } of board) {
      const key = { week: month, departmentCode: unit.code };
      const row = { ...key, result: total > 0 ? 'studied' : 'missing', count: total, at };
      await tx.weekResult.upsert({ where: { week_departmentCode: key }, create: row, update: row });
    }
    const names = idle.map(({ unit }) => unit.name).join('、');
    const text = `${monthInWords(month)}“讲谈读写”：已开展${board.length - idle.length}个，共${board.length}个科室（单位）${names ? `，未开展：${names}` : ''}。`;
    return world.members.filter((member) => has(member, 'office')).map(({ id }) => toUser(id, text));
  },
});
