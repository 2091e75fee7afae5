import { instantAt } from '#bot/calendar.ts';
import { peopleOf } from '#bot/domain/groups.ts';
import { defineJob, HOUR_MS } from '#bot/job.ts';
import { askForChat } from '#bot/store/groups.ts';

/** 群成员更新: groups the app made get whoever came and lose whoever left; the platform is asked afterwards. */
export default defineJob({
  name: 'keep-chats',
  title: '群成员更新',
  rule: '每天03:30，应用建的群按花名册增减成员',
  graceMs: 20 * HOUR_MS,
  slotsOn: (day) => [instantAt(day, '03:30')],

  async run({ slot, tx, world }) {
    const rows = await tx.groupChat.findMany({ where: { endedAt: null, chatid: { not: null } } });
    for (const { name, audience, members } of rows) {
      const now = peopleOf(audience, world.members, world.departments);
      const before = new Set<string>(members ? JSON.parse(members) : []);
      if (now.length === before.size && now.every((id) => before.has(id))) continue;
      await askForChat(tx, name, `keep-chats@${slot.toISOString()}`, slot);
    }
    return [];
  },
});
