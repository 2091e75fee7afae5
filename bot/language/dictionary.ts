import type { Span } from './text.ts';

export interface Found<Value> extends Span {
  values: Value[];
}

/** Words that stand for something. Looks a text through once, whatever the number of words. */
export class Dictionary<Value> {
  private readonly words = new Map<string, Value[]>();
  /** by their first two characters: how long words are that begin so, the longest first */
  private readonly lengths = new Map<string, number[]>();

  add(word: string, value: Value): void {
    if (word.length < 2) return;
    const values = this.words.get(word);
    // All words of a value are added one after another.
    if (!values) this.words.set(word, [value]);
    else if (values.at(-1) !== value) values.push(value);
    const lengths = this.lengths.get(word.slice(0, 2)) ?? [];
    if (!lengths.includes(word.length)) lengths.push(word.length);
    this.lengths.set(
      word.slice(0, 2),
      lengths.sort((one, other) => other - one),
    );
  }

  get(word: string): Value[] {
    return this.words.get(word) ?? [];
  }

  /** Every word in the text, the longest at each place, none inside another. */
  in(text: string): Found<Value>[] {
    const found: Found<Value>[] = [];
    for (let start = 0; start < text.length; ) {
      const end = this.longestAt(text, start);
      if (end === null) start += 1;
      else {
        found.push({ start, end, values: this.get(text.slice(start, end)) });
        start = end;
      }
    }
    return found;
  }

  private longestAt(text: string, start: number): number | null {
    // Of most places nothing begins.
    for (const length of this.lengths.get(text.slice(start, start + 2)) ?? [])
      if (start + length <= text.length && this.words.has(text.slice(start, start + length))) return start + length;
    return null;
  }
}
