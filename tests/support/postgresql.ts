import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './ports.ts';

const PACKAGED = '/usr/lib/postgresql';
/** Where a distribution puts PostgreSQL's own commands, newest first. */
const commandOf = (name: string): string => {
  const versions = existsSync(PACKAGED) ? readdirSync(PACKAGED).sort((one, other) => Number(other) - Number(one)) : [];
  const found = versions.map((version) => path.join(PACKAGED, version, 'bin', name)).find((file) => existsSync(file));
  return found ?? name;
};

/** PostgreSQL refuses to run as root; there it runs as the user that its package made. */
function servant(): { uid: number; gid: number } | object {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * A PostgreSQL of the tests' own that can be stopped and started again.
 * @param onDisk as it is in service; else in memory where there is such a folder
 */
export async function startPostgres({ onDisk = false }: { onDisk?: boolean } = {}) {
  const folder = mkdtempSync(path.join(existsSync('/dev/shm') && !onDisk ? '/dev/shm' : tmpdir(), 'chuangyou-pg-'));
  const user = servant();
  if ('uid' in user) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const initial = ['-D', data, '--auth=trust', '-U', 'postgres', '--encoding=UTF8', '--locale=C', '--no-sync'];
  execFileSync(commandOf('initdb'), initial, { ...user, cwd: folder, stdio: 'ignore' });
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, 'max_connections=200'];
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
  let server: ChildProcess | null = null;
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;

  const start = async (): Promise<void> => {
    server = spawn(commandOf('postgres'), args, { ...user, cwd: folder, stdio: 'ignore' });
    for (let tries = 0; !(await answers(url)); tries++) {
      if (tries > 200 || server.exitCode !== null) throw new Error('postgres did not start');
      await pause(50);
    }
  };
  const stop = async (signal: NodeJS.Signals = 'SIGQUIT'): Promise<void> => {
    const stopping = server;
    if (!stopping || stopping.exitCode !== null || stopping.signalCode !== null) return;
    const gone = new Promise((resolve) => stopping.once('exit', resolve));
    stopping.kill(signal);
    await gone;
  };
  await start();
  return {
    url,
    start,
    pid: (): number => server?.pid ?? 0,
    /** SIGINT is a fast shutdown, SIGQUIT one that has to be recovered from, as after a power cut. */
    stop,
    /** Whether what connects from now on may only read; who is connected is thrown out. */
    async readOnly(how: 'on' | 'off'): Promise<void> {
      const client = new pg.Client({ connectionString: url, options: '-c default_transaction_read_only=off' });
      await client.connect();
      await client.query(`ALTER DATABASE postgres SET default_transaction_read_only = ${how}`);
      await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
      await client.end();
    },
    async remove(): Promise<void> {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  client.on('error', () => undefined);
  const up = await client.connect().then(
    () => true,
    () => false,
  );
  await client.end().catch(() => undefined);
  return up;
}
