import { z } from 'zod';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { anyone, has } from '#bot/permission.ts';
import { nextId } from '#bot/store/number.ts';

type Sent = Outcome & { kind: 'sent'; id: number; text: string; office: string[] };

const SAYS = /^\s*(?:我)?(?:提(?:个|一个|条|一条)?)?(?:意见|建议|意见建议)[:：\s]+(?<text>[^\n]{4,}.*)$/s;
const NOT = /^\s*(?:意见|建议)[:：\s]+(?:\d+号|同意|[A-Za-z]+-?\d)/;

/** 意见: a complaint or suggestion about the bot goes to the office, which answers within five workdays (R97). */
export default defineHandler({
  name: 'opinion.send',
  title: '提意见',
  examples: ['意见：提醒太多，能不能合并成一条'],
  input: z.object({ text: z.string() }),
  allow: anyone,

  over: 'message',
  meant(clause) {
    const text = SAYS.exec(clause.said)?.groups?.['text']?.trim();
    return text && !NOT.test(clause.text) && clause.reading.chat === 'direct' ? act(clause, 2.4, { text }) : null;
  },

  async execute({ input, actor, message, world, tx }): Promise<Sent> {
    const id = await nextId(tx.opinion);
    await tx.opinion.create({ data: { id, personId: actor.id, text: input.text, at: message.sentAt } });
    const office = world.members.filter((member) => has(member, 'office')).map((one) => one.id);
    return { kind: 'sent', changed: true, memo: { id }, id, text: input.text, office };
  },

  reply: ({ id }) => `已转活动办：意见${id}，5个工作日内答复您。十分钟内可发“撤销”收回。`,
  notify: ({ id, text, office }) =>
    office.map((to) => ({ to, text: `收到意见${id}：${text}。请发“答复意见${id} 内容”。` })),
  async undo(memo, { actor, message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const withdrawn = { answer: '（已收回）', answeredAt: message.sentAt, answeredBy: actor.id };
    return (await tx.opinion.updateMany({ where: { id, answeredAt: null }, data: withdrawn })).count === 1;
  },
});
