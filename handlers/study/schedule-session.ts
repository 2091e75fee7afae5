import { z } from 'zod';
import { addWorkdays, dayOf, monthDayInWords, timeOf } from '#bot/calendar.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue, sessionMeant } from '#bot/language/evidence.ts';
import { daysIn } from '#bot/language/slots/day.ts';
import { readTime } from '#bot/language/slots/number.ts';
import { anyone, has } from '#bot/permission.ts';

const ARRANGE =
  /安排|组织(?!部|实施|验收)|定于|定在|登记为|排上|排个|排一[场次下个]|排到|举办|召开|办一?[场次个期]|搞一?[场次个]|开一?[场次个]|加一?[场次]|通知学习|发个?学习通知|集中学习[:：]|学习安排/;
const MOVE = /(?:改|挪|调|推迟|提前|延|换|顺延|推|移)(?:期|整|后|迟)?(?:到|至|为|在|成)(?!岗|场|会|达|位|齐)/;
const EVENT =
  /学习|讲座|培训|党课|辅导|观看|心得交流|交流会|报告会|研讨|宣讲|学(?:愚|党|新|十|习|《)|读书会|专题|测试|演讲/;

/** 安排学习 */
export default defineHandler({
  name: 'session.schedule',
  title: '安排学习',
  examples: ['安排下周二上午8点半在三楼会议室学习新党章'],
  offers: ({ actor, now }) =>
    has(actor, 'office', 'head')
      ? [`安排${monthDayInWords(addWorkdays(dayOf(now), 2))}上午9点在三楼会议室学习八项规定`]
      : [],
  input: z.object({
    start: z.string(),
    end: z.string().optional(),
    topic: z.string(),
    kind: z.string(),
    venue: z.string(),
  }),
  allow: anyone,

  over: 'sentence',
  heedsNotices: false,
  meant(clause) {
    const { reading, mood, text } = clause;
    const move = cue(clause, MOVE);
    const old = move ? sessionMeant(clause, true) : null;
    const span = old ? move : cue(clause, ARRANGE);
    if (
      !span ||
      mood.asks ||
      mood.supposes ||
      mood.hears ||
      /没安排|不安排|别安排|打算|考虑|琢磨|建议|申请|时限|期限|已经?安排了|安排了\d/.test(text)
    )
      return null;
    if (!old && (!EVENT.test(text) || (reading.chat === 'group' && /带|准时|参加[。!！]?$/.test(text)))) return null;
    const from = old ? text.slice(span.end - clause.start) : text;
    const [named] = daysIn(from, reading.today, 'ahead');
    const session = old && 'one' in old ? old.one : null;
    if (old && !session) return null;
    const day = named?.day ?? session?.day;
    const time = readTime(from) ?? (session ? timeOf(new Date(session.start)) : null);
    if (!day || !time || (session && named === undefined && readTime(from) === null))
      return ask(
        { start: span.start, end: clause.end },
        2,
        `请写明学习的日期和时间，如“安排${day ? '当天' : '下周二'}上午8点半在三楼会议室学习新党章”。`,
      );
    const topic = session?.topic ?? /《[^》]+》/.exec(clause.said)?.[0] ?? clause.said.trim();
    const venue =
      /(?:在|到)?((?:[一二三四五六七八九\d]+楼)?(?:(?![点在到])[\p{Script=Han}]){0,4}?(?:会议室|报告厅|礼堂|活动室|[一二三四五六七八九\d]+楼))/u.exec(
        from,
      )?.[1] ??
      session?.venue ??
      '';
    return act({ start: span.start, end: clause.end }, old ? 3 : 2.2, {
      start: `${day}T${time}`,
      topic,
      kind: /讲座/.test(text) ? '讲座' : '集中学习',
      venue,
    });
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
