import { parentPort } from 'node:worker_threads';
import { PAPERS } from './index.ts';

// The other end of the press: draws one paper after another.
let last: Promise<void> = Promise.resolve();
parentPort?.on('message', ({ id, drawnBy, facts }: { id: number; drawnBy: string; facts: never }) => {
  last = last.then(async () => {
    try {
      const draw = PAPERS[drawnBy];
      if (!draw) throw new Error(`nothing draws “${drawnBy}”`);
      parentPort?.postMessage({ id, bytes: await draw(facts) });
    } catch (error) {
      parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
});
