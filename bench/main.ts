import '#bot/engine.ts';
import { type ChildProcess, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { seed } from '#emulator/seed.ts';
import { deploy, KEYS, stopped } from '../tests/support/deployment.ts';
import { type Aim, type Figure, lineOf } from './figure.ts';
import type { Measured } from './instances.ts';
import { measureLedger } from './ledger.ts';
import { callbacks, flood, percentile, steady } from './load.ts';
import { measureUnderstanding } from './understand.ts';
import { processorMs } from './usage.ts';

const people = (count: number): string[] => Array.from({ length: count }, (_, n) => `p${n}`);
const PEOPLE = people(500);
// Each signs in once, so many are needed for what a process does once it is warm; those who meet it cold stand apart.
const SIGNING: readonly (readonly [who: string, from: number, to: number, aim?: Aim])[] = [
  ['启动后头500人', 0, 500],
  ['其后2500人', 500, 3000],
  ['再其后一万人', 3000, 13_000, { atLeast: 2000 }],
];
const SIGNERS = people(13_000);
const CONNECTIONS = 64;
const FLOOD_MS = 5000;
// Each is measured once it has answered so many and done what they asked: a process that just started compiles.
const BEFORE = 5000;
const LONGEST_MS = 120_000;
const STEADY_A_SECOND = 300;
const STEADY_SECONDS = 10;

// The service has one core to itself, what loads it the others.
const ONE_CORE = spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0'] : [];
// Without names everything is measured.
const chosen = process.argv.slice(2);

const results: Figure[] = [];
const measured = (name: string, value: number, unit: string, aim?: Aim): void => {
  results.push({ name, value, unit, ...(aim && { aim }) });
  process.stderr.write('.');
};

/** The sample bureau with these people more, and nothing that would refuse today's date. */
const office = (members: string[]) =>
  deploy(
    members,
    async (db) => {
      await seed(db, new Date());
      await db.client.campaign.deleteMany();
    },
    ONE_CORE,
  );

async function withOffice(
  name: string,
  measure: (deployment: Awaited<ReturnType<typeof office>>) => Promise<void>,
  members = PEOPLE,
): Promise<void> {
  if (chosen.length > 0 && !chosen.includes(name)) return;
  const deployment = await office(members);
  try {
    await measure(deployment);
  } finally {
    await deployment.close();
  }
}

/** Waits until nothing that was kept is to be carried out or told. */
async function allDone(url: string): Promise<void> {
  const waits = /^chuangyou_queue_rows\{queue="(?:inbox",state="open|outbox",state="waiting)"\} [1-9]/m;
  while (waits.test(await (await fetch(`${url}/metrics`)).text())) await pause(200);
}

const residentMb = (pid: number | undefined): number => {
  const [, kb] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb) / 1024;
};

await withOffice('start', async ({ start }) => {
  const started = performance.now();
  const service = await start();
  measured('启动到就绪', performance.now() - started, '毫秒', { atMost: 1500 });
  await pause(3000);
  measured('空闲时占用内存', residentMb(service.process.pid), 'MB', { atMost: 250 });
});

await withOffice('acknowledge', async ({ start }) => {
  const requests = callbacks(KEYS, PEOPLE, 60_000, '签到');
  const flooded = async ({ port, process: { pid = 0 } }: { port: number; process: ChildProcess }, some: Buffer[]) => {
    const before = processorMs(pid);
    const result = await flood(port, some, CONNECTIONS, FLOOD_MS);
    return { ...result, eachMs: (processorMs(pid) - before) / result.answered };
  };
  const echoes = async (entry: string) => {
    const echo = await start({ entry });
    await flood(echo.port, requests.slice(0, BEFORE), CONNECTIONS, LONGEST_MS);
    const answered = await flooded(echo, requests);
    await stopped(echo.process);
    return answered;
  };
  const bare = await echoes('bench/echo.ts');
  const library = await echoes('bench/co-wechat.ts');
  const service = await start();
  await flood(service.port, requests.splice(0, BEFORE), CONNECTIONS, LONGEST_MS);
  await allDone(service.url);
  const kept = await flooded(service, requests);
  const refused = [bare, library, kept].map((one) => one.refused);
  if (refused.some((count) => count > 0)) throw new Error(`refused: ${refused}`);
  measured('只解密应答（对照）', bare.aSecond, '次/秒');
  measured('co-wechat 原样回复，不存（对照）', library.aSecond, '次/秒');
  measured('落盘后应答的回调', kept.aSecond, '次/秒');
  measured('与只解密之比', (kept.aSecond / bare.aSecond) * 100, '%');
  measured('与 co-wechat 之比', (kept.aSecond / library.aSecond) * 100, '%', { atLeast: 100 });
  // What is carried out and told meanwhile is in the service's.
  measured('co-wechat 每次用处理器（对照）', library.eachMs, '毫秒');
  measured('每次应答用处理器', kept.eachMs, '毫秒');
  measured('与 co-wechat 之比，按处理器', (library.eachMs / kept.eachMs) * 100, '%');
});

await withOffice(
  'sign-in',
  async ({ start, chats }) => {
    const service = await start();
    const { pid = 0 } = service.process;
    const signIn = async (name: string, who: string[], aim?: Aim): Promise<void> => {
      const requests = callbacks(KEYS, who, who.length, '签到');
      const [before, usedMs, started] = [chats.bubbles.length, processorMs(pid), performance.now()];
      const { answered, refused } = await flood(service.port, requests, CONNECTIONS, LONGEST_MS);
      if (refused > 0 || answered < who.length) throw new Error(`answered: ${answered}, refused: ${refused}`);
      while (chats.bubbles.length < before + who.length) await pause(2);
      const aSecond = who.length / ((performance.now() - started) / 1000);
      measured(`签到从收到到答复送达，${name}`, aSecond, '次/秒', aim);
      measured(`每次签到用处理器，${name}`, (processorMs(pid) - usedMs) / who.length, '毫秒');
    };
    for (const [name, from, to, aim] of SIGNING) await signIn(name, SIGNERS.slice(from, to), aim);
  },
  SIGNERS,
);

await withOffice('latency', async ({ start }) => {
  const service = await start();
  const requests = callbacks(KEYS, PEOPLE, STEADY_A_SECOND * STEADY_SECONDS, '签到');
  await steady(service.port, requests.splice(0, 100), 100);
  const took = await steady(service.port, requests, STEADY_A_SECOND);
  measured(`每秒${STEADY_A_SECOND}次时回调应答 p50`, percentile(took, 50), '毫秒');
  measured(`每秒${STEADY_A_SECOND}次时回调应答 p99`, percentile(took, 99), '毫秒', { atMost: 50 });
});

if (chosen.length === 0 || chosen.includes('understand'))
  for (const { name, value, unit, aim } of measureUnderstanding()) measured(name, value, unit, aim);

if (chosen.length === 0 || chosen.includes('instances')) {
  const script = path.join(import.meta.dirname, 'instances.ts');
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' });
  const all = JSON.parse(stdout) as Measured[];
  const [one] = all;
  for (const { instances, share, acknowledged, signIns } of all)
    for (const [what, rate, before, aim] of [
      ['落盘后应答', acknowledged, one?.acknowledged, instances > 1 ? { atLeast: 1.6 } : undefined],
      // One instance carries out for all (docs/decisions.md), so no gain is due here.
      ['签到到答复送达', signIns, one?.signIns, undefined],
    ] as const) {
      const name = `PostgreSQL ${instances}个实例${share === null ? '' : `各${share}个处理器`}：${what}`;
      measured(name, rate.aSecond, '次/秒');
      measured(`${name}，与一个之比`, rate.aSecond / (before?.aSecond ?? Number.NaN), '倍', aim);
      measured(`${name}，每次实例用处理器`, rate.instancesMs, '毫秒');
      measured(`${name}，每次数据库用处理器`, rate.databaseMs, '毫秒');
    }
}

// Grows with the ledger, so only where it is asked for: `npm run bench -- ledger 1000 10000`.
if (chosen.includes('ledger'))
  for (const { name, value, unit, aim } of await measureLedger(chosen.map(Number).filter((size) => size > 0)))
    measured(name, value, unit, aim);

process.stderr.write('\n');
for (const figure of results) process.stdout.write(`${lineOf(figure)}\n`);
const file = path.join(import.meta.dirname, 'result.json');
const machine = { node: process.version, cores: availableParallelism() };
writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine, results }, null, 2)}\n`);
