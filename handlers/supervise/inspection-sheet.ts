import { z } from 'zod';
import { dateInWords, dayOf } from '#bot/calendar.ts';
import type { Checked } from '#bot/domain/inspection.ts';
import { STATUS_WORDS } from '#bot/domain/item-words.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { quarterInWords, quarterOf } from '#bot/domain/month.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { quarterIn } from '#bot/language/slots/period.ts';
import { paperOf } from '#bot/materials/kind.ts';
import { departmentsUnder } from '#bot/permission.ts';

const SHEET = /督查(?:情况|记录|结果|台账|表)(?:怎么样|如何|呢)?[。!！?？\s]*$/;

const MOST_PHOTOS = 9;

/** 督查情况: a unit's checks of a quarter and what became of each finding (R50). */
export default defineHandler({
  name: 'query.inspections',
  title: '查看督查情况',
  examples: ['高新科二季度督查情况'],
  input: z.object({ department: z.string(), quarter: z.string().regex(/^\d{4}-Q[1-4]$/) }),
  reads: true,
  allow: {
    doneBy: '局领导、活动办或科室（单位）负责人',
    permits: ({ input, actor, world }) => departmentsUnder(actor, world).includes(input.department),
  },

  over: 'message',
  cues: [SHEET],
  meant(clause) {
    const span = cue(clause, SHEET);
    const { reading, text } = clause;
    if (!span || /报|请|写|交|准备|通报/.test(text)) return null;
    const [unit] = clause.departments;
    const quarter = quarterIn(text, reading.today) ?? quarterOf(reading.today);
    return act(span, 2.6, { department: unit?.department.code ?? reading.speaker.department, quarter });
  },

  async execute({ input, actor, message, world, tx }) {
    const checks = (
      await tx.inspection.findMany({
        where: { departmentCode: input.department, undoneAt: null },
        orderBy: { id: 'asc' },
      })
    ).filter(({ heldOn }) => quarterOf(heldOn) === input.quarter);
    const codes = checks.flatMap(({ itemCode }) => itemCode ?? []);
    const items = await tx.ledgerItem.findMany({ where: { code: { in: codes } } });
    const today = dayOf(message.sentAt);
    const rows = checks.map(({ number, heldOn, area, finding, itemCode }): Checked => {
      const item = items.find(({ code }) => code === itemCode);
      const became = item ? `${item.code}${STATUS_WORDS[statusOf(item, today)]}` : '未发现问题';
      return { number, heldOn, area, finding, became };
    });
    const photos = await tx.material.findMany({
      where: { inspection: { in: checks.map(({ number }) => number) }, state: 'kept' },
      orderBy: { id: 'asc' },
    });
    const unit = world.departments.find(({ code }) => code === input.department)?.name ?? '';
    return { kind: 'shown', changed: false, quarter: input.quarter, unit, rows, photos, to: actor.id };
  },

  reply({ quarter, unit, rows, photos }) {
    const head = `${unit}${quarterInWords(quarter)}督查`;
    if (rows.length === 0) return `${head}：没有记录。`;
    const taken = (of: string): string => {
      const count = photos.filter(({ inspection }) => inspection === of).length;
      return count > 0 ? `，照片${count}张` : '';
    };
    const lines = rows.map(
      ({ number, heldOn, area, finding, became }) =>
        `\n· ${number} ${dateInWords(heldOn).replace(/^.*年/, '')}${area}：${finding}（${became}${taken(number)}）`,
    );
    const sent = photos.length > MOST_PHOTOS ? `最近${MOST_PHOTOS}张照片` : '照片';
    return `${head}${rows.length}次：${lines.join('')}${photos.length > 0 ? `\n${sent}随后发给您。` : ''}`;
  },
  notify: ({ photos, to }) => photos.slice(-MOST_PHOTOS).map((one) => ({ to, text: '', paper: paperOf(one) })),
  inGroup: ({ quarter, unit, rows }) => `${unit}${quarterInWords(quarter)}督查${rows.length}次。`,
});
