import { dayOf, instantAt } from '#bot/calendar.ts';
import { grouped } from '#bot/domain/grouped.ts';
import { monthOf } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { ledgerRows } from '#bot/store/kept-ledger.ts';

/**
 * 上月遗留: as a month begins, what every unit has unfinished is noted. It stands in the month's hand-in by itself; at the end
 * of the month the meeting hears how much of it was finished (R53, J11).
 */
export default defineJob({
  name: 'carry-over',
  title: '未完成事项结转',
  rule: '每月1日00:10，不论是否工作日',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'everybody', title: () => '上月未完成事项转入本月' },
  slotsOn: (day) => (day.endsWith('-01') ? [instantAt(day, '00:10')] : []),

  async run({ slot, tx, world }) {
    const month = monthOf(dayOf(slot));
    const first = instantAt(`${month}-01`, '00:00');
    const begun = (item: { openedOn: string | null }): boolean => !item.openedOn || monthOf(item.openedOn) < month;
    const open = (await ledgerRows(tx)).filter(
      (item) =>
        begun(item) &&
        !item.split &&
        (!item.endedAt || item.endedAt >= first) &&
        (!item.acceptedAt || item.acceptedAt >= first),
    );
    const ofUnit = grouped(open, ({ departmentCode }) => departmentCode);
    for (const { code } of world.departments) {
      const items = (ofUnit.get(code) ?? []).map((item) => item.code);
      if (items.length === 0) continue;
      const key = { month, departmentCode: code };
      const row = { ...key, items: JSON.stringify(items), at: slot };
      await tx.carriedOver.upsert({ where: { month_departmentCode: key }, create: row, update: {} });
    }
    return [];
  },
});
