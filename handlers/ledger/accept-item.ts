import { z } from 'zod';
import { mayAccept } from '#bot/domain/acceptance.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';

const input = z.object({ item: z.string(), accept: z.boolean(), note: z.string() });
type Input = z.infer<typeof input>;
type Accepted = Outcome & {
  kind: 'accepted' | 'returned' | 'not-waiting';
  item: { no: number; title: string; ownerId: string | null };
  note: string;
  by: string;
};

/** 验收通过、退回: the leader in charge decides on finished work; passing waits for a 确认 (requirements 1.1, R46). */
export default defineHandler({
  name: 'ledger.accept',
  title: '验收',
  examples: ['3号台账验收通过', '3号台账退回，缺会议纪要'],
  input,
  allow: {
    doneBy: '分管领导',
    async permits({ input, actor, tx }: Execution<Input>) {
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      const applied = await tx.acceptanceStep.findFirst({
        where: { itemCode: item.code, kind: 'applied' },
        orderBy: { id: 'desc' },
      });
      const reported = await tx.progressReport.findFirst({
        where: { itemCode: item.code, undoneAt: null },
        orderBy: { id: 'desc' },
      });
      return mayAccept(item, actor, [applied?.personId, reported?.personId]);
    },
  },

  meant({ text, items, unreal }) {
    const back = /退回/.test(text);
    if ((unreal && !back) || !/(验收(合格)?通过|通过验收|同意验收|退回)/.test(text) || /申请/.test(text)) return null;
    const [item, other] = items;
    if (!item) return { kind: 'ask', question: '您说的是哪一项？请带上编号，如“3号台账验收通过”。' };
    if (other)
      return {
        kind: 'ask',
        question: `您说的是哪一项？${items
          .slice(0, 3)
          .map(({ no, title }) => `${no}号《${title}》`)
          .join('，')}。请带上编号再说一次。`,
      };
    const note = back ? text.replace(/^.*?退回(补正)?[,，:：\s]*/, '') : '';
    if (back && !note)
      return { kind: 'ask', question: `请写明退回${item.no}号台账的原因，如“${item.no}号台账退回，缺会议纪要”。` };
    return { kind: 'act', input: { item: item.code, accept: !back, note } };
  },

  async confirm({ input, tx }) {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    if (!input.accept || !item.completedAt || item.acceptedAt) return null;
    const figure = item.target === null ? '' : `（${item.quantity ?? 0}/${item.target}${item.unit ?? ''}）`;
    return `将验收通过${item.no}号台账《${item.title}》${figure}，通过后不能撤销。请回复“确认”或“取消”。`;
  },

  async execute({ input, actor, message, tx }): Promise<Accepted> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const common = { item, note: input.note, by: actor.name };
    if (!item.completedAt || item.acceptedAt) return { kind: 'not-waiting', changed: false, ...common };
    const kind = input.accept ? 'accepted' : 'returned';
    const at = message.sentAt;
    await tx.acceptanceStep.create({ data: { itemCode: item.code, kind, personId: actor.id, at, note: input.note } });
    const state = input.accept ? { acceptedAt: at, percent: 100 } : { completedAt: null };
    await tx.ledgerItem.update({ where: { code: item.code }, data: { ...state, updatedAt: at } });
    return { kind, changed: true, ...common };
  },

  reply({ kind, item, note }) {
    const name = `${item.no}号台账《${item.title}》`;
    if (kind === 'accepted') return `已验收通过：${name}，已告知责任人。`;
    if (kind === 'returned') return `已退回：${name}，原因：${note}。已告知责任人。`;
    return `${name}没有在等待验收。`;
  },
  notify({ kind, item, note, by }) {
    if (kind === 'not-waiting' || !item.ownerId) return [];
    const name = `${item.no}号台账《${item.title}》`;
    return [
      {
        to: item.ownerId,
        text: kind === 'accepted' ? `${name}已由${by}验收通过。` : `退回。原因：${note}。请补充后重新申请验收${name}。`,
      },
    ];
  },
});
