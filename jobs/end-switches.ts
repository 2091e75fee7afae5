import { dateInWords, dayOf } from '#bot/calendar.ts';
import { isOver, SWITCHES, type SwitchKey, switchedOn } from '#bot/domain/switches.ts';
import { defineJob, HOUR_MS, type JobNotice, onWorkdays, toOffice } from '#bot/job.ts';
import { switchChanges } from '#bot/store/setting.ts';

/** 开关到期: a restricted function ends with its last day by itself; the office hears of it once, on the next workday (R97). */
export default defineJob({
  name: 'end-switches',
  title: '开关到期',
  rule: '工作日08:35：期限已过的限制功能已自动关闭，告知活动办',
  graceMs: 24 * HOUR_MS,
  morning: true,
  always: true,
  slotsOn: onWorkdays('08:35'),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const notices: JobNotice[] = [];
    for (const [key, changes] of await switchChanges(tx)) {
      const last = changes.at(-1);
      // What was renewed meanwhile goes on.
      const ended = changes.filter(
        (one) => one.value === 'on' && one.approvedAt && !one.closedAt && !one.endedAt && isOver(one, today),
      );
      if (ended.length === 0) continue;
      await tx.setting.updateMany({ where: { id: { in: ended.map(({ id }) => id) } }, data: { endedAt: slot } });
      if (switchedOn(changes, today) || last?.value === 'off') continue;
      const { name } = SWITCHES[key as SwitchKey];
      const until = ended.at(-1)?.until ?? today;
      const text = `“${name}”开启期限${dateInWords(until)}已到，已自动关闭。仍需要的，请重新申请：“开启${name}，至月底，理由：……”。`;
      notices.push(...toOffice(world, text));
    }
    return notices;
  },
});
