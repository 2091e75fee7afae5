import { z } from 'zod';
import { itemName } from '#bot/domain/item-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { closeRequest, reopenRequest, wasAsked } from '#bot/store/question.ts';

const asked = z.object({
  ...{ item: z.string(), from: z.number(), to: z.number(), reason: z.string(), askedBy: z.string() },
  approve: z.boolean(),
});
type Asked = z.infer<typeof asked>;
type Decided = Outcome & {
  kind: 'approved' | 'rejected' | 'settled';
  item: { no: number; title: string; unit: string | null };
  asked: Asked;
  by: string;
};

// As it was asked, key by key: by it the request is found.
const request = ({ item, from, to, reason, askedBy }: Asked) => ({ item, from, to, reason, askedBy, approve: true });

/** 审批目标调整: the 同意 or 不同意 of whoever was asked; an approved one counts at once, and what was 原定 stays (R47). */
export default defineHandler({
  name: 'ledger.decide_target',
  title: '审批目标调整',
  examples: [],
  input: asked,
  allow: {
    doneBy: '分管领导或局主要领导',
    permits: ({ input, actor, tx }) => wasAsked(tx, 'ledger.decide_target', request(input), actor.id),
  },

  meant: () => null,

  async execute({ input, actor, message, tx }): Promise<Decided> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const common = { item, asked: input, by: actor.name };
    await closeRequest(tx, 'ledger.decide_target', request(input), message.sentAt);
    if (item.acceptedAt || item.completedAt || item.target !== input.from)
      return { kind: 'settled', changed: false, ...common };
    const fact = { kind: 'targeted' as const, personId: actor.id, at: message.sentAt, note: input.reason };
    const ids = input.approve ? (await record(tx, item.code, { ...fact, target: input.to })).ids : [];
    return { kind: input.approve ? 'approved' : 'rejected', changed: true, memo: { asked: input, ids }, ...common };
  },

  reply({ kind, item, asked: { from, to } }) {
    const name = itemName(item);
    if (kind === 'settled') return `${name}已在等待验收、已验收或目标已变，这件申请不必再批。`;
    return kind === 'approved'
      ? `已同意调整：${name}目标${from}→${to}${item.unit ?? ''}，已告知申请人。十分钟内可发“撤销”收回。`
      : `未同意调整：${name}目标仍为${from}${item.unit ?? ''}，已告知申请人。十分钟内可发“撤销”收回。`;
  },
  notify({ kind, item, asked: { from, to, askedBy }, by }) {
    if (kind === 'settled') return [];
    const words =
      kind === 'approved'
        ? `已同意目标调整：${itemName(item)}${from}→${to}`
        : `未同意目标调整：${itemName(item)}目标仍为${from}`;
    return [{ to: askedBy, text: `${by}${words}${item.unit ?? ''}。` }];
  },
  async undo(memo, { actor, message, tx }) {
    const { asked: was, ids } = memo as { asked: Asked; ids: number[] };
    if (ids.length > 0 && !(await takeBackFacts(tx, was.item, ids, { personId: actor.id, at: message.sentAt })))
      return false;
    await reopenRequest(tx, 'ledger.decide_target', request(was));
    return [{ to: was.askedBy, text: `${actor.name}收回了对目标调整的决定，申请继续等待审批。` }];
  },
});
