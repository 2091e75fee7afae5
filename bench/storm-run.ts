import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { auditFlaw } from '#bot/store/audit.ts';
import { type Db, openDb } from '#bot/store/db.ts';
import { callback, post } from '../tests/support/callbacks.ts';
import { deploy, ended, KEYS } from '../tests/support/deployment.ts';
import { startRedis } from '../tests/support/redis.ts';

/** What is sent, and how often something dies of it. */
export interface StormPlan {
  messages: number;
  kills: number;
  instances: number;
  /** the same seed kills after the same messages */
  seed: number;
  /** hears how far it has come */
  onKill?(kills: number, answered: number): void;
}

/** What became of every message, by its own name. */
export interface StormResult {
  /** where the record book was: a file or a database */
  on: string;
  messages: number;
  kills: number;
  /** killed before it was ready */
  killedStarting: number;
  seconds: number;
  /** messages the platform gave up after four tries, so that the member said it again */
  saidAgain: number;
  /** answered 200, and no record or no answer of it */
  lost: number;
  /** two records or two answers */
  doubled: number;
  /** a record without its answer, or an answer without its record */
  halves: number;
  parked: number;
  waiting: number;
  auditFlaw: string | null;
  isWhole: boolean;
}

// Letters only: a person called 20 would be meant by every 20. So many that nobody's minute is ever full.
export const PEOPLE = Array.from(
  { length: 1000 },
  (_, n) => `p${[...String(n)].map((digit) => 'qwxzvkjhbf'[Number(digit)]).join('')}`,
);
const AT_THE_SAME_TIME = 32;
const MOST_TRIES = 4;
const TRY_AGAIN_MS = 1000;
const LONGEST_START_MS = 3000;
/** Of so many kills one falls into a start. */
const STARTS_KILLED = 5;
const SETTLES_WITHIN_MS = 300_000;

/** mulberry32: the same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Deployment = Awaited<ReturnType<typeof deploy>>;
interface Instance {
  port: number;
  process: ChildProcess;
}

/**
 * The service in processes of its own, under load, killed at random: each message is sent as the platform sends it, again
 * if it was not answered 200, at most four times; then its member says it anew. Each has a name that its record and
 * its answer carry, so what was lost or doubled is counted and not estimated.
 */
export async function storm(plan: StormPlan): Promise<StormResult> {
  const redis = plan.instances > 1 ? await startRedis() : null;
  const env = redis ? { REDIS_URL: redis.url } : {};
  const deployment = await deploy(PEOPLE);
  try {
    const instances: Instance[] = [];
    for (let n = 0; n < plan.instances; n++) instances.push(await deployment.start({ env }));
    const started = performance.now();
    const load = sendAll(
      plan.messages,
      instances.map(({ port }) => port),
    );
    const killedStarting = await killAtRandom(plan, deployment, instances, env, load);
    await load.done;
    const db = await openDb(deployment.url);
    const waiting = await settled(db);
    for (const { process } of instances) {
      process.kill('SIGTERM');
      await ended(process);
    }
    const seconds = (performance.now() - started) / 1000;
    const { messages, kills } = plan;
    const counted = await count(db, deployment, load.answered);
    await db.close();
    const on = deployment.url.replace(/:.*/s, '');
    return { on, messages, kills, killedStarting, seconds, saidAgain: load.saidAgain(), waiting, ...counted };
  } finally {
    await deployment.close();
    await redis?.stop();
  }
}

/** Sends that many messages, each until it is taken. */
function sendAll(messages: number, ports: number[]) {
  const answered = new Set<string>();
  let [next, again] = [0, 0];
  const taken = async (n: number, name: string): Promise<boolean> => {
    const from = PEOPLE[n % PEOPLE.length] ?? '';
    const message = callback(KEYS, from, `自学20分钟《第${name}课》`, name);
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      // In front of several instances stands what gives each its share.
      if ((await post(ports[(n + tries) % ports.length] ?? 0, message)) === 200) return true;
      await pause(TRY_AGAIN_MS);
    }
    return false;
  };
  const lane = async (): Promise<void> => {
    for (let n = next++; n < messages; n = next++)
      for (let times = 0; ; times++) {
        const name = String(n * 1000 + times);
        if (await taken(n, name)) {
          answered.add(name);
          break;
        }
        again += 1;
      }
  };
  let over = false;
  const done = Promise.all(Array.from({ length: AT_THE_SAME_TIME }, lane)).finally(() => {
    over = true;
  });
  return { answered, done, isOver: () => over, saidAgain: () => again };
}
type Load = ReturnType<typeof sendAll>;

/** Kills one after another, each after so many messages; gives back how many were hit while they started. */
async function killAtRandom(
  plan: StormPlan,
  deployment: Deployment,
  instances: Instance[],
  env: object,
  load: Load,
): Promise<number> {
  const random = randomFrom(plan.seed);
  const after = Array.from({ length: plan.kills }, () => random() * plan.messages).sort((one, other) => one - other);
  let starting = 0;
  for (let kills = 0; kills < plan.kills; kills++) {
    while (load.answered.size < (after[kills] ?? 0) && !load.isOver()) await pause(5);
    const victim = Math.floor(random() * instances.length);
    const { port, process } = instances[victim] ?? { port: 0, process: null };
    process?.kill('SIGKILL');
    if (process) await ended(process);
    if (random() < 1 / STARTS_KILLED && kills + 1 < plan.kills) {
      await deployment.diesAfter(random() * LONGEST_START_MS, { port, env });
      [starting, kills] = [starting + 1, kills + 1];
    }
    instances[victim] = await deployment.start({ port, env });
    plan.onKill?.(kills + 1, load.answered.size);
  }
  return starting;
}

/** Waits until nothing is left to do or to tell; gives back what is all the same. */
export async function settled(db: Db): Promise<number> {
  const until = performance.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const left = await db.read(async (client) => {
      const open = await client.inbox.count({ where: { closedAt: null, parkedAt: null } });
      return open + (await client.outbox.count({ where: { sentAt: null, parkedAt: null } }));
    });
    if (left === 0 || performance.now() > until) return left;
    await pause(200);
  }
}

const timesEach = (names: Iterable<string>): Map<string, number> => {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return times;
};

/** What became of every message, by the name that its record and its answer carry. */
export async function count(db: Db, { chats }: Deployment, answered: ReadonlySet<string>) {
  const rows = await db.client.studyRecord.findMany({ select: { inboxKey: true, topic: true } });
  const records = timesEach(rows.map(({ topic }) => /第(\d+)课/.exec(topic)?.[1] ?? ''));
  const told = timesEach(
    chats.bubbles.flatMap(({ text }) => [...text.matchAll(/第(\d+)课/g)].map(([, name = '']) => name)),
  );
  const names = new Set([...answered, ...records.keys(), ...told.keys()]);
  const having = (is: (records: number, told: number, name: string) => boolean) =>
    [...names].filter((name) => is(records.get(name) ?? 0, told.get(name) ?? 0, name)).length;
  return {
    lost: having((kept, heard, name) => answered.has(name) && (kept === 0 || heard === 0)),
    doubled: having((kept, heard) => kept > 1 || heard > 1),
    halves: having((kept, heard) => kept > 0 !== heard > 0),
    parked: await db.client.inbox.count({ where: { parkedAt: { not: null } } }),
    auditFlaw: await auditFlaw(db),
    isWhole: await db.isWhole(),
  };
}
