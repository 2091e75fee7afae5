import { wants } from './asking.ts';
import { type Headed, under } from './headed.ts';
import type { Clause } from './reading.ts';
import { monthIn } from './slots/period.ts';
import { ofFamily } from './subject.ts';
import { verbose } from './verbose.ts';

const NOUNS =
  '(?:总结|小结|月报|月度汇报|工作汇报|工作情况|工作报告|情况汇报|述职|汇总|成绩单|盘点|回顾|工作(?:要点|内容|简况|进展)如下|工作如下|情况如下)';
// What only a month makes a heading: 「咱科五月干了这些：」.
const LOOSE =
  '(?:工作|情况|汇报|报告|账单|战果|小账|[干做办忙]了[^，。：:；;\\n]{0,6}|[干做办]的活儿?|亮点|成绩|进展|收获)';
const MONTH = '(?:月份?|\\d{4}[-.]\\d{1,2})';
// A colon between figures tells the time.
const END =
  '(?:[。，,\\n]|(?<!\\d)[:：]|[:：](?!\\d)|——|-{2}|[（(][^）)]{1,12}[）)]|\\s+(?=一、|1[、.])|\\s+(?=[^，。]{4,}))';
const HEADING = new RegExp(
  `^\\s*(?:[【[][^】\\]]{0,14}(?:总结|小结|汇报|述职)[^】\\]]{0,4}[】\\]]\\s*[:：]?|[^。；;!！?？\\n]{0,24}?${NOUNS}[^，。：:；;\\n\\s（(—]{0,10}(?: ?如下)?\\s*${END}|[^。；;!！?？，\\n]{0,12}${MONTH}[^。；;!！?？，\\n]{0,8}${LOOSE}[^，。：:；;\\n]{0,4}\\s*(?:[:：\\n]|——|，(?=一是|一、|1[.、]|首先|第一)))`,
);
const NOT_ONE = verbose`
  改[为成] | 谁 | 没[交报写有] | 哪[些个] | [交报]了吗 | 什么时候 | 请[各大] | 催 | 要交 | 怎么 | 截止 | 前(?:报|交) | [?？]\s*$
  | 看 | 查 | 调 | 已[交报] | [交报]了 | [交报]上[去来] | 明天 | 马上 | 没 | 还未 | 谁 | 记得 | 别忘 | 评 | [发给传][给来]?我
  | [发来拿]一份 | 发来
`;
const NOT_YET = /谁|没[交报写有]|哪[些个]|催|怎么|什么时候|[?？]|明天|马上|还未|记得|别忘|晚[点些]|前(?:报|交)/;
const PROBLEM =
  /(?:问题|不足|困难|难处|卡点|堵点|瓶颈|欠缺|短板|难点|欠账|薄弱)(?:之处|环节|方面)?(?:[：:是有在，]|——|也|主要)/;
const NEXT = /下(?:个|一)?(?:月|步)|打算|后续|接下来|六?月份?(?:计划|安排)/;
const DONE = /完成(?:情况)?[：:]|亮点|做法|成效|主要工作|一是|一、|1[、.]|①/;
const COUNTED = /\d+(?:\.\d+)?\s*(?:万|亿)?[〇㐀-鿿]/g;

// Only drafted: it is sent when it is meant.
const DRAFT =
  /提纲|(?:内容|正文|余下|其余)的?[^，。]{0,3}(?:回头|以后|随后|过后|再)[^，。]{0,2}[补填写]|草稿|打个?底稿|(?:先|暂时?|还)(?:别|不)(?:要|用|急着)?[上报交发]/;

// 「市发改委五月份总结」, 「惠农种业五月总结」: another body's month.
const BODY = verbose`
  (?:
      委 | 局 | 厅 | 府 | 办 | 党校 | 公司 | 学院 | 大学 | 中学 | 小学 | 医院 | 集团 | 协会 | 科协 | 侨联 | 文联 | 社联 | 残联
      | 妇联 | 工商联 | 研究院 | 厂 | [县镇乡] | (?<![园地校厂院])区 | 街道 | 社区
    )的?(?=(?:\d{4}年)?(?:[\d一二三四五六七八九十]+月|[本上]个?月))
`;
const OURS = /[我咱本俺]/;
// Passed on, or for others to read.
const PASSED_ON = /^\s*[转传](?![作变优])|供[^，。：:]{0,8}(?:参考|参阅|借鉴|学习|传阅)/;

/** Whether the heading names a body that is none of the office. */
export function isOfOthers({ reading, enterprises }: Clause, { start, opening }: Headed): boolean {
  const { nameless, text } = reading.message;
  const heading = nameless.slice(start, start + opening.length);
  const body = BODY.exec(heading);
  return (
    PASSED_ON.test(heading) ||
    (body !== null && !OURS.test(heading.slice(0, body.index))) ||
    ofFamily(heading) ||
    enterprises.some(({ start: from, end }) => from >= start && /^的?[^，。：:]{0,2}月/.test(text.slice(end)))
  );
}

/** What every summary is told by. */
export const SUMMARIES = [HEADING, PROBLEM];

/** A month's summary: under a heading that says so, or told in its parts (what was done, what is lacking, what comes next). */
export function summaryIn(clause: Clause): Headed | null {
  return headed(clause) ?? inParts(clause);
}

function headed(clause: Clause): Headed | null {
  const found = under(HEADING, clause);
  if (!found) return null;
  const { start, opening, body } = found;
  // In quotation marks it may be anybody's.
  if (clause.text.slice(start + opening.length).trim() === '') return null;
  if (body.length < (/\d/.test(body) ? 8 : 10) || NOT_ONE.test(opening) || /半年|年度|全年|季度/.test(opening))
    return null;
  if (DRAFT.test(opening + body.slice(0, 24))) return null;
  if (/[，,\s]$/.test(opening) && (body.length < 20 || NOT_YET.test(body.slice(0, 16)))) return null;
  if (clause.reading.chat === 'group' && !/月/.test(opening)) return null;
  return /月|20\d\d|工作|科|室|所|中心|单位|^\s*(?:总结|小结)/.test(opening) ? found : null;
}

/** 「五月：完成情况——……；存在问题——……」, 「我们科五月份的情况啊……问题是……下个月打算……」: of the own unit only. */
function inParts(clause: Clause): Headed | null {
  const { reading, text } = clause;
  const [unit] = clause.departments;
  const opening = text.slice(0, 30);
  if (reading.chat === 'group' || clause.toAll || wants(text.replace(/(?:汇报|[说讲报])一?[下说讲]/g, ''))) return null;
  if (unit && unit.department.code !== reading.speaker.department) return null;
  if (!monthIn(opening, reading.today) || /^[^，。：:]{0,16}前/.test(opening) || NOT_ONE.test(opening)) return null;
  const [{ mood } = clause] = reading.sentences;
  if (!PROBLEM.test(text) || mood.asks || mood.supposes || mood.hears) return null;
  const enough = /[说讲汇]报?一?下|汇报|我[说报讲]/.test(opening)
    ? 0
    : /月份?的?(?:工作|情况|活)/.test(opening)
      ? 2
      : 3;
  if (!NEXT.test(text) && !DONE.test(text) && (text.match(COUNTED) ?? []).length < enough) return null;
  return { start: clause.start, end: clause.end, opening, body: clause.said.trim() };
}
