import { createServer } from 'node:net';

// Below those the system hands out by itself: a port asked of it and given back is somebody else's before it is used again.
const [FIRST_PORT, PORTS_OF_ONE] = [10_000, 2_000];
let taken = process.pid % PORTS_OF_ONE;

/** A port that nobody listens on now, nor will before it is used: each worker has its own. */
export async function freePort(): Promise<number> {
  const worker = Number(process.env['VITEST_POOL_ID'] ?? 0) % 10;
  for (;;) {
    const port = FIRST_PORT + worker * PORTS_OF_ONE + (taken++ % PORTS_OF_ONE);
    if (await isFree(port)) return port;
  }
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
