import { type Day, dateInWords, dayInWords, dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { type Attendances, type Attendee, countOf, windowOf } from '#bot/domain/attendance.ts';
import { attendanceInWords } from '#bot/domain/attendance-words.ts';
import { LEAVE_KINDS } from '#bot/domain/leave.ts';
import { lastOf, monthTitle } from '#bot/domain/month.ts';
import { share } from '#bot/domain/month-facts.ts';
import { titled } from '#bot/domain/session-words.ts';
import type { StudyBoard } from '#bot/domain/study-board.ts';
import { KINDS } from '#bot/domain/topic.ts';
import type { World, WorldDepartment } from '#bot/language/reading.ts';
import type { PrintedSheet } from '#bot/papers/printed-sheet.ts';
import { attendancesOf } from './attendance.ts';
import type { Tx } from './db.ts';
import { makeUpOf } from './make-up.ts';
import { monthBoard } from './month-board.ts';
import { officeName } from './office.ts';
import type { SessionRow } from './session.ts';

/** 「张　三」: names of two characters are spread in lists (requirements 3.1). */
export const spreadName = (name: string): string => ([...name].length === 2 ? [...name].join('　') : name);

const HOW: Record<string, string> = {
  word: '消息',
  code: '签到码',
  card: '卡片',
  qr: '扫码',
  place: '定位',
  paper: '纸质补录',
};

/** 签到表 of a session: before it opens one to sign by hand, afterwards as it was signed (R14). */
export async function signInSheet(tx: Tx, world: World, session: SessionRow, now: Date): Promise<PrintedSheet> {
  const attendances = await attendancesOf(tx, session);
  const blank = now < windowOf(session).opens;
  const over = now > windowOf(session).closes;
  const names = new Map(world.departments.map(({ code, name }) => [code, name]));
  const titles = new Map(world.members.map(({ id, title }) => [id, title]));
  const rank = new Map(world.departments.map(({ code }, index) => [code, index]));
  const inOrder = [...attendances.expected].sort((one, other) => placeOf(one) - placeOf(other));
  function placeOf({ id }: Attendee): number {
    return rank.get(attendances.people.get(id)?.department ?? '') ?? rank.size;
  }
  const rows = inOrder.map((one, index) => {
    const person = attendances.people.get(one.id);
    const start = [index + 1, names.get(person?.department ?? '') ?? '', spreadName(person?.name ?? '')];
    const signed = blank ? ['', ''] : [one.signIn ? timeOf(one.signIn.at) : '', HOW[one.signIn?.how ?? ''] ?? ''];
    return [...start, titles.get(one.id) ?? '', ...signed, blank ? '' : remarkOn(one, over)];
  });
  const guests = await guestRows(tx, session, attendances, names, rows.length);
  const day = dayOf(session.start);
  const left = `内容：${titled(session.topic)}${session.speaker ? `　主讲人：${session.speaker}` : ''}`;
  return {
    ...{ name: '签到表', title: `${await officeName(tx)}${session.kind}签到表`, left, landscape: false, summed: false },
    right: `${day.slice(0, 4)}年${dayInWords(day)}${timeOf(session.start)}至${timeOf(session.end)}　地点：${session.venue}`,
    columns: [
      { heading: '序号', width: 6, centred: true },
      { heading: '科室（单位）', width: 26 },
      { heading: '姓名', width: 10, centred: true },
      { heading: '职务', width: 18 },
      { heading: blank ? '签名' : '签到时间', width: blank ? 16 : 10, centred: true },
      { heading: blank ? '时间' : '方式', width: 10, centred: true },
      { heading: '备注', width: 14 },
    ],
    rows: [...rows, ...guests],
    below: [
      blank
        ? `应到${rows.length}人，实到　　人，请假　　人，缺席　　人。`
        : `${attendanceInWords(attendances, over)}。`,
      '召集人（签字）：　　　　　　　　　　　　　　记录人（签字）：',
    ],
    madeOn: dayOf(now),
  };
}

function remarkOn({ status, leaveType, grantedLater, signIn }: Attendee, over: boolean): string {
  if (status === 'leave') return `请假${leaveType ? `（${LEAVE_KINDS[leaveType]}）` : ''}`;
  if (status === 'absent') return over ? `缺席${grantedLater ? '（事后批假）' : ''}` : '未签到';
  return [...(status === 'late' ? ['迟到'] : []), ...(signIn?.leftAt ? [`早退（${timeOf(signIn.leftAt)}）`] : [])].join(
    '、',
  );
}

/** 列席: who came without being expected stands below, and counts nowhere. */
async function guestRows(
  tx: Tx,
  { code }: SessionRow,
  { observers }: Attendances,
  names: Map<string, string>,
  before: number,
) {
  const people = await tx.person.findMany({ where: { id: { in: observers } }, orderBy: { rank: 'asc' } });
  const signIns = await tx.signIn.findMany({ where: { sessionCode: code, personId: { in: observers } } });
  return people.map(({ id, name, departmentCode, title }, index) => {
    const signed = signIns.find(({ personId }) => personId === id);
    const at = signed ? [timeOf(signed.at), HOW[signed.how] ?? ''] : ['', ''];
    return [before + index + 1, names.get(departmentCode) ?? '', spreadName(name), title, ...at, '列席'];
  });
}

/** What a unit's people did together in some sessions, in person-times. */
export interface UnitAttendance {
  unit: WorldDepartment;
  sessions: number;
  attendances: Attendances;
  owed: number;
  made: number;
}

/** Attendance over sessions, unit by unit in establishment order: everybody where they were on the day of each (G12). */
export async function unitAttendances(tx: Tx, world: World, sessions: SessionRow[]): Promise<UnitAttendance[]> {
  const units = world.departments.map((unit) => ({
    ...{ unit, sessions: 0, owed: 0, made: 0 },
    attendances: { expected: [] as Attendee[], observers: [] },
  }));
  for (const session of sessions) {
    const { expected, people } = await attendancesOf(tx, session);
    const { owed, done } = await makeUpOf(tx, session);
    for (const one of units) {
      const own = expected.filter(({ id }) => people.get(id)?.department === one.unit.code);
      if (own.length === 0) continue;
      const owing = own.filter(({ id }) => owed.includes(id));
      one.sessions += 1;
      one.attendances.expected.push(...own);
      one.owed += owing.length;
      one.made += owing.filter(({ id }) => done.has(id)).length;
    }
  }
  return units;
}

/** The sessions of a stretch of days that have been held by `now`. */
export const sessionsHeld = (tx: Tx, from: Day, to: Day, now: Date) =>
  tx.session.findMany({
    where: { cancelledAt: null, start: { gte: instantAt(from, '00:00') }, end: { lte: earlier(now, to) } },
    orderBy: { start: 'asc' },
  });
const earlier = (now: Date, to: Day): Date => new Date(Math.min(now.getTime(), instantAt(to, '23:59').getTime()));

const SUMS =
  '集中学习场次 应到人次 实到人次 其中迟到 请假人次 缺席人次 出勤率 应补学人次 已补学人次 自学人数 讲 谈 议 读 写'.split(
    ' ',
  );

/** 学习情况统计表 of a month: counts by unit, nobody's name, no minutes and no order but the establishment's (R18, R97). */
export async function statisticsSheet(tx: Tx, world: World, month: string, now: Date): Promise<PrintedSheet> {
  const [from, to] = [`${month}-01`, lastOf(month)];
  const sessions = await sessionsHeld(tx, from, to, now);
  const units = await unitAttendances(tx, world, sessions);
  const board = await monthBoard(tx, month, world);
  const studied = await tx.studyRecord.findMany({ where: { date: { gte: from, lte: to }, undoneAt: null } });
  const lines = units.map(({ unit, sessions: held, attendances, owed, made }, index) => {
    const counts = board.find((one) => one.unit.code === unit.code)?.counts ?? {};
    const people = new Set(studied.filter((one) => one.departmentCode === unit.code).map(({ personId }) => personId));
    const figures = [
      ...[held, attendances.expected.length, countOf(attendances, 'present', 'late')],
      ...[countOf(attendances, 'late'), countOf(attendances, 'leave'), countOf(attendances, 'absent')],
      ...[owed, made, people.size, ...KINDS.map((kind) => counts[kind] ?? 0)],
    ];
    return { head: [index + 1, unit.name], figures };
  });
  const sum = (place: number): number => lines.reduce((total, { figures }) => total + (figures[place] ?? 0), 0);
  const whole = {
    head: ['', '合计'],
    figures: (lines[0]?.figures ?? []).map((_, place) => (place === 0 ? sessions.length : sum(place))),
  };
  const withRate = ({ head, figures }: { head: (string | number)[]; figures: number[] }) => [
    ...head,
    ...figures.slice(0, 6),
    share(figures[2] ?? 0, figures[1] ?? 0),
    ...figures.slice(6),
  ];
  const until = now < instantAt(to, '23:59') ? `（截至${dateInWords(dayOf(now))}${timeOf(now)}）` : '';
  return {
    ...{ name: '学习情况统计表', title: `${await officeName(tx)}${monthTitle(month)}学习情况统计表` },
    left: `统计期间：${dateInWords(from)}至${dateInWords(to)}${until}`,
    right: `填表日期：${dateInWords(dayOf(now))}`,
    ...{ landscape: true, summed: true, madeOn: dayOf(now) },
    columns: [
      { heading: '序号', width: 6, centred: true },
      { heading: '科室（单位）', width: 28 },
      ...SUMS.map((heading) => ({
        heading,
        width: heading.length > 4 ? 11 : heading.length > 2 ? 9 : 6,
        number: true,
      })),
    ],
    rows: [...lines, whole].map(withRate),
    below: [
      '说明：出勤率＝实到人次÷应到人次，实到含迟到；请假为事先获批的请假；场次合计为全部场次；自学人数为有自学记录的人数，读为自学人天与读书活动次数之和。',
      '填报人：　　　　　　　　　　　　　　审核人：',
    ],
  };
}

/** 学习看板 of a month as it stands at `now` (R27). */
export async function studyBoard(tx: Tx, world: World, month: string, now: Date): Promise<StudyBoard> {
  const units = await unitAttendances(tx, world, await sessionsHeld(tx, `${month}-01`, lastOf(month), now));
  const board = await monthBoard(tx, month, world);
  const asked = board.some(({ demanded }) => demanded.length > 0);
  return {
    ...{ month, until: `截至${dateInWords(dayOf(now))}${timeOf(now)}` },
    rows: board.map(({ unit, counts, total, lacks }) => {
      const own = units.find((one) => one.unit.code === unit.code);
      const attendances = own?.attendances ?? { expected: [], observers: [] };
      return {
        ...{ unit: unit.name, counts: KINDS.map((kind) => counts[kind] ?? 0), total, sessions: own?.sessions ?? 0 },
        ...(asked && { lacks }),
        ...{ came: countOf(attendances, 'present', 'late'), expected: attendances.expected.length },
      };
    }),
  };
}
