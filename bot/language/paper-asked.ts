import { cue } from './evidence.ts';
import type { Clause } from './reading.ts';
import type { Span } from './text.ts';

const MAKES =
  /打印|导出|生成|制作|下载|输出|出一?[份张个]|做一?[份张个]|起草|草拟|拟一?[份个]|^\s*拟(?=考勤|出勤|督查|通报)|要一?[份张个]|来一?[份张个]/;
const AS_FILE = /文件|表格|电子版|打印版|excel|xlsx|word|docx|wps|文档/i;
const ELSE =
  /打印机|昨晚|开会用|放在?|贴|丢|交给|报送|已经?|完了|好了|忘|在哪|怎么|如何|谁|记得|别忘|先别|不用|不要|验收|退回|台账/;
// What may stand before a paper’s name that is enough by itself: 「收到督办通报」 tells of one.
const OF_WHEN =
  /^\s*(?:请|麻烦|我?要|给我|帮我)?(?:印发|发布|制发|出)?(?:\d{4}年)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|[本上这当]个?月份?|[本这上]期|最新|这次)?的?\s*$/;
const LONGEST = 40;

/**
 * Where somebody asks for a printed sheet or a paper: the paper is named, and that it be made or be a file.
 * @param plain the name alone is enough, where nothing else goes by it
 */
export function paperAsked(clause: Clause, paper: RegExp, plain = false): Span | null {
  const { text, mood, reading } = clause;
  if (reading.chat !== 'direct' || text.length > LONGEST || ELSE.test(text)) return null;
  // 「拟一份通报」 orders, though 拟 elsewhere only plans.
  if (
    mood.denies ||
    (mood.plans && !/拟一?[份个]|^\s*拟(?:考勤|出勤|督查|通报)/.test(text)) ||
    mood.supposes ||
    mood.hears
  )
    return null;
  const named = cue(clause, paper);
  if (!named) return null;
  const before = text.slice(0, named.start - clause.start);
  const after = text.slice(named.end - clause.start);
  const alone =
    plain &&
    /^[。.!！\s]*(?:给我|发我|发来|发一下|出来)?[。.!！\s]*$/.test(after) &&
    OF_WHEN.test(before) &&
    !mood.asks;
  return alone ||
    MAKES.test(before) ||
    AS_FILE.test(after) ||
    AS_FILE.test(before) ||
    /^(?:请)?(?:打印|导出)/.test(after)
    ? named
    : null;
}
