import { z } from 'zod';
import { whyNotComplete } from '#bot/domain/acceptance.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { anyone } from '#bot/permission.ts';

interface Item {
  no: number;
  title: string;
  target: number | null;
  quantity: number | null;
  unit: string | null;
}
type Completed = Outcome & { item: Item } & (
    | { kind: 'handed-in'; acceptor: { id: string; name: string } | null; by: string }
    | { kind: 'not-own' | 'accepted' | 'waiting' | 'below-target' }
  );

/** 申请验收: the item's own unit says it is done; the leader in charge hears of it (R46). */
export default defineHandler({
  name: 'ledger.complete',
  title: '申请验收',
  examples: ['3号台账申请验收'],
  input: z.object({ item: z.string(), note: z.string() }),
  allow: anyone,

  meant({ text, items, unreal }) {
    if (unreal || !/(申请|请|报请|提请)(组织)?验收|已(经)?(全部)?完成(?!\d)[^%]*$/.test(text)) return null;
    const [item, other] = items;
    if (!item)
      return /验收/.test(text)
        ? { kind: 'ask', question: '您要申请验收哪一项？请带上编号，如“3号台账申请验收”。' }
        : null;
    if (other)
      return {
        kind: 'ask',
        question: `您说的是哪一项？${items
          .slice(0, 3)
          .map(({ no, title }) => `${no}号《${title}》`)
          .join('，')}。请带上编号再说一次。`,
      };
    return { kind: 'act', input: { item: item.code, note: text } };
  },

  async execute({ input, actor, message, world, tx }): Promise<Completed> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const why = whyNotComplete(item, actor.department);
    if (why) return { kind: why, changed: false, item };
    const at = message.sentAt;
    await tx.acceptanceStep.create({
      data: { itemCode: item.code, kind: 'applied', personId: actor.id, at, note: input.note },
    });
    await tx.ledgerItem.update({ where: { code: item.code }, data: { completedAt: at, updatedAt: at } });
    const acceptor = world.members.find(({ id }) => id === item.leaderId) ?? null;
    return { kind: 'handed-in', changed: true, memo: { code: item.code, at }, item, acceptor, by: actor.name };
  },

  reply(outcome) {
    const { no, title, target, quantity, unit } = outcome.item;
    const name = `${no}号台账《${title}》`;
    if (outcome.kind === 'handed-in')
      return `已申请验收：${name}，待${outcome.acceptor?.name ?? '活动办'}验收。十分钟内可发“撤销”收回。`;
    if (outcome.kind === 'not-own') return '该事项不由您所在科室（单位）承办，不能申请验收。';
    if (outcome.kind === 'accepted') return `${name}已通过验收，不必再申请。`;
    if (outcome.kind === 'waiting') return `${name}已在等待验收，不必重复申请。`;
    return `${name}目标${target}${unit ?? ''}，已报${quantity ?? 0}${unit ?? ''}，未达目标，不能申请验收。请先报进度。`;
  },
  notify: (outcome) =>
    outcome.kind === 'handed-in' && outcome.acceptor
      ? [
          {
            to: outcome.acceptor.id,
            text: `${outcome.by}申请验收${outcome.item.no}号台账《${outcome.item.title}》。请回复“${outcome.item.no}号台账验收通过”或“${outcome.item.no}号台账退回，原因”。`,
          },
        ]
      : [],
  async undo(memo, { tx }) {
    const { code, at } = z.object({ code: z.string(), at: z.coerce.date() }).parse(memo);
    const { count } = await tx.ledgerItem.updateMany({
      where: { code, completedAt: at, acceptedAt: null },
      data: { completedAt: null },
    });
    return count === 1;
  },
});
