import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { Changes } from './changes.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { contendFor } from './leader.ts';

export type Tx = Prisma.TransactionClient;

/** The record book: reads go through `read`, writes through `write`, one after another. */
export interface Db {
  client: PrismaClient;
  /** Runs `work` in one transaction that no other write of this process overlaps. Rolled back if it throws. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads between writes. A read of `client` amid a write would see what may yet be rolled back. */
  read<T>(look: (client: PrismaClient) => Promise<T>): Promise<T>;
  /** True if this instance is the one that carries out, runs jobs and delivers; stays so until it closes or dies. */
  leads(): boolean;
  close(): Promise<void>;
}

const migrationsDir = path.resolve(import.meta.dirname, '../../prisma/migrations');

/**
 * Opens the SQLite file named by `url` (`file:…`), brings it up to date and makes every commit wait for the disk.
 * @throws if the disk guarantee (`synchronous=FULL`) cannot be had on the very connection that is used.
 */
export async function openDb(url: string): Promise<Db> {
  const file = path.resolve(url.replace(/^file:/, ''));
  mkdirSync(path.dirname(file), { recursive: true });
  const changes = new Changes();
  const adapter = new BookDriver({ url, timeout: 5000 }, changes);
  const client = new PrismaClient({ adapter });
  await client.$queryRawUnsafe('PRAGMA journal_mode=WAL');
  await client.$executeRawUnsafe('PRAGMA synchronous=FULL');
  const [row] = await client.$queryRawUnsafe<{ synchronous: bigint | number }[]>('PRAGMA synchronous');
  if (Number(row?.synchronous) !== 2) throw new Error(`PRAGMA synchronous is ${row?.synchronous}, wanted 2 (FULL)`);

  await migrate(client);

  // The driver has one connection: a statement outside a transaction that is open would become part of it.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
  const leadership = contendFor(`${file}-leader`);
  return {
    client,
    leads: leadership.held,
    write: (work) =>
      inTurn(() =>
        client.$transaction(
          (tx) => {
            changesSeen.set(tx, changes);
            return work(tx);
          },
          { timeout: 30_000, maxWait: 30_000 },
        ),
      ),
    read: (look) => inTurn(() => look(client)),
    close: () => last.then(() => client.$disconnect()).finally(leadership.giveUp),
  };
}

const changesSeen = new WeakMap<Tx, Changes>();
/** What may have changed, as seen from a transaction of `write`; other clients see no such thing. */
export const changesIn = (tx: Tx): Changes | undefined => changesSeen.get(tx);

const statement = (sql: string) => ({ sql, args: [], argTypes: [] });
// Writes nothing, but takes the lock that writing needs.
const TAKE_WRITE_LOCK = statement('UPDATE "_prisma_migrations" SET "id" = "id" WHERE 0');

/**
 * The driver, overheard by `changes`, with transactions that may write from their first statement on. One that only
 * read at first and writes later would fail at once, without waiting, where another process wrote in between.
 */
class BookDriver extends PrismaBetterSqlite3 {
  readonly #changes: Changes;
  constructor(config: ConstructorParameters<typeof PrismaBetterSqlite3>[0], changes: Changes) {
    super(config);
    this.#changes = changes;
  }

  override async connect() {
    const driver = overheard(await super.connect(), this.#changes);
    const start = driver.startTransaction.bind(driver);
    driver.startTransaction = async (level) => {
      const transaction = overheard(await start(level), this.#changes);
      try {
        await transaction.executeRaw(TAKE_WRITE_LOCK);
        const { rows } = await transaction.queryRaw(statement('PRAGMA data_version'));
        this.#changes.elsewhere(String(rows[0]?.[0]));
        return transaction;
      } catch (error) {
        await transaction.executeRaw(statement('ROLLBACK'));
        await transaction.rollback();
        throw error;
      }
    };
    return driver;
  }
}

type Queryable = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;

function overheard<T extends Pick<Queryable, 'executeRaw' | 'queryRaw'>>(queryable: T, changes: Changes): T {
  const execute = queryable.executeRaw.bind(queryable);
  const query = queryable.queryRaw.bind(queryable);
  const hearing =
    <Q extends { sql: string }, R>(run: (query: Q) => Promise<R>) =>
    async (one: Q): Promise<R> => {
      changes.heard(one.sql);
      try {
        return await run(one);
      } catch (error) {
        // Whether it took effect is not known: a commit that failed, for one.
        changes.anything();
        throw error;
      }
    };
  queryable.executeRaw = hearing(execute);
  queryable.queryRaw = hearing(query);
  return queryable;
}

/**
 * Applies the migrations that are missing, each in one transaction with its row in `_prisma_migrations`: the same
 * table, names and checksums that `prisma migrate deploy` keeps, so either may come first.
 * @throws if a shipped migration was edited after it had been applied.
 */
async function migrate(client: PrismaClient): Promise<void> {
  await client.$executeRawUnsafe(MIGRATIONS_TABLE);
  const rows = await client.$queryRawUnsafe<{ migration_name: string; checksum: string }[]>(
    'SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL',
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]));
  for (const { name, sql } of migrations()) {
    const checksum = createHash('sha256').update(sql).digest('hex');
    const known = applied.get(name);
    if (known !== undefined && known !== checksum) throw new Error(`migration ${name} was edited after it was applied`);
    if (known !== undefined) continue;
    await client.$transaction(async (tx) => {
      for (const statement of statements(sql)) await tx.$executeRawUnsafe(statement);
      const now = Date.now();
      await tx.$executeRaw`INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
        VALUES (${randomUUID()}, ${checksum}, ${now}, ${name}, ${now}, 1)`;
    });
  }
}

const MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME,
    "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME,
    "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`;

function migrations(): { name: string; sql: string }[] {
  const folders = readdirSync(migrationsDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => ({ name, sql: readFileSync(path.join(migrationsDir, name, 'migration.sql'), 'utf8') }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Generated migrations end every statement with `;` at a line end and hold no other. */
const statements = (sql: string) =>
  sql
    .split(/;\s*$/m)
    .map((one) => one.trim())
    .filter((one) => one !== '');
