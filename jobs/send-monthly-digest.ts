import { dayOf, instantAt, isWorkday } from '#bot/calendar.ts';
import { withoutNames } from '#bot/domain/ledger-sheet.ts';
import { monthDigestedOn, monthInWords, monthOf, monthPackedOn, monthReleasedOn } from '#bot/domain/month.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember, toOffice } from '#bot/job.ts';
import type { World } from '#bot/language/reading.ts';
import type { Paper, Words } from '#bot/message.ts';
import { has } from '#bot/permission.ts';
import { digestOf } from '#bot/store/digest.ts';
import { ledgerSheet } from '#bot/store/ledger-sheet.ts';
import { cutOffOf } from '#bot/store/month-facts.ts';

/**
 * 月度简报: on the first workday after the 28th every group hears the month's figures, no person's name among them, sees
 * them as a picture and gets the ledger as a file. What
 * the office held goes out on the workday after it lets it go (R92, requirements 1.2).
 */
export default defineJob({
  name: 'send-monthly-digest',
  title: '月度简报',
  rule: '每月28日后第一个工作日09:00，发到各群；暂缓后放行的，放行后的工作日09:00',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'everybody', title: (slot) => (monthDigestedOn(dayOf(slot)) ? '月度简报发到各群' : null) },
  slotsOn,

  async run({ slot, tx, world, publicUrl }) {
    const today = dayOf(slot);
    const due = monthDigestedOn(today);
    const released = due ?? (isSlot(slot) ? monthReleasedOn(today) : null);
    if (released && before(world, released)) return [];
    // Run by hand at another time it reports on the month up to then, and the digest itself still comes.
    if (!released) return [toGroups({ text: (await digestOf(tx, world, monthOf(today), slot)).text })];
    const digest = await tx.digest.findUnique({ where: { month: released } });
    if (digest?.sentAt || (!due && !digest)) return [];
    if (digest?.heldAt) return due ? toOffice(world, heldBack(released)) : [];
    const { facts, text: drafted } = await digestOf(tx, world, released, slot);
    const text = digest?.editedText ?? drafted;
    const sent = { text, facts: JSON.stringify(facts), sentAt: slot };
    await tx.digest.upsert({ where: { month: released }, create: { month: released, ...sent }, update: sent });
    const sheet = await ledgerSheet(tx, world, released, cutOffOf(released, slot));
    const picture: Paper = { kind: 'image', drawnBy: 'digest-picture', name: `${released}亮灯图.png`, facts };
    const workbook: Paper = { kind: 'file', drawnBy: 'ledger-workbook', name: sheet.fileName, facts: sheet };
    const names = world.members.map(({ name }) => name);
    const groups = { ...workbook, facts: withoutNames(sheet, names) };
    return [
      ...[toGroups({ text }), toGroups({ text: '', paper: picture }), toGroups({ text: '', paper: groups })],
      ...(publicUrl?.startsWith('https:') ? [toGroups(pageOf(released, publicUrl))] : []),
      // With names it goes to those who lead, in private; to the office with the pack, where that comes on the same day.
      ...world.members
        .filter((member) => has(member, 'chief', 'leader', 'office'))
        .filter((member) => !has(member, 'office') || monthPackedOn(today) !== released)
        .map(({ id }): JobNotice => ({ ...toMember(id, ''), paper: workbook })),
    ];
  },
});

/** A month that ended before the campaign began has no digest. */
const before = ({ campaign }: World, month: string): boolean =>
  campaign !== null && campaign !== undefined && month < monthOf(campaign.from);

function slotsOn(day: string): Date[] {
  return isWorkday(day) && monthReleasedOn(day) ? [instantAt(day, '09:00')] : [];
}
const isSlot = (slot: Date): boolean => slotsOn(dayOf(slot)).some((at) => at.getTime() === slot.getTime());

/** Everybody sees one's own there, signed in by WeCom. */
const pageOf = (month: string, publicUrl: string): Words => {
  const [title, description] = [`${monthInWords(month)}台账`, '点开看本人名下的台账，以本人身份登录，不用密码。'];
  const link = { title, description, url: `${publicUrl}/pages/ledger` };
  return { text: `${title}：${description}${link.url}`, style: { link } };
};

const toGroups = (words: Words): JobNotice => ({ to: { kind: 'groups' }, ...words });

const heldBack = (month: string): string =>
  `${monthInWords(month)}月报已按要求暂缓，未发到群里。回复“发出月报”后，下一个工作日09:00发出。`;
