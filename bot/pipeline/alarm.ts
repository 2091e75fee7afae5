import type { Tx } from '#bot/store/db.ts';
import { loadWorld } from '#bot/store/world.ts';
import { rowOf } from './answer.ts';

/**
 * 报告管理员: tells 系统管理员, or 活动办 where there is none, once for each cause. Says what happened, never whose words
 * they were or what they said.
 */
export async function tellAdmins(tx: Tx, cause: string, text: string, at: Date): Promise<void> {
  const { members } = await loadWorld(tx);
  const holding = (role: string) => members.filter(({ roles }) => roles.includes(role));
  const admins = holding('admin').length > 0 ? holding('admin') : holding('office');
  const letters = admins.map(({ id }) => ({
    ...rowOf({ kind: 'user', address: id, text }),
    ...{ key: `alarm:${cause}#${id}`, notBefore: at },
  }));
  const known = await tx.outbox.findMany({ where: { key: { in: letters.map(({ key }) => key) } } });
  const told = new Set(known.map(({ key }) => key));
  await tx.outbox.createMany({ data: letters.filter(({ key }) => !told.has(key)) });
}
