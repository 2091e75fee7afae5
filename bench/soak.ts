import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { openDb } from '#bot/store/db.ts';
import type { Fault } from '#emulator/faults.ts';
import { callback, post } from '../tests/support/callbacks.ts';
import { deploy, ended, KEYS } from '../tests/support/deployment.ts';
import { openHeap } from '../tests/support/heap.ts';
import { count, PEOPLE, settled } from './storm-run.ts';

const WEATHER_MS = 30_000;
// No multiple of the weather, so that each is looked at.
const SAMPLE_MS = 50_000;
const ASLEEP_MS = 8000;
const MOST_TRIES = 4;
/** One after another, again and again; a block of a minute (45009) comes so seldom that it stays one of a minute. */
const WEATHER: (Fault | 'asleep' | 'garbage')[] = [
  ...(['none', 'slow', 'duplicate', 'drop', 'garbage', '42001', 'asleep', '45009'] as const),
];
// What is in use right after a collection: what was sent within the hour, and what is kept for a while, fill up yet.
const MOST_HEAP_GROWTH_MB = 8;
// What the process has from the system: it gives little of it back, so it is judged by what it may ever come to.
const MOST_RESIDENT_MB = 512;
// Requests under way each hold one; how many those are depends on the machine's other work.
const MOST_HANDLES_MORE = 40;

interface Sample {
  second: number;
  weather: string;
  /** objects in use after a collection */
  heapMb: number;
  /** what lies outside the heap for them */
  externalMb: number;
  /** what the process had from the system before the collection */
  residentMb: number;
  handles: number;
  open: number;
  waiting: number;
}

const options = new Command('soak')
  .description('真实程序长时间运行：持续有消息，故障轮流出现，看内存、句柄和队列是否增长')
  .option('--minutes <n>', '多少分钟', Number, 30)
  .option('--a-second <n>', '每秒几条消息', Number, 20)
  .parse()
  .opts<{ minutes: number; aSecond: number }>();

const deployment = await deploy(PEOPLE);
const heap = openHeap();
const service = await deployment.start({ env: heap.env });
const db = await openDb(deployment.url);
const started = performance.now();
const isOver = (): boolean => performance.now() - started > options.minutes * 60_000;
const answered = new Set<string>();
const samples: Sample[] = [];
let weather: (typeof WEATHER)[number] = 'none';

/** As the platform sends it: again where it was not answered 200; twice at once where that is the weather. */
async function say(n: number): Promise<void> {
  const name = String(n * 1000);
  const message = callback(KEYS, PEOPLE[n % PEOPLE.length] ?? '', `自学20分钟《第${name}课》`, name);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const twice = weather === 'duplicate' ? [post(service.port, message)] : [];
    if ((await Promise.all([post(service.port, message), ...twice])).includes(200)) return void answered.add(name);
    await pause(1000);
  }
}

async function load(): Promise<void> {
  const under: Promise<void>[] = [];
  for (let n = 0; !isOver(); n++) {
    under.push(say(n));
    const due = started + ((n + 1) * 1000) / options.aSecond;
    if (due > performance.now()) await pause(due - performance.now());
  }
  await Promise.all(under);
}

async function changeWeather(): Promise<void> {
  for (let turn = 0; !isOver(); turn++) {
    weather = WEATHER[turn % WEATHER.length] ?? 'none';
    deployment.faults.set(weather === 'asleep' || weather === 'garbage' || weather === 'duplicate' ? 'none' : weather);
    const until = performance.now() + WEATHER_MS;
    if (weather === 'asleep') {
      service.process.kill('SIGSTOP');
      await pause(ASLEEP_MS);
      service.process.kill('SIGCONT');
    }
    while (performance.now() < until && !isOver()) {
      if (weather === 'garbage')
        await post(service.port, {
          path: '/wecom/callback?msg_signature=x&timestamp=1&nonce=1',
          body: '<xml>'.repeat(99),
        });
      await pause(100);
    }
  }
  deployment.faults.set('none');
}

async function look(): Promise<void> {
  while (!isOver()) {
    await pause(SAMPLE_MS);
    const { heapUsed, external, residentBefore } = await heap.held(service.process);
    const [open, waiting] = await db.read(async (client) => [
      await client.inbox.count({ where: { closedAt: null } }),
      await client.outbox.count({ where: { sentAt: null } }),
    ]);
    const sample = {
      ...{ second: Math.round((performance.now() - started) / 1000), weather },
      ...{ heapMb: inMb(heapUsed), externalMb: inMb(external), residentMb: inMb(residentBefore) },
      ...{ handles: readdirSync(`/proc/${service.process.pid}/fd`).length, open: open ?? 0, waiting: waiting ?? 0 },
    };
    samples.push(sample);
    process.stderr.write(`${Object.values(sample).join('\t')}\n`);
  }
}

const inMb = (bytes: number): number => Math.round(bytes / 1e5) / 10;
const middle = (values: number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;

await Promise.all([load(), changeWeather(), look()]);
const waiting = await settled(db);
service.process.kill('SIGTERM');
await ended(service.process);
const result = await count(db, deployment, answered);
await db.close();
// The first quarter is the warming up.
const quarter = (which: number, of: (sample: Sample) => number): number =>
  middle(samples.slice((samples.length * which) >> 2, (samples.length * (which + 1)) >> 2).map(of));
const growth = (of: (sample: Sample) => number): [number, number] => [quarter(1, of), quarter(3, of)];
const inUse = growth(({ heapMb, externalMb }) => Math.round((heapMb + externalMb) * 10) / 10);
const [resident, handles] = [growth(({ residentMb }) => residentMb), growth((sample) => sample.handles)];
const mostResident = Math.max(...samples.map(({ residentMb }) => residentMb));
const report = {
  at: new Date().toISOString(),
  ...options,
  messages: answered.size,
  ...{ inUse, resident, mostResident, handles },
  waiting,
  ...result,
};
writeFileSync(path.join(import.meta.dirname, 'soak.json'), `${JSON.stringify({ ...report, samples }, null, 2)}\n`);
process.stdout.write(
  `${options.minutes}分钟，${answered.size}条消息，故障轮流出现：回收后在用 ${inUse.join(' → ')} MB，占用 ${resident.join(' → ')} MB（最多${mostResident}），句柄 ${handles.join(' → ')}，` +
    `未办完${waiting}；丢失${result.lost}，重复${result.doubled}，只有一半${result.halves}，搁置${result.parked}\n`,
);
await deployment.close();
heap.remove();
const grew =
  inUse[1] > inUse[0] + MOST_HEAP_GROWTH_MB ||
  mostResident > MOST_RESIDENT_MB ||
  handles[1] > handles[0] + MOST_HANDLES_MORE;
process.exit(grew || waiting + result.lost + result.doubled + result.halves + result.parked > 0 ? 1 : 0);
