import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { under } from '#bot/language/headed.ts';
import { anyone } from '#bot/permission.ts';

type Submitted = Outcome & { kind: 'submitted'; words: number; month: string };

const NAMES = '(?:心得体会|学习心得|心得|学习体会|读后感|观后感|学后感|感悟|感想|体会)';
const REFLECTION = new RegExp(
  `^\\s*(?:[【[][^】\\]]{0,12}${NAMES}[^】\\]]{0,6}[】\\]]\\s*[:：]?|[^，。：:；;\\n]{0,24}${NAMES}(?:[^，。：:；;\\n]{0,2}(?:如下|汇报|提交)?\\s*(?:[:：]|\\n|——|，|。| (?!请))|[^，。：:；;\\n]{0,8}[:：])|[^。：:；;\\n]{0,40}(?:[存记]为|登记为|作为|算作?|[交写]一?篇|提交|上交|报)[^，。：:；;\\n]{0,4}${NAMES}[^，。：:；;\\n]{0,4}[:：]|[^。：:；;\\n]{0,16}${NAMES}[^。：:；;\\n]{0,8}(?:[存记收]起来|[存记]下来?|[存记收]一下|[存记]上)(?:就是|[吧啊哈，])*)`,
);
const ASKED = /谁|没[交写报]|交了吗|哪些|什么时候|请[各大]|催|怎么写|要交|评比|截止|[?？]\s*$/;

/** 提交心得体会 (R22) */
export default defineHandler({
  name: 'study.reflection',
  title: '提交心得体会',
  examples: ['心得体会：学习八项规定，重在从小事做起，把调研做实。'],
  input: z.object({ text: z.string() }),
  restricted: ['text'],
  allow: anyone,

  over: 'message',
  meant(clause) {
    const headed = under(REFLECTION, clause);
    if (!headed || headed.body.length < 8) return null;
    const { opening, body } = headed;
    // 「请把心得体会交上来：……」 orders one.
    const ordered = /^\s*(?:请|帮|把(?!我|今|昨|这|本|学))/.test(opening) && !/[存记]为|登记为/.test(opening);
    return ASKED.test(`${opening}${body.slice(0, 12)}`) || ordered ? null : act(headed, 3, { text: body });
  },

  async execute({ input, actor, message, tx }): Promise<Submitted> {
    const words = input.text.replace(/\s/g, '').length;
    const month = monthOf(dayOf(message.sentAt));
    const { id } = await tx.reflection.create({
      data: {
        ...{ personId: actor.id, departmentCode: actor.department, text: input.text },
        ...{ at: message.sentAt, inboxKey: message.key },
      },
    });
    return { kind: 'submitted', changed: true, memo: { id }, words, month };
  },

  reply: ({ words, month }) => `已收到心得体会（${words}字），计入${monthInWords(month)}。十分钟内可发“撤销”收回。`,
  inGroup: ({ words }) => `已收到心得体会（${words}字）。`,
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.reflection.updateMany({
      where: { id, undoneAt: null },
      data: { undoneAt: message.sentAt },
    });
    return count === 1;
  },
});
