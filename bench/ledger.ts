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
import { percentile } from './load.ts';

interface Figure {
  name: string;
  value: number;
  unit: string;
}

const PEOPLE = 5000;
const UNITS = 400;
const FACTS_AN_ITEM = 12;
const NOW = instantAt('2013-05-29', '08:30');
const ROUNDS = 5;
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

/** An office of 5,000 people in 400 units with so many items, and three years of what happened to them. */
async function fill({ client }: Db, items: number): Promise<void> {
  const person = (n: number): string => `p${n}`;
  const roleOf = (n: number): string =>
    n === 0 ? '["chief","leader"]' : n < 20 ? '["leader"]' : n < 20 + UNITS ? '["head"]' : '["staff"]';
  const units = Array.from({ length: UNITS }, (_, n) => ({
    ...{ code: `DW${n}`, name: `第${n}业务科室`, kind: '科室', rank: n },
    ...{ leaderId: person(n % 20), headId: person(20 + n) },
  }));
  await inParts(units, (data) => client.department.createMany({ data }));
  const people = Array.from({ length: PEOPLE }, (_, n) => ({
    ...{ id: person(n), userid: `P${n}`, name: `职工${n}`, title: '科员', roles: roleOf(n), rank: n },
    departmentCode: `DW${n < 20 ? 0 : (n - 20) % UNITS}`,
  }));
  await inParts(people, (data) => client.person.createMany({ data }));
  const ledger = Array.from({ length: items }, (_, n) => {
    const unit = n % UNITS;
    // Most of three years' work is done.
    const year = 2011 + (n % 3);
    const done = year < 2013 ? new Date(`${year}-11-30T10:00:00+08:00`) : null;
    return {
      ...{ code: `X${Math.floor(n / 1000) + 1}-${(n % 1000) + 1}`, no: n + 1, level: '科室', category: '重点工作' },
      ...{ title: `第${n + 1}项工作任务`, target: 10 + (n % 7), unit: '个', quantity: n % 9, percent: (n % 9) * 7 },
      ...{ departmentCode: `DW${unit}`, leaderId: person(unit % 20), ownerId: person(20 + unit) },
      ...{ deadline: `${year}-${String(5 + (n % 7)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}` },
      ...{ acceptedAt: done, completedAt: done, updatedAt: new Date(`${year}-05-02T10:00:00+08:00`) },
    };
  });
  await inParts(ledger, (data) => client.ledgerItem.createMany({ data }));
  const facts = ledger.flatMap(({ code, deadline, ownerId }) =>
    Array.from({ length: FACTS_AN_ITEM }, (_, month) => ({
      ...{
        itemCode: code,
        kind: 'reported',
        personId: ownerId,
        note: '本月按计划推进',
        quantity: month % 9,
        percent: (month % 9) * 7,
      },
      at: new Date(`${deadline.slice(0, 4)}-${String(1 + (month % 5)).padStart(2, '0')}-15T10:00:00+08:00`),
    })),
  );
  await inParts(facts, (data) => client.itemFact.createMany({ data }));
}

async function say(db: Db, from: string, text: string, key: string): Promise<string> {
  const message: InboundMessage = { key, from, chat: 'direct', sentAt: NOW, content: { kind: 'text', text } };
  const told = await db.write((tx) => handle(message, capabilities, tx));
  return told[0]?.text ?? '';
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** 台账: how long looking, reporting, the daily scan and the digest take, and how that grows with the ledger. */
export async function measureLedger(sizes: readonly number[]): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of sizes) {
    const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
    const db = await openDb(`file:${path.join(folder, 'bench.db')}`, randomBytes(32).toString('hex'));
    const figure = (name: string, value: number): void =>
      void figures.push({ name: `${size}项：${name}`, value, unit: '毫秒' });
    try {
      await fill(db, size);
      figure('第一条消息', await timed(() => say(db, 'p0', '帮助', 'warm')));
      for (const [from, text] of QUERIES) await say(db, from, text, 'warm');
      const took: number[] = [];
      for (let round = 0; round < ROUNDS; round++)
        for (const [index, [from, text]] of QUERIES.entries())
          took.push(await timed(() => say(db, from, text, `q${round}.${index}`)));
      took.sort((one, other) => one - other);
      figure('查询 p50', percentile(took, 50));
      figure('查询 p95', percentile(took, 95));
      const reports: number[] = [];
      for (let n = 1; n <= 20; n++) {
        const item = 3 * n - 1;
        reports.push(await timed(() => say(db, `p${20 + (item % UNITS)}`, `X1-${item + 1}新增1个`, `r${n}`)));
      }
      reports.sort((one, other) => one - other);
      figure('上报进度 p95', percentile(reports, 95));
      const run = (job: Job, slot: Date) =>
        db.write(async (tx) => job.run({ slot, tx, world: await loadWorld(tx), duties: () => [] }));
      figure(
        '每日扫描',
        await timed(async () => {
          await run(jobs.remindLedgerDue, NOW);
          await run(jobs.escalateOverdue, NOW);
        }),
      );
      figure(
        '月报（含亮灯图、台账数据）',
        await timed(() => run(jobs.sendMonthlyDigest, instantAt(dayOf(NOW), '09:00'))),
      );
    } finally {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return figures;
}
