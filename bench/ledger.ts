import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dayOf, instantAt } from '#bot/calendar.ts';
import type { Job } from '#bot/job.ts';
import type { InboundMessage } from '#bot/message.ts';
import { handle } from '#bot/pipeline/handle.ts';
import { inBatches } from '#bot/store/batches.ts';
import { type Db, openDb } from '#bot/store/db.ts';
import { loadWorld } from '#bot/store/world.ts';
import * as handlers from '#handlers/index.ts';
import * as jobs from '#jobs/index.ts';
import type { Figure } from './figure.ts';
import { percentile } from './load.ts';
import { heapMb, spentMs } from './usage.ts';

interface Office {
  items: number;
  people: number;
  units: number;
}
/** A ledger of so many items, and who keeps it: ten times as many people where it is very large. */
const officeWith = (items: number): Office =>
  items < 50_000 ? { items, people: 5000, units: 400 } : { items, people: 50_000, units: 4000 };

const LEADERS = 20;
const FACTS_AN_ITEM = 12;
const NOW = instantAt('2013-05-29', '08:30');
const ROUNDS = 5;
const WARMING = 10;
const REPORTS = 100;
const capabilities = Object.values(handlers);

const QUERIES: [from: string, text: string][] = [
  ['p0', '情况'],
  ['p0', '比上月'],
  ['p0', '红灯'],
  ['p0', '哪些快到期了'],
  ['p0', '哪个科室红灯最多'],
  ['p0', '红灯的主要原因是什么'],
  ['p0', '谁没报'],
  ['p1', '情况'],
  ['p1', '我分管的逾期的有哪些'],
  ['p20', '我的台账'],
  ['p20', '我还有什么没办'],
  ['p20', 'X1-1历史'],
];

/** Writes rows, some hundred in a statement. */
const inParts = <Row>(rows: Row[], write: (part: Row[]) => Promise<unknown>): Promise<unknown> =>
  inBatches(rows, async (part) => {
    await write(part);
    return [];
  });

const person = (n: number): string => `p${n}`;
const headOf = (unit: number): string => person(LEADERS + unit);
const codeOf = (item: number): string => `X${Math.floor(item / 1000) + 1}-${(item % 1000) + 1}`;

/** The office, its ledger, and three years of what happened to each item. */
async function fill({ client }: Db, office: Office): Promise<void> {
  const roleOf = (n: number): string => {
    if (n === 0) return '["chief","leader"]';
    return n < LEADERS ? '["leader"]' : n < LEADERS + office.units ? '["head"]' : '["staff"]';
  };
  const units = Array.from({ length: office.units }, (_, n) => ({
    ...{ code: `DW${n}`, name: `第${n}业务科室`, kind: '科室', rank: n },
    ...{ leaderId: person(n % LEADERS), headId: headOf(n) },
  }));
  await inParts(units, (data) => client.department.createMany({ data }));
  const people = Array.from({ length: office.people }, (_, n) => ({
    ...{ id: person(n), userid: `P${n}`, name: `职工${n}`, title: '科员', roles: roleOf(n), rank: n },
    departmentCode: `DW${n < LEADERS ? 0 : (n - LEADERS) % office.units}`,
  }));
  await inParts(people, (data) => client.person.createMany({ data }));
  const ledger = Array.from({ length: office.items }, (_, n) => {
    const unit = n % office.units;
    // Most of three years' work is done.
    const year = 2011 + (n % 3);
    const done = year < 2013 ? new Date(`${year}-11-30T10:00:00+08:00`) : null;
    return {
      ...{ code: codeOf(n), no: n + 1, level: '科室', category: '重点工作' },
      ...{ title: `第${n + 1}项工作任务`, target: 10 + (n % 7), unit: '个', quantity: n % 9, percent: (n % 9) * 7 },
      ...{ departmentCode: `DW${unit}`, leaderId: person(unit % LEADERS), ownerId: headOf(unit) },
      ...{ deadline: `${year}-${String(5 + (n % 7)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}` },
      ...{ acceptedAt: done, completedAt: done, updatedAt: new Date(`${year}-05-02T10:00:00+08:00`) },
    };
  });
  await inParts(ledger, (data) => client.ledgerItem.createMany({ data }));
  // A row for each by the client would take minutes.
  await client.$executeRaw`
    WITH RECURSIVE "month" ("n") AS (SELECT 0 UNION ALL SELECT "n" + 1 FROM "month" WHERE "n" + 1 < ${FACTS_AN_ITEM})
    INSERT INTO "ItemFact" ("itemCode", "kind", "personId", "note", "quantity", "percent", "at")
    SELECT "code", 'reported', "ownerId", '本月按计划推进', "n" % 9, ("n" % 9) * 7,
      substr("deadline", 1, 4) || '-0' || (1 + "n" % 5) || '-15T02:00:00.000+00:00'
    FROM "month" CROSS JOIN "LedgerItem"`;
}

async function say(db: Db, from: string, text: string, key: string): Promise<string> {
  const message: InboundMessage = { key, from, chat: 'direct', sentAt: NOW, content: { kind: 'text', text } };
  const told = await db.write((tx) => handle(message, capabilities, tx));
  return told[0]?.text ?? '';
}

/** How long something took, and how much of the processor. */
interface Took {
  ms: number;
  processorMs: number;
}
async function timed(work: () => Promise<unknown>): Promise<Took> {
  const [started, spent] = [performance.now(), spentMs()];
  await work();
  return { processorMs: spentMs() - spent, ms: performance.now() - started };
}

async function queries(db: Db): Promise<Took[]> {
  for (const [from, text] of QUERIES) await say(db, from, text, 'warm');
  const took: Took[] = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const [index, [from, text]] of QUERIES.entries())
      took.push(await timed(() => say(db, from, text, `q${round}.${index}`)));
  return took;
}

/** Reports of as many open items, each by the head of its unit; the first few only warm the process. */
async function reports(db: Db, { units }: Office): Promise<Took[]> {
  const took: Took[] = [];
  for (let n = 1; n <= WARMING + REPORTS; n++) {
    const item = 3 * n - 1;
    let answer = '';
    const one = await timed(async () => {
      answer = await say(db, headOf(item % units), `${codeOf(item)}新增1个`, `r${n}`);
    });
    if (!answer.startsWith('已记录')) throw new Error(`${codeOf(item)}: ${answer}`);
    if (n > WARMING) took.push(one);
  }
  return took;
}

/** 台账: how long looking, reporting, the daily scan and the digest take, what is held in memory, and how all of it grows. */
export async function measureLedger(sizes: readonly number[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of sizes) figures.push(...(await measureOne(officeWith(size))));
  return figures;
}

async function measureOne(office: Office): Promise<Figure[]> {
  const figures: Figure[] = [];
  const figure = (name: string, value: number, unit = '毫秒', mostAtTenThousand?: number): void => {
    const of = { name: `${office.items}项、${office.people}人：${name}`, value, unit };
    const isHeld = mostAtTenThousand !== undefined && office.items <= 10_000;
    figures.push(isHeld ? { ...of, aim: { atMost: mostAtTenThousand } } : of);
  };
  const whole = (name: string, { ms, processorMs }: Took, most?: number): void => {
    figure(name, ms, '毫秒', most);
    figure(`${name}，处理器`, processorMs);
  };
  const shares = (name: string, took: Took[], most: number): void => {
    for (const percent of [50, 95]) {
      const ms = percentile(sorted(took.map((one) => one.ms)), percent);
      const processorMs = percentile(sorted(took.map((one) => one.processorMs)), percent);
      whole(`${name} p${percent}`, { ms, processorMs }, percent === 95 ? most : undefined);
    }
  };
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const db = await openDb(`file:${path.join(folder, 'bench.db')}`, randomBytes(32).toString('hex'));
  const run = (job: Job, slot: Date) =>
    db.write(async (tx) => job.run({ slot, tx, world: await loadWorld(tx), duties: () => [] }));
  try {
    await fill(db, office);
    whole('第一条消息', await timed(() => say(db, 'p0', '帮助', 'warm')));
    shares('查询', await queries(db), 100);
    shares('上报进度', await reports(db, office), 20);
    const scan = async (): Promise<void> => {
      await run(jobs.remindLedgerDue, NOW);
      await run(jobs.escalateOverdue, NOW);
    };
    whole('每日扫描', await timed(scan), 2000);
    const digest = (): Promise<unknown> => run(jobs.sendMonthlyDigest, instantAt(dayOf(NOW), '09:00'));
    whole('月报（含亮灯图、台账数据）', await timed(digest), 3000);
    figure('在用的堆内存', heapMb(), 'MB');
    figure('进程占用内存', process.memoryUsage.rss() / 2 ** 20, 'MB');
  } finally {
    await db.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return figures;
}

const sorted = (numbers: number[]): number[] => numbers.sort((one, other) => one - other);
