// Generates the two database clients, SQLite's from the schema and PostgreSQL's from the same with another provider. The
// generator looks for an engine binary that it then never uses (the query compiler is WASM), so any existing file
// satisfies it and nothing has to be downloaded.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { postgresqlOf } from './schemas.js';

const folder = new URL('../bot/store/generated/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const derived = new URL('postgresql.prisma', folder);
writeFileSync(derived, postgresqlOf(readFileSync(new URL('schema.prisma', import.meta.url), 'utf8')));

const generate = (schema) =>
  new Promise((resolve) => {
    const args = ['node_modules/prisma/build/index.js', 'generate', '--schema', schema];
    const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' };
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (bytes) => {
      said += bytes;
    });
    child.on('close', (status) => {
      if (status !== 0) process.stderr.write(said);
      resolve(status ?? 1);
    });
  });

const codes = await Promise.all(['prisma/schema.prisma', 'bot/store/generated/postgresql.prisma'].map(generate));
process.exit(Math.max(...codes));
