import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { anyone, has, officeIds } from '#bot/permission.ts';
import { nextId } from '#bot/store/number.ts';

type Sent = Outcome & { kind: 'sent'; id: number; text: string; by: string; office: string[]; admins: string[] };

const SAYS =
  /^\s*(?:我)?(?:提(?:个|一个|条|一条)?)?(?<named>实名)?(?:提)?(?:意见|建议|意见建议)[:：\s]+(?<text>[^\n]{4,}.*)$/s;
const NOT = /^\s*(?:意见|建议)[:：\s]+(?:\d+号|同意|[A-Za-z]+-?\d)/;

/**
 * 意见: a complaint or suggestion goes to the office and the administrator, without a name unless its writer gives it; the office
 * answers within five workdays (R97).
 */
export default defineHandler({
  name: 'opinion.send',
  title: '提意见',
  examples: ['意见：提醒太多，能不能合并成一条', '实名意见：会议室的投影仪该换了'],
  input: z.object({ text: z.string(), named: z.boolean().optional() }),
  // Who sent it stands in the same line.
  restricted: ['text'],
  allow: anyone,

  over: 'message',
  cues: [SAYS],
  meant(clause) {
    const said = SAYS.exec(clause.said)?.groups;
    const text = said?.['text']?.trim();
    if (!text || NOT.test(clause.text) || clause.reading.chat !== 'direct') return null;
    return act(clause, 2.4, { text, ...(said?.['named'] && { named: true }) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Sent> {
    const id = await nextId(tx.opinion);
    await tx.opinion.create({ data: { id, personId: actor.id, text: input.text, at: message.sentAt } });
    const office = officeIds(world);
    const admins = world.members.filter((one) => has(one, 'admin') && !office.includes(one.id)).map((one) => one.id);
    const by = input.named ? actor.name : '';
    return { kind: 'sent', changed: true, memo: { id }, id, text: input.text, by, office, admins };
  },

  reply: ({ id, by }) =>
    `已转活动办和系统管理员：意见${id}，${by ? '已署您的姓名' : '没有署名，要署名请写“实名意见：”'}，5个工作日内答复您。${TAKE_BACK}`,
  notify({ id, text, by, office, admins }) {
    const words = `收到${by ? `${by}的` : ''}意见${id}：${text.replace(/[。.]$/, '')}。`;
    return [
      ...office.map((to) => ({ to, text: `${words}请发“答复意见${id} 内容”。` })),
      ...admins.map((to) => ({ to, text: `${words}由活动办答复。` })),
    ];
  },
  async undo(memo, { actor, message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const withdrawn = { answer: '（已收回）', answeredAt: message.sentAt, answeredBy: actor.id };
    return (await tx.opinion.updateMany({ where: { id, answeredAt: null }, data: withdrawn })).count === 1;
  },
});
