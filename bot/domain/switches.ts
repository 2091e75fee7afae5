/** What can be switched on, and what exists only as a name that stays off (R97). */
export const SWITCHES = {
  names: { name: '群内点名', does: '考勤通报在群里写明缺席人员姓名', exists: true },
  everybody: { name: '@全体', does: '群里的学习通知提醒全体成员', exists: true },
  location: { name: '位置', does: '签到时采集位置', exists: false },
  photo: { name: '照片必填', does: '签到或走访必须附照片', exists: false },
  ranking: { name: '个人排名', does: '按个人排出名次', exists: false },
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
}

/** How a switch stands: switching on counts once the chief agreed, switching off at once; the newest that counts decides. */
export function stands(changes: readonly SwitchChange[]): SwitchChange | null {
  const counting = changes.filter(
    ({ value, approvedAt, closedAt }) => closedAt === null && (value === 'off' || approvedAt !== null),
  );
  return counting.reduce<SwitchChange | null>((last, one) => (last && last.id > one.id ? last : one), null);
}
