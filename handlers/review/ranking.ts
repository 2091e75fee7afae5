import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { quarterInWords } from '#bot/domain/month.ts';
import { FEWEST_RATERS, markOf, ranked } from '#bot/domain/review.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { has, isHeadOf } from '#bot/permission.ts';
import { ratingsOf } from '#bot/store/review.ts';

const RANKING =
  /排名|排老几|位次|第几把|名次|排第|第几名|垫底|倒数|前[一二三四五几\d]名|前头|谁第一|评比|排行|先进科室|得分|互评结果|评分结果|测评结果|后进|榜|第一(?!季度|批|次|个|步|期|时间|天|轮|阶段|版|稿)|最后一名/;

/** 查看评比名次: units by the mean of their peer scores; a head sees the own unit's row only (R76, R78). */
export default defineHandler({
  name: 'query.ranking',
  title: '查看评比名次',
  examples: ['二季度排名'],
  input: z.object({ quarter: z.string().regex(/^\d{4}-Q[1-4]$/) }),
  reads: true,
  allow: {
    doneBy: '局领导、活动办或科室（单位）负责人',
    permits: ({ actor, world }) =>
      has(actor, 'chief', 'leader', 'office') || world.departments.some(({ code }) => isHeadOf(actor, code, world)),
  },

  over: 'sentence',
  heedsNotices: true,
  meant(clause) {
    const { text, mood, reading } = clause;
    const span = cue(clause, RANKING);
    if (
      !span ||
      !(mood.asks || /老几|瞄|瞅|瞧|榜|看|查|排名|名次|列|拉/.test(text)) ||
      /打分|别|不搞|不要|心得评比|万人|全省/.test(text)
    )
      return null;
    if (
      clause.items.some(({ how }) => how !== 'gist') ||
      (reading.chat === 'group' && !/季度|互评|评比|排名/.test(text))
    )
      return null;
    const year = Number(reading.today.slice(0, 4));
    const current = Math.ceil(Number(reading.today.slice(5, 7)) / 3);
    const said = /([一二三四1-4])季度/.exec(text)?.[1];
    const quarter = /[头前]三个月/.test(text)
      ? 1
      : said
        ? '一二三四'.indexOf(said) + 1 || Number(said)
        : /上(?:个)?季度/.test(text)
          ? current - 1
          : current;
    return act(span, 2.7, { quarter: quarter === 0 ? `${year - 1}-Q4` : `${year}-Q${quarter}` });
  },

  async execute({ input, actor, message, world, tx }) {
    const ratings = await ratingsOf(tx, input.quarter);
    const rows = ranked(world.departments.map(({ code }) => markOf(ratings, code)));
    const all = has(actor, 'chief', 'leader', 'office');
    const nameOf = new Map(world.departments.map(({ code, name }) => [code, name]));
    const shown = rows
      .filter(({ department }) => all || isHeadOf(actor, department, world))
      .map((row) => ({ ...row, name: nameOf.get(row.department) ?? '' }));
    const others = world.departments.length - 1;
    return { kind: 'ranked', changed: false, quarter: input.quarter, all, shown, others, at: message.sentAt };
  },

  reply({ quarter, all, shown, others, at }) {
    const until = `截至${dayInWords(dayOf(at))}${timeOf(at)}，${quarterInWords(quarter)}互评${all ? '名次' : ''}（仅互评一项，总分未计）：`;
    const lines = shown.map(({ place, name, mean, raters }) => {
      const rated = `${raters}/${others}个科室（单位）已评`;
      if (mean === null) return `${name}：评分不足${FEWEST_RATERS}份，暂不显示（${rated}）`;
      return `${all ? `${place}. ` : ''}${name}：${mean}分（${rated}）`;
    });
    return [until, ...lines].join('\n');
  },
  inGroup: () => '互评名次不在群里公布，已私信答复您。',
});
