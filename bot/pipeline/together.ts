/**
 * Lets calls that come while one is under way share the next: many commits become one.
 * @param linger waits for others to come along, as long as any are to be expected
 * @returns a function that resolves when `work` is done with its item, and rejects as `work` does.
 */
export function together<T>(
  most: number,
  work: (items: T[]) => Promise<unknown>,
  linger?: () => Promise<unknown>,
): (item: T) => Promise<void> {
  let waiting: { item: T; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let busy = false;

  async function run(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      await linger?.();
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        await work(batch.map(({ item }) => item));
        for (const one of batch) one.resolve();
      } catch (error) {
        for (const one of batch) one.reject(error);
      }
    }
    busy = false;
  }

  return (item) => {
    const done = new Promise<void>((resolve, reject) => waiting.push({ item, resolve, reject }));
    if (!busy) void run();
    return done;
  };
}
