import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '#bot/calendar.ts';
import { openDb } from '#bot/store/db.ts';
import { callbackSender } from '#emulator/callbacks.ts';
import { openChats } from '#emulator/chats.ts';
import { startEmulator } from '#emulator/server.ts';
import { wecomApi } from '#emulator/wecom-api.ts';
import { freshDatabase } from './database.ts';
import { freePort } from './ports.ts';

export const KEYS = {
  token: 'token',
  encodingAESKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  receiveId: 'ww1',
};

/** Where PROFILE_TO names a folder, each process writes there what it spent its time with. */
const PROFILED = process.env['PROFILE_TO'] ? ['--cpu-prof', `--cpu-prof-dir=${process.env['PROFILE_TO']}`] : [];

type Db = Awaited<ReturnType<typeof openDb>>;

/** A database with these people and one session they can sign in to now, and whatever else `fill` puts there. */
async function fillDatabase(url: string, people: string[], fill?: (db: Db) => Promise<void>): Promise<void> {
  const db = await openDb(url);
  await db.client.person.createMany({
    data: people.map((id) => ({ id, name: id, departmentCode: 'X', title: '', roles: '[]' })),
  });
  const [start, end] = [new Date(Date.now() - 60_000), new Date(Date.now() + 3_600_000)];
  await db.client.session.create({ data: { code: 'S', topic: '学习', kind: '集中学习', venue: '三楼', start, end } });
  await fill?.(db);
  await db.close();
}

/**
 * The service as it is deployed, in processes of its own, with its database and a platform that judges.
 * @param pinned what each is started by, `taskset` for instance
 */
export async function deploy(people: string[], fill?: (db: Db) => Promise<void>, pinned: string[] = []) {
  execFileSync(process.execPath, ['bundle.js']);
  const url = await freshDatabase();
  await fillDatabase(url, people, fill);
  const chats = openChats();
  const judge = { corpId: 'ww1', secret: 's', agentId: 1, members: new Set(people), groups: new Map<string, string>() };
  const api = wecomApi({ ...judge, chats, clock: systemClock });
  const silent = async () => true;
  const parts = { directory: {}, say: silent, sayInGroup: silent, moveClock: async () => undefined };
  const emulator = await startEmulator({ api, chats, clock: systemClock, ...parts }, 0);
  const started: ChildProcess[] = [];
  const base = {
    ...process.env,
    ...{
      DATABASE_URL: url,
      BACKUP_DIR: 'none',
      LOG_LEVEL: 'silent',
      WECOM_CORP_ID: 'ww1',
      WECOM_AGENT_ID: '1',
      WECOM_AGENT_SECRET: 's',
    },
    ...{ WECOM_TOKEN: KEYS.token, WECOM_ENCODING_AES_KEY: KEYS.encodingAESKey },
    WECOM_API_BASE: `http://127.0.0.1:${(emulator.address() as AddressInfo).port}`,
  };

  const launch = (entry: string, env: object): ChildProcess => {
    const written = entry.endsWith('.ts') ? ['--import', 'tsx'] : [];
    const [program = '', ...args] = [...pinned, process.execPath, ...PROFILED, ...written, entry];
    const process_ = spawn(program, args, {
      ...{ env: { ...base, ...env } as NodeJS.ProcessEnv, stdio: ['ignore', 'ignore', 'inherit'] },
    });
    started.push(process_);
    return process_;
  };
  return {
    url,
    chats,
    /** what goes wrong on the platform's side */
    faults: api.faults,
    /** Starts an instance on a port of its own, or on one given; ready for messages when given back. */
    async start({ port, env, entry = 'build/main.js' }: { port?: number; env?: object; entry?: string } = {}) {
      const at = port ?? (await freePort());
      const process_ = launch(entry, { PORT: String(at), ...env });
      const botUrl = `http://127.0.0.1:${at}`;
      await ready(botUrl, process_);
      return { process: process_, port: at, url: botUrl, say: callbackSender(KEYS, 1, () => botUrl, systemClock) };
    },
    /** Starts an instance that is expected to end by itself; gives back whether it was killed. */
    async dies({ env, entry }: { env: object; entry: string }): Promise<boolean> {
      const process_ = launch(entry, { PORT: '0', ...env });
      await ended(process_);
      return process_.signalCode === 'SIGKILL';
    },
    /** Starts an instance that is expected to refuse; gives back the code it ended with. */
    refuses: (): Promise<number | null> => ended(launch('build/main.js', { PORT: '0' })),
    /** Starts an instance and kills it so long after, ready or not. */
    async diesAfter(ms: number, { port, env }: { port: number; env?: object }): Promise<void> {
      const process_ = launch('build/main.js', { PORT: String(port), ...env });
      await pause(ms);
      process_.kill('SIGKILL');
      await ended(process_);
    },
    /** How often somebody was told a sign-in. */
    answersTo: (id: string): number =>
      chats.bubbles.filter(({ chat, text }) => chat === id && text.startsWith('已签到')).length,
    async close(): Promise<void> {
      // A profile is written by who ends by itself.
      if (PROFILED.length > 0) await Promise.all(started.map(stopped));
      for (const one of started) one.kill('SIGKILL');
      emulator.closeAllConnections();
      emulator.close();
    },
  };
}

// A machine that is busy with others starts it slowly.
const READY_WITHIN_MS = 120_000;

async function ready(url: string, service: ChildProcess): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    if ((await fetch(`${url}/readyz`).catch(() => null))?.status === 200) return;
    if (service.exitCode !== null) throw new Error(`the service ended with ${service.exitCode}`);
    await pause(10);
  }
  throw new Error('the service did not become ready');
}

const STOPS_WITHIN_MS = 30_000;

/** Asks a process to end by itself and waits until it has, or has had time enough. */
export async function stopped(service: ChildProcess): Promise<void> {
  service.kill('SIGTERM');
  await Promise.race([ended(service), pause(STOPS_WITHIN_MS)]);
}

/** Waits until the process is gone; gives back how it went. */
export const ended = (service: ChildProcess): Promise<number | null> =>
  service.exitCode !== null || service.signalCode !== null
    ? Promise.resolve(service.exitCode)
    : new Promise((resolve) => service.once('exit', resolve));
