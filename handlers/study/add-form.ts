import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { FORMS, KINDS } from '#bot/domain/topic.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { readNumber } from '#bot/language/slots/number.ts';
import { has } from '#bot/permission.ts';

type Added = Outcome & { kind: 'added' | 'taken'; name: string; minimum: number | null };

const ADDS =
  /^\s*(?:新增|增加|添加)(?:学习|活动)?(?:形式|载体)[:：\s“"]+(?<name>[〇㐀-鿿A-Za-z0-9]{2,10}?)[”"]?(?:[，,\s]*每月(?:不少于|至少|最少)(?<minimum>\d{1,2}|[一二两三四五六七八九十])次)?[。！]?\s*$/;

/** 新增形式: the office adds a form of study or activity beyond the fixed ones; it counts from then on (R08, R23). */
export default defineHandler({
  name: 'form.add',
  title: '新增活动形式',
  examples: ['新增形式 青年沙龙', '新增活动形式 青年沙龙，每月不少于1次'],
  input: z.object({ name: z.string(), minimum: z.number().int().min(1).max(31).optional() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [ADDS],
  meant(clause) {
    const { name, minimum: said } = ADDS.exec(clause.text)?.groups ?? {};
    const minimum = said && readNumber(said);
    return name && clause.reading.chat === 'direct' ? act(clause, 3, { name, ...(minimum && { minimum }) }) : null;
  },

  async execute({ input, actor, message, tx }): Promise<Added> {
    const { name } = input;
    const minimum = input.minimum ?? null;
    const taken =
      [...KINDS, ...FORMS].some((one) => one === name) || (await tx.studyForm.findUnique({ where: { name } }));
    if (taken) return { kind: 'taken', changed: false, name, minimum };
    const { id } = await tx.studyForm.create({ data: { name, minimum, byId: actor.id, at: message.sentAt } });
    return { kind: 'added', changed: true, memo: { id, name }, name, minimum };
  },

  reply: ({ kind, name, minimum }) =>
    kind === 'added'
      ? `已新增形式“${name}”${minimum ? `，每月不少于${minimum}次` : ''}，现在就可以发“活动记录 ${name} 内容”。${TAKE_BACK}`
      : `没有新增：形式“${name}”已经有了，请换个名称。`,
  async undo(memo, { tx }) {
    const { id, name } = z.object({ id: z.number(), name: z.string() }).parse(memo);
    if (await tx.studyEvent.findFirst({ where: { kind: name, undoneAt: null } })) return false;
    return (await tx.studyForm.deleteMany({ where: { id } })).count === 1;
  },
});
