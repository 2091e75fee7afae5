import { z } from 'zod';
import { month } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { addMonths, monthIn } from '#bot/language/slots/day.ts';
import { anyone } from '#bot/permission.ts';

const REPORT =
  /^\s*[^。；;！!？?\n]{0,24}?(?:总结|小结|月报|月度汇报|工作汇报|工作情况|情况汇报|述职)[^，。：:；;\n]{0,10}(?:如下)?\s*(?:[:：。，,\n]|——|\s+(?=一、|1[、.])|\s+(?=[^，。]{4,}))/;
const NOT_ONE =
  /谁|没[交报写有]|哪[些个]|[交报]了吗|什么时候|请[各大]|催|要交|怎么|截止|前(?:报|交)|[?？]\s*$|看|查|调|已[交报]|[交报]了|[交报]上[去来]|明天|马上|没|还未|谁|记得|别忘/;

/** 报送月度总结 */
export default defineHandler({
  name: 'report.month',
  title: '报送月度总结',
  examples: ['五月份总结：新培育企业1家，存在人手不足问题，下月抓紧申报。'],
  input: z.object({ month, text: z.string() }),
  allow: anyone,

  over: 'message',
  meant(clause) {
    const { reading, text } = clause;
    const span = cue(clause, REPORT);
    if (!span) return null;
    const opening = text.slice(0, span.end);
    const words = text.slice(span.end).trim();
    if (
      words.length < 10 ||
      NOT_ONE.test(opening) ||
      (/[，,\s]$/.test(opening) && (words.length < 20 || NOT_ONE.test(words.slice(0, 16)))) ||
      /半年|年度|全年|季度/.test(opening)
    )
      return null;
    if (reading.chat === 'group' && !/月/.test(opening)) return null;
    if (!/月|工作|科|室|所|中心|单位|^\s*(?:总结|小结)/.test(opening)) return null;
    // A summary written in the first days of a month is that of the month before.
    const current = reading.today.slice(0, 7);
    const month =
      monthIn(opening, reading.today) ?? (Number(reading.today.slice(8)) <= 10 ? addMonths(current, -1) : current);
    return act(clause, 3, { month, text: clause.said.trim() });
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
