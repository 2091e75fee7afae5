import { z } from 'zod';
import { addDays, dayInWords, instantAt, timeOf } from '#bot/calendar.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { unexplained, wants } from '#bot/language/asking.ts';
import { act, cue } from '#bot/language/evidence.ts';
import type { Clause, WorldPerson } from '#bot/language/reading.ts';
import { PERIOD, periodIn } from '#bot/language/slots/period.ts';
import { anyone, has } from '#bot/permission.ts';
import type { Tx } from '#bot/store/db.ts';
import type { SessionRow } from '#bot/store/session.ts';

type Shown = Outcome & { kind: 'shown'; when: string; sessions: SessionRow[]; next: SessionRow | null };

const STUDY = /学习|讲座|党课|辅导课|培训|讲课|学什么|学啥/;
// What may be asked of a session; whatever else is said makes it another matter.
const ASKED = new RegExp(
  `${PERIOD.source}|集中|学习|学|讲座|党课|辅导课|培训|安排|计划|地点|时间|地方|会议室|几楼|开始|钟|点|场|堂|次|一|下|最近|近期|接下来|主讲人?|讲课?|授课|老师|内容|主题|题目|何时|时候|哪里|哪儿?|几|有没|有|没|要|会|开|搞|办|多|问|看|查|看看|告诉|告知|是否`,
);
const PLAN =
  /^\s*(?:看看?|查看?|查一下|看一下|发一下|请发)?(?:最近的?|近期的?|下一?次的?|下周的?)?学习(?:安排|计划)(?:表|是什么|有哪些)?[?？。！!\s]*$/;
const DAYS_AHEAD = 14;
const MOST = 8;

/** 学习安排: which sessions are coming for whoever asks, when, where and by whom (R11, R90). */
export default defineHandler({
  name: 'query.sessions',
  title: '学习安排',
  examples: ['今天学习在哪', '下周有什么学习'],
  offers: () => ['学习安排'],
  input: z.object({ from: z.string(), to: z.string() }),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [STUDY],
  meant(clause) {
    const study = cue(clause, STUDY);
    if (!study || !isAsked(clause)) return null;
    const { today } = clause.reading;
    const [day] = clause.days('ahead');
    const period = periodIn(clause.text, today);
    const from = day?.day ?? period?.from ?? today;
    const to = day?.day ?? period?.to ?? addDays(today, DAYS_AHEAD);
    // A week asked for by itself is the board of all units.
    return act(clause, 2.5, { from, to });
  },

  async execute({ input, actor, message, tx }): Promise<Shown> {
    const within = { gte: instantAt(input.from, '00:00'), lt: instantAt(addDays(input.to, 1), '00:00') };
    const [next] = await expectedIn(tx, actor, { gt: message.sentAt });
    const oneDay = input.from === input.to;
    const when = oneDay ? dayInWords(input.from) : `${dayInWords(input.from)}至${dayInWords(input.to)}`;
    return { kind: 'shown', changed: false, when, sessions: await expectedIn(tx, actor, within), next: next ?? null };
  },

  reply({ when, sessions, next }) {
    if (sessions.length === 0)
      return next
        ? `${when}没有您要参加的学习。下一次是${inWords(next)}。`
        : `${when}没有您要参加的学习，之后也还没有安排。`;
    const more = sessions.length > MOST ? [`另有${sessions.length - MOST}次。`] : [];
    return [
      `${when}有学习${sessions.length}次：`,
      ...sessions.slice(0, MOST).map((one) => `${inWords(one)}。`),
      ...more,
    ].join('\n');
  },
  // A lecturer is named to whoever asks, not to everybody (G10).
  inGroup: ({ when, sessions }) =>
    [
      `${when}有学习${sessions.length}次${sessions.length > 0 ? '：' : '。'}`,
      ...sessions.slice(0, MOST).map((one) => `${placed(one)}。`),
    ].join('\n'),
});

// Who missed it, and whether somebody was there, asks for attendance.
const ATTENDANCE = /没(?!有)|谁(?!来?[主]?讲|授课|给)|了[吗没]/;

/** Nothing is said but what asks for a session's day, hour, room, topic or lecturer. */
const isAsked = (clause: Clause): boolean =>
  PLAN.test(clause.text) ||
  (wants(clause.text) && !ATTENDANCE.test(clause.text.replace(/有没有?/g, '')) && unexplained(clause, ASKED) === 0);

/** Sessions somebody is expected at, the next first; all of them for who leads the whole. */
async function expectedIn(tx: Tx, actor: WorldPerson, start: object): Promise<SessionRow[]> {
  const rows = await tx.session.findMany({ where: { cancelledAt: null, start }, orderBy: { start: 'asc' } });
  return rows.filter(({ scope }) => {
    const units: string[] = JSON.parse(scope);
    return units.length === 0 || units.includes(actor.department) || has(actor, 'chief', 'leader', 'office');
  });
}

const placed = (session: SessionRow): string =>
  `${sessionName(session)}至${timeOf(session.end)}，${session.venue || '地点未定'}`;
const inWords = (session: SessionRow): string =>
  `${placed(session)}${session.speaker ? `，主讲${session.speaker}` : ''}`;
