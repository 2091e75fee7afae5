import type { Clause } from './reading.ts';
import { listMarks, type Span, withoutEnd } from './text.ts';

/** A longer text under a heading of its own: 「五月总结：……」, 「【心得】……」. */
export interface Headed extends Span {
  /** the heading with its colon */
  opening: string;
  /** what stands under it, verbatim */
  body: string;
}

/** The text of a message that stands under a heading, which may begin any sentence; to the next mark of the list it is part of. */
export function under(heading: RegExp, { reading: { sentences, said }, text, end: last }: Clause): Headed | null {
  for (const { start } of sentences) {
    const opening = heading.exec(text.slice(start))?.[0];
    if (opening === undefined) continue;
    // Looked for only under a heading: most messages have none.
    const marks = listMarks(text);
    const listed = marks.some((mark) => mark.end <= start && text.slice(mark.end, start).trim() === '');
    const own = text.slice(start + opening.length, marks.find((mark) => mark.start > start)?.start ?? text.length);
    // 「1. 五月小结奉上；2. 办文52件」: the list is what stands under the heading.
    const next = listed && own.trim().length >= 8 ? marks.find((mark) => mark.start > start) : undefined;
    // A text in quotation marks is out of sight to its very end, and stands under the heading all the same.
    const end = next?.start ?? withoutEnd(said.text.slice(0, last), '；;').length;
    return { start, end, opening, body: said.text.slice(start + opening.length, end).trim() };
  }
  return null;
}
