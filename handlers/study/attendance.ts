import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue, others, sessionMeant } from '#bot/language/evidence.ts';
import { periodIn } from '#bot/language/slots/day.ts';
import { anyone, departmentsUnder } from '#bot/permission.ts';

const ABOUT =
  /签到|签了|到会|出勤|考勤|缺席|缺勤|旷会|迟到|没来|没到|未到|到齐|来齐|人齐|实到|应到|没签|未签|参会|出席|请过假|请假|点名|到了没|来了没|[到来]了(?:多少|几|哪些|谁)|谁[没还来到]|签上|来没来|到没到|去没去|请了?几次假|请了[^，。]{0,4}假/;
const LOOKS = /名单|情况|统计|看[看下一]|查|列|拉出|发我|给我[列看报发]|报一下|汇总|记录|率|人数|人员/;
const ABSENT = /没来|没到|未到|没签|未签|缺席|缺勤|旷|没参加|没出席|不在/;

/** 查看考勤 */
export default defineHandler({
  name: 'query.attendance',
  title: '查看考勤',
  examples: ['今天学习谁没签到', '上周请假的有谁'],
  offers: ({ actor, world, now }) =>
    departmentsUnder(actor, world).length > 0 &&
    world.sessions.some(({ start }) => dayOf(new Date(start)) === dayOf(now))
      ? ['今天学习谁没签到']
      : [],
  input: z.object({
    session: z.string().optional(),
    from: day.optional(),
    to: day.optional(),
    department: z.string().optional(),
    member: z.string().optional(),
    status: z.enum(['present', 'absent', 'late', 'leave']).optional(),
  }),
  reads: true,
  allow: anyone,

  over: 'sentence',
  heedsNotices: true,
  meant(clause) {
    const { reading, mood, text } = clause;
    const asking = clause.parts.find(
      (part) => ABOUT.test(part) && (/[?？谁哪吗]|多少|几/.test(part) || LOOKS.test(part)),
    );
    const at = asking === undefined ? -1 : text.indexOf(asking);
    const span =
      asking === undefined ? cue(clause, ABOUT) : { start: clause.start + at, end: clause.start + at + asking.length };
    const bare =
      /^(?:\s*(?:本|这|上)?(?:周|个?月|星期)|\s*今[天早])?[^，。]{0,12}(?:出勤|考勤|签到情况|到会情况|签到率)[^，。]{0,4}$/.test(
        text.replace(/[。!！]$/, ''),
      );
    if (!span || !(mood.asks || LOOKS.test(text) || bare)) return null;
    if (
      /总结|小结|月报|台账|准[假了]|批[假准了]|不批|怎么签|如何签|催|互评|打分|请个?假[，,。]/.test(text) ||
      /^\s*(?:我要|我想)?请假/.test(text)
    )
      return null;
    const status = /请(?:过|了)?(?:几次)?假/.test(text)
      ? 'leave'
      : /迟到/.test(text)
        ? 'late'
        : /签[上到]没|签[上]?到没/.test(text)
          ? 'present'
          : ABSENT.test(text)
            ? 'absent'
            : /[到来]了(?:多少|几|哪些|谁)|谁[到来]了|实到|签了|签到了(?:的|谁|多少|几)|谁签到了/.test(text)
              ? 'present'
              : undefined;
    const [unit] = clause.departments;
    const [member] = others(clause);
    const filter = {
      ...(unit && { department: unit.department.code }),
      ...(member && { member: member.id }),
      ...(status && { status: status as 'leave' | 'late' | 'absent' | 'present' }),
    };
    if (
      mood.asks &&
      !LOOKS.test(text) &&
      /我/.test(text) &&
      !member &&
      !unit &&
      /我(?:的|这|上|本|今|昨|有|迟|缺|\d|那)/.test(text)
    )
      Object.assign(filter, { member: reading.speaker.id });
    const period = periodIn(text, reading.today);
    const session = sessionMeant(clause, false);
    const days = clause.days('behind');
    if (session && 'one' in session) return act(span, 2.4, { session: session.one.code, ...filter });
    if (days.length === 0 && period) return act(span, 2.4, { ...period, ...filter });
    const [day] = days;
    if (day) {
      const held = reading.lexicon.sessions.on(day.day);
      const [only] = held;
      return act(
        span,
        2.4,
        held.length === 1 && only ? { session: only.code, ...filter } : { from: day.day, to: day.day, ...filter },
      );
    }
    if (session)
      return ask(
        span,
        2,
        '您要看哪一场的考勤？',
        session.several
          .slice(0, 4)
          .map(({ code, topic }) => ({ label: `《${topic}》`, input: { session: code, ...filter } })),
      );
    const held =
      reading.lexicon.sessions.nearest(reading.now, reading.today) ??
      reading.lexicon.sessions.all.filter(({ from }) => from <= reading.now.getTime()).at(-1);
    return held
      ? act(span, 2.4, { session: held.code, ...filter })
      : ask(span, 2, '近期没有学习场次。您要看哪一天的考勤？');
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
