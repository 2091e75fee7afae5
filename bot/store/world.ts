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
  const departments = await tx.department.findMany({ orderBy: { rank: 'asc' } });
  const people = await tx.person.findMany({ where: { leftOn: null }, orderBy: { rank: 'asc' } });
  const items = await tx.ledgerItem.findMany({ orderBy: { no: 'asc' } });
  const sessions = await tx.session.findMany({ where: { cancelledAt: null }, orderBy: { start: 'asc' } });
  const enterprises = await tx.enterprise.findMany({ orderBy: { code: 'asc' } });
  const leaves = await tx.leave.findMany({ where: { state: 'pending' }, orderBy: { id: 'asc' } });
  return {
    departments: departments.map(({ code, name, aliases, leaderId, headId }) => ({
      ...{ code, name, aliases: JSON.parse(aliases) },
      ...{ leader: leaderId, head: headId },
    })),
    members: people.map(personOf),
    ledger: items.map(({ departmentCode, leaderId, ownerId, ...item }) => ({
      ...item,
      department: departmentCode,
      leader: leaderId,
      owner: ownerId,
    })),
    sessions: sessions.map((row) => ({ ...row, start: row.start.toISOString(), end: row.end.toISOString() })),
    enterprises: enterprises.map(({ aliases, liaisonId, ...row }) => ({
      ...row,
      aliases: JSON.parse(aliases),
      liaison: liaisonId,
    })),
    pending: {
      leaves: leaves.map(({ id, personId, sessionCode, fromOn, toOn, reason }) => ({
        code: String(id),
        member: personId,
        ...(sessionCode && { session: sessionCode }),
        ...(fromOn && { from: fromOn, to: toOn }),
        reason,
      })),
      acceptances: items.filter(({ completedAt, acceptedAt }) => completedAt && !acceptedAt).map(({ code }) => code),
    },
  };
}
