import { dayOf, instantAt, isWorkday } from '#bot/calendar.ts';
import { monthDigestedOn, monthInWords, monthOf, monthReleasedOn } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS, type JobNotice } from '#bot/job.ts';
import type { World } from '#bot/language/reading.ts';
import { has } from '#bot/permission.ts';
import { digestOf } from '#bot/store/digest.ts';

/**
 * 月度简报: on the first workday after the 28th every group hears the month's figures, no person's name among them. What
 * the office held goes out on the workday after it lets it go (R92, requirements 1.2).
 */
export default defineJob({
  name: 'send-monthly-digest',
  title: '月度简报',
  rule: '每月28日后第一个工作日09:00，发到各群；暂缓后放行的，放行后的工作日09:00',
  graceMs: 24 * HOUR_MS,
  slotsOn,

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const due = monthDigestedOn(today);
    const released = due ?? (isSlot(slot) ? monthReleasedOn(today) : null);
    // Run by hand at another time it reports on the month up to then, and the digest itself still comes.
    if (!released) return [toGroups(await digestOf(tx, world, monthOf(today), slot))];
    const digest = await tx.digest.findUnique({ where: { month: released } });
    if (digest?.sentAt || (!due && !digest)) return [];
    if (digest?.heldAt) return due ? toOffice(world, released) : [];
    const text = digest?.editedText ?? (await digestOf(tx, world, released, slot));
    const sent = { text, sentAt: slot };
    await tx.digest.upsert({ where: { month: released }, create: { month: released, ...sent }, update: sent });
    return [toGroups(text)];
  },
});

function slotsOn(day: string): Date[] {
  return isWorkday(day) && monthReleasedOn(day) ? [instantAt(day, '09:00')] : [];
}
const isSlot = (slot: Date): boolean => slotsOn(dayOf(slot)).some((at) => at.getTime() === slot.getTime());

const toGroups = (text: string): JobNotice => ({ to: { kind: 'groups' }, text });

const toOffice = ({ members }: World, month: string): JobNotice[] =>
  members
    .filter((member) => has(member, 'office'))
    .map(({ id }) => ({
      to: { kind: 'user', id },
      text: `${monthInWords(month)}月报已按要求暂缓，未发到群里。回复“发出月报”后，下一个工作日09:00发出。`,
    }));
