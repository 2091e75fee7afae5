import { z } from 'zod';
import { addDays, addWorkdays } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemLabel, itemMeant, itemUnnamed } from '#bot/language/evidence.ts';
import { NUMBER, readNumber } from '#bot/language/slots/number.ts';
import { anyone } from '#bot/permission.ts';

const OUTRIGHT =
  /延期|延长|延后|延到|延至|宽限|顺延|展期|缓一?缓|缓到|缓至|往后(?:延|推|放|挪)|放宽|延(?=[一二两三四五六七八九十半\d])/;
const MOVED = /(?:推迟|推后|推|改|调整|调|挪)(?:到|至|为)/;
const ABOUT_TERM = /申请|时限|期限|完成时间|截止|限期|台账|办结时间/;
const BY = new RegExp(
  `(?:顺延|延期|延长|延后|往后延|往后推|延|再给|宽限)(?:了|个)?(${NUMBER}|半)个?(工作日|天|日|周|星期|礼拜|月)`,
);

/** 申请延期 */
export default defineHandler({
  name: 'ledger.extend',
  title: '申请延期',
  examples: ['申请把3号台账延到8月10号'],
  input: z.object({ item: z.string(), deadline: day, reason: z.string() }),
  allow: anyone,

  over: 'clause',
  meant(clause) {
    const { reading, text } = clause;
    const outright = cue(clause, OUTRIGHT);
    const span = outright ?? (ABOUT_TERM.test(clause.sentence.text) ? cue(clause, MOVED) : null);
    if (!span || /不(?:用)?延|别延|没延|不再延/.test(text) || clause.mood.supposes || clause.mood.hears) return null;
    if (clause.mood.asks && !/能不能|能否|可否|可不可以|行吗|可以吗|好吗|行不行|成不成/.test(text)) return null;
    const fit = itemMeant(clause) ?? itemUnnamed(clause, (item) => item.owner === reading.speaker.id);
    if (/同意|批准|准(?:了|予)|不同意|不批/.test(text) && !/申请|[请望]/.test(text))
      return ask(span, 2, '您要批哪一项的延期？请带上编号。');
    if (/学习|讲座|会议|辅导|评审会/.test(text) && clause.items.length === 0) return null;
    if (!fit)
      return reading.chat === 'direct' && outright
        ? ask(span, 2, '您要申请哪一项延期？请带上编号和日期，如“3号台账延到6月10日”。')
        : null;
    if ('several' in fit) return ask(span, 2, '您要申请哪一项延期？', itemChoices(fit.several));
    const { one: item } = fit;
    const after = clause.days('ahead').filter(({ start }) => start >= span.start);
    const by = /顺延/.test(text) ? BY.exec(text) : null;
    const count = by ? readNumber(by[1] ?? '') : null;
    const deadline =
      after[0]?.day ??
      (count === null
        ? undefined
        : by?.[2] === '工作日'
          ? addWorkdays(item.deadline, count)
          : /[天日]/.test(by?.[2] ?? '')
            ? addDays(item.deadline, count)
            : /周|星期|礼拜/.test(by?.[2] ?? '')
              ? addDays(item.deadline, 7 * count)
              : undefined);
    if (!deadline)
      return ask(span, 2, `${itemLabel(item)}要延到哪一天？请写明日期，如“延到6月10日”。`, [
        { label: itemLabel(item), input: { item: item.code } },
      ]);
    return act(
      {
        start: outright && clause.parts.length > 1 ? span.start : clause.start,
        end: Math.max(span.end, after[0]?.end ?? 0),
      },
      2.6,
      { item: item.code, deadline, reason: clause.said.trim() },
    );
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
