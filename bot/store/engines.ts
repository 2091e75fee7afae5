import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import type { Changes } from './changes.ts';
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts';
import { contendForFile, contendForLock, type Leadership } from './leader.ts';
import type { Ask, Row } from './lean.ts';
import { openLogFile } from './log-file.ts';
import { keepPrepared } from './statements.ts';

/** What SQLite and PostgreSQL do differently; everything else in the project is the same for both. */
export interface Engine {
  client: PrismaClient;
  /** the folder of its migrations under `prisma/` */
  migrations: string;
  migrationsTable: string;
  /** an instant as its migrations table keeps it */
  instant(at: Date): number | Date;
  /** takes the turn to migrate from other processes, inside a transaction */
  migrateInTurn(tx: Prisma.TransactionClient): Promise<void>;
  /** One connection for everything: what is read or kept beside an open transaction would become part of it. */
  oneConnection: boolean;
  /** Carries out what commits, without the whole process standing still for the disk; `onDisk` is to be waited for. */
  commits<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when everything committed before the call is on disk. */
  onDisk(): Promise<void>;
  /** the way past the client, on that one connection; none where each transaction has its own */
  ask: Ask | null;
  /** Runs what writes, alone among all processes, once `changes` has heard what others wrote. */
  alone<T>(tx: Prisma.TransactionClient, work: () => Promise<T>): Promise<T>;
  leadership: Leadership;
  close(): Promise<void>;
  /** What breaks the promise that a commit is on disk; null if nothing does. */
  flaw(): Promise<string | null>;
  /** Whether what is there can be read back whole. Looks through everything, so not at every start. */
  isWhole(): Promise<boolean>;
}

export const isPostgres = (url: string): boolean => /^postgres(ql)?:/.test(url);

export const openEngine = (url: string, changes: Changes): Promise<Engine> =>
  isPostgres(url) ? postgres(url, changes) : sqlite(url, changes);

const statement = (sql: string) => ({ sql, args: [], argTypes: [] });
// Writes nothing, but takes the lock that writing needs.
const TAKE_WRITE_LOCK = statement('UPDATE "_prisma_migrations" SET "id" = "id" WHERE 0');

/**
 * SQLite: a file, one connection, one writer. Transactions may write from their first statement on: one that only read
 * at first and writes later would fail at once, without waiting, where another process wrote in between.
 */
async function sqlite(url: string, changes: Changes): Promise<Engine> {
  const { PrismaBetterSqlite3 } = await import('@prisma/adapter-better-sqlite3');
  const { PrismaClient: Client } = await import('./generated/sqlite/client.ts');
  const file = path.resolve(url.replace(/^file:/, ''));
  mkdirSync(path.dirname(file), { recursive: true });
  // The driver would wait for another process's lock with the whole process; here only who needs it waits.
  const factory = new PrismaBetterSqlite3({ url, timeout: 0 });
  const connect = factory.connect.bind(factory);
  let direct: ReturnType<typeof keepPrepared> = () => [];
  factory.connect = async () => {
    const connected = await connect();
    direct = keepPrepared((connected as unknown as { client: Database.Database }).client);
    const driver = overheard(connected, changes);
    const start = driver.startTransaction.bind(driver);
    driver.startTransaction = (level) =>
      patiently(async () => {
        const transaction = overheard(await start(level), changes);
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
  await client.$queryRawUnsafe('PRAGMA journal_mode=WAL');
  await client.$executeRawUnsafe('PRAGMA synchronous=FULL');
  const pragma = async (name: string) => {
    const [row] = await client.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
    return String(Object.values(row ?? {})[0]);
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
    close: () => log.close(),
    ask({ sql, values }) {
      changes.heard(sql, values);
      const run = (): Row[] => direct(sql, values.map(asKept)) as Row[];
      try {
        return Promise.resolve(run());
      } catch (error) {
        changes.anything();
        return isLocked(error) ? patiently(async () => run()) : Promise.reject(error);
      }
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

// Any number that nothing else in the database uses; the second is the one that `prisma migrate` takes.
const WRITER = 1_830_001;
const MIGRATOR = 72_707_369;
const MOST_PREPARED = 500;

/** PostgreSQL: a pool; writers of all instances take turns by a lock that ends with their transaction. */
async function postgres(url: string, changes: Changes): Promise<Engine> {
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { PrismaClient: Client } = await import('./generated/postgresql/client.ts');
  const names = new Map<string, string>();
  const factory = new PrismaPg(
    { connectionString: url, max: 8, connectionTimeoutMillis: 5000, keepAlive: true, options: '-c timezone=UTC' },
    { statementNameGenerator: ({ sql }) => nameOf(sql, names) },
  );
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const driver = overheard(await connect(), changes);
    const start = driver.startTransaction.bind(driver);
    driver.startTransaction = async (level) => overheard(await start(level), changes);
    return driver;
  };
  // Generated from the same schema: the two clients differ in nothing that is used.
  const client = new Client({ adapter: factory }) as unknown as PrismaClient;
  return {
    client,
    migrations: 'migrations-postgresql',
    migrationsTable: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
      "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
      "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
      "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`,
    instant: (at) => at,
    migrateInTurn: async (tx) => void (await tx.$executeRaw`SELECT pg_advisory_xact_lock(${MIGRATOR}::bigint)`),
    oneConnection: false,
    commits: (work) => work(),
    onDisk: async () => undefined,
    close: async () => undefined,
    ask: null,
    async alone(tx, work) {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(${WRITER}::bigint)`;
      const revision = await tx.revision.findUnique({ where: { id: 1 } });
      changes.elsewhere(String(revision?.n ?? 0));
      const before = changes.total();
      const result = await work();
      if (changes.total() === before) return result;
      const { n } = await tx.revision.upsert({
        ...{ where: { id: 1 }, create: { id: 1, n: 1 }, update: { n: { increment: 1 } } },
      });
      changes.own(String(n));
      return result;
    },
    leadership: contendForLock(url),
    async flaw() {
      const setting = async (name: string) => {
        const [row] = await client.$queryRawUnsafe<Record<string, string>[]>(`SHOW ${name}`);
        return row?.[name];
      };
      for (const name of ['fsync', 'synchronous_commit', 'full_page_writes'])
        if ((await setting(name)) === 'off') return `${name} is off`;
      return null;
    },
    // The server checks every page it reads, if it was set up with --data-checksums.
    isWhole: () => client.inbox.count().then(() => true),
  };
}

/** A name by which the server keeps the statement prepared; none once there are many, as bulk inserts would make. */
function nameOf(sql: string, names: Map<string, string>): string {
  const known = names.get(sql);
  if (known || names.size >= MOST_PREPARED) return known ?? '';
  const name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
  names.set(sql, name);
  return name;
}

/** A value as the client's driver keeps it, so that both can read it. */
const asKept = (value: unknown): unknown => {
  if (value instanceof Date) return `${value.toISOString().slice(0, -1)}+00:00`;
  return typeof value === 'boolean' ? Number(value) : value;
};

const LONGEST_PATIENCE_MS = 5000;
const LOOK_AGAIN_MS = 5;

function isLocked(error: unknown): boolean {
  const { cause, code } = error as { cause?: { kind?: string }; code?: string };
  return cause?.kind === 'SocketTimeout' || (code?.startsWith('SQLITE_BUSY') ?? false);
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

interface Queryable {
  executeRaw(query: { sql: string; args: unknown[]; argTypes: never[] }): Promise<number>;
  queryRaw(query: { sql: string; args: unknown[]; argTypes: never[] }): Promise<{ rows: unknown[][] }>;
}

function overheard<T extends object>(driver: T, changes: Changes): T {
  const queryable = driver as unknown as Queryable;
  const hearing =
    <Q extends { sql: string; args: unknown[] }, R>(run: (query: Q) => Promise<R>) =>
    async (one: Q): Promise<R> => {
      changes.heard(one.sql, one.args);
      try {
        return await run(one);
      } catch (error) {
        // Whether it took effect is not known: a commit that failed, for one.
        changes.anything();
        throw error;
      }
    };
  queryable.executeRaw = hearing(queryable.executeRaw.bind(queryable));
  queryable.queryRaw = hearing(queryable.queryRaw.bind(queryable));
  return driver;
}
