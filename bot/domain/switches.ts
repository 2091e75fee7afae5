import type { Day } from '#bot/calendar.ts';

/** What is restricted and can be switched on (R97). */
export const SWITCHES = {
  names: { name: '群内点名', does: '考勤通报在群里写明缺席人员姓名' },
  everybody: { name: '@全体', does: '群里的学习通知提醒全体成员' },
  location: { name: '位置', does: '集中学习签到时核对是否在会场，只记相符，不存坐标' },
  photo: { name: '照片必填', does: '确认集中学习考勤前须附现场照片' },
  ranking: { name: '个人排名', does: '局领导、活动办和本科室负责人可查集中学习出勤的个人名次' },
} as const;
export type SwitchKey = keyof typeof SWITCHES;
export const SWITCH_KEYS = Object.keys(SWITCHES) as [SwitchKey, ...SwitchKey[]];

const WORDS: Record<SwitchKey, RegExp> = {
  names: /群(?:内|里|中)?点名/,
  everybody: /[@＠艾特]{1,2}(?:全体|所有人)(?:成员)?/,
  location: /(?:签到)?(?:位置|定位)(?:采集|签到)?/,
  photo: /(?:强制)?照片(?:必填|必须|强制)/,
  ranking: /个人(?:学习)?排名/,
};

/** Which switch the words name; null if none. */
export const switchIn = (text: string): SwitchKey | null => SWITCH_KEYS.find((key) => WORDS[key].test(text)) ?? null;

/** A setting as it was changed. */
export interface SwitchChange {
  id: number;
  value: string;
  approvedAt: Date | null;
  closedAt: Date | null;
  /** last day on which it holds; empty where none was said */
  until: Day | null;
}

/**
 * How a switch stands on a day: switching on counts once the chief agreed and through its last day, switching off at once;
 * the newest that counts decides. Null where it is off.
 */
export function switchedOn<Change extends SwitchChange>(changes: readonly Change[], today: Day): Change | null {
  const counting = changes.filter(
    ({ value, approvedAt, closedAt }) => closedAt === null && (value === 'off' || approvedAt !== null),
  );
  const last = counting.reduce<Change | null>((newest, one) => (newest && newest.id > one.id ? newest : one), null);
  return last?.value === 'on' && !isOver(last, today) ? last : null;
}

/** Its last day has passed. */
export const isOver = ({ until }: Pick<SwitchChange, 'until'>, today: Day): boolean => until !== null && until < today;
