import type { Offer } from '#bot/handler.ts';
import { offersIn, type Situation } from './carry-out.ts';

// Thanks and nods want no list of what could have been said.
const COURTESY =
  /^[\s\p{P}]*(?:(?:好|好的|好嘞|收到|明白|知道了|辛苦|谢谢|多谢|感谢|谢了|嗯+|ok|行|了解|您|你|了|啦|哈)[\s\p{P}]*)+$/iu;

/** What is said to words nobody understood: what shares most with them of what this person could say (G2). */
export function notUnderstood(situation: Situation, text: string): string {
  if (COURTESY.test(text)) return '不客气，有事随时说。';
  const shared = ({ sentence }: Offer): number => [...new Set(text)].filter((char) => sentence.includes(char)).length;
  const nearest = offersIn(situation)
    .sort((one, other) => shared(other) - shared(one))
    .slice(0, 3);
  const hints = nearest.map(({ sentence }) => `“${sentence}”`).join('、');
  return hints === '' ? '没有听懂。请发送“帮助”，看看可以怎么说。' : `没有听懂。您可以说${hints}，或发送“帮助”。`;
}
