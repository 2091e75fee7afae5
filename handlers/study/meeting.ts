import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { meetingSaid } from '#bot/language/events.ts';
import { act } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { nextId } from '#bot/store/number.ts';

type Recorded = Outcome & { kind: 'recorded'; date: string; concluded: boolean; todo: string[] };

/** 座谈会 (议): level, participants, questions, conclusions, what is to be done; without conclusions it is kept as such (R21). */
export default defineHandler({
  name: 'event.meeting',
  title: '座谈会记录',
  examples: ['座谈会：层次 科级；参加 8人；问题 孵化器入驻率低；结论 简化入驻手续；待办 5月31日前出办法'],
  input: z.object({ parts: z.record(z.string(), z.string()) }),
  allow: {
    doneBy: '科室（单位）负责人或活动办',
    permits: ({ actor }) => has(actor, 'chief', 'leader', 'head', 'office'),
  },

  over: 'message',
  meant(clause) {
    const parts = meetingSaid(clause.said);
    return parts && clause.reading.chat === 'direct' ? act(clause, 3.2, { parts }) : null;
  },

  async execute({ input, actor, message, tx }): Promise<Recorded> {
    const date = dayOf(message.sentAt);
    const { parts } = input;
    const { id } = await tx.studyEvent.create({
      data: {
        id: await nextId(tx.studyEvent),
        ...{ kind: '议', form: parts['层次'] ?? null, departmentCode: actor.department, personId: actor.id, date },
        ...{ title: (parts['问题'] ?? '座谈会').slice(0, 60), body: JSON.stringify(parts) },
        ...{ at: message.sentAt, byId: actor.id, inboxKey: message.key },
      },
    });
    const todo = (parts['待办'] ?? '')
      .split(/[、，,]/)
      .map((one) => one.trim())
      .filter((one) => one.length > 1);
    return { kind: 'recorded', changed: true, memo: { id }, date, concluded: Boolean(parts['结论']), todo };
  },

  reply({ date, concluded, todo }) {
    const drafts = todo.map((one) => `交办某科：${one}`);
    const next =
      drafts.length > 0
        ? `待办${todo.length}项可以交办，请改好承办科室和时限后发来：${drafts.map((one) => `“${one}”`).join('；')}。`
        : '';
    return `已记录座谈会：${dayInWords(date)}，${concluded ? '已形成结论' : '未形成结论'}。${next}十分钟内可发“撤销”收回。`;
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.studyEvent.updateMany({
      where: { id, undoneAt: null },
      data: { undoneAt: message.sentAt },
    });
    return count === 1;
  },
});
