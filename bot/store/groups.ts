import { type Audience, audienceOfName } from '#bot/domain/groups.ts';
import type { WorldDepartment } from '#bot/language/world.ts';
import type { Tx } from './db.ts';

export interface KnownGroup {
  name: string;
  audience: Audience;
}

/** Every group the office speaks in: those of the configuration and those that were bound or made. */
export async function knownGroups(
  tx: Tx,
  configured: Iterable<string>,
  units: WorldDepartment[],
): Promise<KnownGroup[]> {
  const rows = await tx.groupChat.findMany({ orderBy: { id: 'asc' } });
  const names = new Set(rows.map(({ name }) => name));
  const unbound = [...configured].filter((name) => !names.has(name));
  return [
    ...unbound.map((name) => ({ name, audience: audienceOfName(name, units) })),
    ...rows.filter(({ endedAt }) => endedAt === null).map(({ name, audience }) => ({ name, audience })),
  ];
}

/** How a group is reached, by its name. */
export const groupNamed = (tx: Tx, name: string) => tx.groupChat.findUnique({ where: { name } });

export interface Binding {
  name: string;
  audience: Audience;
  robotChat?: string | undefined;
  webhook?: string | undefined;
  byId: string;
  at: Date;
}

/** 绑定: says whom a group is for; ways to reach it that are known stay. */
export async function bindGroup(tx: Tx, { name, audience, robotChat, webhook, byId, at }: Binding) {
  const ways = { ...(robotChat && { robotChat }), ...(webhook && { webhook }) };
  const bound = { audience, boundBy: byId, boundAt: at, endedAt: null, ...ways };
  return tx.groupChat.upsert({ where: { name }, create: { name, ...bound }, update: bound });
}

/** Has the app's own group made, or its members set as the roster has them; the platform is asked afterwards. */
export async function askForChat(tx: Tx, name: string, cause: string, at: Date): Promise<void> {
  await tx.outbox.create({
    data: { key: `${cause}!chat:${name}`, kind: 'chat', address: name, text: '', notBefore: at },
  });
}
