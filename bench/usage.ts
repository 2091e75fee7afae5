import { readdirSync, readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** What is in use after a collection. */
export function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Processor time so far, which other work on the machine does not lengthen. */
export function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

const HZ = 100;

/** What the kernel says of a process: whose child it is, and what it and its children that ended used. */
function statOf(pid: number): { parent: number; ownMs: number } {
  const [, parent = 0, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .map(Number);
  const ticks = fields.slice(9, 13).reduce((sum, one) => sum + one, 0);
  return { parent, ownMs: (ticks * 1000) / HZ };
}

/**
 * What a process and its children, with all their threads, have used of processors so far, in milliseconds, to a hundredth
 * of a second.
 * @throws if there is no such process
 */
export function processorMs(pid: number): number {
  let sum = statOf(pid).ownMs;
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one)))
    try {
      const { parent, ownMs } = statOf(Number(name));
      if (parent === pid) sum += ownMs;
    } catch {
      // Ended meanwhile.
    }
  return sum;
}
