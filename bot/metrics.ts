import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Clock } from './calendar.ts';
import type { Db } from './store/db.ts';

/** What became of one try at a kept message. */
export type Handled = 'answered' | 'silent' | 'failed' | 'parked';

/** How the stages are doing, for Prometheus. Counts and times only: no label ever holds a text, a person or a group. */
export function openMetrics(db: Db, clock: Clock) {
  const registry = new Registry();
  const registers = [registry];
  const callbacks = new Counter({
    ...{ name: 'chuangyou_callbacks_total', help: 'Callbacks by channel and HTTP status' },
    ...{ labelNames: ['channel', 'status'] as const, registers },
  });
  const messages = new Counter({
    ...{ name: 'chuangyou_messages_total', help: 'Tries at kept messages by outcome' },
    ...{ labelNames: ['outcome'] as const, registers },
  });
  const seconds = new Histogram({
    ...{ name: 'chuangyou_handling_seconds', help: 'Time from reading a kept message to its commit', registers },
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  });
  const errors = new Counter({
    ...{ name: 'chuangyou_wecom_errors_total', help: 'Calls to WeCom that failed, by errcode; -2 is the network' },
    ...{ labelNames: ['code'] as const, registers },
  });
  const last = new Gauge({
    ...{ name: 'chuangyou_callback_last_seconds', help: 'When a callback last came, by channel and what became of it' },
    ...{ labelNames: ['channel', 'result'] as const, registers },
  });
  let robotState = (): string => 'none';
  const robot = new Gauge({
    ...{
      name: 'chuangyou_robot_state',
      help: 'The long connection of the robot: none, off, connecting, subscribing, ready',
    },
    ...{ labelNames: ['state'] as const, registers },
    collect() {
      robot.reset();
      robot.set({ state: robotState() }, 1);
    },
  });
  countsFrom(db, clock, registers);

  return {
    callback: (channel: string, status: number) => callbacks.inc({ channel, status }),
    /** `result` is kept, or why it was refused. */
    callbackCame: (channel: string, result: string) => last.set({ channel, result }, clock.now().getTime() / 1000),
    watchRobot(state: () => string): void {
      robotState = state;
    },
    handled(outcome: Handled, tookMs: number): void {
      messages.inc({ outcome });
      seconds.observe(tookMs / 1000);
    },
    wecomError: (code: number) => errors.inc({ code }),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
export type Metrics = ReturnType<typeof openMetrics>;

/** What the record book knows better than a counter that starts at zero with the process. */
function countsFrom(db: Db, clock: Clock, registers: Registry[]): void {
  const rows = new Gauge({
    ...{ name: 'chuangyou_queue_rows', help: 'Inbox and outbox rows that wait or are parked' },
    ...{ labelNames: ['queue', 'state'] as const, registers },
    async collect() {
      const [inboxOpen, inboxParked, outboxWaiting, outboxParked] = await db.read((client) =>
        Promise.all([
          client.inbox.count({ where: { closedAt: null, parkedAt: null } }),
          client.inbox.count({ where: { closedAt: null, parkedAt: { not: null } } }),
          client.outbox.count({ where: { sentAt: null, parkedAt: null } }),
          client.outbox.count({ where: { sentAt: null, parkedAt: { not: null } } }),
        ]),
      );
      rows.set({ queue: 'inbox', state: 'open' }, inboxOpen);
      rows.set({ queue: 'inbox', state: 'parked' }, inboxParked);
      rows.set({ queue: 'outbox', state: 'waiting' }, outboxWaiting);
      rows.set({ queue: 'outbox', state: 'parked' }, outboxParked);
    },
  });
  const age = new Gauge({
    ...{ name: 'chuangyou_inbox_oldest_seconds', help: 'How long the oldest open message has waited; 0 if none' },
    registers,
    async collect() {
      const oldest = await db.read((client) =>
        client.inbox.findFirst({
          ...{ where: { closedAt: null, parkedAt: null }, orderBy: { id: 'asc' }, select: { receivedAt: true } },
        }),
      );
      age.set(oldest ? Math.max(0, (clock.now().getTime() - oldest.receivedAt.getTime()) / 1000) : 0);
    },
  });
  const runs = new Gauge({
    ...{ name: 'chuangyou_job_runs', help: 'Slots of the jobs by outcome: done, late or missed' },
    ...{ labelNames: ['job', 'outcome'] as const, registers },
    async collect() {
      const groups = await db.read((client) => client.jobRun.groupBy({ by: ['name', 'outcome'], _count: true }));
      for (const { name, outcome, _count } of groups) runs.set({ job: name, outcome }, _count);
    },
  });
}
