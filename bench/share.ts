import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';

const V1 = '/sys/fs/cgroup/cpu';
const V2 = '/sys/fs/cgroup';
const PERIOD_US = 20_000;
// What is given is there: a group goes before the machine's other work, up to its share.
const [FIRST_V1, FIRST_V2] = [100_000, 10_000];

/**
 * Gives a process, with all its threads, so much of one processor and no more: instances that have a share each can be
 * compared on a machine that has fewer processors than there are instances.
 * @param part of one processor, 0.3 for instance
 * @returns what ends it once the process is gone; null where the system lets nobody make groups.
 */
export function giveShare(pid: number, part: number): (() => void) | null {
  const isV2 = existsSync(`${V2}/cgroup.controllers`);
  const folder = `${isV2 ? V2 : V1}/chuangyou-bench-${pid}`;
  const quota = Math.round(part * PERIOD_US);
  try {
    mkdirSync(folder);
    if (isV2) {
      writeFileSync(`${folder}/cpu.max`, `${quota} ${PERIOD_US}`);
      writeFileSync(`${folder}/cpu.weight`, String(FIRST_V2));
    } else {
      writeFileSync(`${folder}/cpu.cfs_period_us`, String(PERIOD_US));
      writeFileSync(`${folder}/cpu.cfs_quota_us`, String(quota));
      writeFileSync(`${folder}/cpu.shares`, String(FIRST_V1));
    }
    writeFileSync(`${folder}/cgroup.procs`, String(pid));
  } catch {
    return null;
  }
  return () => rmdirSync(folder);
}

const HZ = 100;

interface Stat {
  parent: number;
  /** of itself, and of its children that ended */
  ownMs: number;
}

function statOf(pid: number): Stat | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
      .map(Number);
    const [parent = 0, ticks = fields.slice(11, 15)] = [fields[1]];
    return { parent, ownMs: (ticks.reduce((sum, one) => sum + one, 0) * 1000) / HZ };
  } catch {
    return null;
  }
}

/** What a process and its children have used of processors so far, in milliseconds, to a hundredth of a second. */
export function processorMs(pid: number): number {
  let sum = statOf(pid)?.ownMs ?? 0;
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (stat?.parent === pid) sum += stat.ownMs;
  }
  return sum;
}
