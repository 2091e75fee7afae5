import type { Day } from '#bot/calendar.ts';
import { ranksSection } from '#bot/domain/people.ts';
import type { Tx } from './db.ts';

interface Ranked {
  id: string;
  name: string;
  departmentCode: string;
}

/** 已讲、应讲 (R19): who of 科级 and above on a day has spoken, and who has not, in the order of the roster. */
export async function speechesBy(tx: Tx, day: Day): Promise<{ spoken: Ranked[]; silent: Ranked[] }> {
  const people = await tx.person.findMany({ orderBy: { rank: 'asc' } });
  const posts = await tx.membership.findMany({
    where: { fromOn: { lte: day } },
    orderBy: [{ fromOn: 'asc' }, { id: 'asc' }],
  });
  const speeches = await tx.studyEvent.findMany({
    where: { kind: '讲', form: '科级干部演讲', date: { lte: day }, undoneAt: null },
  });
  const ranked = people
    .filter(({ leftOn }) => leftOn === null || leftOn >= day)
    .filter((person) => {
      const post = posts.findLast(({ personId }) => personId === person.id) ?? person;
      return ranksSection({ roles: JSON.parse(post.roles), title: post.title });
    })
    .map(({ id, name, departmentCode }) => ({ id, name, departmentCode }));
  const speakers = new Set(speeches.map(({ personId }) => personId));
  return { spoken: ranked.filter(({ id }) => speakers.has(id)), silent: ranked.filter(({ id }) => !speakers.has(id)) };
}
