import type { Handler } from '#bot/handler.ts';
import { understand } from '#bot/language/understand.ts';
import type { InboundMessage, Outgoing } from '#bot/message.ts';
import type { Tx } from '#bot/store/db.ts';
import { loadWorld } from '#bot/store/world.ts';

/**
 * Stages 3 to 5 for one kept message, inside the caller's transaction: understood, authorised, carried out, answered.
 * @returns what has to be told; empty for what is not for the bot. A stranger's message records and answers nothing.
 */
export async function handle(message: InboundMessage, handlers: readonly Handler[], tx: Tx): Promise<Outgoing[]> {
  const world = await loadWorld(tx);
  const actor = world.members.find((member) => member.id === message.from);
  if (!actor || message.content.kind === 'event') return [];
  const answer = (text: string): Outgoing[] => [{ kind: 'user', address: message.from, text }];
  if (message.content.kind === 'other') return answer('暂时只能看懂文字，请把内容打成文字发来。');

  const said = { text: message.content.text, speaker: actor, now: message.sentAt };
  const understanding = understand(said, world, handlers);
  if (understanding.outcome === 'none') return answer('没有听懂。请发送“帮助”，看看可以怎么说。');
  if (understanding.outcome === 'ask') return answer(understanding.question);

  const replies: string[] = [];
  for (const { handler, input } of understanding.commands) {
    if (!handler.allow.allows(actor)) {
      replies.push(`您没有“${handler.title}”权限，该操作由${handler.allow.doneBy}办理。`);
      continue;
    }
    const command = handler.input.parse(input);
    const outcome = await handler.execute({ input: command, actor, message, world, tx });
    if (outcome.changed)
      await tx.audit.create({
        data: {
          at: message.sentAt,
          actor: actor.id,
          intent: handler.name,
          command: JSON.stringify(command),
          inboxKey: message.key,
          outcome: outcome.kind,
        },
      });
    replies.push(handler.reply(outcome));
  }
  return answer(replies.join('\n'));
}
