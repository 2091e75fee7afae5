import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { meantInWords, nameOf } from '#bot/store/synonym.ts';

type Dropped = Outcome & { kind: 'dropped' | 'unknown'; word: string; meant: string };

const QUOTE = '[“”"「」『』‘’]';
const WORD = `${QUOTE}([^“”"「」『』‘’]{1,16})${QUOTE}`;
const DROPS = [
  new RegExp(`^\\s*(?:请)?(?:取消|删掉|删除|去掉|作废)(?:一下)?叫法[:：]?\\s*${WORD}[。!！\\s]*$`),
  new RegExp(
    `^\\s*(?:以后|今后)?[，,]?${WORD}(?:这个(?:叫法|词))?(?:就)?(?:不再(?:是|指)(?:.{1,30})|作废了?|不用了|取消吧?)[。!！\\s]*$`,
  ),
];

/** 取消叫法: the office takes a word's meaning away (G2). */
export default defineHandler({
  name: 'name.drop',
  title: '取消叫法',
  examples: ['取消叫法“小巨人”', '“小巨人”不再指K3-1'],
  input: z.object({ word: z.string() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },
  over: 'message',
  cues: DROPS,
  meant(clause) {
    const word = DROPS.map((pattern) => pattern.exec(clause.text)?.[1]).find((one) => one !== undefined);
    return word && clause.reading.chat === 'direct' ? act(clause, 2.95, { word }) : null;
  },
  async execute({ input: { word }, message, world, tx }): Promise<Dropped> {
    const known = await nameOf(tx, word);
    if (!known) return { kind: 'unknown', changed: false, word, meant: '' };
    await tx.synonym.update({ where: { id: known.id }, data: { state: 'withdrawn', at: message.sentAt } });
    return { kind: 'dropped', changed: true, word, meant: meantInWords(known, world), memo: { id: known.id } };
  },
  reply: ({ kind, word, meant }) =>
    kind === 'dropped'
      ? `已取消叫法：“${word}”不再指${meant}。${TAKE_BACK}`
      : `没有“${word}”这个叫法。发送“有哪些叫法”查看。`,
  async undo(memo, { tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.synonym.update({ where: { id }, data: { state: 'confirmed' } });
    return true;
  },
});
