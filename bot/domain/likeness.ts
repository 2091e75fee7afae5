const pairsOf = (text: string): Set<string> => {
  const bare = text.replace(/[\s\p{P}]/gu, '');
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < bare.length; at++) pairs.add(bare.slice(at, at + 2));
  return pairs;
};

/** 雷同: how much two texts have in common, 0 to 1, by the pairs of characters of the longer one. */
export function likeness(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)];
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared += 1;
  return shared / Math.max(a.size, b.size);
}
