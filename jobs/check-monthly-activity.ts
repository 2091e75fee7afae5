import { dayOf, instantAt, workdayFrom } from '#bot/calendar.ts';
import { lastWorkdayOf, monthInWords, monthOf } from '#bot/domain/month.ts';
import { boardInWords, countsOf } from '#bot/domain/study-board.ts';
import { defineJob, HOUR_MS, toMember } from '#bot/job.ts';
import type { Paper } from '#bot/message.ts';
import { officeIds } from '#bot/permission.ts';
import { monthBoard } from '#bot/store/month-board.ts';
import { studyBoard } from '#bot/store/study-sheets.ts';

/** The 15th of a month, or the workday after it. */
const middleOf = (month: string): string => workdayFrom(`${month}-15`);

/**
 * 讲谈读写检查: in mid-month units without any activity, or without one that was demanded, hear of it, on the last workday the
 * office and every head have the result, and the groups see the units' board as a picture, nobody's name on it (R27, J17, J23).
 */
export default defineJob({
  name: 'check-monthly-activity',
  title: '讲谈读写检查',
  rule: '每月15日（休息日顺延）09:00提醒；最后一个工作日16:00报结果',
  graceMs: 24 * HOUR_MS,
  calendar: {
    of: 'everybody',
    title: (slot) => (dayOf(slot) === middleOf(monthOf(dayOf(slot))) ? '“讲谈读写”月中提醒' : '“讲谈读写”当月结果'),
  },
  slotsOn(day) {
    const month = monthOf(day);
    if (day === middleOf(month)) return [instantAt(day, '09:00')];
    return day === lastWorkdayOf(month) ? [instantAt(day, '16:00')] : [];
  },

  async run({ slot, tx, world }) {
    const month = monthOf(dayOf(slot));
    const board = await monthBoard(tx, month, world);
    const idle = board.filter(({ total }) => total === 0);
    const behind = board.filter(({ met }) => !met);
    if (dayOf(slot) === middleOf(month))
      return behind.flatMap(({ unit, total, lacks }) =>
        unit.head
          ? [
              toMember(
                unit.head,
                `${unit.name}${monthInWords(month)}${total === 0 ? '还没有开展“讲谈读写”活动，每月至少一次' : '“讲谈读写”已开展'}${lacks.length > 0 ? `，按要求还缺${lacks.join('、')}` : ''}。开展后请发“活动记录 读 内容”或“谈 认识|见解|措施”。`,
              ),
            ]
          : [],
      );
    const at = new Date(slot);
    for (const { unit, total, met } of board) {
      const key = { week: month, departmentCode: unit.code };
      const row = { ...key, result: met ? 'studied' : 'missing', count: total, at };
      await tx.weekResult.upsert({ where: { week_departmentCode: key }, create: row, update: row });
    }
    const names = idle.map(({ unit }) => unit.name).join('、');
    const lacking = behind
      .filter(({ lacks }) => lacks.length > 0)
      .map(({ unit, lacks }) => `${unit.name}缺${lacks.join('、')}`)
      .join('，');
    const facts = await studyBoard(tx, world, month, at);
    const picture: Paper = { kind: 'image', drawnBy: 'study-board', name: `${month}学习看板.png`, facts };
    const words = boardInWords(facts);
    const offices = officeIds(world);
    return [
      ...offices.map((id) =>
        toMember(id, `${words}${names ? `，未开展：${names}` : ''}${lacking ? `；未达到要求：${lacking}` : ''}。`),
      ),
      ...board.flatMap(({ unit: { head, name } }, index) => {
        const row = facts.rows[index];
        return head && row && !offices.includes(head)
          ? [
              toMember(
                head,
                `${name}${monthInWords(month)}“讲谈读写”：${countsOf(row)}。有遗漏的，今天发“活动记录 读 内容”补上仍计入本月。`,
              ),
            ]
          : [];
      }),
      { to: { kind: 'groups' }, text: `${words}，各科室（单位）情况见图。` },
      { to: { kind: 'groups' }, text: '', paper: picture },
    ];
  },
});
