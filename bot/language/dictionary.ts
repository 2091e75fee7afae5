import type { Span } from './text.ts';

export interface Found<Value> extends Span {
  values: Value[];
}

/** Words that stand for something. Looks a text through once, whatever the number of words. */
export class Dictionary<Value> {
  private readonly words = new Map<string, Value[]>();
  /** by their first two characters: how long the longest is that begins so */
  private readonly longest = new Map<string, number>();

  add(word: string, value: Value): void {
    if (word.length < 2) return;
    const values = this.words.get(word);
    if (values) {
      // All words of a value are added one after another.
      if (values.at(-1) !== value) values.push(value);
      return;
    }
    this.words.set(word, [value]);
    const opening = word.slice(0, 2);
    this.longest.set(opening, Math.max(word.length, this.longest.get(opening) ?? 0));
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
    const longest = this.longest.get(text.slice(start, start + 2)) ?? 0;
    for (let length = Math.min(longest, text.length - start); length >= 2; length--)
      if (this.words.has(text.slice(start, start + length))) return start + length;
    return null;
  }
}
