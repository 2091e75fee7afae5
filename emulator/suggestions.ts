/** Sentences worth trying, by role; the first role that fits somebody decides. */
const BY_ROLE: [role: string, sentences: string[]][] = [
  ['chief', ['哪些逾期了', '高新科逾期的有哪些', '我的台账', '帮助']],
  ['leader', ['哪些逾期了', '1号台账验收通过', '1号台账退回，缺会议纪要', '帮助']],
  ['office', ['签到', '哪些逾期了', '我的台账', '帮助']],
  ['head', ['签到', '准假 雷鸣', '哪些逾期了', '我的台账', '请假，到市里开会', '撤销']],
  ['staff', ['签到', '我的台账', '请假，到郑州送材料', '撤销', '帮助']],
];

/** What to suggest to somebody, with a report on one of the own items if there is one. */
export function suggestionsFor(
  roles: string[],
  own: { no: number; target: number | null; unit: string | null } | undefined,
): string[] {
  const [, sentences] = BY_ROLE.find(([role]) => roles.includes(role)) ?? ['', ['帮助']];
  if (!own) return sentences;
  const report = own.target === null ? `${own.no}号台账完成60%` : `${own.no}号台账新增1${own.unit ?? ''}`;
  return [sentences[0] ?? '', report, ...sentences.slice(1)];
}

/** What to suggest in a group, said to the robot. */
export const groupSuggestions = (mention: string): string[] =>
  ['签到', '哪些逾期了', '今天学习谁没签到', '帮助'].map((text) => `${mention} ${text}`);
