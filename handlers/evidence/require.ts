import { z } from 'zod';
import { itemName } from '#bot/domain/item-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemMeant } from '#bot/language/evidence.ts';
import { verbose } from '#bot/language/verbose.ts';
import { has } from '#bot/permission.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';

const LONGEST = 60;
const WANTS = verbose`
  (?:验收|销号|办结)(?:时|前|申请)?(?:还|都)?(?:须|必须|要|应当?|需要?)(?:附上?|有|带上?|提供|提交)(?<what>[^，。；?？]{2,60})$
  | (?:验收)?佐证(?:材料)?(?:要求)?(?:须?(?:附|有)|改为|设为|定为|是|为)?[：:]\s*(?<list>[^\n?？]{2,60})$
  | (?:验收)?佐证(?:材料)?(?:要求)?(?:改为|设为|定为)(?<set>[^，。；?？]{2,60})$
`;
const FREES = verbose`
  (?:不再?要求|不用|不必|无须|无需|取消|免去)(?:再)?(?:附|提供|交)?(?:上)?(?:验收)?佐证(?:材料)?(?:要求)?[。!！\s]*$
  | ^\s*(?:请)?(?:取消|免去|去掉)[^，。；]{2,30}的?佐证(?:材料)?(?:要求)?[。!！\s]*$ | 佐证要求取消[。!！\s]*$
`;
const wanted = z.object({ item: z.string(), evidence: z.string().max(LONGEST).optional() });

/** 佐证要求: what an item's acceptance needs attached, set by the office or whoever leads the work (R40, R46). */
export default defineHandler({
  name: 'evidence.require',
  title: '佐证要求',
  examples: ['K2-1验收须附项目计划下达文件', 'K3-4佐证要求：批准建设文件', 'K3-4不要求佐证'],
  input: wanted,
  allow: {
    doneBy: '分管领导或活动办',
    async permits({ input, actor, tx }: Execution<z.infer<typeof wanted>>) {
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      return has(actor, 'office', 'chief') || item.leaderId === actor.id;
    },
  },

  over: 'message',
  cues: [FREES, WANTS],
  meant(clause) {
    const { text, mood, reading } = clause;
    const frees = cue(clause, FREES);
    const found = frees ? undefined : WANTS.exec(text.replace(/[。!！\s]+$/, ''))?.groups;
    if ((!frees && !found) || reading.chat === 'group' || mood.asks || mood.supposes || mood.hears) return null;
    if (/什么|哪些|吗|[?？]|还缺|补充|补交|已附|附了/.test(text)) return null;
    const claimed = { start: clause.start, end: clause.end };
    const fit = itemMeant(clause);
    if (!fit) return ask(claimed, 2.9, '是哪一项的佐证要求？请带上编号，如“8号台账佐证要求：批准建设文件”。');
    if ('several' in fit) return ask(claimed, 2.9, '是哪一项的佐证要求？', itemChoices(fit.several));
    const evidence = (found?.['what'] ?? found?.['list'] ?? found?.['set'] ?? '').replace(/^[：:\s]+|[。；;\s]+$/g, '');
    if (!frees && evidence === '') return null;
    return act(claimed, 2.9, { item: fit.one.code, ...(evidence && { evidence }) });
  },

  async execute({ input: { item: code, evidence = '' }, actor, message, tx }) {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
    const common = { item, evidence, before: item.evidence, by: actor.name };
    if (item.acceptedAt) return { kind: 'accepted', changed: false, ...common };
    if (item.evidence === evidence) return { kind: 'same', changed: false, ...common };
    const fact = { kind: 'required' as const, personId: actor.id, at: message.sentAt, inboxKey: message.key };
    const { ids } = await record(tx, code, { ...fact, note: evidence });
    await tx.ledgerItem.update({ where: { code }, data: { evidence } });
    return { kind: 'required', changed: true, memo: { code, ids, before: item.evidence }, ...common };
  },

  reply({ kind, item, evidence, before }) {
    const name = itemName(item);
    if (kind === 'accepted') return `没有改动：${name}已通过验收。`;
    if (kind === 'same') return evidence ? `${name}验收本来就须附“${evidence}”。` : `${name}本来就不要求佐证。`;
    const was = before ? `（原为“${before}”）` : '';
    const now = evidence ? `须附“${evidence}”${was}，未附的不能申请验收` : `不要求佐证${was}`;
    return `已记录：${name}验收${now}。${TAKE_BACK}`;
  },
  notify: ({ kind, item, evidence, by }) =>
    kind === 'required' && item.ownerId
      ? [
          {
            to: item.ownerId,
            text: `${by}已定：${itemName(item)}验收${evidence ? `须附“${evidence}”，请在申请验收前把照片或文件发给我` : '不要求佐证'}。`,
          },
        ]
      : [],
  async undo(memo, { actor, message, tx }) {
    const { code, ids, before } = z
      .object({ code: z.string(), ids: z.array(z.number()), before: z.string() })
      .parse(memo);
    const item = await takeBackFacts(tx, code, ids, { personId: actor.id, at: message.sentAt });
    if (!item) return false;
    await tx.ledgerItem.update({ where: { code }, data: { evidence: before } });
    return { words: `${itemName(item)}验收${before ? `须附“${before}”` : '不要求佐证'}。` };
  },
});
