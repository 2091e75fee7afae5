import { z } from 'zod';
import { itemName } from '#bot/domain/item-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, givesOrders, itemChoices, surelyMeant } from '#bot/language/evidence.ts';
import { awaitedFrom } from '#bot/permission.ts';
import { mayDecideOn } from '#bot/store/acceptance.ts';
import { lastFact, record, takeBackFacts } from '#bot/store/facts.ts';

type Asked = Outcome & {
  kind: 'asked' | 'not-waiting' | 'no-list';
  item: { no: number; title: string };
  told: string[];
  list: string;
};

// 「K3-4需补充材料：批准文件、现场照片」, 「8号还需补充批准文件」
const NEEDS = /(?:还|尚|仍)?(?:需要?|缺|请|须|要|应)(?:再|尽快|及时|抓紧)?补(?:充|交|报|齐|上|送)(?:一下|完整)?/;
const THINGS = /^(?:以下|下列|相关)?(?:佐证|证明)?(?:材料|资料)?(?:清单)?[：:，,\s]*/;
// What is asked for where something was just sent back is why it was.
const SENT_BACK = /退[回给还了]|打回|驳回|返工|不予通过/;
const EDGES = /^[\s，,。；;：:]+|[\s，,。；;：:！!]+$/g;

/** 需补充材料: who is to accept says what is still lacking; the item waits on, and the round is kept (R46). */
export default defineHandler({
  name: 'ledger.supplement',
  title: '要求补充材料',
  examples: ['J-2需补充材料：名册、现场照片'],
  pressing: true,
  offers: ({ actor, world }) => awaitedFrom(actor, world).map(({ no }) => `${no}号台账需补充材料：证明文件`),
  input: z.object({ item: z.string(), list: z.string() }),
  allow: {
    doneBy: '分管领导',
    permits: ({ input, actor, tx }) => mayDecideOn(tx, input.item, actor),
  },

  over: 'sentence',
  cues: [NEEDS],
  meant(clause) {
    const { reading, text, mood } = clause;
    const span = cue(clause, NEEDS);
    if (!span || reading.chat === 'group' || !givesOrders(reading.speaker)) return null;
    if (mood.asks || mood.denies || mood.supposes || mood.hears || mood.plans || /退|通过|不用|不必|无需/.test(text))
      return null;
    if (clause.items.length === 0 && SENT_BACK.test(reading.message.text.slice(0, clause.start))) return null;
    const waits = (code: string): boolean => reading.world.pending.acceptances.includes(code);
    const fit = surelyMeant(clause, waits);
    if (!fit) return null;
    const items = ('one' in fit ? [fit.one] : fit.several).filter(({ code }) => waits(code));
    const outright = clause.items.some(({ how }) => how !== 'gist');
    if ('one' in fit && outright && items.length === 0)
      return ask(clause, 2.8, `${fit.one.no}号台账没有在等待验收。要催办请发“催一下${fit.one.no}号台账”。`);
    const [item, other] = items;
    if (!item) return null;
    const claimed = { start: clause.start, end: clause.end };
    if (other) return ask(claimed, 2.8, '您要哪一项补充材料？', itemChoices(items));
    const list = clause.said
      .slice(span.end - clause.start)
      .replace(THINGS, '')
      .replace(EDGES, '');
    if (list === '') return ask(claimed, 2.8, `缺哪些材料？请写成“${item.no}号台账需补充材料：批准文件、现场照片”。`);
    return act(claimed, 2.8, { item: item.code, list });
  },

  async execute({ input, actor, message, tx }): Promise<Asked> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const list = input.list.replace(EDGES, '');
    const applied = await lastFact(tx, item.code, 'applied');
    const told = [...new Set([item.ownerId, applied?.personId ?? null])].filter((id) => id !== null);
    const common = { item, told, list };
    if (!item.completedAt || item.acceptedAt) return { kind: 'not-waiting', changed: false, ...common };
    if (list === '') return { kind: 'no-list', changed: false, ...common };
    const { ids } = await record(tx, item.code, {
      ...{ kind: 'supplement', personId: actor.id, at: message.sentAt, note: list, inboxKey: message.key },
    });
    return { kind: 'asked', changed: true, memo: { code: item.code, ids, told }, ...common };
  },

  reply({ kind, item, list }) {
    const name = itemName(item);
    if (kind === 'not-waiting') return `${name}没有在等待验收。`;
    if (kind === 'no-list') return `没有记录：请写明缺哪些材料，如“${item.no}号台账需补充材料：批准文件、现场照片”。`;
    return `已要求补充：${name}，清单：${list}。已告知责任人，补齐后会告诉您。${TAKE_BACK}`;
  },
  notify: ({ kind, item, told, list }) =>
    kind === 'asked'
      ? told.map((to) => ({
          to,
          text: `${itemName(item)}需补充材料：${list}。请把照片或文件直接发给我，再说“刚才的材料附到${item.no}号台账”，不必重新申请。`,
        }))
      : [],
  async undo(memo, { actor, message, tx }) {
    const { code, ids, told } = z
      .object({ code: z.string(), ids: z.array(z.number()), told: z.array(z.string()) })
      .parse(memo);
    const item = await takeBackFacts(tx, code, ids, { personId: actor.id, at: message.sentAt });
    return item ? told.map((to) => ({ to, text: `${itemName(item)}补充材料的要求已收回，继续等待验收。` })) : false;
  },
});
