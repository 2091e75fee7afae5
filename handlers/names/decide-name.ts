import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { has } from '#bot/permission.ts';
import { closeRequest, reopenRequest } from '#bot/store/question.ts';
import { meantInWords, noteChoice } from '#bot/store/synonym.ts';

type Decided = Outcome & { kind: 'confirmed' | 'refused' | 'settled'; word: string; meant: string; unit: string };

const request = (id: number) => ({ id, approve: true });

/** 叫法建议: what people of a unit chose, asked what a word meant, the office lets hold for the unit or not; it never holds by itself. */
export default defineHandler({
  name: 'name.decide',
  title: '审定叫法',
  examples: [],
  input: z.object({ id: z.number(), approve: z.boolean() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },
  meant: () => null,

  async learn({ word, slots }, { actor, message, world, tx }) {
    const item = slots['item'];
    const office = world.members.find((one) => has(one, 'office'));
    if (typeof item !== 'string' || !office) return [];
    const suggestion = await noteChoice(tx, word, item, actor.department, message.sentAt);
    if (!suggestion) return [];
    const unit = world.departments.find(({ code }) => code === actor.department)?.name ?? '';
    const meant = meantInWords(suggestion, world);
    return [
      {
        ...{ to: office.id, intent: 'name.decide', input: request(suggestion.id) },
        refusal: { id: suggestion.id, approve: false },
        title: `叫法“${word}”（${unit}）`,
        text: `${unit}说“${word}”时${suggestion.uses}次选的都是${meant}。以后该科室（单位）这样说，就直接按这一项理解吗？`,
      },
    ];
  },

  async execute({ input: { id, approve }, actor, message, world, tx }): Promise<Decided> {
    const suggestion = await tx.synonym.findUniqueOrThrow({ where: { id } });
    const unit = world.departments.find(({ code }) => code === suggestion.departmentCode)?.name ?? '';
    const common = { word: suggestion.word, meant: meantInWords(suggestion, world), unit };
    await closeRequest(tx, 'name.decide', request(id), message.sentAt);
    if (suggestion.state !== 'asked') return { kind: 'settled', changed: false, ...common };
    const kind = approve ? 'confirmed' : 'refused';
    await tx.synonym.update({ where: { id }, data: { state: kind, personId: actor.id, at: message.sentAt } });
    return { kind, changed: true, memo: { id }, ...common };
  },
  reply({ kind, word, meant, unit }) {
    if (kind === 'settled') return `“${word}”已有决定，不必再定。`;
    return kind === 'confirmed'
      ? `已设定叫法：${unit}说“${word}”，指${meant}。${TAKE_BACK}`
      : `好的，“${word}”仍照旧询问，不再建议。`;
  },
  async undo(memo, { tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.synonym.update({ where: { id }, data: { state: 'asked' } });
    await reopenRequest(tx, 'name.decide', request(id));
    return true;
  },
});
