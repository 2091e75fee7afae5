import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemMeant } from '#bot/language/evidence.ts';
import { verbose } from '#bot/language/verbose.ts';
import { materialsInWords, nameOf, paperOf } from '#bot/materials/kind.ts';
import { seesItem } from '#bot/permission.ts';
import { materialsOf } from '#bot/store/material.ts';

const ASKS = verbose`
  ^\s*(?:请|帮我|给我|我想?|我要)?(?:看一?下?|看看|查一?下?|查看|调一?下?|调阅|取一?下?|发一?下?|要一?下?|把)(?![了的过]).*
    (?:佐证|证明材料|证据|附的(?:照片|图片|文件|材料))(?:材料|照片|文件)?(?:给我|发我|发来|发给我)?(?:看看|看一?下)?[吧。.?？!！]?$
  | (?:有哪些|有什么|有没有)(?:佐证|证明材料|证据)(?:材料)?[吗呢]?[。?？]?$
  | (?:要|需要?|须)(?:附|交|提供|准备)?(?:什么|哪些|啥)(?:样的)?(?:佐证|证明材料|验收材料)[呢啊]?[。?？]?$
  | 验收(?:时|前)?(?:要|需要?|须)(?:附|交|提供|准备)?(?:什么|哪些|啥)(?:材料|佐证|东西)?[呢啊]?[。?？]?$
  | 佐证要求(?:是什么|是啥)?[。?？]?$
`;
const MOST = 9;

/** 看佐证: the pictures and files of a ledger item, sent to whoever may see the item (R42, R46). */
export default defineHandler({
  name: 'evidence.show',
  title: '看佐证',
  examples: ['看4号台账的佐证'],
  input: z.object({ item: z.string() }),
  reads: true,
  allow: seesItem,

  over: 'message',
  cues: [ASKS],
  meant(clause) {
    const span = cue(clause, ASKS);
    if (!span || clause.mood.supposes || clause.mood.hears) return null;
    const claimed = { start: clause.start, end: clause.end };
    const fit = itemMeant(clause);
    if (!fit) return clause.reading.chat === 'group' ? null : ask(claimed, 2.9, '您要看哪一项的佐证？请带上编号。');
    if ('several' in fit) return ask(claimed, 2.9, '您要看哪一项的佐证？', itemChoices(fit.several));
    return act(claimed, 2.9, { item: fit.one.code });
  },

  async execute({ input, actor, world, tx }) {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const all = await materialsOf(tx, item.code);
    const named = (id: string): string => world.members.find((one) => one.id === id)?.name ?? '已离任人员';
    return {
      ...{ kind: 'shown', changed: false, item, all, to: actor.id },
      sent: all.slice(-MOST).map((one) => ({ ...one, by: named(one.personId) })),
    };
  },

  reply({ item, all, sent }) {
    const name = itemName(item);
    const wanted = item.evidence ? `验收须附“${item.evidence}”，` : '';
    if (all.length === 0) return `${name}${wanted}还没有佐证材料。直接把照片或文件发给我，再点选这一项即可。`;
    const lines = sent.map((one) => `· ${nameOf(one)}，${dayInWords(dayOf(one.at))}${one.by}`);
    const more = all.length > sent.length ? [`更早还有${all.length - sent.length}份，请联系活动办。`] : [];
    return [`${name}${wanted}有佐证${all.length}份（${materialsInWords(all)}），随后发给您：`, ...lines, ...more].join(
      '\n',
    );
  },
  inGroup: ({ item, all }) =>
    all.length > 0 ? `${itemName(item)}有佐证${all.length}份，已私信发给您。` : `${itemName(item)}还没有佐证材料。`,
  notify: ({ sent, to }) => sent.map((one) => ({ to, text: '', paper: paperOf(one) })),
});
