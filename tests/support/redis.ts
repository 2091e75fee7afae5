import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './ports.ts';

/** Whether there is a Redis to test with; says so once where there is none, and fails where there has to be one. */
export function redisFound(): boolean {
  try {
    execFileSync('which', ['redis-server'], { stdio: 'ignore' });
    return true;
  } catch {
    if (process.env['CI']) throw new Error('no redis-server');
    process.stderr.write('Redis 测试已跳过：没有 redis-server\n');
    return false;
  }
}

/** A Redis of the test's own that can be stopped and started again on the same port, empty. */
export async function startRedis(port?: number) {
  const at = port ?? (await freePort());
  const folder = mkdtempSync(path.join(tmpdir(), 'chuangyou-redis-'));
  const options = ['--port', String(at), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server: ChildProcess = spawn('redis-server', options, { stdio: 'ignore' });
  for (let tries = 0; !(await listens(at)); tries++) {
    if (tries > 100) throw new Error('redis-server did not start');
    await pause(50);
  }
  return {
    url: `redis://127.0.0.1:${at}`,
    port: at,
    async stop(): Promise<void> {
      if (server.exitCode !== null || server.signalCode !== null) return;
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await gone;
    },
  };
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
