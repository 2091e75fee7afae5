import { z } from 'zod';
import { FORMS, KINDS } from '#bot/domain/topic.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';

type Added = Outcome & { kind: 'added' | 'taken'; name: string };

const ADDS =
  /^\s*(?:新增|增加|添加)(?:学习|活动)?(?:形式|载体)[:：\s“"]+(?<name>[〇㐀-鿿A-Za-z0-9]{2,10})[”"]?[。！]?\s*$/;

/** 新增形式: the office adds a form of study or activity beyond the fixed ones; it counts from then on (R08, R23). */
export default defineHandler({
  name: 'form.add',
  title: '新增活动形式',
  examples: ['新增形式 青年沙龙'],
  input: z.object({ name: z.string() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  meant(clause) {
    const name = ADDS.exec(clause.text)?.groups?.['name'];
    return name && clause.reading.chat === 'direct' ? act(clause, 3, { name }) : null;
  },

  async execute({ input, actor, message, tx }): Promise<Added> {
    const { name } = input;
    const taken =
      [...KINDS, ...FORMS].some((one) => one === name) || (await tx.studyForm.findUnique({ where: { name } }));
    if (taken) return { kind: 'taken', changed: false, name };
    const { id } = await tx.studyForm.create({ data: { name, byId: actor.id, at: message.sentAt } });
    return { kind: 'added', changed: true, memo: { id, name }, name };
  },

  reply: ({ kind, name }) =>
    kind === 'added'
      ? `已新增形式“${name}”，现在就可以发“活动记录 ${name} 内容”。十分钟内可发“撤销”收回。`
      : `没有新增：形式“${name}”已经有了，请换个名称。`,
  async undo(memo, { tx }) {
    const { id, name } = z.object({ id: z.number(), name: z.string() }).parse(memo);
    if (await tx.studyEvent.findFirst({ where: { kind: name, undoneAt: null } })) return false;
    return (await tx.studyForm.deleteMany({ where: { id } })).count === 1;
  },
});
