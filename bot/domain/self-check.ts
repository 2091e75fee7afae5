/** What a unit can say of a matter in a round (R60). */
export const CHECK_ANSWERS = ['done', 'on_track', 'behind', 'needs_help'] as const;
export type CheckAnswer = (typeof CHECK_ANSWERS)[number];
export const CHECK_WORDS: Record<CheckAnswer, string> = {
  done: '已办结',
  on_track: '按期推进',
  behind: '滞后',
  needs_help: '需协调',
};

/** 「JB2013-001《……》」, the first few of them. */
export function mattersInWords(matters: readonly { code: string; title: string }[]): string {
  const named = matters.slice(0, 8).map(({ code, title }) => `${code}《${title}》`);
  return `${named.join('、')}${matters.length > named.length ? `等${matters.length}件` : ''}`;
}
