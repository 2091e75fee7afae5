import { z } from 'zod';
import { type Progress, reportProgress } from '#bot/domain/ledger.ts';
import { defineHandler } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

const WORDS = {
  'not-own': '该事项不由您所在科室（单位）承办，如需调整请联系活动办。',
  'already-accepted': '该事项已通过验收，不再上报进度。',
  'went-backwards': '所报数字低于已报进度，未作记录。如需更正请联系活动办。',
  'needs-figure': '请写明进度，如“60%”。',
} as const;

/** 上报台账进度: the item's own unit says how far it has come (R42). */
export default defineHandler({
  name: 'ledger.progress',
  title: '上报台账进度',
  examples: ['3号台账完成60%', 'K3-4新增1个', '台账5累计2家'],
  input: z.object({
    item: z.string(),
    percent: z.number().min(0).max(100).optional(),
    quantity: z.number().min(0).optional(),
    increment: z.number().positive().optional(),
    note: z.string(),
  }),
  allow: anyone,

  meant({ text, items, unreal }) {
    const said = figures(text);
    if (
      unreal ||
      items.length === 0 ||
      /验收|退回/.test(text) ||
      (Object.keys(said).length === 0 && !/进度|进展/.test(text))
    )
      return null;
    const [item, other] = items;
    if (!item) return null;
    if (other)
      return {
        kind: 'ask',
        question: `您说的是哪一项？${items
          .slice(0, 3)
          .map(({ no, title }) => `${no}号《${title}》`)
          .join('，')}。请带上编号再说一次。`,
      };
    if (Object.keys(said).length === 0)
      return {
        kind: 'ask',
        question: `${item.no}号台账进展到多少了？请写成“${item.no}号台账60%”${item.unit ? `或“${item.no}号台账累计2${item.unit}”` : ''}。`,
      };
    return { kind: 'act', input: { item: item.code, ...said, note: text } };
  },

  async execute({ input, actor, message, tx }) {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const outcome = reportProgress(item, actor.department, input);
    if (outcome.kind !== 'recorded') return { ...outcome, changed: false, item, before: item };
    const { quantity, percent } = outcome;
    const report = await tx.progressReport.create({
      data: {
        itemCode: item.code,
        personId: actor.id,
        at: message.sentAt,
        quantity,
        percent,
        note: input.note,
        inboxKey: message.key,
      },
    });
    await tx.ledgerItem.update({ where: { code: item.code }, data: { quantity, percent, updatedAt: message.sentAt } });
    const memo = { report: report.id, quantity: item.quantity, percent: item.percent };
    return { ...outcome, changed: true, memo, item };
  },

  reply(outcome) {
    if (outcome.kind !== 'recorded') return WORDS[outcome.kind];
    const { item } = outcome;
    const counted = item.target !== null && outcome.quantity !== null;
    const movement = counted
      ? `${item.quantity ?? 0}→${outcome.quantity}/${item.target}${item.unit ?? ''}（${outcome.percent}%）`
      : `${item.percent === null ? '未报' : `${item.percent}%`}→${outcome.percent}%`;
    return `已记录：${item.no}号台账《${item.title}》${movement}。`;
  },
  async undo(memo, { message, tx }) {
    const before = z
      .object({ report: z.number(), quantity: z.number().nullable(), percent: z.number().nullable() })
      .parse(memo);
    const report = await tx.progressReport.findUniqueOrThrow({ where: { id: before.report } });
    const later = await tx.progressReport.count({
      where: { itemCode: report.itemCode, id: { gt: report.id }, undoneAt: null },
    });
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: report.itemCode } });
    if (later > 0 || item.completedAt) return false;
    await tx.progressReport.update({ where: { id: report.id }, data: { undoneAt: message.sentAt } });
    await tx.ledgerItem.update({
      where: { code: item.code },
      data: { quantity: before.quantity, percent: before.percent },
    });
    return true;
  },
});

/** The figures of a plain report: 60%, 新增1家, 累计2家. Anything vaguer is left to a question. */
function figures(text: string): Progress {
  const percent = /(\d+(?:\.\d+)?)%/.exec(text)?.[1];
  const increment = /(?:新增|又增加|又)\D{0,2}?(\d+)/.exec(text)?.[1];
  const quantity = /(?:累计|总共|共)\D{0,2}?(\d+)/.exec(text)?.[1];
  return {
    ...(percent !== undefined && { percent: Number(percent) }),
    ...(quantity !== undefined && { quantity: Number(quantity) }),
    ...(increment !== undefined && quantity === undefined && { increment: Number(increment) }),
  };
}
