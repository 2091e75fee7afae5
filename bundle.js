// Bundles the service into `build/`, which `npm start` runs: translating hundreds of files at every start takes longer than
// all the rest of it. Only what differs is written, whole files at a time: an instance may be starting from there.
import { access, constants, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = import.meta.dirname;
const folder = path.join(root, 'build');

const { outputFiles } = await build({
  ...{ absWorkingDir: root, outdir: folder, write: false, bundle: true, splitting: true, sourcemap: true },
  ...{ platform: 'node', format: 'esm', target: 'node20', packages: 'external' },
  // The thread that draws is a program of its own.
  entryPoints: { main: 'bot/main.ts', thread: 'bot/papers/thread.ts' },
});

try {
  await mkdir(folder, { recursive: true });
  await access(folder, constants.W_OK);
} catch {
  // Installed by somebody else, read only for who runs it: what the installation bundled is there.
  await access(path.join(folder, 'main.js'));
  process.exit(0);
}
for (const { path: file, contents } of outputFiles) {
  const present = await readFile(file).catch(() => null);
  if (present?.equals(contents)) continue;
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, contents);
  await rename(draft, file);
}
const made = new Set(outputFiles.map(({ path: file }) => path.basename(file)));
for (const name of await readdir(folder))
  if (/\.js(\.map)?$/.test(name) && !made.has(name)) await rm(path.join(folder, name), { force: true });
