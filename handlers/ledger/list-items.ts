import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

/** 我的台账: somebody's own items with how far they are. */
export default defineHandler({
  name: 'query.ledger',
  title: '我的台账',
  examples: ['我的台账'],
  input: z.object({}),
  allow: anyone,

  meant: ({ text }) => (/^(看看?|查)?我的台账[。.?？]?$/.test(text) ? { kind: 'act', input: {} } : null),

  async execute({ actor, message, tx }) {
    const items = await tx.ledgerItem.findMany({ where: { ownerId: actor.id }, orderBy: { no: 'asc' } });
    return { kind: 'listed', changed: false, items, today: dayOf(message.sentAt) };
  },

  reply({ items, today }) {
    if (items.length === 0) return '您名下没有台账事项。';
    const lines = items.map((item) => {
      const late = item.acceptedAt === null && item.deadline < today ? '，已逾期' : '';
      const progress = item.percent === null ? '未报' : `${item.percent}%`;
      return `${item.no}号《${item.title}》${progress}，${dayInWords(item.deadline)}到期${late}`;
    });
    return `您名下${items.length}项：\n${lines.join('\n')}`;
  },
});
