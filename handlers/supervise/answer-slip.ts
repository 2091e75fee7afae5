import { z } from 'zod';
import { STAGE_WORDS, type Stage } from '#bot/domain/slip.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { isHeadOf, officeIds } from '#bot/permission.ts';

const input = z.object({ slip: z.string(), text: z.string() });
type Input = z.infer<typeof input>;
interface Answered extends Outcome {
  kind: 'answered' | 'unknown';
  number: string;
  colour: string;
  text: string;
  title: string;
  by: string;
  told: string[];
}

const ANSWERS =
  /^\s*(?:回复|答复|回告)?\s*(?:[蓝黄红]色?)?督办单\s*(DB\d{4}-\d{3,})\s*(?:的)?(?:回复|答复|办理情况|办理结果)?[：:，,\s]*/i;

/** 回复督办单: the unit's answer to a slip is kept with it, and the office hears of it (R58). */
export default defineHandler({
  name: 'slip.answer',
  title: '回复督办单',
  examples: ['督办单DB2013-001回复：已完成初稿，5月20日前报送'],
  input,
  allow: {
    doneBy: '承办科室（单位）负责人或责任人',
    async permits({ input, actor, world, tx }: Execution<Input>) {
      const slip = await tx.slip.findUnique({ where: { number: input.slip } });
      if (!slip) return true;
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: slip.itemCode } });
      return item.ownerId === actor.id || isHeadOf(actor, item.departmentCode, world);
    },
  },

  over: 'message',
  cues: [ANSWERS],
  meant(clause) {
    const span = cue(clause, ANSWERS);
    const found = ANSWERS.exec(clause.text);
    const { mood, reading } = clause;
    if (!span || !found?.[1] || reading.chat !== 'direct') return null;
    if (mood.asks || mood.supposes || mood.hears) return null;
    const text = clause.said.slice(found[0].length).trim();
    if (/^(?:收到|知道)?了?[吗没]?[。！!]?$/.test(text))
      return ask(span, 2.8, `请写明办理情况，如“督办单${found[1].toUpperCase()}回复：已完成初稿，5月20日前报送”。`);
    return act(clause, 3.1, { slip: found[1].toUpperCase(), text });
  },

  async execute({ input, actor, message, world, tx }): Promise<Answered> {
    const slip = await tx.slip.findUnique({ where: { number: input.slip } });
    const common = { number: input.slip, text: input.text, by: actor.name };
    if (!slip) return { kind: 'unknown', changed: false, ...common, colour: '', title: '', told: [] };
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: slip.itemCode } });
    const before = { answer: slip.answer, answeredBy: slip.answeredBy, answeredAt: slip.answeredAt };
    await tx.slip.update({
      where: { id: slip.id },
      data: { answer: input.text, answeredBy: actor.id, answeredAt: message.sentAt },
    });
    const office = officeIds(world);
    const told = [...new Set([slip.byId, ...office])].filter((id) => id !== actor.id);
    const { colour } = STAGE_WORDS[slip.stage as Stage];
    const memo = { id: slip.id, before, told };
    return { kind: 'answered', changed: true, memo, ...common, colour, title: item.title, told };
  },

  reply({ kind, number, colour, title }) {
    return kind === 'unknown'
      ? `没有记录：没有编号为${number}的督办单，请核对编号。`
      : `已回复${colour}督办单${number}《${title}》，已告知活动办。${TAKE_BACK}`;
  },
  notify: ({ kind, number, colour, title, text, by, told }) =>
    kind === 'answered'
      ? told.map((to) => ({ to, text: `${by}回复${colour}督办单${number}《${title}》：${text}` }))
      : [],
  async undo(memo, { actor, tx }) {
    const { id, before, told } = z
      .object({
        id: z.number(),
        told: z.array(z.string()),
        before: z.object({
          answer: z.string().nullable(),
          answeredBy: z.string().nullable(),
          answeredAt: z.coerce.date().nullable(),
        }),
      })
      .parse(memo);
    const { number } = await tx.slip.update({ where: { id }, data: before });
    return told.map((to) => ({ to, text: `${actor.name}已收回对督办单${number}的回复。` }));
  },
});
