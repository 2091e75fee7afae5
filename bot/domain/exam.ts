import { lettersIn, OPTIONS } from './question-bank.ts';

/** A question of the bank as it is put. */
export interface Question {
  id: number;
  kind: string;
  text: string;
  options: string[];
  answer: string;
}
const HOW: Record<string, string> = {
  single: '回复一个字母',
  multiple: '回复几个字母，如“AC”',
  judge: '回复“对”或“错”',
  blank: '回复“答：”加答案',
};
/** Of how many right answers a hundred a test is passed. */
export const PASS = 60;

/** 「第1/10题（单选）……」 with its options and how to answer; never the right one. */
export function questionInWords({ kind, text, options }: Question, place: number, of: number): string {
  const choices = options.map((option, index) => `${OPTIONS[index]}. ${option}`);
  return [`第${place + 1}/${of}题：${text}`, ...choices, `请${HOW[kind] ?? '回复答案'}。`].join('\n');
}

/** What can be tapped of a question: each answer says what one would type. Only the newest question's card counts. */
export function answersOf({ kind, options }: Question) {
  const says = kind === 'judge' ? ['对', '错'] : options.map((_, index) => OPTIONS[index] ?? '');
  const buttons = says.map((one, index) => ({
    label: kind === 'judge' ? one : `${one}. ${options[index]}`,
    says: one,
  }));
  if (kind === 'blank') return { buttons: [], style: {} };
  return { buttons, style: { topic: 'exam', ...(kind === 'multiple' && { several: true }) } };
}

/** What an answer is, in one shape; null if it is no answer to this kind of question. */
export function answerSaid(kind: string, said: string, options: number): string | null {
  const text = said
    .trim()
    .replace(/^(?:我?选|答案(?:是|为)?[:：]?)\s*/, '')
    .replace(/[。.!！]$/, '');
  if (kind === 'judge') return /^(?:对|√|正确)$/.test(text) ? '对' : /^(?:错|×|错误)$/.test(text) ? '错' : null;
  if (kind === 'blank') return /^答[:：]\s*(.+)$/.exec(said.trim())?.[1]?.trim() ?? null;
  if (!/^[A-Fa-fＡ-Ｆ\s、,，]+$/.test(text)) return null;
  return lettersIn(text, kind, options);
}

const bare = (text: string): string => text.replace(/[\s\p{P}]/gu, '');
export const isRight = ({ kind, answer }: Question, said: string): boolean =>
  kind === 'blank' ? bare(said) === bare(answer) : said === answer;

/** 「应考38人，已考30人，平均85.3分，及格率90.0%（27/30）」: every rate with its denominator (G15). */
export function resultInWords(scores: readonly number[], due: number): string {
  if (scores.length === 0) return `应考${due}人，已考0人`;
  const passed = scores.filter((score) => score >= PASS).length;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return `应考${due}人，已考${scores.length}人，平均${mean.toFixed(1)}分，及格率${((100 * passed) / scores.length).toFixed(1)}%（${passed}/${scores.length}）`;
}

const PLACES = 3;

/** 「前3名：雷鸣（100分）、温静（90分）。」 of a declared 竞赛, those of equal score together; empty where nobody took part (R25). */
export function bestInWords(
  scores: ReadonlyMap<string, number>,
  people: readonly { id: string; name: string }[],
): string {
  const taken = people.flatMap(({ id, name }) => {
    const score = scores.get(id);
    return score === undefined ? [] : [{ name, score }];
  });
  const least = [...taken].sort((one, other) => other.score - one.score)[Math.min(PLACES, taken.length) - 1]?.score;
  if (least === undefined) return '';
  const best = taken.filter(({ score }) => score >= least).sort((one, other) => other.score - one.score);
  return `前${best.length}名：${best.map(({ name, score }) => `${name}（${score}分）`).join('、')}。`;
}
