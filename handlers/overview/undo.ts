import { z } from 'zod';
import { defineHandler, type Outcome, type TakenBack } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone } from '#bot/permission.ts';

type Undone = Outcome & TakenBack;

// What was said last, and what is done away with it.
const LAST =
  '(?:刚才|刚刚|方才|适才|刚(?=[发报说记填写交提那]|的)|上(?:一|面)?那?[条个句步次笔]|前(?:一|面)?那?[条个句步笔]|前言|最后一条|[那这]条(?!街|路|河|线|鱼|裤))';
const AWAY =
  '(?:撤[销回掉下了]?|收回|作废|无效|取消|删[除掉去了]?|抹[掉去了]|清[掉除]|[给]?去[了掉]|划掉|不算(?![完少多高低差晚早坏错])|不作数|别算|(?:别|不用|勿)记|不要了|回退|退回)';
const BACKWARDS = new RegExp(
  `${LAST}[^，。]{0,10}${AWAY}|错了[，,]?\\s*(?:请|给我|帮我)?${AWAY}|重了[，,]\\s*删|${AWAY}(?:[吧啊了]|一下)*[^，。]{0,3}${LAST}`,
);
// What else may stand in such words: whose it was, what it was, and please.
const IDLE = verbose.with('gu')`
  [^〇㐀-鿿\w] | undo | 手滑 | 不好意思 | 哎呀? | 诶 | 当我没[发说报] | (?:报|发|填|说|记|点|打|写|录)(?:错|重|岔|乱|多)? | 上报
  | 数[字据]? | 消息 | 记录 | 登记 | 请假 | 签到 | 进度 | 台账 | 自学 | 走访 | 信息 | 内容 | 操作 | 错 | 重 | 误 | 不对 | 有 | 的
  | 了 | 吧 | 啊 | 呀 | 掉 | 去 | 一?[条个下] | 我 | 你 | 请 | 给 | 帮 | 把 | 那 | 这 | 快 | 赶紧 | 麻烦 | 先 | 都 | 就 | 是 | 予
  | 重新 | 再
`;
const MOST_LEFT = 3;
const UNDO =
  /撤(?=[。!！\s]*$)|删[掉了](?=[。!！吧\s]*$)|撤[销回]|撤掉|撤下|撤了|撤一下|收回|作废|抹[了掉去]|清掉|当我没[发说报]|手滑|回退|退回上一步|(?:报|发|填|说|记|点|打)(?:错|重|岔|乱|多)了|^\s*undo\b/i;

/** 撤销: takes back one's last record of the past ten minutes (G11). */
export default defineHandler({
  name: 'undo',
  title: '撤销',
  examples: ['撤销', '刚才报错了，撤回'],
  offers: () => ['撤销'],
  input: z.object({}),
  allow: anyone,
  over: 'sentence',
  cues: [UNDO, BACKWARDS],
  meant(clause) {
    const { text, mood } = clause;
    const parts = clause.parts.filter((part) => UNDO.test(part) || BACKWARDS.test(part));
    const words = parts.join('，');
    if (
      parts.length === 0 ||
      mood.asks ||
      mood.supposes ||
      /听说|据说/.test(text) ||
      /讲座|学习(?!报)|批复|机构|怎么|如何|咋|因为|由于|撤[销回]?不[了掉得]|怎么撤|不能撤|别撤|不用撤|不撤|证|职务|假/.test(
        words,
      ) ||
      words.replace(/[\p{P}\s]/gu, '').length > 24
    )
      return null;
    if (
      !/撤|收回|作废|取消|删|抹|清掉|不算|没发|回退|退回上一步|undo/i.test(text.length <= 16 ? text : words) &&
      !parts.some((part) => BACKWARDS.test(part)) &&
      !/^(?:[^，。]{0,6})?(?:报|发|填|说|记|点|打)(?:错|重|岔|乱|多)了[。!！\s]*$|手滑/.test(text.trim())
    )
      return null;
    // 「8号台账删掉」 wants the work gone, not the words last said of it.
    if (clause.items.some(({ how }) => how !== 'gist') && !/报|发|填|说|记|点|打|错|重|刚|上[一条个]/.test(text))
      return null;
    // 「那条街的广告牌撤了」 takes back no words.
    const left = words.replace(new RegExp(`${LAST}|${AWAY}`, 'g'), '').replace(IDLE, '').length;
    if (left > MOST_LEFT && !parts.some((part) => BACKWARDS.test(part))) return null;
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
