import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemMeant } from '#bot/language/evidence.ts';
import { moodOf } from '#bot/language/mood.ts';
import { anyone } from '#bot/permission.ts';

const LOOKS =
  /进展|进度|情况|程度|多少|回音|音信|没[。?？]?$|怎么样|怎样|咋样|如何|到哪|哪一?步|历史|记录|谁负责|谁在办|办得|详情|查一?下|看一?[下看]|看看|什么时候到期|几号到期|啥时候|多少了|[了过]没|没有[。?？]?$|动静|眉目|回话|回复|[?？]|[吗么][。?？\s]*$|呢[。?？\s]*$/;
const MANY = /哪些|有哪|几项|列一?下|列出|清单|所有|全部的|多少项|名单|一览/;

/** 查看台账事项 */
export default defineHandler({
  name: 'query.item',
  title: '查看台账事项',
  examples: ['创新大会那项进展怎么样了'],
  input: z.object({ item: z.string() }),
  reads: true,
  allow: anyone,

  over: 'clause',
  heedsNotices: true,
  meant(clause) {
    const { text } = clause;
    const fit = clause.items.length > 0 || /它|该项|这项|那项|这[个件]|那[个件]/.test(text) ? itemMeant(clause) : null;
    if (!fit || MANY.test(text) || /不[大太]?会用|怎么用|说明/.test(text)) return null;
    if (/催|退回|延期|验收通过|点评|申请|请假/.test(text) && !/[?？吗]|没有?[。\s]*$/.test(text)) return null;
    const span = cue(clause, LOOKS) ?? cue(clause.sentence, LOOKS);
    const bare = clause.items.some(({ how }) => how !== 'gist') && text.replace(/[\p{P}\s]/gu, '').length <= 6;
    if (!span && !bare) return null;
    const asks = moodOf(text).asks || moodOf(clause.sentence.text).asks;
    if (!asks && !bare && !/查|看|进展情况|情况[。]?$|进度[。]?$|详情|历史|记录/.test(text)) return null;
    if (!asks && /%|[\d一二三四五六七八九]成|已|了[，。]|报/.test(text)) return null;
    const claimed = span ?? clause;
    if (clause.items.some(({ how, score }) => how === 'gist' && score < 0.95) && !asks) return null;
    if ('several' in fit) return ask(claimed, 2, '您要看哪一项？', itemChoices(fit.several));
    const named = [
      ...new Set(clause.items.flatMap(({ items, how }) => (how === 'gist' ? [] : items.map(({ code }) => code)))),
    ];
    return act(
      claimed,
      bare ? 1.5 : 2.5,
      ...(named.length > 1 ? named.map((item) => ({ item })) : [{ item: fit.one.code }]),
    );
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
