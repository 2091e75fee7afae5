// Bundles the service, libraries included, into `build/`, which `npm start` runs: finding and translating a thousand files at
// every start takes longer than all the rest of it. Only what differs is written, whole files at a time: an instance may be
// starting from there.
import { access, constants, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = import.meta.dirname;
const folder = path.join(root, 'build');
const common = {
  absWorkingDir: root,
  outdir: folder,
  write: false,
  bundle: true,
  platform: 'node',
  target: 'node20',
  charset: 'utf8',
};

// The query compiler comes as a module of four megabytes of base64; it stays where it is, to be loaded for one database only.
const asInstalled = {
  name: 'as-installed',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\.wasm-base64\.mjs$/ }, ({ path: name }) => ({
      path: name.replace(/mjs$/, 'js'),
      external: true,
    })),
};
const service = await build({
  ...common,
  // One file, so that what is compiled of it is kept as one, named by its contents.
  ...{ format: 'cjs', entryNames: '[name]-[hash]', outExtension: { '.js': '.cjs' } },
  // In code that was compiled earlier nobody answers an `import()`; what it names is in the file.
  supported: { 'dynamic-import': false },
  ...{ define: { 'import.meta.url': '$url', 'import.meta.dirname': '__dirname', 'import.meta.resolve': 'undefined' } },
  banner: { js: "const $url = require('node:url').pathToFileURL(__filename).href;" },
  ...{ external: ['better-sqlite3', 'pg-native'], plugins: [asInstalled], entryPoints: { service: 'bot/main.ts' } },
});
const name = path.basename(service.outputFiles[0].path);
const programs = await build({
  ...common,
  ...{ format: 'esm', splitting: true, packages: 'external', define: { SERVICE: JSON.stringify(name) } },
  // The thread that draws is a program of its own.
  entryPoints: { main: 'bot/launch.ts', compiled: 'bot/compiled.ts', thread: 'bot/papers/thread.ts' },
});

try {
  await mkdir(folder, { recursive: true });
  await access(folder, constants.W_OK);
} catch {
  // Installed by somebody else, read only for who runs it: what the installation bundled is there.
  await access(path.join(folder, 'main.js'));
  process.exit(0);
}
const made = [...service.outputFiles, ...programs.outputFiles];
for (const { path: file, contents } of made) {
  const present = await readFile(file).catch(() => null);
  if (present?.equals(contents)) continue;
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, contents);
  await rename(draft, file);
}
const { compiledAt, loadCompiled } = await import('./build/compiled.js');
const compiled = compiledAt(path.join(folder, name));
await access(compiled).catch(() => loadCompiled(path.join(folder, name)).keep());
const present = new Set([...made.map(({ path: file }) => file), compiled].map((file) => path.basename(file)));
for (const one of await readdir(folder))
  if (/\.(c?js|map|v[\d.]+)$/.test(one) && !present.has(one)) await rm(path.join(folder, one), { force: true });
