import { z } from 'zod';
import { addWorkdays, dayInWords, dayOf } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemLabel, itemMeant } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { reopen } from '#bot/store/look-back.ts';

const input = z.object({ item: z.string(), holds: z.boolean(), reason: z.string() });
type Looked = Outcome & {
  kind: 'holds' | 'reopened' | 'not-closed' | 'no-reason' | 'already';
  item: { code: string; no: number; title: string };
  code: string;
  no: number;
  deadline: string;
  told: string | null;
};

const LOOKS = /^\s*(?:对)?回头看[：:，,\s]*/;
const HOLDS = /仍然?有效|仍有效|有效|保持得?好|没有?反弹|未反弹|巩固/;
const RELAPSED = /反弹|回潮|失效|无效|重新立项/;
const REASON = /(?:反弹|回潮|失效|无效|重新立项)[，,：:；;\s]*(?:原因|理由)?(?:是|为)?[：:]?\s*(.{2,}?)[。\s]*$/s;
const WORKDAYS = 20;

/** 回头看: the office says of something closed that it still holds, or that it came back and is opened anew with a reason (R65). */
export default defineHandler({
  name: 'lookback.answer',
  title: '回头看',
  examples: ['回头看J-1仍然有效', '回头看J-1反弹，原因：名单又过期'],
  input,
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'sentence',
  cues: [LOOKS],
  meant(clause) {
    const span = cue(clause, LOOKS);
    const { mood, reading, text, said } = clause;
    if (span && reading.chat === 'direct' && /^[^〇㐀-鿿]*回头看[^〇㐀-鿿]*$/.test(reading.message.text))
      return ask(span, 2, '请写明是哪一项、现在怎样，如“回头看J-1仍然有效”或“回头看J-1反弹，原因：名单又过期”。');
    if (!span || clause.items.length === 0 || reading.chat !== 'direct') return null;
    if (mood.asks || mood.supposes || mood.hears || mood.plans) return null;
    const fit = itemMeant(clause);
    if (!fit || 'several' in fit || clause.items.every(({ how }) => how === 'gist')) return null;
    const holds = HOLDS.test(text) && !/无效|失效/.test(text);
    if (!holds && !RELAPSED.test(text))
      return ask(span, 2.8, `${itemLabel(fit.one)}现在怎样？请写“仍然有效”或“反弹，原因……”。`);
    return act(clause, 3.1, { item: fit.one.code, holds, reason: holds ? '' : (REASON.exec(said)?.[1]?.trim() ?? '') });
  },

  async execute({ input, actor, message, world, tx }): Promise<Looked> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const today = dayOf(message.sentAt);
    const common = { item, code: '', no: 0, deadline: '', told: null };
    if (!item.acceptedAt) return { kind: 'not-closed', changed: false, ...common };
    if (!input.holds && !input.reason) return { kind: 'no-reason', changed: false, ...common };
    const row = await tx.lookBack.findFirst({ where: { itemCode: item.code }, orderBy: { id: 'desc' } });
    if (row?.newCode) return { kind: 'already', changed: false, ...common, code: row.newCode };
    const month = today.slice(0, 7);
    const kept = row ?? (await tx.lookBack.create({ data: { month, itemCode: item.code, askedAt: message.sentAt } }));
    const answered = { answer: input.holds ? 'holds' : 'relapsed', reason: input.reason };
    const by = { answeredBy: actor.id, answeredAt: message.sentAt };
    await tx.lookBack.update({ where: { id: kept.id }, data: { ...answered, ...by } });
    if (input.holds) return { kind: 'holds', changed: true, ...common };
    const deadline = addWorkdays(today, WORKDAYS);
    const unit = world.departments.find(({ code }) => code === item.departmentCode);
    const opened = await reopen(tx, item, { deadline, reason: input.reason, by: actor, message });
    await tx.lookBack.update({ where: { id: kept.id }, data: { newCode: opened.code } });
    return { kind: 'reopened', changed: true, ...common, ...opened, deadline, told: unit?.head ?? item.ownerId };
  },

  reply({ kind, item, code, no, deadline }) {
    const name = `${item.code}《${item.title}》`;
    switch (kind) {
      case 'holds':
        return `已记录回头看：${name}仍然有效。`;
      case 'reopened':
        return `已重新立项：${name}反弹，新列${no}号台账（${code}），${dayInWords(deadline)}前办结，已告知承办科室（单位）。`;
      case 'not-closed':
        return `没有记录：${name}还没有办结，不需回头看。`;
      case 'no-reason':
        return `没有记录：重新立项须写明原因，如“回头看${item.code}反弹，原因：名单又过期”。`;
      case 'already':
        return `没有记录：${name}已重新立项为${code}，请看${code}。`;
    }
  },
  notify: ({ kind, item, code, no, deadline, told }) =>
    kind === 'reopened' && told
      ? [
          {
            to: told,
            text: `回头看发现${item.code}《${item.title}》反弹，已重新立项：${no}号台账（${code}），请于${dayInWords(deadline)}前办结并反馈。`,
          },
        ]
      : [],
});
