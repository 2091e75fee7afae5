// Writes the migration from the last committed schema to the present one: `npx tsx prisma/make-migration.ts NAME`. Review it first.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

const name = process.argv[2] ?? 'init';
const engine = await schemaEngine(new PrismaBetterSqlite3({ url: 'file::memory:' }));
const content = readFileSync(new URL('./schema.prisma', import.meta.url), 'utf8');
// The engine cannot replay migrations on this driver, so the schema as last committed is where it starts from.
const before = execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { encoding: 'utf8' });
const { stdout } = await engine.diff({
  from: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: before }], configDir: '.' },
  to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }], configDir: '.' },
  script: true,
  shadowDatabaseUrl: null,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
});
if (!stdout || /empty migration/i.test(stdout)) {
  process.stderr.write('the schema says nothing new\n');
  process.exit(1);
}
const folder = new URL(
  `./migrations/${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}_${name}/`,
  import.meta.url,
);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('migration.sql', folder), stdout);

// Node's types of this line do not name WebAssembly; this is the one call that is made.
declare const WebAssembly: {
  instantiate(bytes: Buffer, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

// The WASM build's own types are written for bundlers; these are the few calls that are used.
interface SchemaEngine {
  diff(input: object): Promise<{ stdout: string | null }>;
}

/** Loads the schema engine (prisma-engines as WASM) on the database behind `adapter`. */
async function schemaEngine(adapter: PrismaBetterSqlite3): Promise<SchemaEngine> {
  // The package exports its bundler entry only; glue and binary lie beside it and are loaded by path.
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const glue = await import(pathToFileURL(path.join(path.dirname(entry), 'schema_engine_bg.js')).href);
  const wasm = readFileSync(path.join(path.dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  const schema = readFileSync(new URL('./schema.prisma', import.meta.url), 'utf8');

  return glue.SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(adapter),
  );
}
