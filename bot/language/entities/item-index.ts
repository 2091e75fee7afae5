import { GistIndex } from '../gist.ts';
import type { WorldItem } from '../world.ts';

/** Where in the ledger an item stands, by number, code and title. Holds while these stay, whatever else of an item changes. */
export class ItemIndex {
  readonly byNo = new Map<number, number>();
  readonly byCode = new Map<string, number>();
  /** what codes look like here, e.g. A9-9 */
  readonly shapes = new Set<string>();
  readonly gists: GistIndex;
  private named: readonly WorldItem[];

  constructor(ledger: readonly WorldItem[]) {
    this.named = ledger;
    for (const [index, { no, code }] of ledger.entries()) {
      this.byNo.set(no, index);
      this.byCode.set(code.toUpperCase(), index);
      if (code.includes('-')) this.shapes.add(shapeOf(code));
    }
    // a16 for A-16, unless that is another's code
    for (const [index, { code }] of ledger.entries()) {
      const plain = code.toUpperCase().replaceAll('-', '');
      if (/[A-Z]\d/.test(plain) && plain.length > 2 && !this.byCode.has(plain)) this.byCode.set(plain, index);
    }
    this.gists = new GistIndex(ledger.map(({ title }) => title));
  }

  /** True if it was made of this very list, or found to hold for it. */
  isOf(ledger: readonly WorldItem[]): boolean {
    return this.named === ledger;
  }

  /** True if it holds for this ledger as well. */
  fits(ledger: readonly WorldItem[]): boolean {
    const fits =
      ledger.length === this.named.length &&
      this.named.every((known, index) => {
        const item = ledger[index];
        if (item === known) return true;
        return item?.no === known.no && item.code === known.code && item.title === known.title;
      });
    // The next one differs from this one by a few items only.
    if (fits) this.named = ledger;
    return fits;
  }
}

/** A code with its letters and figures blurred: items are told by codes of a few shapes. */
export const shapeOf = (code: string): string =>
  code
    .toUpperCase()
    .replace(/[A-Z]+/g, 'A')
    .replace(/\d+/g, '9');

const MOST_KEPT = 4;
const kept: ItemIndex[] = [];

/** The index of a ledger: the same one while numbers, codes and titles are the same, for every report makes a new world. */
export function indexOf(ledger: readonly WorldItem[]): ItemIndex {
  const known = kept.find((one) => one.isOf(ledger)) ?? kept.find((one) => one.fits(ledger));
  if (known) return known;
  const index = new ItemIndex(ledger);
  kept.unshift(index);
  kept.splice(MOST_KEPT);
  return index;
}
