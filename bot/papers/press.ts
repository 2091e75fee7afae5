import { Worker } from 'node:worker_threads';
import type { Paper } from '#bot/message.ts';

/** Draws papers beside the service's own work. */
export interface Press {
  draw(paper: Pick<Paper, 'drawnBy' | 'facts'>): Promise<Buffer>;
  close(): Promise<void>;
}

// Where TypeScript is run as it is written, a thread has to be told so anew; in a bundle it lies beside this one.
const IS_WRITTEN = import.meta.url.endsWith('.ts');
const asWritten = () => `import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ register }) => {
  register();
  return import(${JSON.stringify(new URL('./thread.ts', import.meta.url).href)});
});`;
const LONGEST_MS = 60_000;
const IDLE_MS = 60_000;

interface Done {
  id: number;
  bytes?: Uint8Array;
  error?: string;
}
interface Waiting {
  resolve(bytes: Buffer): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/**
 * One thread that draws: a chart or a large workbook takes a second in which callbacks have to be answered. It starts with
 * the first paper and ends when none was wanted for a minute.
 */
export function openPress(): Press {
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | null = null;
  let papers = 0;
  const waiting = new Map<number, Waiting>();

  function settle({ id, bytes, error }: Done): void {
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    clearTimeout(one.timer);
    if (bytes) one.resolve(Buffer.from(bytes));
    else one.reject(new Error(error ?? 'nothing was drawn'));
    if (waiting.size === 0) rest();
  }

  function rest(): void {
    idle = setTimeout(() => void stop(), IDLE_MS);
    idle.unref();
    worker?.unref();
  }

  function start(): Worker {
    const started = IS_WRITTEN
      ? new Worker(asWritten(), { eval: true })
      : new Worker(new URL('./thread.js', import.meta.url));
    started.on('message', settle);
    const died = (error: Error | number): void => {
      if (worker === started) worker = null;
      for (const id of [...waiting.keys()]) settle({ id, error: String(error) });
    };
    started.on('error', died);
    started.on('exit', died);
    return started;
  }

  async function stop(): Promise<void> {
    if (idle) clearTimeout(idle);
    const stopped = worker;
    worker = null;
    await stopped?.terminate();
  }

  return {
    draw: ({ drawnBy, facts }) =>
      new Promise((resolve, reject) => {
        if (idle) clearTimeout(idle);
        worker ??= start();
        worker.ref();
        papers += 1;
        const id = papers;
        const timer = setTimeout(() => settle({ id, error: `${drawnBy} took longer than a minute` }), LONGEST_MS);
        waiting.set(id, { resolve, reject, timer });
        worker.postMessage({ id, drawnBy, facts });
      }),
    close: stop,
  };
}
