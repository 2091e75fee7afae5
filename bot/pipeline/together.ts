import { setTimeout as pause } from 'node:timers/promises';

/**
 * Lets calls that come while one is under way share the next: many commits become one.
 * @param lingerMs how long a call may wait for others to come along
 * @returns a function that resolves when `work` is done with its item, and rejects as `work` does.
 */
export function together<T>(
  most: number,
  work: (items: T[]) => Promise<unknown>,
  lingerMs = 0,
): (item: T) => Promise<void> {
  let waiting: { item: T; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let busy = false;

  async function run(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      if (lingerMs > 0) await pause(lingerMs);
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
