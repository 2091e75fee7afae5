import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';

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
