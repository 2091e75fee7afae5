import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';

type Submitted = Outcome & { kind: 'submitted'; words: number; month: string };

const REFLECTION =
  /^\s*[^，。：:\n]{0,24}(?:心得体会|学习心得|心得|学习体会|读后感|观后感|学后感|感悟|体会)[^，。：:\n]{0,2}(?:如下|汇报|提交)?\s*(?:[:：]|\n|——|，|。| (?!请))/;
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
    const span = cue(clause, REFLECTION);
    const words = clause.said.slice(span?.end ?? 0).trim();
    if (
      !span ||
      words.length < 8 ||
      ASKED.test(clause.text.slice(0, span.end + 12)) ||
      /^\s*(?:请|帮|把)/.test(clause.text)
    )
      return null;
    return act(clause, 3, { text: words });
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
