import { z } from 'zod';
import { dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { type Attendee, type Status, windowOf } from '#bot/domain/attendance.ts';
import { attendanceInWords } from '#bot/domain/attendance-words.ts';
import { daysInWords } from '#bot/domain/leave.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { looked, unexplained, wants } from '#bot/language/asking.ts';
import { act, ask, cue, type Meaning, others, sessionMeant } from '#bot/language/evidence.ts';
import { PRESENCE, presenceIn } from '#bot/language/presence.ts';
import type { Clause, World, WorldPerson } from '#bot/language/reading.ts';
import { PERIOD, periodIn } from '#bot/language/slots/period.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone, departmentsUnder } from '#bot/permission.ts';
import { attendancesOf, type SessionAttendance } from '#bot/store/attendance.ts';
import type { Tx } from '#bot/store/db.ts';

type Shown = Outcome &
  (
    | { kind: 'shown'; name: string | null; lines: string[]; counts: string[]; leaves: string[]; more: number }
    | { kind: 'not-yours' }
  );

const MOST_SESSIONS = 8;

const input = z.object({
  session: z.string().optional(),
  from: day.optional(),
  to: day.optional(),
  department: z.string().optional(),
  member: z.string().optional(),
  status: z.enum(['present', 'absent', 'late', 'leave']).optional(),
});
type Input = z.infer<typeof input>;

const OCCASION = /学习|讲座|辅导|培训|党课|[那这]场|[那这]次|会(?!风|计)|课(?!题)|活动/;
const OTHER_MATTER = verbose`
  签收 | 谁(?:也|都)(?:不|别) | 签到(?:机|本|簿|册)(?!.*谁没) | 谁有 | [看听]到的 | 总结 | 小结 | 月报 | 台账 | 准[假了]
  | 批[假准了] | 不批 | (?:怎么|咋|如何)(?:签|弄|办|搞|操作) | 几点 | 忘[^，。]{0,3}签 | 补[签上个一] | 能不能不 | 可不可以不
  | 不想[去来] | 请个假 | 催 | 互评 | 打分 | 记得 | 别忘 | 签到码 | 码是?多少 | 请个?假[，,。] | [谨特]此 | [恐难]参加 | 难以
  | 不能参加 | (?<!谁)(?:得|要|想|打算|准备|可能)[^，。谁]{0,3}请(?:个?几|[一两三四五])[天日](?!.*(?:谁|哪[些几个位]|名单|多少))
`;
const KNOWN = new RegExp(
  `${PRESENCE.source}|${PERIOD.source}|${OCCASION.source}|集中|全局|本局|局里|大家|情况|记录|统计|汇总|名单|人员?|同志|上午|下午|早上|者|率|次?数|表|报来?|中途|没有`,
);
const SURE = /签到|出勤|考勤|缺席|缺勤|参会|参学|点名/;
const NOMINAL =
  /(?:的(?:人|都?有|是)?|者|率|名单|情况|记录|统计|汇总|次数|人次|表|人数|人员|几[位个]|出勤|考勤)[。!！\s]*$/;
// A statement of one's own: 「昨天迟到了不好意思」.
// 「去口腔医院看看，请假」 looks at no list.
const GOES_TO_SEE = /[去到][^，。]{1,10}看看?/g;
const CONFESSES = /不好意思|抱歉|对不起|见谅/;

/** 「21号的也查查」 after a question of another day. */
function alsoAsked(clause: Clause): Meaning<Input> | null {
  const { before, reading, text } = clause;
  if (!before || !/也[查看列要]|呢[?？。\s]*$/.test(text) || !PRESENCE.test(before.text)) return null;
  const [day] = clause.days('behind');
  if (!day) return null;
  const [held] = reading.lexicon.sessions.on(day.day);
  const status = presenceIn(before.text);
  return held ? act(clause, 2, { session: held.code, ...(status && { status }) }) : null;
}

/** 查看考勤: figures for everybody; names for the convenor, the superiors and the office only (R16). */
export default defineHandler({
  name: 'query.attendance',
  title: '查看考勤',
  examples: ['今天学习谁没签到', '上周请假的有谁'],
  offers: ({ actor, world, now }) =>
    departmentsUnder(actor, world).length > 0 &&
    world.sessions.some(({ start }) => dayOf(new Date(start)) === dayOf(now))
      ? ['今天学习谁没签到']
      : [],
  input,
  reads: true,
  allow: anyone,

  over: 'sentence',
  heedsNotices: true,
  cues: [PRESENCE],
  meant(clause) {
    const { reading, mood, nameless: text } = clause;
    // 「去厂里看看，不知道他们老总在不在」: those of an enterprise are on no list.
    if (clause.enterprises.length > 0 && /他们|她们|人家|对方|老[总板]|厂长|经理/.test(text)) return null;
    const presence = cue(clause, PRESENCE);
    // 「你们都签了没有」 asks colleagues.
    if (/你们/.test(text) && !/学习|讲座|谁|哪些/.test(text)) return null;
    const also = presence ? null : alsoAsked(clause);
    if (also) return also;
    // Among colleagues 「谁来」 is asked of many things.
    if (reading.chat === 'group' && !/学习|讲座|会|培训|签到|考勤|出勤|假|迟到|缺|谁(?:还|都)?没/.test(text))
      return null;
    if (!presence || CONFESSES.test(text) || OTHER_MATTER.test(text) || /^\s*(?:我要|我想)?请假/.test(text))
      return null;
    const session = sessionMeant(clause, false);
    const asking = clause.parts.find((part) => PRESENCE.test(part) && wants(part));
    // 「14号缺席名单」, 「八项规定那场，迟到的」: nothing but what is asked for.
    const left = NOMINAL.test(text) ? unexplained(clause, KNOWN) : Infinity;
    const bare = left === 0 || (session !== null && left <= 12);
    if (!bare && asking === undefined && !mood.asks && !looked(text.replace(GOES_TO_SEE, ''))) return null;
    if (clause.items.some(({ how }) => how !== 'gist')) return null;
    const period = periodIn(text, reading.today);
    const days = clause.days('behind');
    const dated = days.length > 0 || period !== null || session !== null || OCCASION.test(text);
    if (!dated && !SURE.test(text) && !/谁|哪[些几]|几个?人|多少人/.test(text)) return null;
    const weight = days.length > 0 || (session !== null && OCCASION.test(text)) ? 2.6 : 2.4;
    const at = asking === undefined ? -1 : text.indexOf(asking);
    const span =
      asking === undefined
        ? bare
          ? clause
          : presence
        : { start: clause.start + at, end: clause.start + at + asking.length };
    const status = presenceIn(text);
    const [unit] = clause.departments;
    const [member] = others(clause);
    const filter = {
      ...(unit && { department: unit.department.code }),
      ...(member && { member: member.id }),
      ...(status && { status }),
    };
    const own = /(?<![给报让告向跟帮替发])[我俺](?!看|查|们|局|科|股|处|所|站|馆|办|队|单位|想|要|来)|本人/.test(text);
    if (own && !member && !unit) Object.assign(filter, { member: reading.speaker.id });
    if (session && 'one' in session) return act(span, weight, { session: session.one.code, ...filter });
    if (days.length === 0 && period) return act(span, 2.4, { ...period, ...filter });
    const [day] = days;
    if (day) {
      const held = reading.lexicon.sessions.on(day.day);
      const [only] = held;
      return act(
        span,
        weight,
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

  async execute({ input, actor, message, world, tx }): Promise<Shown> {
    const member = world.members.find(({ id }) => id === input.member);
    const under = departmentsUnder(actor, world);
    if (member && member.id !== actor.id && !under.includes(member.department))
      return { kind: 'not-yours', changed: false };
    const sessions = await sessionsAsked(tx, input, message.sentAt);
    const now = message.sentAt;
    const lines: string[] = [];
    const counts: string[] = [];
    for (const session of sessions.slice(-MOST_SESSIONS)) {
      const whole = await attendancesOf(tx, session);
      const shown = onlyOf(whole, input.department, input.member);
      const over = now > windowOf(session).closes;
      const figures = attendanceInWords(shown, over);
      counts.push(`${sessionName(session)}：${figures}。`);
      if (member) lines.push(`${sessionName(session)}：${stateInWords(shown.expected[0], over)}。`);
      else {
        const named = (id: string) => {
          const one = whole.people.get(id);
          return one && (session.convenorId === actor.id || under.includes(one.department)) ? one.name : null;
        };
        lines.push(`${sessionName(session)}：${figures}。${namesOf(shown, named, input.status, over)}`);
      }
    }
    const leaves = input.status === 'leave' && !input.session ? await leavesAsked(tx, input, world, actor, under) : [];
    return { kind: 'shown', changed: false, name: member?.name ?? null, lines, counts, leaves, more: sessions.length };
  },

  reply(outcome) {
    if (outcome.kind === 'not-yours') return '没有查询：他人的考勤由其上级领导或活动办查看。';
    const { name, lines, leaves, more } = outcome;
    if (lines.length === 0 && leaves.length === 0) return '这段时间没有集中学习，也没有可查看的请假。';
    const head = name ? [`${name}的考勤：`] : [];
    const tail = more > MOST_SESSIONS ? [`另有较早的${more - MOST_SESSIONS}场，可写明日期查看。`] : [];
    return [...head, ...lines, ...leaves, ...tail].join('\n');
  },
  inGroup: (outcome) =>
    outcome.kind === 'shown' && outcome.counts.length > 0 && !outcome.name
      ? outcome.counts.slice(-3).join('\n')
      : '已私信答复您。',
});

async function sessionsAsked(tx: Tx, { session, from, to }: Input, now: Date) {
  if (session) return tx.session.findMany({ where: { code: session } });
  const start = { gte: instantAt(from ?? dayOf(now), '00:00'), lte: instantAt(to ?? from ?? dayOf(now), '23:59') };
  return tx.session.findMany({ where: { start, cancelledAt: null }, orderBy: { start: 'asc' } });
}

/** Leaves of a stretch of days, of those the asker may see; never the reason (R15). */
async function leavesAsked(
  tx: Tx,
  { from, to, department, member }: Input,
  world: World,
  actor: WorldPerson,
  under: string[],
) {
  if (!from || !to) return [];
  const rows = await tx.leave.findMany({
    where: { state: 'approved', sessionCode: null, fromOn: { lte: to, not: '' }, toOn: { gte: from } },
    orderBy: { fromOn: 'asc' },
  });
  return rows.flatMap((leave) => {
    const person = world.members.find(({ id }) => id === leave.personId);
    if (!person || (department && person.department !== department) || (member && person.id !== member)) return [];
    if (person.id !== actor.id && !under.includes(person.department)) return [];
    return [`${person.name}请假：${daysInWords(leave)}。`];
  });
}

const onlyOf = (
  whole: SessionAttendance,
  department: string | undefined,
  member: string | undefined,
): SessionAttendance => ({
  ...whole,
  expected: whole.expected.filter(
    ({ id }) => (!department || whole.people.get(id)?.department === department) && (!member || id === member),
  ),
});

function stateInWords(attendee: Attendee | undefined, over: boolean): string {
  if (!attendee) return '不在应到范围';
  const { status, signIn, grantedLater } = attendee;
  const at = signIn ? `，${timeOf(signIn.at)}签到` : '';
  if (status === 'absent') return over ? `缺席${grantedLater ? '（事后批假）' : ''}` : '尚未签到';
  return `${STATUS_WORDS[status]}${at}`;
}

const STATUS_WORDS: Record<Status, string> = { present: '已到', late: '迟到', leave: '请假', absent: '缺席' };

/** Names of those with the status asked for, or of absentees and leave-takers; only of whom the asker may know. */
function namesOf(
  { expected }: SessionAttendance,
  named: (id: string) => string | null,
  asked: Status | undefined,
  over: boolean,
): string {
  const statuses: Status[] = asked === 'present' ? ['present', 'late'] : asked ? [asked] : ['leave', 'absent'];
  return statuses
    .flatMap((status) => {
      const names = expected.filter((one) => one.status === status).flatMap(({ id }) => named(id) ?? []);
      const word = status === 'absent' && !over ? '未签到' : STATUS_WORDS[status];
      return names.length > 0 ? [`${word}：${names.join('、')}。`] : [];
    })
    .join('');
}
