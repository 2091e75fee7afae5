import './engine.ts';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';

/** Where what was compiled of a bundled file is kept, by version of Node and how it is set to compile: others cannot use it. */
export const compiledAt = (file: string): string => `${file}.v${cachedDataVersionTag()}`;

/**
 * Runs a bundled CommonJS file from what was compiled of it earlier, where that was kept: compiling it anew takes a third of a
 * start.
 * @param file its path; its name must tell its contents apart, since the engine compares no more than their length
 * @returns what it exports, and how to keep what has been compiled of it by now
 */
export function loadCompiled(file: string): { exports: unknown; keep(): void } {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`;
  const script = new Script(source, { filename: file, cachedData: readIfThere(compiledAt(file)) });
  const module: { exports: unknown } = { exports: {} };
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run(module.exports, createRequire(file), module, file, path.dirname(file));
  return {
    exports: module.exports,
    keep() {
      // Whole at a time: an instance may be starting.
      const draft = `${compiledAt(file)}.${process.pid}`;
      writeFileSync(draft, script.createCachedData());
      renameSync(draft, compiledAt(file));
    },
  };
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
