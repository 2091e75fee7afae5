import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { quarterInWords } from '#bot/domain/month.ts';
import { FEWEST_RATERS, markOf, ranked } from '#bot/domain/review.ts';
import { defineHandler } from '#bot/handler.ts';
import { unexplained, wants } from '#bot/language/asking.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { PERIOD, quarterIn } from '#bot/language/slots/period.ts';
import { tellsOfOthers } from '#bot/language/subject.ts';
import { verbose } from '#bot/language/verbose.ts';
import { has, isHeadOf, unitsHeadedBy } from '#bot/permission.ts';
import { ratingsOf } from '#bot/store/review.ts';

const RANKING = verbose`
  排名 | 名次 | 位次 | 座次 | 排第 | 排(?:在|到)?(?:哪|几|老几|多少) | 排[了个]?第几 | 第几(?:名|位)? | 老几 | 垫底 | 倒数
  | 前[一二三四五几\d]名?(?![\d个项家天年月周]) | 前头 | 头名 | 排头 | 谁第一 | 评比 | 排行 | 排[排个一]+队 | 排个队
  | 先进(?:科|股|单位|是) | 得分 | (?:互评|评分|测评|考评|评比)(?:的)?(?:结果|成绩|情况|分数) | 后进
  | 季度?\s?的?互评(?=[。?？\s]*$) | 榜(?!样) | 第一(?!季度|批|次|个|步|期|时间|天|轮|阶段|版|稿|项) | 最后一名
`;
const OUTSIDE = /打分|别|不搞|不要|心得评比|万人|全[省国市县区]|[省市县区]里|兄弟/;
const KNOWN = new RegExp(
  `${RANKING.source}|${PERIOD.source}|季度?|若何|敢问|结果|成绩|情况|表|单|互评|[科股处]室|单位|[QＱ]?[1-4]|20\\d\\d年?`,
);

/** 查看评比名次: units by the mean of their peer scores; a head sees the own unit's row only (R76, R78). */
export default defineHandler({
  name: 'query.ranking',
  title: '查看评比名次',
  examples: ['二季度排名'],
  input: z.object({ quarter: z.string().regex(/^\d{4}-Q[1-4]$/) }),
  reads: true,
  allow: {
    doneBy: '局领导、活动办或科室（单位）负责人',
    permits: ({ actor, world }) => has(actor, 'chief', 'leader', 'office') || unitsHeadedBy(actor, world).length > 0,
  },

  over: 'sentence',
  heedsNotices: true,
  cues: [RANKING],
  meant(clause) {
    const { text, mood, reading } = clause;
    const span = cue(clause, RANKING);
    if (!span || OUTSIDE.test(text) || tellsOfOthers(text)) return null;
    const quarter = quarterIn(text, reading.today);
    const bare = unexplained(clause, KNOWN) === 0;
    if (!bare && !mood.asks && !wants(text) && !/老几/.test(text)) return null;
    // 「第几」 asks of a unit or a quarter; anything else may have a place in a row.
    const sure = /排名|名次|位次|互评|评比|测评|考评|排行|榜|垫底|先进|后进|老几|倒数|得分/.test(text);
    const ours = clause.departments.length > 0 || /[咱我俺]们?|[科股处]|单位/.test(text);
    if (!sure && !quarter && !ours) return null;
    if (
      clause.items.some(({ how }) => how !== 'gist') ||
      (reading.chat === 'group' && !/季度|互评|评比|排名/.test(text))
    )
      return null;
    const { today } = reading;
    const current = `${today.slice(0, 4)}-Q${Math.ceil(Number(today.slice(5, 7)) / 3)}`;
    return act(span, 2.7, { quarter: quarter ?? current });
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
    const marked = shown.flatMap(({ place, name, mean, raters }) =>
      mean === null ? [] : [`${all ? `${place}. ` : ''}${name}：${mean}分（${raters}/${others}个科室（单位）已评）`],
    );
    const few = shown.filter(({ mean }) => mean === null);
    const hidden = few.map(({ name, raters }) => `${name}${raters}/${others}`).join('、');
    const lines =
      few.length > 0
        ? [
            `评分不足${FEWEST_RATERS}份，暂不显示：${few.every(({ raters }) => raters === 0) ? `${few.length}个科室（单位）均无评分` : hidden}。`,
          ]
        : [];
    return [until, ...marked, ...lines].join('\n');
  },
  inGroup: () => '互评名次不在群里公布，已私信答复您。',
});
