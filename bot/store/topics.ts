import { topicOf } from '#bot/domain/topic.ts';
import type { Tx } from './db.ts';

/** The library with how often each topic was studied together up to `now` (R10). */
export async function topicsStudied(tx: Tx, now: Date) {
  const topics = await tx.studyTopic.findMany({ where: { removedAt: null }, orderBy: { rank: 'asc' } });
  const held = await tx.session.findMany({ where: { cancelledAt: null, end: { lte: now } }, select: { topic: true } });
  const counts = new Map<number, number>();
  for (const { topic } of held) {
    const id = topicOf(topic, topics)?.id;
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return topics.map((topic) => ({ ...topic, times: counts.get(topic.id) ?? 0 }));
}
