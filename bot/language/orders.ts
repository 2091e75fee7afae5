import type { NamedDay } from './slots/day.ts';
import { verbose } from './verbose.ts';
/** The words of orders: what gives one, what is to be done, whom it names, and what sounds like one and is none. */

/** says outright that a matter is given to somebody; the 办 of 转办公室 is the unit’s, which every office has */
export const ORDERS = verbose`
  交办(?!件?(?:登记|清单|目录|汇总|统计|本|簿|表|单(?![：:]))) | 交[代待](?=[〇㐀-鿿]) | 转办(?!公室) | 转交 | 批转 | 转给
  | 转(?=[〇㐀-鿿]{2,12}(?:科|处|室|所|中心|站|办|股|队|馆|党委|园区)) | 压[个一]?[个]?(?:任务|担子) | 派[个给活] | 布置 | 责成
  | 交给 | 交由 | 交(?=[〇㐀-鿿]{2,12}(?:科|处|室|所|中心|站|办|股|队|馆|党委|园区)(?:办|处理|承办|去)) | 分派 | 分给 | 下达给
  | 由[^，。]{2,14}(?:承办|办理|牵头|负责|落实)
`;
/** hands a matter to somebody, the name blanked out */
export const HANDS_TO = /(?:交|转)□{2,14}(?:来|去)?(?:[研查阅承督]?办|[研查阅]?处|核[查实]|落实|答复|反馈)/;
/** asks somebody for something */
export const ASKS_FOR = /让|叫|告诉|告知|转告|跟[^，。]{2,12}说|[吩嘱]咐|提醒|请(?!假|示)|要求|通知|安排|督促|麻烦|给/;
/** what can be asked for */
export const DELIVER = verbose`
  报 | 交 | 送 | 拿 | 提[交供] | 完成 | 办[结好理完] | 查 | 反馈 | 补 | 写 | 整理 | 梳理 | 准备 | 落实 | 核 | 起草 | 汇总 | 回复
  | 答复 | 处理 | 弄 | 做 | 出[个一具] | 建 | 改 | 统计 | 上报 | 结案 | 摸[清底] | 排查 | 提出 | 制定 | 拟 | 跟进 | 联系 | 对接
  | 解决 | 给我 | 收齐 | 排[好出] | 更新 | 修订 | 发布 | 公示 | 张贴 | 清理 | 部署 | 组织 | 开展 | 发[我给来送一] | 传[我给来]
  | [拉列拢捋] | 备[好齐] | 定[个一] | 拟 | 把[^，。]{1,16}[〇㐀-鿿](?:一遍|一下|了|[好完掉齐]|[出上过回]来)
`;
/** stands right before the one who is told */
export const CALLED =
  /(?:交办|转办|转交|批转|转给|转|告诉|告知|转告|跟|吩咐|嘱咐|交代|交待|着|批给|分给|交给|交由|交|给|让|请|叫|由|责成|通知|安排|要求|布置|派给|分派|麻烦|提醒)(?:一?下)?[给：:\s]*$/;
/** in the words of an order */
export const ORDERLY = /[前内底]|给我|把|将|你/;
/** told as having happened */
export const TOLD = /了(?:[，,。]|$)|不了/;
/** heads a list of orders */
export const LED = /任务|交办|分派|分工|派活|转办/;
/** may stand before the one who is told, at the head */
export const LEADS = /^[\s，,：:@]*(?:另外?|此外|还有|同时|再|请|烦请|麻烦|那|然后|对了|另请)*[\s，,：:@]*$/;
/** other matters, and orders that were given before */
export const NO_ORDER = verbose`
  催 | 点评 | 互评 | 验收 | 退回 | 请假 | 准假 | 休假 | 年休 | 休[^，。]{0,4}假 | 请[^，。]{0,4}假 | 事假 | 病假 | 延期 | 延到
  | 学习安排 | 集中学习 | 讲座 | 谁 | 哪[些个] | 已(?:经)?(?:交办|转办)
  | (?:昨天|前天|上周|上次|上回|早就?|之前)[^，。]{0,3}(?:交办|转办|交[代待]|布置|派)
  | (?:去年|前年|上个?月|年初|当时|那时|当年)[^，。]{0,8}(?:交办|转办|交[代待]|布置) | (?:没问题|来得及|行|可以)吧 | 打算 | 琢磨
  | 考虑 | 要不要 | 完成了 | 办完了 | 办结了 | 已办 | 报了 | 反馈了 | [报交]过了 | 交接 | 自学 | 走访 | [让叫请]我 | ^\s*我[让叫]
  | 能[^，。]{0,6}吧 | 转自 | 【转
`;
/** 转办: the matter came from elsewhere */
export const HANDED_ON =
  /转办|转来|转交|批转|转给|转(?!发|告|达|载|变|化|移|正|让|型|入)(?=[〇㐀-鿿]{2,12}(?:科|处|室|所|中心|站|办|股|队|馆|党委|园区))|由[^，。]{2,14}(?:承办|办理)/;

/** Of the days an order names the one by which it has to be done. */
export function dueDay(text: string, start: number, days: NamedDay[]): string | undefined {
  const due = days.find(
    ({ end, start: from }) =>
      /^(?:之?前|以前|内|底|[^，。]{0,6}前)/.test(text.slice(end - start)) ||
      /[内前]$/.test(text.slice(from - start, end - start)),
  );
  return (due ?? days.at(-1))?.day;
}
