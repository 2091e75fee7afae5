import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { milestonesOf } from '#bot/domain/milestone.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { closeRequest, reopenRequest, wasAsked } from '#bot/store/question.ts';

const asked = z.object({
  ...{ item: z.string(), title: z.string(), from: z.string(), to: z.string(), reason: z.string() },
  ...{ askedBy: z.string(), approve: z.boolean() },
});
type Asked = z.infer<typeof asked>;
type Decided = Outcome & {
  kind: 'approved' | 'rejected' | 'settled';
  item: { no: number; title: string };
  asked: Asked;
  by: string;
};

// As it was asked, key by key: by it the request is found.
const request = ({ item, title, from, to, reason, askedBy }: Asked) => ({
  ...{ item, title, from, to, reason, askedBy },
  approve: true,
});

/** 审批节点调整: the 同意 or 不同意 of the leader in charge on another day for a milestone (R41). */
export default defineHandler({
  name: 'ledger.decide_milestone',
  title: '审批节点调整',
  examples: [],
  input: asked,
  allow: {
    doneBy: '分管领导或局主要领导',
    permits: ({ input, actor, tx }) => wasAsked(tx, 'ledger.decide_milestone', request(input), actor.id),
  },

  meant: () => null,

  async execute({ input, actor, message, tx }): Promise<Decided> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const common = { item, asked: input, by: actor.name };
    await closeRequest(tx, 'ledger.decide_milestone', request(input), message.sentAt);
    const still = milestonesOf(item).find(({ title }) => title === input.title);
    if (item.acceptedAt || still?.day !== input.from || still.reachedOn)
      return { kind: 'settled', changed: false, ...common };
    const fact = { kind: 'planned' as const, personId: actor.id, at: message.sentAt, note: input.reason };
    const moved = { ...fact, other: input.title, day: input.to };
    const ids = input.approve ? (await record(tx, item.code, moved)).ids : [];
    return { kind: input.approve ? 'approved' : 'rejected', changed: true, memo: { asked: input, ids }, ...common };
  },

  reply({ kind, item, asked: { title, from, to } }) {
    const name = `${itemName(item)}节点“${title}”`;
    if (kind === 'settled') return `${name}已完成或已改动，这件申请不必再批。`;
    return kind === 'approved'
      ? `已同意调整：${name}${dayInWords(from)}→${dayInWords(to)}，已告知申请人。十分钟内可发“撤销”收回。`
      : `未同意调整：${name}仍为${dayInWords(from)}，已告知申请人。十分钟内可发“撤销”收回。`;
  },
  notify: ({ kind, item, asked: { title, from, to, askedBy }, by }) =>
    kind === 'settled'
      ? []
      : [
          {
            to: askedBy,
            text:
              kind === 'approved'
                ? `${by}已同意节点调整：${itemName(item)}“${title}”${dayInWords(from)}→${dayInWords(to)}。`
                : `${by}未同意节点调整：${itemName(item)}“${title}”仍为${dayInWords(from)}。`,
          },
        ],
  async undo(memo, { actor, message, tx }) {
    const { asked: was, ids } = memo as { asked: Asked; ids: number[] };
    if (ids.length > 0 && !(await takeBackFacts(tx, was.item, ids, { personId: actor.id, at: message.sentAt })))
      return false;
    await reopenRequest(tx, 'ledger.decide_milestone', request(was));
    return [{ to: was.askedBy, text: `${actor.name}收回了对节点调整的决定，申请继续等待审批。` }];
  },
});
