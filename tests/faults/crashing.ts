import diagnostics from 'node:diagnostics_channel';
import { pino } from 'pino';
import { startApp } from '#bot/app.ts';
import { systemClock } from '#bot/calendar.ts';
import { readConfig } from '#bot/config.ts';
import type { Handler } from '#bot/handler.ts';
import { type Db, openDb } from '#bot/store/db.ts';
import { ownShared } from '#bot/store/shared.ts';
import * as handlers from '#handlers/index.ts';
import * as jobs from '#jobs/index.ts';

/** Between which two steps the process dies, by `CRASH_AT`; everything else is the service as it is deployed. */
export const STAGES = ['kept', 'answered', 'amid', 'handled', 'sent'] as const;

const at = process.env['CRASH_AT'];
/** where given, only what this person said */
const by = process.env['CRASH_BY'];
const die = (): Promise<never> => {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
};
const dieAt = (stage: (typeof STAGES)[number]): Promise<unknown> => (at === stage ? die() : Promise.resolve());
let handling = false;

if (at === 'answered')
  diagnostics.subscribe('http.server.response.finish', (told) => {
    const { request } = told as { request: { url?: string } };
    if (request.url?.startsWith('/wecom/callback')) void die();
  });
if (at === 'sent')
  diagnostics.subscribe('http.client.response.finish', (told) => {
    const { request } = told as { request: { path?: string } };
    if (request.path?.includes('/message/send')) void die();
  });

const config = readConfig(process.env);
const book = await openDb(config.DATABASE_URL);
const db: Db = {
  ...book,
  async append(statement) {
    const result = await book.append(statement);
    await dieAt('kept');
    return result;
  },
  async write(work) {
    // Nothing is handled before the answer to the platform is out.
    if (at === 'answered') return new Promise(() => undefined);
    const result = await book.write(work);
    if (handling) await dieAt('handled');
    return result;
  },
};
const watched = (handler: Handler): Handler => ({
  ...handler,
  async execute(execution) {
    handling = true;
    const outcome = await handler.execute(execution);
    if (!by || execution.message.from === by) await dieAt('amid');
    return outcome;
  },
});
await startApp({
  ...{ config, db, shared: ownShared(systemClock), clock: systemClock, log: pino({ level: 'silent' }) },
  ...{ handlers: Object.values(handlers).map(watched), jobs: Object.values(jobs) },
});
