import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '#bot/root.ts';
import { Changes } from './changes.ts';
import { type Engine, isPostgres, openEngine } from './engines.ts';
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts';
import { holdIn } from './held.ts';
import { lean, openShortWay, sql } from './lean.ts';
import { openSeal, type Seal, sealing } from './seal.ts';
import { openTurns } from './turns.ts';

export type { PrismaClient } from './generated/sqlite/client.ts';
export { isPostgres };
export type Tx = Prisma.TransactionClient;

/** The record book: reads go through `read`, writes through `write`, one after another. */
export interface Db {
  client: PrismaClient;
  seal: Seal;
  /** Runs `work` in one transaction that no other write of any process overlaps. Rolled back if it throws. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads what is committed. A read of `client` amid a write may see what will yet be rolled back. */
  read<T>(look: (client: PrismaClient) => Promise<T>): Promise<T>;
  /**
   * What stands for itself; it waits for no writer where the database can do both, else goes first. Resolves when it is on
   * disk; the process goes on meanwhile.
   */
  append<T>(statement: (client: PrismaClient) => Promise<T>): Promise<T>;
  /** True if this instance is the one that carries out, runs jobs and delivers; stays so until it closes or dies. */
  leads(): Promise<boolean>;
  /**
   * Lets the instance that leads hear at once that something was kept, where it is another; else it looks every second.
   * @returns whether it is another
   */
  nudge(): boolean;
  /** Calls when another instance nudged this one, which leads. */
  onNudged(hear: () => void): void;
  /** Whether a write holds up everybody who reads or keeps something meanwhile. */
  holdsUpOthers: boolean;
  /** Whether everything can be read back whole. */
  isWhole(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Opens the database named by `url` (`file:…` or `postgresql://…`) and brings it up to date.
 * @throws if it does not make every commit wait for the disk.
 */
export async function openDb(url: string, dataKey?: string): Promise<Db> {
  const changes = new Changes();
  const seal = openSeal(dataKey, keyFileOf(url));
  const engine = await openEngine(url, changes);
  const { leadership } = engine;
  const client = sealing(engine.client, seal);
  openShortWay(client, engine.ask);
  try {
    const flaw = await engine.flaw();
    if (flaw) throw new Error(flaw);
    await migrate(engine, client);
    await checkKey(client, seal);
  } catch (error) {
    await engine.close();
    throw error;
  }

  const { inTurn, first, idle } = openTurns();
  const beside = <T>(work: () => Promise<T>): Promise<T> => (engine.oneConnection ? inTurn(work) : work());
  // Until what was written last is on disk. What others see of it may be told, so they wait as well.
  let written: Promise<void> = Promise.resolve();
  return {
    client,
    seal,
    leads: leadership.held,
    nudge: leadership.nudge,
    onNudged: leadership.onNudged,
    holdsUpOthers: engine.oneConnection,
    async write(work) {
      const transaction = async (tx: Tx) => {
        changes.begun(engine.oneConnection);
        changesSeen.set(tx, changes);
        seals.set(tx, seal);
        const held = await engine.begin(tx);
        openShortWay(tx, held.ask);
        holdIn(tx, held);
        return engine.alone(held.ask, async () => {
          try {
            const result = await work(tx);
            await held.write();
            return result;
          } finally {
            held.forget();
          }
        });
      };
      let own = written;
      const result = await inTurn(async () => {
        const done = await engine.commits(() => client.$transaction(transaction, { timeout: 30_000, maxWait: 30_000 }));
        own = written = engine.onDisk();
        // Whoever waits for it hears of it.
        written.catch(() => undefined);
        return done;
      });
      await own;
      return result;
    },
    async read(look) {
      let seen = written;
      const result = await beside(() => {
        seen = written;
        return look(client);
      });
      await seen;
      return result;
    },
    async append(statement) {
      const work = () => engine.commits(() => statement(client));
      const result = await (engine.oneConnection ? first(work) : work());
      await engine.onDisk();
      return result;
    },
    isWhole: () => beside(engine.isWhole),
    close: () => idle().then(engine.close).finally(leadership.giveUp),
  };
}

const changesSeen = new WeakMap<Tx, Changes>();
/** What may have changed, as seen from a transaction of `write`; other clients see no such thing. */
export const changesIn = (tx: Tx): Changes | undefined => changesSeen.get(tx);

const seals = new WeakMap<Tx, Seal>();
/** The seal of a transaction of `write`. */
export function sealOf(tx: Tx): Seal {
  const seal = seals.get(tx);
  if (!seal) throw new Error('outside of write');
  return seal;
}

/** Beside a file of SQLite's; PostgreSQL's lies elsewhere, so its key is in the folder of the service's own data. */
export const keyFileOf = (url: string): string =>
  isPostgres(url) ? './data/chuangyou.key' : `${url.replace(/^file:/, '')}.key`;

const PROBE = '创优助手';

/** @throws if the database was sealed with another key. */
async function checkKey(client: PrismaClient, seal: Seal): Promise<void> {
  const [row] = await lean<{ probe: string }>(client, sql`SELECT "probe" FROM "SealProbe" WHERE "id" = 1`);
  const probe = row?.probe ?? seal.close(PROBE);
  if (!row) await client.sealProbe.create({ data: { id: 1, probe } }).catch(() => undefined);
  try {
    if (seal.open(probe) === PROBE) return;
  } catch {
    // Said below.
  }
  throw new Error('数据密钥不对：请用原来的 DATA_KEY 或密钥文件，见 docs/deploy.md');
}

/**
 * Applies the migrations that are missing, each in one transaction with its row in `_prisma_migrations`: the same
 * table, names and checksums that `prisma migrate deploy` keeps, so either may come first.
 * @throws if a shipped migration was edited after it had been applied.
 */
async function migrate(engine: Engine, client: PrismaClient): Promise<void> {
  const inTurn = <T>(work: (tx: Tx) => Promise<T>) =>
    client.$transaction(
      async (tx) => {
        await engine.migrateInTurn(tx);
        return work(tx);
      },
      { timeout: 60_000, maxWait: 60_000 },
    );
  const applied = await appliedMigrations(client).catch(async () => {
    // A transaction of SQLite's takes its lock on this very table.
    if (engine.oneConnection) await client.$executeRawUnsafe(engine.migrationsTable);
    else await inTurn((tx) => tx.$executeRawUnsafe(engine.migrationsTable));
    return new Map<string, string>();
  });
  for (const { name, script } of migrations(engine.migrations)) {
    const checksum = createHash('sha256').update(script).digest('hex');
    const known = applied.get(name);
    if (known !== undefined && known !== checksum) throw new Error(`migration ${name} was edited after it was applied`);
    if (known !== undefined) continue;
    await inTurn(async (tx) => {
      // Another process may have been first.
      if ((await appliedMigrations(tx)).has(name)) return;
      for (const statement of statements(script)) await tx.$executeRawUnsafe(statement);
      const now = engine.instant(new Date());
      await tx.$executeRaw`INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
        VALUES (${randomUUID()}, ${checksum}, ${now}, ${name}, ${now}, 1)`;
    });
  }
}

async function appliedMigrations(tx: Tx): Promise<Map<string, string>> {
  const rows = await lean<{ migration_name: string; checksum: string }>(
    tx,
    sql`SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL`,
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

function migrations(folder: string): { name: string; script: string }[] {
  const root = path.join(ROOT, 'prisma', folder);
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => ({ name, script: readFileSync(path.join(root, name, 'migration.sql'), 'utf8') }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Generated migrations end every statement with `;` at a line end and hold no other. */
const statements = (script: string) =>
  script
    .split(/;\s*$/m)
    .map((one) => one.trim())
    .filter((one) => one !== '');
