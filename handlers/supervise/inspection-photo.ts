import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { isPicture, picturesAmong } from '#bot/materials/kind.ts';
import { has } from '#bot/permission.ts';
import { checkTalkedAbout, looseOf, photosOfCheck } from '#bot/store/material.ts';

interface Kept extends Outcome {
  kind: 'kept' | 'nothing' | 'unknown';
  number: string;
  count: number;
}

const PHOTO = '(?:照片|图片|相片|图)';
const ATTACHES = new RegExp(
  `^\\s*(?:请|帮我)?[把将]?(?:刚才|刚刚|刚发|上面|前面|这|那)(?:发)?的?(?:[几两三四五六七八九十]?[张个])?的?${PHOTO}(?:都)?(?:是|作为|当作?|附到|存到|归到|算)(?:督查)?\\s*(DC\\d{4}-\\d{3,})(?:号)?(?:督查)?的?(?:现场)?(?:${PHOTO})?[。.!！]?$`,
  'i',
);

/** 督查照片: pictures taken at a check belong to its record; none need be (R50). */
export default defineHandler({
  name: 'inspection.photo',
  title: '督查照片',
  examples: ['刚才的照片是DC2013-001的'],
  input: z.object({ number: z.string(), files: z.array(z.number()).optional() }),
  allow: {
    doneBy: '活动办或登记人',
    async permits({ input, actor, tx }) {
      if (has(actor, 'office')) return true;
      const check = await tx.inspection.findUnique({ where: { number: input.number } });
      return check?.byId === actor.id;
    },
  },

  over: 'message',
  cues: [ATTACHES],
  meant(clause) {
    const span = cue(clause, ATTACHES);
    const { mood, reading } = clause;
    if (!span || mood.asks || mood.supposes || mood.hears || reading.chat === 'group') return null;
    const number = ATTACHES.exec(clause.text)?.[1]?.toUpperCase();
    return number ? act({ start: clause.start, end: clause.end }, 3.2, { number }) : null;
  },

  /** Of the check the sender recorded just now. */
  async receives(materials, { actor, message, tx }) {
    const pictures = materials.filter(({ type, draftId }) => isPicture(type) && draftId === null);
    if (pictures.length === 0 || message.chat === 'group') return null;
    const check = await checkTalkedAbout(tx, actor.id, message.sentAt);
    return check ? { input: { number: check.number, files: pictures.map(({ id }) => id) } } : null;
  },

  async execute({ input, actor, message, tx }): Promise<Kept> {
    const check = await tx.inspection.findFirst({ where: { number: input.number, undoneAt: null } });
    if (!check) return { kind: 'unknown', changed: false, number: input.number, count: 0 };
    const before = await photosOfCheck(tx, check.number);
    const sent = picturesAmong(await looseOf(tx, actor.id, input.files, message.sentAt));
    const ids = sent.map(({ id }) => id);
    if (ids.length === 0) return { kind: 'nothing', changed: false, number: check.number, count: before.length };
    const data = { inspection: check.number, attachedAt: message.sentAt };
    await tx.material.updateMany({ where: { id: { in: ids } }, data });
    return { kind: 'kept', changed: true, memo: { ids }, number: check.number, count: before.length + ids.length };
  },

  reply({ kind, number, count }) {
    if (kind === 'unknown') return `没有收存：没有编号为${number}的督查，请发“高新科督查情况”核对编号。`;
    if (kind === 'nothing') return '没有找到您十分钟内发来的照片。请先发照片，再说是哪次督查的。';
    return `已存为督查${number}的照片，现有${count}张。${TAKE_BACK}`;
  },
  async undo(memo, { tx }) {
    const { ids } = z.object({ ids: z.array(z.number()) }).parse(memo);
    await tx.material.updateMany({ where: { id: { in: ids } }, data: { inspection: null, attachedAt: null } });
    return true;
  },
});
