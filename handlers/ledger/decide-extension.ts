import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { closeRequest, reopenRequest } from '#bot/store/question.ts';

type Decided = Outcome & {
  kind: 'approved' | 'rejected' | 'settled';
  item: { no: number; title: string };
  from: string;
  to: string;
  told: string[];
  by: string;
};

const request = (extension: number) => ({ extension, approve: true });

/** 审批延期: the 同意 or 不同意 of whoever was asked; an approved one moves the deadline at once (R47). */
export default defineHandler({
  name: 'ledger.decide_extension',
  title: '审批延期',
  examples: [],
  input: z.object({ extension: z.number(), approve: z.boolean() }),
  allow: {
    doneBy: '分管领导或局主要领导',
    async permits({ input, actor, tx }) {
      const extension = await tx.extension.findUnique({ where: { id: input.extension } });
      return extension?.approverId === actor.id;
    },
  },

  meant: () => null,

  async execute({ input, actor, message, tx }): Promise<Decided> {
    const extension = await tx.extension.findUniqueOrThrow({ where: { id: input.extension } });
    const { itemCode: code, oldDeadline: from, newDeadline: to } = extension;
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
    const told = [...new Set([extension.personId, item.ownerId])].filter((id) => id !== null && id !== actor.id);
    const common = { item, from, to, by: actor.name, told: told.filter((id) => id !== null) };
    await closeRequest(tx, 'ledger.decide_extension', request(input.extension), message.sentAt);
    if (extension.state !== 'pending' || item.acceptedAt || item.endedAt)
      return { kind: 'settled', changed: false, ...common };
    const kind = input.approve ? 'approved' : 'rejected';
    const decision = { state: kind, decidedBy: actor.id, decidedAt: message.sentAt };
    await tx.extension.update({ where: { id: extension.id }, data: decision });
    const moved = input.approve
      ? await record(tx, code, { kind: 'extended', personId: actor.id, at: message.sentAt, day: to })
      : null;
    const memo = { id: extension.id, ids: moved?.ids ?? [], told: common.told };
    return { kind, changed: true, memo, ...common };
  },

  reply({ kind, item, from, to }) {
    const name = itemName(item);
    if (kind === 'settled') return `${name}的延期申请已收回、已有决定或事项已办结、终止，不必再批。`;
    return kind === 'approved'
      ? `已同意延期：${name}时限${dayInWords(from)}→${dayInWords(to)}，已告知申请人。十分钟内可发“撤销”收回。`
      : `未同意延期：${name}仍于${dayInWords(from)}到期，已告知申请人。十分钟内可发“撤销”收回。`;
  },
  notify: ({ kind, item, from, to, by, told }) =>
    kind === 'settled'
      ? []
      : told.map((one) => ({
          to: one,
          text:
            kind === 'approved'
              ? `${by}已同意延期：${itemName(item)}时限${dayInWords(from)}→${dayInWords(to)}。`
              : `${by}未同意延期：${itemName(item)}仍于${dayInWords(from)}到期，请抓紧办理并反馈进展。`,
        })),
  async undo(memo, { actor, message, tx }) {
    const { id, ids, told } = z
      .object({ id: z.number(), ids: z.array(z.number()), told: z.array(z.string()) })
      .parse(memo);
    const { itemCode, oldDeadline } = await tx.extension.findUniqueOrThrow({ where: { id } });
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: itemCode } });
    if (item.completedAt || item.acceptedAt) return false;
    if (ids.length === 0 && item.deadline !== oldDeadline) return false;
    const by = { personId: actor.id, at: message.sentAt };
    if (ids.length > 0 && !(await takeBackFacts(tx, itemCode, ids, by))) return false;
    await tx.extension.update({ where: { id }, data: { state: 'pending', decidedBy: null, decidedAt: null } });
    await reopenRequest(tx, 'ledger.decide_extension', request(id));
    return told.map((to) => ({ to, text: `${actor.name}收回了对${itemName(item)}延期的决定，申请继续等待审批。` }));
  },
});
