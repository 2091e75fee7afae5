/** How long to wait before the next try: twice as long each time, up to a longest; in milliseconds. */
export const backOff = (tries: number, firstMs: number, longestMs: number): number =>
  Math.min(firstMs * 2 ** tries, longestMs);
