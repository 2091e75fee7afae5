import type { Outgoing } from '#bot/message.ts';
import { forgetPlaceIn } from '#bot/store/place.ts';
import { carryOut, type Situation } from './carry-out.ts';

const NOTHING = '收到位置。现在没有要核对位置的事项，位置没有保存。';

/** 位置: goes to the capability that asked for it and nowhere else; the kept message forgets it in the same transaction (R97). */
export async function placed(situation: Situation): Promise<Outgoing[]> {
  const { message, handlers, tx } = situation;
  const { content } = message;
  if (content.kind !== 'place') return [];
  await forgetPlaceIn(tx, message.key, message);
  const { latitude, longitude } = content;
  for (const handler of handlers) {
    const input = await handler.located?.({ latitude, longitude }, situation);
    if (input) return (await carryOut([{ handler, input }], situation, { said: '', confirmed: true })).told;
  }
  return [{ kind: 'answer', address: message.from, text: NOTHING }];
}
