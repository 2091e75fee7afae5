import { type Attendances, countOf, type Status } from './attendance.ts';
import { LEAVE_KINDS } from './leave.ts';
import { sessionName } from './session-words.ts';

const cameIn = (status: Status): boolean => status === 'present' || status === 'late';

/** 「应到38人，实到30人，请假5人（公差2人、病假1人、事假2人），缺席3人」: the fixed wording of 3.1, late ones said apart; before the end nobody is absent yet. */
export function attendanceInWords(attendances: Attendances, over = true): string {
  const { expected } = attendances;
  const late = countOf(attendances, 'late');
  const early = expected.filter(({ status, signIn }) => cameIn(status) && signIn?.leftAt).length;
  const apart = [...(late > 0 ? [`迟到${late}人`] : []), ...(early > 0 ? [`早退${early}人`] : [])];
  const leave = countOf(attendances, 'leave');
  const kinds = Object.entries({ ...LEAVE_KINDS, none: '未注明' })
    .map(([type, word]) => ({
      word,
      count: expected.filter(({ status, leaveType }) => status === 'leave' && (leaveType ?? 'none') === type).length,
    }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${word}${count}人`);
  return [
    `应到${expected.length}人`,
    `实到${countOf(attendances, 'present', 'late')}人${apart.length > 0 ? `（${apart.join('、')}）` : ''}`,
    `请假${leave}人${kinds.length > 0 ? `（${kinds.join('、')}）` : ''}`,
    `${over ? '缺席' : '未签到'}${countOf(attendances, 'absent')}人`,
  ].join('，');
}

/** 考勤通报 in one paragraph for a group: figures, nobody's name (R16). */
export const noticeInWords = (session: { topic: string; start: Date }, attendances: Attendances): string =>
  `${sessionName(session)}考勤情况：${attendanceInWords(attendances)}。`;
