import { timeOf } from '#bot/calendar.ts';
import { type Attendances, countOf, windowOf } from './attendance.ts';
import { attendanceInWords } from './attendance-words.ts';
import { tickLines, tickPieces, ticksInWords, type ticksOf } from './readiness.ts';
import { type SessionLife, type SessionState, STATE_WORDS, stateOf } from './session.ts';
import { sessionName } from './session-words.ts';

/** What a card's button says when tapped, under its own words. */
interface Tap {
  label: string;
  says: string;
  renews?: true;
}
const tap = (says: string, label = says): Tap => ({ label, says });
/** The card as it stands now takes the place of the one it is on, so that there is one. */
export const REFRESH: Tap = { label: '刷新', says: '场次卡', renews: true };

const TAPS: Record<SessionState, Tap[]> = {
  planned: [tap('打印签到表'), REFRESH],
  noticed: [tap('打印签到表'), REFRESH],
  open: [tap('签到码'), tap('会场屏幕'), tap('截止签到'), REFRESH],
  closed: [tap('确认考勤'), tap('打印签到表'), REFRESH],
  confirmed: [tap('打印签到表')],
  cancelled: [],
  moved: [],
};

export interface CardFacts {
  session: SessionLife & { topic: string; venue: string };
  ticks: ReturnType<typeof ticksOf>;
  attendances: Attendances;
  /** asked where the four come from: each piece says it */
  inDetail?: boolean | undefined;
}

/** 场次卡: a session as whoever convenes it sees it now: 四落实, how many came so far, and what can be done next. */
export function cardOf(
  { session, ticks, attendances, inDetail }: CardFacts,
  now: Date,
): { text: string; buttons: Tap[] } {
  const state = stateOf(session, now);
  const lines = [`${sessionName(session)}，${session.venue || '地点未定'}，${STATE_WORDS[state]}。`];
  if (!['cancelled', 'moved'].includes(state)) {
    lines.push(`${ticksInWords(ticks)}。`);
    // While people sign in the card is looked at for its count.
    if (inDetail) lines.push(...tickPieces(ticks));
    else if (state !== 'open') lines.push(...tickLines(ticks));
  }
  lines.push(...figures(session, state, attendances), ...next(state, ticks.lacks));
  return { text: lines.join('\n'), buttons: TAPS[state] };
}

function figures(session: CardFacts['session'], state: SessionState, attendances: Attendances): string[] {
  const { expected, observers } = attendances;
  const guests = observers.length > 0 ? `，列席${observers.length}人` : '';
  if (state === 'planned' || state === 'noticed')
    return [
      `应到${expected.length}人，已准假${countOf(attendances, 'leave')}人，${timeOf(windowOf(session).opens)}开始签到。`,
    ];
  if (state === 'open')
    return [`${attendanceInWords(attendances, false)}${guests}，${timeOf(windowOf(session).closes)}截止。`];
  return state === 'closed' || state === 'confirmed' ? [`${attendanceInWords(attendances)}${guests}。`] : [];
}

/** What is left to do, as one would type it. */
function next(state: SessionState, lacks: string[]): string[] {
  if (lacks.length > 0 && !['confirmed', 'cancelled', 'moved'].includes(state))
    return ['请发“学习材料：中央八项规定原文”“主讲人 张三”“地点改到二楼报告厅”这样的话补齐。'];
  if (state === 'closed') return ['无误请发“确认考勤”，随后发通报。'];
  return state === 'open' ? ['纸质签到请发“代签到 张三 李四”，提前截止请发“截止签到”。'] : [];
}
