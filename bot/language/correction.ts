import type { Handler } from '#bot/handler.ts';
import { lexiconOf, replaceableIn } from './lexicon.ts';
import { corrected } from './mood.ts';
import type { Said, World } from './reading.ts';
import { normalise, unframed } from './text.ts';
import { type Order, understand } from './understand.ts';

const BEFORE = '(?:(?:不好意思|抱歉|哎呀?|呃)[，,]?)?';
const THAT =
  '(?:(?:我)?(?:刚[才刚]?|上一?[条个项]|前[面一][条个项]?|上面)(?:那|的|报|说|写|发|填|记)*(?:个|条|项|件|数|数字|笔)?)';
const WRONG =
  '(?:(?:报|说|写|发|填|打|记|弄|数)(?:错|反|串|多|少)了|不对|错了|有误|更正(?:一下|[，,：:]|(?=[为成是]))|改一下|纠正(?:一下)?)';
const IS = '(?:应该?是|应该?为|应该?|其实是|改[成为到]|更正[为成]|是|报的是|实际是)';
const CORRECTS = [
  new RegExp(`^${BEFORE}${THAT}[，,：:\\s]*(?:${WRONG}[，,：:\\s]*)?${IS}(?<to>[^，,。]{1,16})$`),
  new RegExp(`^${BEFORE}(?:${THAT}[，,\\s]*)?${WRONG}[，,：:\\s]*${IS}?(?<to>[^，,。]{1,16})$`),
  new RegExp(`^${BEFORE}(?:${THAT}[，,\\s]*)?(?<denied>不是[^，,。]{1,12}[，,]\\s*(?:而)?是[^，,。]{1,16})$`),
];

/** The last message said anew: what was taken for what, and what it means so. */
export interface Correction {
  said: string;
  from: string;
  to: string;
  orders: Order[];
}

/**
 * Takes a message as the correction of the one before (「刚才那个应该是5家」): the earlier words as if the speaker had corrected
 * them in the same breath. Null where it corrects nothing, or leaves unclear what. Pure.
 */
export function correctionOf(
  text: string,
  before: Said,
  world: World,
  handlers: readonly Handler[],
): Correction | null {
  const found = correctingIn(text);
  if (!found) return null;
  const to = found['to'] ?? found['denied']?.replace(/^.*是/, '') ?? '';
  const said = `${before.text.replace(/[。！!\s]+$/, '')}，${found['denied'] ?? `不对，是${to}`}`;
  const from = replacedIn(before.text, said, before, world);
  const result = understand({ ...before, text: said }, world, handlers);
  return from && result.outcome === 'act' ? { said, from, to, orders: result.commands } : null;
}

function correctingIn(text: string): Partial<Record<string, string>> | undefined {
  const plain = normalise(unframed(text))
    .replace(/[。！!~吧\s]+$/u, '')
    .trim();
  return CORRECTS.map((pattern) => pattern.exec(plain)?.groups).find((groups) => groups !== undefined);
}

/** Whether the words correct anything at all, whatever was said before. */
export const corrects = (text: string): boolean => correctingIn(text) !== undefined;

/** What of the earlier words the correction puts out of force. */
function replacedIn(earlier: string, said: string, { speaker }: Said, world: World): string | null {
  const text = normalise(said);
  const left = corrected(text, () => replaceableIn(text, speaker, lexiconOf(world)));
  const gone = [...normalise(earlier)]
    .map((char, at) => (left[at]?.trim() === '' && char.trim() !== '' ? char : ' '))
    .join('');
  return gone.trim() === '' ? null : gone.trim().replace(/\s+/g, '');
}
