/** 题型, by what people write */
const KINDS: Record<string, string> = { 单选: 'single', 多选: 'multiple', 判断: 'judge', 填空: 'blank' };
export const OPTIONS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const RIGHT = ['对', '√', '正确', '是'];
const WRONG = ['错', '×', '错误', '否'];

/** A question as it stands in a bank (R25). */
export interface BankQuestion {
  kind: string;
  text: string;
  options: string[];
  answer: string;
}

/** The kind a word names, 「单选题」 as well; empty for none. */
export const questionKind = (word: string): string => KINDS[word.replace(/题$/, '')] ?? '';
export const questionKindInWords = (kind: string): string =>
  Object.entries(KINDS).find(([, one]) => one === kind)?.[0] ?? kind;

/** The right answer in one shape; null if it is none of this question. */
export function rightAnswer(kind: string, said: string, options: number): string | null {
  if (said === '') return null;
  if (kind === 'blank') return said;
  if (kind === 'judge') return RIGHT.includes(said) ? '对' : WRONG.includes(said) ? '错' : null;
  return lettersIn(said, kind, options);
}

/** The options a text names, 「AC」, in their order; null where one of them is none, or several are where one is right. */
export function lettersIn(text: string, kind: string, options: number): string | null {
  const letters = [...new Set(text.normalize('NFKC').toUpperCase().match(/[A-Z]/g) ?? [])].sort();
  const offered: readonly string[] = OPTIONS.slice(0, options);
  const known = letters.length > 0 && letters.every((one) => offered.includes(one));
  return known && (kind === 'multiple' || letters.length === 1) ? letters.join('') : null;
}

/** Why a question can be put to nobody; null if it can. */
export function whyNoQuestion({ kind, text, options, answer }: BankQuestion): string | null {
  if (text.length < 2) return '没有题目';
  if ((kind === 'single' || kind === 'multiple') && options.length < 2) return '选项至少要有A、B两项';
  if (new Set(options).size < options.length) return '有两个选项内容相同';
  if (answer === '') return '没有正确答案';
  if (rightAnswer(kind, answer, options.length) !== null) return null;
  return `答案“${answer}”不是这道题的选项`;
}

/** 「3. （单选）八项规定由谁通过　A中央政治局　B国务院　答案A」, for the office only. */
export function bankQuestionInWords({ no, kind, text, options, answer }: BankQuestion & { no: number }): string {
  const choices = options.map((option, index) => `　${OPTIONS[index]}${option}`).join('');
  return `${no}. （${questionKindInWords(kind)}）${text}${choices}　答案${answer}`;
}
