import { z } from 'zod';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { titleBegun } from '#bot/language/study.ts';
import { anyone } from '#bot/permission.ts';

type Begun = Outcome & { kind: 'begun'; title: string };

const NOT = /谁|没交|没写|交了吗|哪些|请|催|怎么|要交|评比|截止|情况|多少|名单|[?？]/;

/** 心得 题目: begins a long text that is written over several messages until 完成 (R22). */
export default defineHandler({
  name: 'reflection.begin',
  title: '写心得体会',
  examples: ['心得 管钱的人更要守规矩'],
  input: z.object({ title: z.string() }),
  allow: anyone,

  over: 'message',
  meant(clause) {
    const title = titleBegun(clause.text);
    if (!title || NOT.test(clause.text) || clause.reading.chat !== 'direct') return null;
    return act(clause, 3, { title });
  },

  async execute({ input, actor, message, tx }): Promise<Begun> {
    const at = message.sentAt;
    await tx.draft.updateMany({ where: { personId: actor.id, closedAt: null }, data: { closedAt: at } });
    const { id } = await tx.draft.create({
      data: { personId: actor.id, kind: 'reflection', title: input.title, startedAt: at },
    });
    return { kind: 'begun', changed: true, memo: { id }, title: input.title };
  },

  reply: ({ title }) => `已开始写心得体会《${title}》。请分几条发来正文，写完发“完成”，不写了发“放弃”。`,
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.draft.updateMany({ where: { id, closedAt: null }, data: { closedAt: message.sentAt } });
    return count === 1;
  },
});
