import { Dictionary } from '../dictionary.ts';
import { soundOf } from '../sound.ts';
import type { Span } from '../text.ts';
import type { WorldEnterprise } from '../world.ts';

export interface EnterpriseMention extends Span {
  enterprise: WorldEnterprise;
}

const FEWEST = 3;
const GOES_THERE = /走访|拜访|回访|调研|登门|去|到|看/;

/** Finds the enterprises the office keeps in touch with, by name, or misheard where somebody went there. */
export class Enterprises {
  private readonly names = new Dictionary<WorldEnterprise>();
  private readonly heard = new Map<string, WorldEnterprise>();
  /** what the first two characters of a name sound like */
  private readonly openings = new Set<string>();
  /** the longest first */
  private readonly lengths: readonly number[];

  constructor(enterprises: readonly WorldEnterprise[]) {
    const lengths = new Set<number>();
    for (const enterprise of enterprises)
      for (const name of [enterprise.name, ...enterprise.aliases]) {
        this.names.add(name, enterprise);
        if (name.length < FEWEST) continue;
        const sound = soundOf(name);
        this.heard.set(sound, enterprise);
        this.openings.add(sound.slice(0, 2));
        lengths.add(name.length);
      }
    this.lengths = [...lengths].sort((one, other) => other - one);
  }

  in(text: string): EnterpriseMention[] {
    const found = this.names
      .in(text)
      .flatMap(({ values: [enterprise], start, end }) => (enterprise ? [{ start, end, enterprise }] : []));
    return found.length > 0 || text.length > 200 || !GOES_THERE.test(text) ? found : this.misheard(text);
  }

  private misheard(text: string): EnterpriseMention[] {
    const sound = soundOf(text);
    const starts = Array.from(sound, (_, at) => at).filter((at) => this.openings.has(sound.slice(at, at + 2)));
    for (const length of this.lengths)
      for (const start of starts) {
        const enterprise = this.heard.get(sound.slice(start, start + length));
        if (enterprise) return [{ start, end: start + length, enterprise }];
      }
    return [];
  }
}
