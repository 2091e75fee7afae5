import type { Clause } from './reading.ts';

const LABELS =
  /(?:日期|时间|时长|学时|用时|地点|内容|主题|题目|主讲|对象|材料|形式)\s*(?:[:：\s]|(?=[\d《一二三四五六七八九十〇㐀-鿿]))/g;

/**
 * Under labels in several sentences (时间：……；地点：……；内容：……) the whole message tells of one thing: it stands for its first
 * sentence, and the others tell nothing. A sentence of any other message stands for itself.
 */
export function labelled(clause: Clause): Clause | null {
  const { message, sentences } = clause.reading;
  if (sentences.length < 2) return clause;
  const starts = sentences.filter(({ text }) => {
    LABELS.lastIndex = 0;
    const [found] = text.matchAll(LABELS);
    return found !== undefined && found.index <= 8;
  });
  if (starts.length < 2 || starts.length < sentences.length - 1) return clause;
  return clause.start === sentences[0]?.start ? message : null;
}
