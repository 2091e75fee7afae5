import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { onDatabase } from './on-database.ts';
import { giveShare } from './share.ts';
import { processorMs } from './usage.ts';

// Prints as JSON what one, two and three instances on PostgreSQL do a second; a process of its own, since which database
// the deployments are made on is looked at when they are loaded.
const { tearDown, serverPid } = await onDatabase('postgresql', { onDisk: true });
const { deploy, KEYS } = await import('../tests/support/deployment.ts');
const { startRedis } = await import('../tests/support/redis.ts');
const { seed } = await import('#emulator/seed.ts');
const { callbacks, flood } = await import('./load.ts');

const [SHARE = 0.25, ...COUNTS] = process.argv.slice(2).map(Number);
const PEOPLE = Array.from({ length: 1500 }, (_, n) => `p${n}`);
const WARM_UP = 500;
const CONNECTIONS = 64;
const FLOOD_MS = 6000;
const LONGEST_MS = 120_000;

/** How many a second, and what of processors each took, in milliseconds: of the instances, and of PostgreSQL. */
export interface Rate {
  aSecond: number;
  instancesMs: number;
  databaseMs: number;
}
export interface Measured {
  instances: number;
  /** of one processor each instance has; null where the system lets nobody give shares */
  share: number | null;
  acknowledged: Rate;
  signIns: Rate;
}

async function measure(instances: number): Promise<Measured> {
  const redis = await startRedis();
  const deployment = await deploy(PEOPLE, async (db) => {
    await seed(db, new Date());
    await db.client.campaign.deleteMany();
  });
  const ends: ((() => void) | null)[] = [];
  try {
    const services: { process: ChildProcess; port: number }[] = [];
    for (let n = 0; n < instances; n++) services.push(await deployment.start({ env: { REDIS_URL: redis.url } }));
    const pids = services.map(({ process: { pid = 0 } }) => pid);
    ends.push(...pids.map((pid) => giveShare(pid, SHARE)));

    /** What `work` did, each of it by what it took. */
    const rated = async (work: () => Promise<number>): Promise<Rate> => {
      const used = () => pids.reduce((sum, pid) => sum + processorMs(pid), 0);
      const [started, before, server] = [performance.now(), used(), processorMs(serverPid())];
      const done = await work();
      return {
        aSecond: done / ((performance.now() - started) / 1000),
        ...{ instancesMs: (used() - before) / done, databaseMs: (processorMs(serverPid()) - server) / done },
      };
    };
    /** Each instance its part, at the same time. */
    const floodAll = async (requests: Buffer[], lastsMs: number): Promise<number> => {
      const parts = services.map(({ port }, which) =>
        flood(
          ...([port, requests.filter((_, n) => n % instances === which)] as const),
          ...([CONNECTIONS / instances, lastsMs] as const),
        ),
      );
      const ended = await Promise.all(parts);
      if (ended.some(({ refused }) => refused > 0)) throw new Error('refused');
      return ended.reduce((sum, { answered }) => sum + answered, 0);
    };
    const signIn = async (people: string[]): Promise<number> => {
      const before = deployment.chats.bubbles.length;
      await floodAll(callbacks(KEYS, people, people.length, '签到'), LONGEST_MS);
      while (deployment.chats.bubbles.length < before + people.length) await pause(2);
      return people.length;
    };
    await signIn(PEOPLE.slice(0, WARM_UP));
    const signIns = await rated(() => signIn(PEOPLE.slice(WARM_UP)));
    const requests = callbacks(KEYS, PEOPLE, 60_000, '签到');
    const acknowledged = await rated(() => floodAll(requests, FLOOD_MS));
    return { instances, share: ends.includes(null) ? null : SHARE, acknowledged, signIns };
  } finally {
    await deployment.close();
    await redis.stop();
    await pause(500);
    for (const end of ends) end?.();
  }
}

try {
  const measured: Measured[] = [];
  for (const count of COUNTS.length > 0 ? COUNTS : [1, 2]) {
    measured.push(await measure(count));
    process.stderr.write('.');
  }
  process.stdout.write(JSON.stringify(measured));
} finally {
  await tearDown();
}
process.exit(0);
