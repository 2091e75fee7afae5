/**
 * The first few of a list in some order, those alike as they came; the rest is looked at once and not put in order.
 * @param order negative where the one comes before the other
 */
export function foremost<One>(list: readonly One[], count: number, order: (one: One, other: One) => number): One[] {
  const first: One[] = [];
  for (const one of list) {
    const last = first.at(-1);
    if (first.length >= count && (last === undefined || order(one, last) >= 0)) continue;
    let at = first.length;
    while (at > 0 && order(one, first[at - 1] as One) < 0) at -= 1;
    first.splice(at, 0, one);
    if (first.length > count) first.pop();
  }
  return first;
}
