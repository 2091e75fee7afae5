import { addDays, dayOf, instantAt } from '#bot/calendar.ts';
import { isSampled, lookBackOn, lookedBackOver } from '#bot/domain/look-back.ts';
import { monthOf } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS, toOffice } from '#bot/job.ts';
import { keyMatters } from '#bot/store/assignment.ts';

/** 回头看: on the 10th the office gets a sample of what was closed thirty days ago, to say whether it still holds (R65, J16). */
export default defineJob({
  name: 'look-back',
  title: '回头看',
  rule: '每月10日（休息日顺延）09:00，办结满30天的按20%抽样，重点事项全部，发给活动办',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'office', title: () => '回头看抽查' },
  slotsOn: (day) => (lookBackOn(monthOf(day)) === day ? [instantAt(day, '09:00')] : []),

  async run({ slot, tx, world }) {
    const month = monthOf(dayOf(slot));
    const { after, upTo } = lookedBackOver(month);
    const closed = await tx.ledgerItem.findMany({
      where: {
        acceptedAt: { gte: instantAt(addDays(after, 1), '00:00'), lt: instantAt(addDays(upTo, 1), '00:00') },
        ...{ endedAt: null, split: false },
      },
      orderBy: { no: 'asc' },
    });
    const key = await keyMatters(tx);
    const sample = closed.filter(({ code }) => isSampled(month, code, key.has(code)));
    if (sample.length === 0) return [];
    for (const { code: itemCode } of sample) await tx.lookBack.create({ data: { month, itemCode, askedAt: slot } });
    const list = sample.map(({ code, title, departmentCode }, index) => {
      const unit = world.departments.find((one) => one.code === departmentCode)?.name ?? '';
      return `\n${index + 1}. ${unit}${code}《${title}》`;
    });
    const first = sample[0]?.code ?? '';
    const text = `回头看：办结满30天的${closed.length}项中抽查${sample.length}项：${list.join('')}\n请逐项核实，回复“回头看${first}仍然有效”或“回头看${first}反弹，原因……”。`;
    return toOffice(world, text);
  },
});
