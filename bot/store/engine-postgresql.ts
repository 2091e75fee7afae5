import { createHash, randomUUID } from 'node:crypto';
import pg, { type Pool, type PoolClient, type QueryResult } from 'pg';
import type { Changes } from './changes.ts';
import type { Engine } from './engines.ts';
import type { PrismaClient } from './generated/sqlite/client.ts';
import { Held } from './held.ts';
import { contendForLock } from './leader.ts';
import { type Ask, type Row, raw, sql } from './lean.ts';
import { overheard } from './overheard.ts';

// Any number that nothing else in the database uses; the second is the one that `prisma migrate` takes.
const WRITER = 1_830_001;
const MIGRATOR = 72_707_369;
const MOST_PREPARED = 500;
/** No statement: whoever sends it within a transaction asks for its connection, by a name of his own. */
const WHOSE = 'whose connection';

interface Transaction {
  connection: PoolClient;
  held: Held | null;
}

/** PostgreSQL: a pool; writers of all instances take turns by a lock that ends with their transaction. */
export async function postgresql(url: string, changes: Changes): Promise<Engine> {
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { PrismaClient: Client } = await import('./generated/postgresql/client.ts');
  const nameOf = openNames();
  const pool = new pg.Pool({
    ...{ connectionString: url, max: 8, connectionTimeoutMillis: 5000, keepAlive: true },
    // Statements that do not wait for one another are sent without waiting for one another.
    ...{ options: '-c timezone=UTC', pipeline: true },
  });
  const factory = new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql), disposeExternalPool: true });
  const connect = factory.connect.bind(factory);
  const known = new Map<unknown, Transaction>();
  factory.connect = async () => {
    const driver = overheard(await connect(), changes);
    const start = driver.startTransaction.bind(driver);
    driver.startTransaction = async (level) => {
      const started = await start(level);
      const own: Transaction = { connection: (started as unknown as { client: PoolClient }).client, held: null };
      const transaction = overheard(started, changes, () => own.held);
      const query = transaction.queryRaw.bind(transaction);
      transaction.queryRaw = async (one) => {
        if (one.sql !== WHOSE) return query(one);
        known.set(one.args[0], own);
        return { columnNames: [], columnTypes: [], rows: [] };
      };
      return transaction;
    };
    return driver;
  };
  // Generated from the same schema: the two clients differ in nothing that is used.
  const client = new Client({ adapter: factory }) as unknown as PrismaClient;
  const straight = (connection: Pool | PoolClient): Ask => {
    return async ({ text, values }) => {
      changes.heard(text, values);
      try {
        const asked = { text, name: nameOf(text), values: values.map(asSent), types: PARSERS };
        const { rows }: QueryResult<Row> = await connection.query(asked);
        return rows;
      } catch (error) {
        changes.anything();
        throw error;
      }
    };
  };
  const ask = straight(pool);
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
    async close() {
      await client.$disconnect();
      // The client ends it only if it was ever asked something.
      if (!pool.ending) await pool.end();
    },
    ask,
    async begin(tx) {
      const name = randomUUID();
      await tx.$queryRawUnsafe(WHOSE, name);
      const own = known.get(name);
      known.delete(name);
      if (!own) throw new Error('a transaction without a connection');
      own.held = new Held(straight(own.connection));
      return own.held;
    },
    async alone(ask, work) {
      const locked = ask(sql`SELECT pg_advisory_xact_lock(${WRITER}::bigint)`);
      const [revision] = await ask(sql`SELECT "n" FROM "Revision" WHERE "id" = 1`);
      await locked;
      changes.elsewhere(String(revision?.['n'] ?? 0));
      const before = changes.total();
      const result = await work();
      if (changes.total() === before) return result;
      const [now] = await ask(
        sql`INSERT INTO "Revision" ("id", "n") VALUES (1, 1) ON CONFLICT ("id") DO UPDATE SET "n" = "Revision"."n" + 1
          RETURNING "n"`,
      );
      changes.own(String(now?.['n']));
      return result;
    },
    leadership: contendForLock(url),
    async flaw() {
      const setting = async (name: string) => {
        const [row] = await ask(raw(`SHOW ${name}`));
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

/** Gives names by which the server keeps statements prepared; none once there are many, as bulk inserts would make. */
function openNames(): (sql: string) => string {
  const names = new Map<string, string>();
  return (sql) => {
    const known = names.get(sql);
    if (known !== undefined || names.size >= MOST_PREPARED) return known ?? '';
    const name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
    names.set(sql, name);
    return name;
  };
}

/** An instant as the client sends it: in UTC, whatever the process goes by. */
const asSent = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

const [INT8, TIMESTAMP] = [20, 1114];
const PARSERS = {
  getTypeParser(type: number) {
    if (type === INT8) return Number;
    // Without a zone, and always UTC.
    if (type === TIMESTAMP) return (text: string) => new Date(`${text.replace(' ', 'T')}Z`);
    return pg.types.getTypeParser(type);
  },
};
