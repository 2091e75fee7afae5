import { z } from 'zod';
import { defineHandler, type Outcome, type TakenBack } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';

type Undone = Outcome & TakenBack;

const UNDO =
  /撤(?=[。!！\s]*$)|删[掉了](?=[。!！吧\s]*$)|撤[销回]|撤掉|撤下|撤了|撤一下|收回|作废|抹[了掉去]|清掉|当我没[发说报]|取消(?:刚才|上一?[条个]|前面|那条|这条)|(?:刚才|刚刚|刚|上一?条|前面)[^，。]{0,8}(?:取消|删|不算|作废|撤)|删(?:了|掉)(?:刚才|上一?条|那条)|手滑|回退|退回上一步|(?:报|发|填|说|记|点)错了/;

/** 撤销: takes back one's last record of the past ten minutes (G11). */
export default defineHandler({
  name: 'undo',
  title: '撤销',
  examples: ['撤销', '刚才报错了，撤回'],
  offers: () => ['撤销'],
  input: z.object({}),
  allow: anyone,
  over: 'sentence',
  meant(clause) {
    const { text, mood } = clause;
    const parts = clause.parts.filter((part) => UNDO.test(part));
    const words = parts.join('，');
    if (
      parts.length === 0 ||
      mood.asks ||
      /讲座|学习(?!报)|批复|机构|怎么撤|不能撤|别撤|不用撤|不撤|证|职务|假/.test(words) ||
      words.replace(/[\p{P}\s]/gu, '').length > 24
    )
      return null;
    if (
      !/撤|收回|作废|取消|删|抹|清掉|不算|没发|回退|退回上一步/.test(words) &&
      !/^(?:[^，。]{0,6})?(?:报|发|填|说|记|点)错了[。!！\s]*$|手滑/.test(text.trim())
    )
      return null;
    const [first = ''] = parts;
    const last = parts.at(-1) ?? '';
    return act(
      { start: clause.start + text.indexOf(first), end: clause.start + text.indexOf(last) + last.length },
      2.7,
      {},
    );
  },
  async execute({ takeBack }): Promise<Undone> {
    const result = await takeBack();
    return { ...result, changed: result.kind === 'undone' };
  },
  reply(outcome) {
    if (outcome.kind === 'undone') return `已撤销：${outcome.title}。${outcome.words}`;
    if (outcome.kind === 'acted-on') return `“${outcome.title}”之后已有人办理，不能撤销，请联系活动办更正。`;
    return '十分钟内没有可以撤销的记录。';
  },
  notify: (outcome) => (outcome.kind === 'undone' ? outcome.told : []),
});
