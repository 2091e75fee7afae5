import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { defineHandler } from '#bot/handler.ts';
import { departmentsUnder } from '#bot/permission.ts';

/** 哪些逾期了: overdue items within what one is in charge of (R90). */
export default defineHandler({
  name: 'query.overdue',
  title: '查看逾期事项',
  examples: ['哪些逾期了', '逾期的有哪些'],
  input: z.object({ department: z.string().nullable() }),
  allow: {
    doneBy: '该科室的负责人、分管领导或活动办',
    permits: ({ input, actor, world }) =>
      input.department === null || departmentsUnder(actor, world).includes(input.department),
  },

  meant: () => null,

  async execute({ input, actor, message, world, tx }) {
    const under = input.department ? [input.department] : departmentsUnder(actor, world);
    const mine = { OR: [{ departmentCode: { in: under } }, { ownerId: actor.id }] };
    const items = await tx.ledgerItem.findMany({ where: mine, orderBy: { no: 'asc' } });
    const today = dayOf(message.sentAt);
    const overdue = items.filter((item) => statusOf(item, today) === 'overdue');
    const nameOf = new Map(world.departments.map(({ code, name }) => [code, name]));
    return {
      kind: 'listed',
      changed: false,
      total: items.length,
      overdue: overdue.map((item) => ({ ...item, unit: nameOf.get(item.departmentCode) ?? '' })),
    };
  },

  reply({ overdue, total }) {
    if (overdue.length === 0) return `您所管的${total}项台账没有逾期的。`;
    const lines = overdue.map(
      ({ no, title, unit, deadline }) => `${no}号《${title}》${unit}，${dayInWords(deadline)}到期`,
    );
    return `逾期${overdue.length}项（共${total}项）：\n${lines.join('\n')}`;
  },
});
