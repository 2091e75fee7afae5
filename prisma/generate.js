// Generates the database client. The generator looks for an engine binary that it then never uses (the query
// compiler is WASM), so any existing file satisfies it and nothing has to be downloaded.
import { spawnSync } from 'node:child_process';

const { status, stderr } = spawnSync(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], {
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  encoding: 'utf8',
});
if (status !== 0) process.stderr.write(stderr);
process.exit(status ?? 1);
