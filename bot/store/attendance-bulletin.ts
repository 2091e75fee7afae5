import { dateInWords, dayOf, monthDayInWords } from '#bot/calendar.ts';
import { type Attendances, countOf } from '#bot/domain/attendance.ts';
import { attendanceInWords } from '#bot/domain/attendance-words.ts';
import { share } from '#bot/domain/month-facts.ts';
import { titled } from '#bot/domain/session-words.ts';
import type { World } from '#bot/language/reading.ts';
import type { Block, OfficialDocument } from '#bot/papers/document.ts';
import type { Tx } from './db.ts';
import type { SessionRow } from './session.ts';
import { type UnitAttendance, unitAttendances } from './study-sheets.ts';

interface BulletinParts {
  /** 「2013年5月」, or the day of one session */
  when: string;
  sessions: SessionRow[];
  now: Date;
}

/** 考勤通报 as a paper: background, facts, problems, what is asked for (requirements 3.1); units, nobody's name (R16). */
export async function attendanceBulletin(
  tx: Tx,
  world: World,
  { when, sessions, now }: BulletinParts,
): Promise<OfficialDocument> {
  const units = (await unitAttendances(tx, world, sessions)).filter(({ sessions: count }) => count > 0);
  const whole = { expected: units.flatMap(({ attendances }) => attendances.expected), observers: [] };
  const campaign = await tx.campaign.findUnique({ where: { id: 1 } });
  const today = dayOf(now);
  const held =
    sessions.length === 1
      ? `${monthDayInWords(dayOf(sessions[0]?.start ?? now))}组织集中学习${titled(sessions[0]?.topic ?? '')}`
      : `${when}共组织集中学习${sessions.length}场`;
  const plan = campaign ? `按照${campaign.name}安排，` : '';
  return {
    title: `关于${when}集中学习考勤情况的通报`,
    // The office gives the number; a draft's stays open (requirements 3.4).
    number: `〔${today.slice(0, 4)}〕　号`,
    addressee: '机关各科室、局属各单位：',
    body: [
      { kind: 'paragraph', text: `${plan}${held}。现将有关情况通报如下：` },
      { kind: 'heading', level: 1, text: '一、基本情况' },
      { kind: 'paragraph', text: `${timesInWords(whole)}。${rateOf(whole)}${fullOnes(units)}` },
      tableOf(units),
      { kind: 'heading', level: 1, text: '二、存在问题' },
      { kind: 'paragraph', text: problemsOf(units) },
      { kind: 'heading', level: 1, text: '三、下步要求' },
      {
        kind: 'paragraph',
        text: '各科室（单位）要落实集中学习签到和请假制度，非批准不准缺席；因故未参加的，请按要求补学并记录要点。',
      },
    ],
    signature: campaign?.office ?? '',
    date: dateInWords(today),
  };
}

/** The fixed wording of 3.1, in person-times. */
const timesInWords = (attendances: Attendances): string => attendanceInWords(attendances).replace(/(\d)人/g, '$1人次');

const rateOf = (attendances: Attendances): string => {
  const came = countOf(attendances, 'present', 'late');
  const { length } = attendances.expected;
  return `出勤率${share(came, length)}（${came}/${length}）。`;
};

/** Better units are named first (requirements 3.1). */
function fullOnes(units: UnitAttendance[]): string {
  const full = units.filter(
    ({ attendances }) => countOf(attendances, 'present', 'late') === attendances.expected.length,
  );
  if (full.length === 0) return '';
  return full.length === units.length
    ? '各科室（单位）均全部到会。'
    : `${full.map(({ unit }) => unit.name).join('、')}全部到会。`;
}

function problemsOf(units: UnitAttendance[]): string {
  const counted = (word: string, of: (unit: UnitAttendance) => number): string[] => {
    const some = units.filter((one) => of(one) > 0);
    if (some.length === 0) return [];
    return [`${word}：${some.map((one) => `${one.unit.name}${of(one)}人次`).join('、')}。`];
  };
  const lines = [
    ...counted('未经批准缺席', ({ attendances }) => countOf(attendances, 'absent')),
    ...counted('迟到', ({ attendances }) => countOf(attendances, 'late')),
    ...counted('应补学未补学', ({ owed, made }) => owed - made),
  ];
  return lines.length > 0 ? lines.join('') : '没有缺席、迟到和应补未补的情况。';
}

const tableOf = (units: UnitAttendance[]): Block => ({
  kind: 'table',
  widths: [40, 10, 10, 10, 10, 10, 13],
  rows: [
    ['科室（单位）', '应到', '实到', '迟到', '请假', '缺席', '出勤率'],
    ...units.map(({ unit, attendances }) => [
      unit.name,
      ...[attendances.expected.length, countOf(attendances, 'present', 'late'), countOf(attendances, 'late')].map(
        String,
      ),
      ...[countOf(attendances, 'leave'), countOf(attendances, 'absent')].map(String),
      share(countOf(attendances, 'present', 'late'), attendances.expected.length),
    ]),
  ],
});
