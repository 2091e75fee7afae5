import { inboundMessage } from '#bot/message.ts';
import type { Situation } from './carry-out.ts';
import { keepUnheard } from './unknown.ts';

/**
 * 答复反馈: whoever marks the robot's answer as wrong shows words that were taken wrongly. They are kept without names like
 * what was not understood at all, so that the office can say what they mean; nothing is answered (protocol notes 5.7).
 */
export async function noteFeedback(situation: Situation): Promise<void> {
  const { content } = situation.message;
  if (content.kind !== 'event' || !content.feedback || content.feedback.isRight) return;
  const row = await situation.tx.inbox.findUnique({ where: { key: content.feedback.about } });
  const asked = row && inboundMessage.parse(JSON.parse(row.message));
  const speaker = situation.world.members.find(({ id }) => id === asked?.from);
  if (!asked || !speaker || asked.content.kind !== 'text') return;
  await keepUnheard({ ...situation, actor: speaker, message: asked }, asked.content.text);
}
