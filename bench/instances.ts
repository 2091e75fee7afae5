import { setTimeout as pause } from 'node:timers/promises';
import { onDatabase } from './on-database.ts';

// Prints as JSON what one and two instances on PostgreSQL do a second; a process of its own, since which database the
// deployments are made on is looked at when they are loaded.
const tearDown = await onDatabase('postgresql');
const { deploy, KEYS } = await import('../tests/support/deployment.ts');
const { startRedis } = await import('../tests/support/redis.ts');
const { seed } = await import('#emulator/seed.ts');
const { callbacks, flood } = await import('./load.ts');

const PEOPLE = Array.from({ length: 500 }, (_, n) => `p${n}`);
const WARM_UP = 100;
const CONNECTIONS = 64;
const FLOOD_MS = 5000;

async function measure(instances: number): Promise<{ acknowledged: number; signIns: number }> {
  const redis = await startRedis();
  const deployment = await deploy(PEOPLE, async (db) => {
    await seed(db, new Date());
    await db.client.campaign.deleteMany();
  });
  try {
    const env = { REDIS_URL: redis.url };
    const services = await Promise.all(Array.from({ length: instances }, () => deployment.start({ env })));
    /** Each instance its share, at the same time. */
    const floodAll = async (requests: Buffer[], lastsMs: number): Promise<number> => {
      const shares = services.map(({ port }, which) => {
        const share = requests.filter((_, n) => n % instances === which);
        return flood(port, share, CONNECTIONS / instances, lastsMs);
      });
      return (await Promise.all(shares)).reduce((sum, { aSecond }) => sum + aSecond, 0);
    };
    const signIn = async (people: string[]): Promise<number> => {
      const [before, started] = [deployment.chats.bubbles.length, performance.now()];
      await floodAll(callbacks(KEYS, people, people.length, '签到'), FLOOD_MS);
      while (deployment.chats.bubbles.length < before + people.length) await pause(2);
      return people.length / ((performance.now() - started) / 1000);
    };
    await signIn(PEOPLE.slice(0, WARM_UP));
    const signIns = await signIn(PEOPLE.slice(WARM_UP));
    return { signIns, acknowledged: await floodAll(callbacks(KEYS, PEOPLE, 40_000, '签到'), FLOOD_MS) };
  } finally {
    await deployment.close();
    await redis.stop();
  }
}

try {
  const [one, two] = [await measure(1), await measure(2)];
  process.stdout.write(JSON.stringify({ one, two }));
} finally {
  await tearDown();
}
process.exit(0);
