import type { Server } from 'node:http';
import Koa from 'koa';
import { scheduleJob } from 'node-schedule';
import type { Logger } from 'pino';
import type { Clock } from './calendar.ts';
import { openChannels } from './channels.ts';
import type { Config } from './config.ts';
import { openEntrances } from './entrances.ts';
import type { Handler } from './handler.ts';
import { stateRoutes } from './http.ts';
import type { Job } from './job.ts';
import { openShelf } from './materials/shelf.ts';
import { openMetrics } from './metrics.ts';
import { arrivePage } from './pages/arrive.ts';
import { examPage } from './pages/exam.ts';
import { ledgerPage } from './pages/ledger.ts';
import { meetingPackPage } from './pages/meeting-pack.ts';
import { reflectionPage } from './pages/reflection.ts';
import { screenRoutes } from './pages/screen.ts';
import { openSignIn } from './pages/sign-in.ts';
import { openPress, type Press } from './papers/press.ts';
import { compareContacts } from './pipeline/contacts.ts';
import { Overloaded, openInbox } from './pipeline/inbox.ts';
import { loop } from './pipeline/loop.ts';
import { fetchMaterials } from './pipeline/materials.ts';
import { openOutbox } from './pipeline/outbox.ts';
import { deliverPapers } from './pipeline/papers.ts';
import { openPauses } from './pipeline/pauses.ts';
import { openScheduler } from './pipeline/scheduler.ts';
import { doUpkeep } from './pipeline/upkeep.ts';
import { openWatchdog } from './pipeline/watchdog.ts';
import { openWorker } from './pipeline/worker.ts';
import type { Db } from './store/db.ts';
import { type Due, dueNow } from './store/due.ts';
import type { Shared } from './store/shared.ts';
import { BadCallback } from './wecom/crypto.ts';
import type { RobotSocketParts } from './wecom/robot-socket.ts';

export interface AppParts {
  config: Config;
  db: Db;
  shared: Shared;
  clock: Clock;
  log: Logger;
  handlers: readonly Handler[];
  jobs: readonly Job[];
  /** how patient the robot's connection is; a test makes it short */
  robotTiming?: RobotSocketParts['timing'];
  /** how long a call of the robot waits for its answer before it goes another way; a test makes it nothing */
  answerWithinMs?: number;
  /** what draws pictures and files; a thread of its own if absent */
  press?: Press;
  /** what calls every minute; who moves the clock calls in its minutes instead */
  everyMinute?: (call: () => void) => { cancel(): void };
}

const IDLE_MS = 1000;
const NOTHING: Due = { words: false, papers: false, materials: false, contacts: false, upkeep: false };
// So long have requests under way; a line that a browser keeps open and never asks anything on would be waited for a minute.
const LAST_REQUESTS_MS = 3000;
// The platform gives up after five seconds.
const ANSWER_WITHIN_MS = 1500;

/** Puts the stages together and listens. `settled` waits until everything kept so far is done and tried to be told. */
export async function startApp({
  config,
  db,
  shared,
  clock,
  log,
  handlers,
  jobs,
  robotTiming,
  answerWithinMs = ANSWER_WITHIN_MS,
  press = openPress(),
  everyMinute = (call) => scheduleJob('* * * * *', call),
}: AppParts) {
  const metrics = openMetrics(db, clock);
  const publicUrl = config.PUBLIC_URL?.replace(/\/+$/, '');
  const failed = (what: string) => (error: unknown) =>
    log.error({ cause: error instanceof Error ? error.name : 'unknown' }, what);
  const { keep, quietMs, handOver } = openInbox(db, clock, () => {
    if (!db.nudge()) void wake();
  });
  const parts = { config, db, shared, clock, log, keep, onError: metrics.wecomError };
  const { entrances, wecom, robot, onHandled } = await openChannels({ ...parts, robotTiming, answerWithinMs });
  // Set at the start too: slots missed while nothing ran are looked through at once.
  let minutePassed = true;
  // One instance does the work; the others keep what reaches them, and one of them goes on when it dies. A platform that
  // is slow to take answers holds up answers only.
  const delivery = { db, clock, wecom, log, pauses: openPauses(), webhooks: config.WECOM_GROUP_WEBHOOKS };
  const deliverDue = openOutbox(delivery);
  const deliver = loop(async () => {
    while (await db.leads()) if (!(await deliverDue())) return;
  }, failed('delivery failed'));
  const draw: Press['draw'] = (paper) =>
    paper.drawnBy === 'material' ? shelf.take(String((paper.facts as { hash?: unknown }).hash)) : press.draw(paper);
  // Drawing takes its time; words go before it, and messages are answered meanwhile.
  const print = loop(async () => {
    if (await db.leads()) await deliverPapers({ ...delivery, draw });
  }, failed('papers failed'));
  // Fetching takes its time as well, and what is not on disk yet is not answered for.
  const shelf = openShelf(config.MEDIA_DIR);
  const fetchSent = loop(async () => {
    if (!(await db.leads())) return;
    await fetchMaterials({ db, clock, log, handlers, shelf, wecom });
    await tell();
  }, failed('materials failed'));
  const compare = loop(async () => {
    if (!(await db.leads())) return;
    await compareContacts({ db, clock, log, wecom, config });
    await tell();
  }, failed('contacts failed'));
  // Backups and looking after the connection take their time too, and hold up nobody.
  const keepUp = loop(async () => {
    if (!(await db.leads())) return;
    await doUpkeep({ db, clock, log, config });
    await tell();
  }, failed('upkeep failed'));
  const lookAfter = openWatchdog({ db, clock, config, probe: wecom.probe });
  const watch = loop(async () => {
    if ((await db.leads()) && (await lookAfter())) await tell();
  }, failed('watch failed'));
  // Most looks find nothing. One that fails is followed by the next in a second.
  const look = async (): Promise<Due> => {
    try {
      if (await db.leads()) return await dueNow(db, clock.now());
    } catch (error) {
      failed('look failed')(error);
    }
    return NOTHING;
  };
  const tell = async (): Promise<void> => {
    const due = await look();
    if (due.words) await deliver();
    if (due.papers) await print();
  };
  const told = { onTold: () => void deliver(), onHandled };
  const waiting = { quietMs, handOver };
  const worker = openWorker({ db, clock, handlers, jobs, publicUrl, log, metrics, ...waiting, ...told });
  const runDue = openScheduler({ db, clock, jobs, config, log });
  const work = loop(async () => {
    if (!(await db.leads())) return;
    await worker.workOff();
    // A job that fails is tried again the next minute; until then answers still go out.
    if (minutePassed) await runDue().catch(failed('jobs failed'));
    minutePassed = false;
  }, failed('work failed'));
  /** Does and tells what there is; gives back what goes on beside it. */
  const wake = async (): Promise<Promise<void>[]> => {
    await work();
    const due = await look();
    if (due.words) await deliver();
    return [
      ...(due.materials ? [fetchSent()] : []),
      ...(due.contacts ? [compare()] : []),
      ...(due.papers ? [print()] : []),
      ...(due.upkeep ? [keepUp()] : []),
      watch(),
    ];
  };
  /** The same, waiting for all of it. */
  const settle = async (): Promise<void> => void (await Promise.all(await wake()));

  if (robot) metrics.watchRobot(robot.state);
  const tendRobot = async (): Promise<void> => {
    if (robot) robot.tend(await db.leads().catch(() => false));
  };
  const koa = new Koa();
  koa.on('error', (error: Error) => log.error({ cause: error.name }, 'request failed'));
  koa.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      // What could not be kept is not lost while the platform is told so: it sends it again.
      if (!(error instanceof BadCallback || error instanceof Overloaded)) failed('request failed')(error);
      ctx.status = error instanceof BadCallback ? error.status : 503;
      ctx.body = '';
      // What is left of a refused body is not waited for.
      ctx.set('Connection', 'close');
    }
  });
  koa.use(openEntrances(entrances, metrics));
  koa.use(stateRoutes({ db, shared, metrics, adminToken: config.ADMIN_TOKEN }).routes());
  koa.use(screenRoutes({ db, clock, publicUrl }).routes());
  if (publicUrl) {
    const { WECOM_CORP_ID: corpId, WECOM_AGENT_ID: agentId } = config;
    const signIn = openSignIn({ shared, publicUrl, corpId, agentId, memberBehind: wecom.memberBehind });
    koa.use(signIn.routes.routes());
    koa.use(ledgerPage({ db, clock, signIn }).routes());
    koa.use(meetingPackPage({ db, clock, signIn }).routes());
    koa.use(examPage({ db, clock, handlers, signIn }).routes());
    koa.use(reflectionPage({ db, clock, handlers, signIn }).routes());
    koa.use(arrivePage({ db, clock, handlers, signIn }).routes());
  }

  if (await db.leads()) await worker.begin();
  const server = await new Promise<Server>((resolve, reject) => {
    const listening: Server = koa.listen(config.PORT, config.HOST, () => resolve(listening));
    listening.once('error', reject);
  });
  db.onNudged(() => void wake());
  // What another process wrote, or what waits for its time, is found without being woken. So is what waited for the start: the
  // first look takes a cold process as long as all before it, and callbacks are let in first.
  const timer = setInterval(() => {
    void tendRobot();
    void wake();
  }, IDLE_MS);
  const minute = <T>(then: () => Promise<T>): Promise<T> => {
    minutePassed = true;
    return then();
  };
  const minutes = everyMinute(() => void minute(wake));
  await tendRobot();
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.PORT;
  return {
    url: `http://${config.HOST}:${port}`,
    settled: settle,
    /** Looks at the clock now: every slot that came due is run and told. */
    tick: () => minute(settle),
    async stop(): Promise<void> {
      clearInterval(timer);
      minutes.cancel();
      const closed = new Promise((resolve) => server.close(resolve));
      const impatient = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS);
      await closed;
      clearTimeout(impatient);
      await settle();
      await press.close();
      robot?.stop();
    },
    /** How the robot's long connection is; off where there is none. */
    robot: () => robot?.state() ?? 'off',
  };
}
