import { correctionOf, corrects } from '#bot/language/correction.ts';
import type { Outgoing } from '#bot/message.ts';
import { audit, carryOut, executionOf, type Situation } from './carry-out.ts';
import { type Deed, lastDeeds, undoDeed } from './undo.ts';

/**
 * 「刚才那个应该是5家」 within the ten minutes of an undo: what the last message did is taken back and done as it should have
 * been said, both or neither. Null where the message corrects nothing.
 */
export async function correct(situation: Situation, text: string): Promise<Outgoing[] | null> {
  const { message, actor, world, handlers, tx } = situation;
  if (!corrects(text)) return null;
  const deeds = await lastDeeds(tx, actor.id, message.sentAt);
  const [first] = deeds;
  if (!first?.said) return null;
  const before = { text: first.said, speaker: actor, now: message.sentAt, chat: 'direct' as const };
  const correction = correctionOf(text, before, world, handlers);
  const orders = correction?.orders.filter(({ handler }) => !handler.reads) ?? [];
  const fits =
    orders.length === deeds.length && orders.every(({ handler }, index) => handler.name === deeds[index]?.handler);
  if (!correction || !fits) return null;

  await tx.$executeRaw`SAVEPOINT correction`;
  const told = await undoAll(deeds, situation);
  if (!told) {
    await tx.$executeRaw`ROLLBACK TO correction`;
    return [answer(actor.id, '之后已有人办理，不能更正，请联系活动办。')];
  }
  const done = await carryOut(orders, situation, { said: correction.said, confirmed: false });
  const [reply, ...others] = done.told;
  if (done.changed < orders.length) {
    await tx.$executeRaw`ROLLBACK TO correction`;
    // The question went with the savepoint: it has to be asked of words of their own.
    const why = done.asked > 0 ? '改成这样要先确认，请先发“撤销”，再把正确的重说一遍。' : (reply?.text ?? '');
    return [answer(actor.id, `没有更正，原记录不变。${why}`)];
  }
  await tx.$executeRaw`RELEASE correction`;
  const verdict = `已更正：${correction.from}→${correction.to}。`;
  return [{ ...answer(actor.id, ''), ...reply, text: `${verdict}${reply?.text ?? ''}` }, ...told, ...others];
}

const answer = (address: string, text: string): Outgoing => ({ kind: 'answer', address, text });

/** Takes all back, the last first; null as soon as one cannot be. */
async function undoAll(deeds: Deed[], situation: Situation): Promise<Outgoing[] | null> {
  const told: Outgoing[] = [];
  for (const deed of deeds.toReversed()) {
    const handler = situation.handlers.find(({ name }) => name === deed.handler);
    const execution = executionOf(situation, undefined);
    const undone = handler && (await undoDeed(deed, handler, execution));
    if (!undone) return null;
    await audit(situation, handler, {}, 'corrected');
    told.push(...undone.told.map(({ to, ...words }) => ({ ...words, kind: 'user' as const, address: to })));
  }
  return told;
}
