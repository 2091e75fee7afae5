import { z } from 'zod';
import { dayOf, monthDayInWords, timeOf } from '#bot/calendar.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { weekInWords, weekKey, weekStateInWords } from '#bot/domain/study-week.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { periodIn } from '#bot/language/slots/period.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone } from '#bot/permission.ts';
import { readinessOf } from '#bot/store/session.ts';
import { sessionsOfWeek, unitWeeks } from '#bot/store/study-week.ts';

type Shown = Outcome & { kind: 'shown'; week: string; units: string[]; sessions: string[]; figures: string };

const BOARD = verbose`
  ^\s*(?:请|帮我)?(?:查|查看|看|看看|列|报)?(?:一下)?(?:本周|这周|上周|这个?星期|上个?星期|下周|第\d{1,2}周|\d{4}-W\d{2})(?:的)?
    (?:集中)?学习(?:情况|安排|看板|统计|落实情况|进度)?(?:怎么样|如何)?[?？。！!]?\s*$
  | ^\s*(?:本周|这周|上周)?(?:还有)?(?:哪些|哪几个|哪个)(?:科室|单位|科)(?:本周|这周|上周)?(?:还)?(?:没|未)(?:有)?(?:组织)?(?:集中)?
    学习?(?:的)?[?？。]?\s*$
  | ^\s*周学习(?:看板|情况)[。?？]?\s*$
`;
const NUMBERED = /第(\d{1,2})周|-W(\d{2})/;

/** 周学习情况: every unit's 已学 n 次、未学 or 免学, and the week's sessions with 四落实 (R12, R13). */
export default defineHandler({
  name: 'query.week',
  title: '周学习情况',
  examples: ['本周学习', '哪些科室本周还没学习'],
  input: z.object({ week: z.string().regex(/^\d{4}-W\d{2}$/) }),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [BOARD],
  meant(clause) {
    if (!cue(clause, BOARD)) return null;
    const { today } = clause.reading;
    const number = NUMBERED.exec(clause.text);
    const no = number?.[1] ?? number?.[2];
    const week = no
      ? `${today.slice(0, 4)}-W${no.padStart(2, '0')}`
      : weekKey(periodIn(clause.text, today)?.from ?? today);
    return act(clause, 2.6, { week });
  },

  async execute({ input, message, world, tx }): Promise<Shown> {
    const units = await unitWeeks(tx, input.week, world, message.sentAt);
    const count = (state: string) => units.filter((one) => one.state === state).length;
    const sessions: string[] = [];
    for (const session of await sessionsOfWeek(tx, input.week)) {
      const { settled, lacks } = await readinessOf(tx, session);
      sessions.push(
        `${sessionName(session)}至${timeOf(session.end)}，${session.venue || '地点未定'}，四落实${settled}/4${lacks.length > 0 ? `（缺${lacks.join('、')}）` : ''}`,
      );
    }
    const figures = `已学${count('studied')}个、未学${count('missing')}个、免学${count('exempt')}个，共${units.length}个科室（单位）`;
    const until = `${monthDayInWords(dayOf(message.sentAt))}${timeOf(message.sentAt)}`;
    return {
      ...{ kind: 'shown', changed: false, week: weekInWords(input.week), sessions },
      units: units.map(
        ({ unit, state, held, planned }) =>
          `${unit.name}${weekStateInWords(state, held)}${state === 'missing' && planned > 0 ? `（已安排${planned}次）` : ''}`,
      ),
      figures: `${figures}，截至${until}`,
    };
  },

  reply: ({ week, figures, units, sessions }) =>
    [
      `${week}集中学习：${figures}。`,
      ...units.map((one) => `${one}。`),
      ...(sessions.length > 0 ? ['场次：', ...sessions] : ['没有安排场次。']),
    ].join('\n'),
  inGroup: ({ week, figures }) => `${week}集中学习：${figures}。`,
});
