import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

/** What a process holds right after a full collection, in bytes. */
export interface Held {
  /** objects, and what lies outside the heap for them */
  heapUsed: number;
  external: number;
  /** of `external` */
  arrayBuffers: number;
  /** resident, before and after the collection */
  residentBefore: number;
  rss: number;
}

const LOOKS_EVERY_MS = 20;
const ANSWERS_WITHIN_MS = 180_000;

/** Asks a process of one's own what it holds. It has to be started with `env`. */
export function openHeap() {
  const folder = mkdtempSync(path.join(tmpdir(), 'chuangyou-heap-'));
  const file = path.join(folder, 'held.json');
  const loaded = `--import ${pathToFileURL(path.join(import.meta.dirname, 'heap.js')).href}`;
  return {
    env: { HEAP_TO: file, NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} ${loaded}` },
    /** Makes it collect; throws if it does not tell within three minutes. */
    async held(service: ChildProcess): Promise<Held> {
      rmSync(file, { force: true });
      service.kill('SIGUSR2');
      for (let waited = 0; waited < ANSWERS_WITHIN_MS; waited += LOOKS_EVERY_MS) {
        await pause(LOOKS_EVERY_MS);
        try {
          return JSON.parse(readFileSync(file, 'utf8'));
        } catch {
          // Not written yet.
        }
      }
      throw new Error('the service told nothing of its heap');
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
