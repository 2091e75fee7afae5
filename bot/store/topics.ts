import { grouped } from '#bot/domain/grouped.ts';
import { fitOfTopic, nearestTopics, sameTitle, topicOf } from '#bot/domain/topic.ts';
import type { Tx } from './db.ts';

export type TopicRow = NonNullable<Awaited<ReturnType<Tx['studyTopic']['findUnique']>>>;

/** Every topic with the sessions held on it up to `now`; one that was retired keeps what was studied (R10). */
async function studiedUpTo(tx: Tx, now: Date) {
  const topics = await tx.studyTopic.findMany({ orderBy: [{ rank: 'asc' }, { id: 'asc' }] });
  const held = await tx.session.findMany({
    where: { cancelledAt: null, end: { lte: now } },
    select: { code: true, topic: true, topicId: true, start: true },
    orderBy: { start: 'asc' },
  });
  const known = new Set(topics.map(({ id }) => id));
  // A session keeps its topic when that is renamed; one that was planned without the library goes by its words.
  const topicIdOf = (session: (typeof held)[number]): number | undefined =>
    session.topicId !== null && known.has(session.topicId) ? session.topicId : topicOf(session.topic, topics)?.id;
  const byTopic = grouped(held, topicIdOf);
  return topics.map((topic) => ({ ...topic, sessions: byTopic.get(topic.id) ?? [] }));
}
export type StudiedTopic = Awaited<ReturnType<typeof studiedUpTo>>[number];

/** The library with how often each topic was studied together up to `now` (R10). */
export const topicsStudied = async (tx: Tx, now: Date) =>
  (await studiedUpTo(tx, now))
    .filter(({ removedAt }) => removedAt === null)
    .map(({ sessions, ...topic }) => ({ ...topic, times: sessions.length }));

/** The topics somebody looks for, retired ones too, with the three nearest where there is none. */
export async function findTopics(
  tx: Tx,
  { no, title }: { no?: number | undefined; title?: string | undefined },
  now: Date,
): Promise<{ found: StudiedTopic[]; nearest: string[] }> {
  const topics = await studiedUpTo(tx, now);
  const found =
    no === undefined
      ? topics.filter((one) => title && (one.title.includes(title) || fitOfTopic(title, one.title) > 0))
      : topics.filter(({ id }) => id === no);
  const exact = found.filter((one) => title !== undefined && sameTitle(one.title, title));
  const titles = topics.filter(({ removedAt }) => removedAt === null).map((one) => one.title);
  return {
    found: exact.length > 0 ? exact : found,
    nearest: found.length === 0 && title ? nearestTopics(title, titles) : [],
  };
}

/** A topic by its number, else by its title; marks and blanks make no other title. */
export async function topicNamed(
  tx: Tx,
  { no, title }: { no?: number | undefined; title?: string | undefined },
): Promise<TopicRow | null> {
  if (no !== undefined) return tx.studyTopic.findUnique({ where: { id: no } });
  const all = title === undefined ? [] : await tx.studyTopic.findMany();
  return all.find((one) => sameTitle(one.title, title ?? '')) ?? null;
}
