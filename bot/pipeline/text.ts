const MOST_BYTES = 2048;
// 「（12/34）」 before each part.
const MARK_BYTES = 16;
const ROOM = MOST_BYTES - MARK_BYTES;
const GRAPHEMES = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/**
 * Cuts what the platform would cut off silently into numbered parts of at most 2,048 bytes each (R90, R92): at line ends, else
 * at the end of a sentence, else between what is seen as one character. Nothing is left out.
 */
export function splitText(text: string): string[] {
  if (Buffer.byteLength(text) <= MOST_BYTES) return [text];
  const parts: string[] = [];
  let part: string[] = [];
  let bytes = 0;
  for (const piece of pieces(text, [byLine, bySentence, byCharacter, byCodePoint])) {
    const more = Buffer.byteLength(piece);
    if (bytes + more > ROOM) {
      parts.push(part.join(''));
      [part, bytes] = [[], 0];
    }
    part.push(piece);
    bytes += more;
  }
  parts.push(part.join(''));
  return parts.map((words, index) => `（${index + 1}/${parts.length}）${words}`);
}

type Cut = (text: string) => string[];
const byLine: Cut = (text) => text.split(/(?<=\n)/);
const bySentence: Cut = (text) => text.split(/(?<=[。；！？])/);
const byCharacter: Cut = (text) => [...GRAPHEMES.segment(text)].map(({ segment }) => segment);
// Marks may be heaped on one character without end.
const byCodePoint: Cut = (text) => [...text];

/** A text in pieces that fit a part, each cut only as finely as it has to be. */
function pieces(text: string, [cut, ...finer]: Cut[]): string[] {
  if (!cut || Buffer.byteLength(text) <= ROOM) return [text];
  return cut(text).flatMap((piece) => pieces(piece, finer));
}

/** Whether words arrive whole as one message of text, and what stands for them as one of markdown. */
export const fitsOne = (text: string, markup = ''): boolean =>
  Buffer.byteLength(text) <= MOST_BYTES && Buffer.byteLength(markup) <= MOST_MARKUP_BYTES;
const MOST_MARKUP_BYTES = 4096;
