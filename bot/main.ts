import { existsSync } from 'node:fs';
import { pino } from 'pino';
import * as handlers from '#handlers/index.ts';
import * as jobs from '#jobs/index.ts';
import { startApp } from './app.ts';
import { systemClock } from './calendar.ts';
import { readConfig } from './config.ts';
import { openDb } from './store/db.ts';
import { ownShared, redisShared } from './store/shared.ts';

/** Runs the service as the environment configures it, until it is told to end. Ends the process where it cannot begin. */
export async function serve(): Promise<void> {
  try {
    await begin();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function begin(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const log = pino({ level: config.LOG_LEVEL });
  const db = await openDb(config.DATABASE_URL, config.DATA_KEY);
  if (!config.REDIS_URL && !(await db.leads()))
    throw new Error(`另一个实例正在使用同一个数据库；要运行多个实例，请给每个都配置同一个 REDIS_URL`);
  const shared = config.REDIS_URL ? await redisShared(config.REDIS_URL, systemClock, log) : ownShared(systemClock);
  const app = await startApp({
    config,
    db,
    shared,
    clock: systemClock,
    log,
    handlers: Object.values(handlers),
    jobs: Object.values(jobs),
  });
  log.info({ url: app.url }, 'listening');
  const stop = async () => {
    await app.stop();
    await shared.close();
    await db.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
