import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import { openDb } from '#bot/store/db.ts';
import type { Fault } from '#emulator/faults.ts';
import { callback, post } from '../tests/support/callbacks.ts';
import { deploy, ended, KEYS } from '../tests/support/deployment.ts';
import { count, PEOPLE, settled } from './storm-run.ts';

const WEATHER_MS = 30_000;
const SAMPLE_MS = 10_000;
const ASLEEP_MS = 8000;
const MOST_TRIES = 4;
/** One after another, again and again; a block of a minute (45009) comes so seldom that it stays one of a minute. */
const WEATHER: (Fault | 'asleep' | 'garbage')[] = [
  ...(['none', 'slow', 'duplicate', 'drop', 'garbage', '42001', 'asleep', '45009'] as const),
];
// What a process takes grows while it warms up, and breathes by so much between two collections.
const MOST_GROWTH = 1.2;
// Requests under way each hold one; how many those are depends on the machine's other work.
const MOST_HANDLES_MORE = 40;

interface Sample {
  second: number;
  weather: string;
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
const service = await deployment.start();
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
    const { pid } = service.process;
    const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    const [open, waiting] = await db.read(async (client) => [
      await client.inbox.count({ where: { closedAt: null } }),
      await client.outbox.count({ where: { sentAt: null } }),
    ]);
    const sample = {
      ...{
        second: Math.round((performance.now() - started) / 1000),
        weather,
        residentMb: Math.round(Number(kb) / 1024),
      },
      ...{ handles: readdirSync(`/proc/${pid}/fd`).length, open: open ?? 0, waiting: waiting ?? 0 },
    };
    samples.push(sample);
    process.stderr.write(`${Object.values(sample).join('\t')}\n`);
  }
}

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
const [memory, handles] = [growth(({ residentMb }) => residentMb), growth((sample) => sample.handles)];
const report = {
  at: new Date().toISOString(),
  ...options,
  messages: answered.size,
  memory,
  handles,
  waiting,
  ...result,
};
writeFileSync(path.join(import.meta.dirname, 'soak.json'), `${JSON.stringify({ ...report, samples }, null, 2)}\n`);
process.stdout.write(
  `${options.minutes}分钟，${answered.size}条消息，故障轮流出现：内存 ${memory.join(' → ')} MB，句柄 ${handles.join(' → ')}，` +
    `未办完${waiting}；丢失${result.lost}，重复${result.doubled}，只有一半${result.halves}，搁置${result.parked}\n`,
);
await deployment.close();
const grew = memory[1] > memory[0] * MOST_GROWTH || handles[1] > handles[0] + MOST_HANDLES_MORE;
process.exit(grew || waiting + result.lost + result.doubled + result.halves + result.parked > 0 ? 1 : 0);
