import type { World, WorldPerson } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';

type PersonRow = { id: string; name: string; departmentCode: string; title: string; roles: string };

const personOf = ({ departmentCode, roles, ...row }: PersonRow): WorldPerson => ({
  ...row,
  department: departmentCode,
  roles: JSON.parse(roles),
});

/** What understanding may know of the office at this moment. */
export async function loadWorld(tx: Tx): Promise<World> {
  const [people, items, sessions] = [
    await tx.person.findMany(),
    await tx.ledgerItem.findMany(),
    await tx.session.findMany(),
  ];
  return {
    members: people.map(personOf),
    ledger: items.map(({ departmentCode, leaderId, ownerId, ...item }) => ({
      ...item,
      department: departmentCode,
      leader: leaderId,
      owner: ownerId,
    })),
    sessions: sessions.map((row) => ({ ...row, start: row.start.toISOString(), end: row.end.toISOString() })),
  };
}
