import type { Offer } from '#bot/handler.ts';
import { lexiconOf } from '#bot/language/lexicon.ts';
import { normalise, unframed, without } from '#bot/language/text.ts';
import { offersIn, type Situation } from './carry-out.ts';

// Thanks and nods want no list of what could have been said.
const COURTESY =
  /^[\s\p{P}]*(?:(?:好|好的|好嘞|收到|明白|知道了|辛苦|谢谢|多谢|感谢|谢了|嗯+|ok|行|了解|您|你|了|啦|哈|呵)[\s\p{P}]*)+$/iu;

const GREETING =
  /^[\s\p{P}]*(?:(?:您|你|大家)?好|(?:早|上午|下午|晚上|中午)(?:上)?好?|在吗|在不在|有人吗|hi|hello|哈喽|嗨|[呀啊哦呢])(?:[\s\p{P}]|[呀啊哦呢])*$/iu;

// The answer to a question that was answered already, ran out, or never was.
const ANSWER = /^[\s\p{P}]*(?:确认|取消|是的?|对|不是?|否|算了|先不)[\s\p{P}]*$/u;

/** What is said to words nobody understood: what shares most with them of what this person could say (G2). */
export async function notUnderstood(situation: Situation, text: string): Promise<string> {
  const greeted = GREETING.test(text);
  if (!greeted && COURTESY.test(text)) return '不客气，有事随时说。';
  if (ANSWER.test(text)) return '现在没有等您回答的问题，没有办理。请直接说要办的事，或发送“帮助”。';
  if (!greeted) await keepUnheard(situation, text);
  const shared = ({ sentence }: Offer): number => [...new Set(text)].filter((char) => sentence.includes(char)).length;
  const nearest = offersIn(situation)
    .sort((one, other) => shared(other) - shared(one))
    .slice(0, 3);
  const hints = nearest.map(({ sentence }) => `“${sentence}”`).join('、');
  if (greeted) return hints === '' ? '您好，我在。' : `您好，我在。您可以说${hints}，或发送“帮助”。`;
  return hints === '' ? '没有听懂。请发送“帮助”，看看可以怎么说。' : `没有听懂。您可以说${hints}，或发送“帮助”。`;
}

// Of these nothing is kept: what somebody's health, family or conduct is, is nobody's business.
const PRIVATE =
  /病|医|药|手术|住院|怀孕|产检|孩子|儿子|女儿|爱人|老公|老婆|丈夫|妻子|父|母|爸|妈|离婚|结婚|去世|丧|处分|违纪|举报|谈话|工资|借钱|密码|心情|难受|累死|烦/;
const LONGEST = 40;
const MOST_KEPT = 2000;

/**
 * Keeps words that were not understood, so that the office can add what they mean (G2): without names, numbers,
 * letters, and not at all where they seem private or are long enough to be somebody's story.
 */
export async function keepUnheard(
  { actor, message, world, tx }: Pick<Situation, 'actor' | 'message' | 'world' | 'tx'>,
  text: string,
): Promise<void> {
  const words = anonymous(text, actor, world);
  if (message.chat === 'group' || PRIVATE.test(text) || words.length > LONGEST || !/[〇㐀-鿿]{2}/.test(words)) return;
  const at = message.sentAt;
  const { count } = await tx.unheard.updateMany({ where: { words }, data: { times: { increment: 1 }, at } });
  if (count === 0 && (await tx.unheard.count()) < MOST_KEPT) await tx.unheard.create({ data: { words, at } });
}

function anonymous(text: string, actor: Situation['actor'], world: Situation['world']): string {
  const plain = normalise(unframed(text)).trim();
  const { people, enterprises } = lexiconOf(world);
  const named = [...people.in(plain), ...people.heardIn(plain), ...enterprises.in(plain)];
  return without(plain, named)
    .replace(/\s+/g, '…')
    .replace(/[A-Za-z0-9._@-]+/g, '＊')
    .replaceAll(actor.name, '…');
}
