import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { Changes } from './changes.ts';
import type { Engine } from './engines.ts';
import { Held } from './held.ts';
import { contendForFile } from './leader.ts';
import type { Ask, Row } from './lean.ts';
import { openLogFile } from './log-file.ts';
import { overheard } from './overheard.ts';
import { keepPrepared } from './statements.ts';

const statement = (sql: string) => ({ sql, args: [], argTypes: [] });
// Writes nothing, but takes the lock that writing needs.
const TAKE_WRITE_LOCK = statement('UPDATE "_prisma_migrations" SET "id" = "id" WHERE 0');

/**
 * SQLite: a file, one connection, one writer. Transactions may write from their first statement on: one that only read
 * at first and writes later would fail at once, without waiting, where another process wrote in between.
 */
export async function sqlite(url: string, changes: Changes): Promise<Engine> {
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
  const { PrismaClient: Client } = await import('./generated/sqlite/client.ts');
  const file = path.resolve(url.replace(/^file:/, ''));
  mkdirSync(path.dirname(file), { recursive: true });
  // The driver would wait for another process's lock with the whole process; here only who needs it waits.
  const factory = new PrismaBetterSqlite3({ url, timeout: 0 });
  const connected = await factory.connect();
  const direct = keepPrepared((connected as unknown as { client: Database.Database }).client);
  // One connection has one transaction at a time.
  let held: Held | null = null;
  // The client connects when it is first asked something, which takes it ten times as long as opening the file.
  factory.connect = async () => {
    const driver = overheard(connected, changes);
    const start = driver.startTransaction.bind(driver);
    driver.startTransaction = (level) =>
      patiently(async () => {
        const transaction = overheard(await start(level), changes, () => held);
        try {
          await transaction.executeRaw(TAKE_WRITE_LOCK);
          const { rows } = await transaction.queryRaw(statement('PRAGMA data_version'));
          changes.elsewhere(String(rows[0]?.[0]));
          return transaction;
        } catch (error) {
          await transaction.executeRaw(statement('ROLLBACK'));
          await transaction.rollback();
          throw error;
        }
      });
    const [execute, query] = [driver.executeRaw.bind(driver), driver.queryRaw.bind(driver)];
    driver.executeRaw = (one) => patiently(() => execute(one));
    driver.queryRaw = (one) => patiently(() => query(one));
    return driver;
  };
  const log = openLogFile(`${file}-wal`);
  const client = new Client({ adapter: factory });
  const pragma = (name: string): Promise<string> =>
    patiently(async () => {
      const [row] = direct(`PRAGMA ${name}`, []) as Row[];
      return String(Object.values(row ?? {})[0]);
    });
  await pragma('journal_mode=WAL');
  await pragma('synchronous=FULL');
  const ask: Ask = ({ sql, values }) => {
    changes.heard(sql, values);
    const run = (): Row[] => direct(sql, values.map(asKept)) as Row[];
    try {
      return Promise.resolve(run());
    } catch (error) {
      changes.anything();
      return isLocked(error) ? patiently(async () => run()) : Promise.reject(error);
    }
  };
  return {
    client,
    migrations: 'migrations',
    migrationsTable: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME,
      "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME,
      "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`,
    instant: (at) => at.getTime(),
    migrateInTurn: async () => undefined,
    oneConnection: true,
    async commits(work) {
      direct('PRAGMA synchronous=NORMAL', []);
      try {
        return await work();
      } finally {
        direct('PRAGMA synchronous=FULL', []);
      }
    },
    onDisk: log.onDisk,
    async close() {
      await log.close();
      await client.$disconnect();
      // The client closes it only if it was ever asked something.
      await connected.dispose();
    },
    ask,
    async begin() {
      held = new Held(ask);
      return held;
    },
    alone: (_, work) => work(),
    leadership: contendForFile(`${file}-leader`),
    async flaw() {
      const synchronous = await pragma('synchronous');
      return synchronous === '2' ? null : `PRAGMA synchronous is ${synchronous}, wanted 2 (FULL)`;
    },
    isWhole: async () => (await pragma('integrity_check')) === 'ok',
  };
}

/** A value as the client's driver keeps it, so that both can read it. */
const asKept = (value: unknown): unknown => {
  if (value instanceof Date) return `${value.toISOString().slice(0, -1)}+00:00`;
  return typeof value === 'boolean' ? Number(value) : value;
};

const LONGEST_PATIENCE_MS = 5000;
const LOOK_AGAIN_MS = 5;

/** PROTOCOL as well: what is busy too long in the middle of its log, a process that was suspended there for instance. */
function isLocked(error: unknown): boolean {
  const { cause, code } = error as { cause?: { kind?: string; originalCode?: string }; code?: string };
  const codes = [code, cause?.originalCode];
  return cause?.kind === 'SocketTimeout' || codes.some((one) => /^SQLITE_(?:BUSY|PROTOCOL)/.test(one ?? ''));
}

/** Tries again while another process holds SQLite's lock. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + LONGEST_PATIENCE_MS;
  for (;;)
    try {
      return await work();
    } catch (error) {
      if (!isLocked(error) || performance.now() > until) throw error;
      await pause(LOOK_AGAIN_MS);
    }
}
