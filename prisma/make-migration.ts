// Writes migrations, for both databases under the same name; review them before committing.
//   npx tsx prisma/make-migration.ts NAME      from the last committed schema to the present one
//   npx tsx prisma/make-migration.ts --twins   what PostgreSQL's folder lacks of SQLite's, from the commits that brought it
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { postgresqlOf } from './schemas.js';

type Dialect = 'sqlite' | 'postgresql';
const FOLDERS: Record<Dialect, string> = { sqlite: 'migrations', postgresql: 'migrations-postgresql' };

const git = (...args: string[]): string =>
  execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
const present = readFileSync(new URL('schema.prisma', import.meta.url), 'utf8');
/** The schema as a commit left it; nothing but its head before there was one. */
function schemaAt(commit: string): string {
  try {
    return git('show', `${commit}:prisma/schema.prisma`);
  } catch {
    return 'datasource db {\n  provider = "sqlite"\n}\n';
  }
}
const scriptFile = (dialect: Dialect, name: string): URL =>
  new URL(`./${FOLDERS[dialect]}/${name}/migration.sql`, import.meta.url);

function write(dialect: Dialect, name: string, sql: string): void {
  const file = scriptFile(dialect, name);
  mkdirSync(new URL('./', file), { recursive: true });
  writeFileSync(file, sql);
  process.stdout.write(`${FOLDERS[dialect]}/${name}\n`);
}

async function makeBoth(name: string): Promise<void> {
  // The engine cannot replay migrations on these drivers, so the schema as last committed is where it starts from.
  const before = schemaAt('HEAD');
  const sql = await difference('sqlite', before, present);
  if (!sql) throw new Error('the schema says nothing new');
  const stamped = `${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}_${name}`;
  write('sqlite', stamped, sql);
  write('postgresql', stamped, (await difference('postgresql', before, present)) ?? NOTHING);
}

const NOTHING = '-- Nothing to do on PostgreSQL.\n';

async function makeTwins(): Promise<void> {
  const names = readdirSync(new URL('./migrations/', import.meta.url)).filter((one) => !one.endsWith('.toml'));
  const covered = new Set<string>();
  for (const name of names.sort()) {
    const added = git('log', '--diff-filter=A', '--format=%H', '-1', '--', `prisma/migrations/${name}/migration.sql`);
    // Migrations of one commit are told apart by nobody: the first carries what all of them do.
    const first = !covered.has(added);
    covered.add(added);
    if (existsSync(scriptFile('postgresql', name))) continue;
    const [from, to] = added ? [schemaAt(`${added}~1`), schemaAt(added)] : [schemaAt('HEAD'), present];
    write('postgresql', name, (first && (await difference('postgresql', from, to))) || NOTHING);
  }
}

// Node's types of this line do not name WebAssembly; this is the one call that is made.
declare const WebAssembly: {
  instantiate(bytes: Buffer, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

// The WASM build's own types are written for bundlers; these are the few calls that are used.
interface SchemaEngine {
  diff(input: object): Promise<{ stdout: string | null }>;
}
const engines = new Map<Dialect, SchemaEngine>();

/** The statements that lead from one schema to another; null if there are none. */
async function difference(dialect: Dialect, before: string, after: string): Promise<string | null> {
  const engine = engines.get(dialect) ?? (await schemaEngine(dialect));
  engines.set(dialect, engine);
  const schema = (content: string) => ({
    tag: 'schemaDatamodel',
    files: [{ path: 'schema.prisma', content: inDialect(dialect, content) }],
    configDir: '.',
  });
  const { stdout } = await engine.diff({
    from: schema(before),
    to: schema(after),
    script: true,
    shadowDatabaseUrl: null,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return !stdout || /empty migration/i.test(stdout) ? null : stdout;
}

const inDialect = (dialect: Dialect, schema: string): string => (dialect === 'sqlite' ? schema : postgresqlOf(schema));

/** A PostgreSQL that is not there: the engine asks for its version, and comparing schemas asks nothing more. */
function noPostgres(): PrismaPg {
  const factory = new PrismaPg({});
  const connect = factory.connect.bind(factory);
  factory.connect = async () =>
    Object.assign(await connect(), {
      queryRaw: async () => ({ columnNames: ['version'], columnTypes: [7], rows: [['PostgreSQL 15']] }),
      executeRaw: async () => 0,
      executeScript: async () => undefined,
    });
  return factory;
}

/** Loads the schema engine (prisma-engines as WASM). Comparing schemas needs a driver, but no database behind it. */
async function schemaEngine(dialect: Dialect): Promise<SchemaEngine> {
  const adapter = dialect === 'sqlite' ? new PrismaBetterSqlite3({ url: 'file::memory:' }) : noPostgres();
  // The package exports its bundler entry only; glue and binary lie beside it and are loaded by path.
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const glue = await import(`${pathToFileURL(path.join(path.dirname(entry), 'schema_engine_bg.js')).href}?${dialect}`);
  const wasm = readFileSync(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return glue.SchemaEngine.new(
    { datamodels: [['schema.prisma', inDialect(dialect, present)]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}

try {
  const [what = 'init'] = process.argv.slice(2);
  await (what === '--twins' ? makeTwins() : makeBoth(what));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
