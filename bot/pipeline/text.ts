const MOST_BYTES = 2048;

/** Cuts a text into parts of at most 2,048 bytes, at line ends where it can; nothing is left out. */
export function splitText(text: string): string[] {
  if (Buffer.byteLength(text) <= MOST_BYTES) return [text];
  const parts: string[] = [];
  let part = '';
  // A line that is too long by itself is cut between characters, never inside one.
  const pieces = text.split(/(?<=\n)/).flatMap((line) => (Buffer.byteLength(line) > MOST_BYTES ? [...line] : [line]));
  for (const piece of pieces) {
    if (Buffer.byteLength(part + piece) > MOST_BYTES) {
      parts.push(part);
      part = '';
    }
    part += piece;
  }
  return [...parts, part];
}
