import { z } from 'zod';
import { month } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { addMonths, monthIn } from '#bot/language/slots/day.ts';
import { anyone } from '#bot/permission.ts';

const COMMENTS = /点评|评语|评[一两几]句|讲(?:两|几)句|说(?:两|几)句|评价一下|表扬|批评/;
const NOT_ONE =
  /谁点评|点评了[吗没]|看点评|查点评|下月|打算|准备点评|琢磨|要点评|[?？]\s*$|各科室来|怎么点评|点评会|点评材料|下周|想把|先准备/;

/** 点评科室 */
export default defineHandler({
  name: 'commentary.give',
  title: '点评科室',
  examples: ['点评高新科四月：工作抓得紧，实验室建设要再快些'],
  input: z.object({ department: z.string(), month, text: z.string() }),
  allow: anyone,

  over: 'message',
  meant(clause) {
    const { reading, text } = clause;
    const span = cue(clause, COMMENTS);
    if (!span || NOT_ONE.test(text) || !/点评|评语|[讲说评][一两几]句/.test(text)) return null;
    const opens = (at: number): boolean => {
      const before = text.slice(0, at).trimEnd();
      return (
        before === '' ||
        /[；;。：:\n，,、]$|点评(?:一下|给)?$|月份?的?$|[给对]$|评语$|[①②③④⑤⑥⑦⑧⑨]$|\d[.、]$/.test(before)
      );
    };
    const first = clause.departments[0];
    const units = clause.departments.filter(
      (one, index) =>
        index === 0 ||
        (opens(one.start) &&
          /^[^，。；]{0,3}[:：，,]|^[\p{Script=Han}]/u.test(text.slice(one.end)) &&
          /[；;。\n]\s*(?:点评(?:一下)?)?$|[：:]\s*$|[\d①②③④⑤][.、]?\s*$/.test(text.slice(0, one.start))),
    );
    if (!first)
      return reading.chat === 'direct' && /^\s*点评/.test(text)
        ? ask(clause, 2, '您要点评哪个科室（单位）？请写成“点评高新科四月：……”。')
        : null;
    if (first.how === 'sound')
      return ask(clause, 2.8, `是点评${first.department.name}吗？请写科室（单位）全称再发一次。`);
    if (/谁|哪[些个]|没有?点评|了没/.test(text.slice(0, 30)) || clause.sentence.mood.supposes) return null;
    const current = reading.today.slice(0, 7);
    const month =
      monthIn(text.slice(0, first.end + 24), reading.today) ??
      monthIn(text, reading.today) ??
      (Number(reading.today.slice(8)) <= 15 ? addMonths(current, -1) : current);
    const words = units.map((unit, index) =>
      clause.said
        .slice(unit.end, units[index + 1]?.start)
        .replace(/^[\s，,：:、]+/, '')
        .trim(),
    );
    if (words.every((one) => one.length < 3)) return ask(clause, 2, `请写明对${first.department.name}的点评内容。`);
    return act(
      clause,
      2.9,
      ...units.map((unit, index) => ({ department: unit.department.code, month, text: words[index] || clause.said })),
    );
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
