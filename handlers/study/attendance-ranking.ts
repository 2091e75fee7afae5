import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { placesByRate, rateInWords } from '#bot/domain/attendance-ranking.ts';
import { lastOf } from '#bot/domain/month.ts';
import { SWITCHES } from '#bot/domain/switches.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { PERIOD, periodIn } from '#bot/language/slots/period.ts';
import { departmentsUnder } from '#bot/permission.ts';
import { personAttendances } from '#bot/store/person-attendance.ts';
import { isOn } from '#bot/store/setting.ts';
import { sessionsHeld } from '#bot/store/study-sheets.ts';

type Shown = Outcome & { kind: 'ranked' | 'off'; when: string; sessions: number; lines: string[] };

const RANKING = new RegExp(
  `^\\s*(?:请|帮我|我想?)?(?:查看?|看看?|列出?|排)?(?:一下)?(?:${PERIOD.source})?(?:的)?(?:集中)?(?:学习)?(?:的)?(?:个人(?:的)?(?:集中)?(?:学习)?(?:出勤|考勤|到会|签到)?(?:率)?(?:排名|名次|排行)|(?:出勤|考勤|到会|签到)(?:率)?(?:的)?个人(?:排名|名次|排行))(?:榜|表|情况)?[。.!！?？]?\\s*$`,
);
const MOST = 60;

/**
 * 个人出勤名次: people by how many of their sessions they came to, leave left out; only while 个人排名 is switched on, only to
 * those above them, never in a group, and never of the time anybody studies by himself (R18, R97, requirements 1.3).
 */
export default defineHandler({
  name: 'query.attendance_ranking',
  title: '个人出勤名次',
  examples: [
    ...['个人出勤排名', '个人出勤名次', '本月个人出勤排名', '5月份个人出勤名次', '查个人出勤排名', '看看个人出勤排名'],
    ...[
      '上个月个人出勤排名',
      '二季度个人出勤排名',
      '个人考勤排名',
      '个人签到排名',
      '集中学习个人出勤排名',
      '出勤率个人排名',
    ],
    ...['本月集中学习个人排名', '学习出勤个人名次', '列出本月个人出勤名次', '帮我查一下本月个人出勤排名'],
  ],
  input: z.object({ from: day, to: day }),
  reads: true,
  allow: {
    doneBy: '局领导、活动办或科室（单位）负责人',
    permits: ({ actor, world }) => departmentsUnder(actor, world).length > 0,
  },

  over: 'message',
  cues: [RANKING],
  meant(clause) {
    const span = cue(clause, RANKING);
    if (!span) return null;
    const { today } = clause.reading;
    const { from, to } = periodIn(clause.text, today) ?? {
      from: `${today.slice(0, 7)}-01`,
      to: lastOf(today.slice(0, 7)),
    };
    return act(clause, 3.2, { from, to });
  },

  async execute({ input, actor, message, world, tx }): Promise<Shown> {
    const { from, to } = input;
    const [last = to] = [to, dayOf(message.sentAt)].sort();
    const when = `${dayInWords(from)}至${dayInWords(last)}`;
    if (!(await isOn(tx, 'ranking', message.sentAt)))
      return { kind: 'off', changed: false, when, sessions: 0, lines: [] };
    const held = await sessionsHeld(tx, from, to, message.sentAt);
    const under = departmentsUnder(actor, world);
    const rows = placesByRate(
      (await personAttendances(tx, held)).filter(({ department }) => under.includes(department)),
    );
    const shown = rows.slice(0, MOST).map(({ place, name, ...counts }) => `${place}. ${name}：${rateInWords(counts)}`);
    const left = rows.length - shown.length;
    const lines = left > 0 ? [...shown, `另有${left}人名次在后，没有列出。`] : shown;
    return { kind: 'ranked', changed: false, when, sessions: held.length, lines };
  },

  reply({ kind, when, sessions, lines }) {
    if (kind === 'off')
      return `没有排名：“${SWITCHES.ranking.name}”没有开启，默认不对个人排名。开启须活动办申请、局主要领导同意。`;
    if (lines.length === 0) return `${when}没有可以计算的集中学习出勤。`;
    return [`${when}集中学习${sessions}场，个人出勤名次（请假不计，并列同名次，只发给您）：`, ...lines].join('\n');
  },
  inGroup: () => '个人名次不在群里公布，已私信答复您。',
});
