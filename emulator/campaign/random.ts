/** Chance that is the same for the same seed (mulberry32). */
export function chanceOf(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    /** true in `share` of all cases */
    happens: (share: number): boolean => next() < share,
    /** a whole number from `least` to `most` */
    between: (least: number, most: number): number => least + Math.floor(next() * (most - least + 1)),
    one: <T>(of: readonly T[]): T => {
      const found = of[Math.floor(next() * of.length)];
      if (found === undefined) throw new Error('nothing to choose from');
      return found;
    },
  };
}
export type Chance = ReturnType<typeof chanceOf>;
