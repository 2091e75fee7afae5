import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { extensionApprover } from '#bot/domain/extension.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { type Milestone, milestoneMeant, milestonesOf } from '#bot/domain/milestone.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, itemChoices } from '#bot/language/evidence.ts';
import { milestonesIn } from '#bot/language/milestones.ts';
import { changesItem, has } from '#bot/permission.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { closeRequest } from '#bot/store/question.ts';

type Refused = 'accepted' | 'after-due' | 'past' | 'unknown' | 'no-reason' | 'no-approver' | 'same' | 'reached-already';
type Asked = { item: string; title: string; from: string; to: string; reason: string; askedBy: string };
type Kept = Outcome & {
  item: { no: number; title: string; deadline: string; milestones: string };
  milestone: Milestone;
  from: string | null;
  asked: Asked | null;
  approver: { id: string; name: string } | null;
  by: string;
} & { kind: 'added' | 'moved' | 'reached' | 'asked' | Refused };

/**
 * 时间节点 (R41): the head adds milestones to an item and says which was reached; another day for one is put to the leader
 * in charge. None lies after the item is due.
 */
export default defineHandler({
  name: 'ledger.milestone',
  title: '时间节点',
  examples: ['3号台账时间节点：4月20日前完成初稿', '3号台账节点“完成初稿”已完成'],
  input: z.object({
    item: z.string(),
    title: z.string().max(60),
    day: day.optional(),
    reached: z.boolean().optional(),
    moves: z.boolean().optional(),
    reason: z.string(),
  }),
  allow: changesItem,

  over: 'message',
  cues: [/节点/],
  meant(clause) {
    const found = milestonesIn(clause);
    if (!found) return null;
    const claimed = { start: clause.start, end: clause.end };
    const { items, told, question } = found;
    if (items.length !== 1) return ask(claimed, 2.9, '您说的节点是哪一项的？', itemChoices(items));
    const item = items[0]?.code ?? '';
    if (question) return ask(claimed, 2.9, question);
    return act(claimed, 2.9, ...told.map((one) => ({ item, ...one })));
  },

  async execute({ input, actor, message, world, tx }): Promise<Kept> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const today = dayOf(message.sentAt);
    const known = milestoneMeant(item, input.title) ?? milestonesOf(item).find(({ title }) => title === input.title);
    const milestone = { title: known?.title ?? input.title, day: input.day ?? known?.day ?? today };
    const common = { item, milestone, from: known?.day ?? null, asked: null, approver: null, by: actor.name };
    const at = { personId: actor.id, at: message.sentAt, note: input.reason, inboxKey: message.key };
    const done = (kind: 'added' | 'moved' | 'reached', ids: number[]): Kept => ({
      ...{ kind, changed: true, memo: { code: item.code, ids, asked: null }, ...common },
    });
    const refused = (kind: Refused): Kept => ({ kind, changed: false, ...common });

    if (item.acceptedAt) return refused('accepted');
    if (input.reached) {
      if (!known) return refused('unknown');
      if (known.reachedOn) return refused('reached-already');
      return done('reached', (await record(tx, item.code, { ...at, kind: 'reached', other: known.title })).ids);
    }
    if (!input.day || (input.moves && !known)) return refused('unknown');
    if (input.day > item.deadline) return refused('after-due');
    if (input.day < today) return refused('past');
    const fact = { ...at, kind: 'planned' as const, other: milestone.title, day: input.day };
    if (!known) return done('added', (await record(tx, item.code, fact)).ids);
    if (known.day === input.day) return refused('same');
    if (!input.reason) return refused('no-reason');
    const chief = world.members.find((member) => has(member, 'chief'))?.id ?? null;
    const approver = world.members.find(({ id }) => id === extensionApprover(item, today, chief)) ?? null;
    const decides = has(actor, 'chief', 'office') || approver?.id === actor.id;
    if (decides) return done('moved', (await record(tx, item.code, fact)).ids);
    if (!approver) return refused('no-approver');
    const asked = {
      ...{ item: item.code, title: known.title, from: known.day, to: input.day },
      ...{ reason: input.reason, askedBy: actor.id },
    };
    return { ...common, kind: 'asked', changed: true, memo: { code: item.code, ids: [], asked }, asked, approver };
  },

  reply({ kind, item, milestone, from, approver }) {
    const name = itemName(item);
    const words = `“${milestone.title}”${dayInWords(milestone.day)}`;
    switch (kind) {
      case 'added':
        return `已记录：${name}时间节点${words}，到期前会提醒。${TAKE_BACK}`;
      case 'moved':
        return `已调整：${name}节点“${milestone.title}”${dayInWords(from ?? milestone.day)}→${dayInWords(milestone.day)}。${TAKE_BACK}`;
      case 'reached':
        return `已记录：${name}节点“${milestone.title}”已完成。${TAKE_BACK}`;
      case 'asked':
        return `已送${approver?.name ?? ''}审批：${name}节点“${milestone.title}”${dayInWords(from ?? milestone.day)}→${dayInWords(milestone.day)}。批准前仍按原日期提醒，${TAKE_BACK}`;
      case 'accepted':
        return `没有记录：${name}已通过验收，节点不再改动。`;
      case 'after-due':
        return `没有记录：节点${words}晚于${name}的完成时限${dayInWords(item.deadline)}，请写时限以内的日期，或先申请延期。`;
      case 'past':
        return `没有记录：${dayInWords(milestone.day)}已过，请写今天以后的日期。`;
      case 'same':
        return `没有记录：${name}节点${words}已经在册，不必重复。`;
      case 'reached-already':
        return `${name}节点“${milestone.title}”已记为完成，不必重复。`;
      case 'no-reason':
        return `没有受理：节点“${milestone.title}”原定${dayInWords(from ?? milestone.day)}，改日期请写明原因，如“${item.no}号台账节点“${milestone.title}”改到6月20日，原因评审推迟”。`;
      case 'no-approver':
        return `没有受理：${name}没有分管领导，请联系活动办。`;
      case 'unknown':
        return unknown(item, milestone.title);
    }
  },
  requests({ asked, approver, item, by }) {
    if (!asked || !approver) return [];
    return [
      {
        to: approver.id,
        intent: 'ledger.decide_milestone',
        input: { ...asked, approve: true },
        refusal: { ...asked, approve: false },
        title: `${by}申请将${item.no}号台账节点“${asked.title}”改到${dayInWords(asked.to)}`,
        text: `${by}申请调整时间节点：${itemName(item)}“${asked.title}”${dayInWords(asked.from)}→${dayInWords(asked.to)}，事项${dayInWords(item.deadline)}到期。原因：${asked.reason}。`,
      },
    ];
  },
  async undo(memo, { actor, message, tx }) {
    const { code, ids, asked } = memo as { code: string; ids: number[]; asked: Asked | null };
    if (asked) return closeRequest(tx, 'ledger.decide_milestone', { ...asked, approve: true }, message.sentAt);
    return (await takeBackFacts(tx, code, ids, { personId: actor.id, at: message.sentAt })) !== null;
  },
});

function unknown(item: Kept['item'], title: string): string {
  const all = milestonesOf(item).map(
    (one) => `“${one.title}”（${dayInWords(one.day)}${one.reachedOn ? '，已完成' : ''}）`,
  );
  if (all.length === 0)
    return `没有记录：${itemName(item)}还没有时间节点，可发“${item.no}号台账时间节点：6月20日完成初稿”。`;
  return `没有记录：${itemName(item)}没有节点“${title}”，现有${all.join('、')}。`;
}
