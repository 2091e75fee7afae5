import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { splitItem } from '#bot/domain/split.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution, type Notification, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemMeant } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { NUMBER, readNumber } from '#bot/language/slots/number.ts';
import { has, isHeadOf } from '#bot/permission.ts';
import { record } from '#bot/store/facts.ts';
import { nextNo } from '#bot/store/ledger.ts';
import { nextPart, takeBackSplit } from '#bot/store/split.ts';

const input = z.object({
  item: z.string(),
  shares: z.array(z.object({ department: z.string(), target: z.number().positive().nullable() })),
});
type Input = z.infer<typeof input>;
interface Split extends Outcome {
  kind: 'split' | Exclude<ReturnType<typeof splitItem>['kind'], 'split'>;
  item: { no: number; title: string; target: number | null; unit: string | null };
  sum: number | null;
  parts: { code: string; no: number; unit: string; target: number | null; head: string | null }[];
}

/** The word stands right behind the item's number: titles speak of 分解 too. */
const SPLITS =
  /(?:\d+号(?:台账)?|台账\d+|#\d+|第\d+项|[A-Za-z]+-?\d+(?:-\d+)*)[^，,。：:]{0,3}(?:分解|拆分)(?:为|成|到|给)?[：:，,\s]?/;

const REFUSALS = {
  accepted: '没有分解：该事项已通过验收。',
  waiting: '没有分解：该事项正在等待验收。',
  already: '没有分解：该事项已经分解过。',
  twice: '没有分解：同一个科室（单位）写了两次。',
  'too-few': '没有分解：请写明至少两个科室（单位），如“5号台账分解：高新科2家，孵化器1家”。',
  'needs-targets': '没有分解：请给每个科室（单位）写明数目，如“5号台账分解：高新科2家，孵化器1家”。',
  'needs-own': '没有分解：该事项已报过进度，请把现承办科室（单位）也写进去，已报的数归入它的份额。',
} as const;

/** 分解台账: an item is divided among units; their figures add up to it from then on (R44). */
export default defineHandler({
  name: 'ledger.split',
  title: '分解台账',
  examples: ['4号台账分解：计财科60项，高新科40项'],
  input,
  allow: {
    doneBy: '活动办、责任领导或承办科室（单位）负责人',
    async permits({ input, actor, world, tx }: Execution<Input>) {
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      if (has(actor, 'chief', 'office')) return true;
      if (item.level !== '局班子' && item.leaderId === actor.id) return true;
      return item.level === '科室' && isHeadOf(actor, item.departmentCode, world);
    },
  },

  over: 'message',
  cues: [SPLITS],
  meant(clause) {
    const span = cue(clause, SPLITS);
    if (!span || clause.reading.chat === 'group' || clause.mood.asks || clause.mood.supposes || clause.mood.hears)
      return null;
    if (/没分解|不分解|打算|准备|已经?分解|分解了/.test(clause.text)) return null;
    const fit = itemMeant(clause);
    if (!fit || 'several' in fit) return null;
    const shares = sharesIn(clause, span.end);
    if (shares.length === 0)
      return ask(clause, 2.6, '要分解给哪些科室（单位）、各多少？请写成“5号台账分解：高新科2家，孵化器1家”。');
    return act(clause, 2.9, { item: fit.one.code, shares });
  },

  async execute({ input, actor, message, world, tx }): Promise<Split> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const shares = input.shares.map((one) => ({ ...one, target: item.target === null ? null : one.target }));
    const outcome = splitItem(item, shares);
    if (outcome.kind !== 'split') return { kind: outcome.kind, changed: false, item, sum: null, parts: [] };
    const by = { personId: actor.id, at: message.sentAt, inboxKey: message.key };
    const { ids } = await record(tx, item.code, { ...by, kind: 'split' });
    const parts = [];
    const first = await nextPart(tx, item.code);
    for (const [index, { department, target }] of shares.entries()) {
      const unit = world.departments.find(({ code }) => code === department);
      if (!unit) throw new Error(`no department ${department}`);
      const own = department === item.departmentCode;
      const code = `${item.code}-${first + index}`;
      const no = await nextNo(tx);
      const whose = { departmentCode: department, ownerId: own ? item.ownerId : unit.head };
      const { deadline, category, leaderId, startOn, unit: measure } = item;
      const title = `${item.title}（${unit.aliases[0] ?? unit.name}）`;
      await tx.ledgerItem.create({
        data: {
          ...{ code, no, title, level: '科室', category, target, unit: measure, deadline, startOn, ...whose },
          ...{ leaderId: unit.leader ?? leaderId, openedOn: dayOf(message.sentAt), remark: `由${item.no}号分解` },
        },
      });
      const told = own && (item.quantity !== null || item.percent !== null);
      const figures = { quantity: item.quantity, percent: item.percent, note: '分解时转入' };
      await record(
        tx,
        code,
        { ...by, kind: 'defined', target, day: deadline, other: department, ownerId: whose.ownerId },
        { ...by, kind: 'joined', other: item.code },
        ...(told ? [{ ...by, kind: 'reported' as const, ...figures }] : []),
      );
      parts.push({ code, no, unit: unit.name, target, head: unit.head });
    }
    const memo = { code: item.code, ids, parts: parts.map(({ code }) => code) };
    return { kind: 'split', changed: true, memo, item, sum: outcome.sum, parts };
  },

  reply({ kind, item, sum, parts }) {
    if (kind !== 'split') return REFUSALS[kind];
    const unit = item.unit ?? '';
    const list = parts.map((part) => `${part.no}号${part.unit}${part.target === null ? '' : `${part.target}${unit}`}`);
    const differs = sum !== null && item.target !== null && sum !== item.target;
    const warning = differs ? `注意：下级目标合计${sum}${unit}，与上级目标${item.target}${unit}不一致。` : '';
    return `已分解：${itemName(item)}→${list.join('，')}，完成数由下级汇总。${warning}${TAKE_BACK}`;
  },
  notify: ({ kind, item, parts }): Notification[] =>
    kind === 'split'
      ? parts.flatMap(({ no, target, head }) =>
          head
            ? [
                {
                  to: head,
                  text: `${itemName(item)}已分解，你科（单位）承担${no}号台账${target === null ? '' : `，目标${target}${item.unit ?? ''}`}。`,
                },
              ]
            : [],
        )
      : [],
  async undo(memo, { actor, message, tx }) {
    const { code, ids, parts } = z
      .object({ code: z.string(), ids: z.array(z.number()), parts: z.array(z.string()) })
      .parse(memo);
    return takeBackSplit(tx, { code, ids, parts }, { personId: actor.id, at: message.sentAt });
  },
});

/** 「高新科2家，孵化器1家」: each unit with the figure right behind it. */
function sharesIn({ text, start, departments }: Clause, from: number): Input['shares'] {
  const units = departments.filter((one) => one.start >= from - 1);
  return units.map(({ department, end }, index) => {
    const words = text.slice(end - start, (units[index + 1]?.start ?? start + text.length) - start);
    const number = new RegExp(`^[^，,。；;]{0,3}?(${NUMBER})`).exec(words)?.[1];
    return { department: department.code, target: (number && readNumber(number)) || null };
  });
}
