import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { TALK_PARTS, talkSaid } from '#bot/language/events.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { nextId } from '#bot/store/number.ts';

type Talked = Outcome & { kind: 'recorded'; id: number; date: string; theme: string };

const THEMES: [name: string, words: RegExp][] = [
  ['群众关注', /群众|信访|企业反映|热点|难点/],
  ['重点工作', /重点|项目|实验室|孵化|台账|专利/],
  ['中心工作', /中心工作|全局|科技大会|驱动/],
];

/** 谈: 认识、见解、措施 of leading officials; all three are needed (R20). */
export default defineHandler({
  name: 'event.talk',
  title: '谈认识见解措施',
  examples: ['谈 创新驱动是根本|项目要跟着需求走|每月走访两家企业'],
  input: z.object({ parts: z.array(z.string().min(1)).length(3) }),
  allow: { doneBy: '班子成员、科室（单位）负责人', permits: ({ actor }) => has(actor, 'chief', 'leader', 'head') },

  over: 'message',
  cues: [/谈/],
  meant(clause) {
    const parts = talkSaid(clause.said);
    if (!parts || clause.reading.chat !== 'direct') return null;
    const lacks = TALK_PARTS.filter((_, index) => parts[index] === '');
    if (lacks.length > 0) return ask(clause, 3.2, `还缺${lacks.join('、')}。请写成“谈 认识|见解|措施”，三部分都要有。`);
    return act(clause, 3.2, { parts });
  },

  async execute({ input, actor, message, tx }): Promise<Talked> {
    const date = dayOf(message.sentAt);
    const words = input.parts.join('');
    const theme = THEMES.find(([, pattern]) => pattern.test(words))?.[0] ?? '活动';
    const body = JSON.stringify(Object.fromEntries(TALK_PARTS.map((part, index) => [part, input.parts[index]])));
    const { id } = await tx.studyEvent.create({
      data: {
        id: await nextId(tx.studyEvent),
        ...{ kind: '谈', form: theme, departmentCode: actor.department, personId: actor.id, date, body },
        ...{ title: (input.parts[0] ?? '').slice(0, 60), at: message.sentAt, byId: actor.id, inboxKey: message.key },
      },
    });
    return { kind: 'recorded', changed: true, memo: { id }, id, date, theme };
  },

  reply: ({ date, theme, id }) =>
    `已记录：${dayInWords(date)}谈（${theme}），编号T${id}。措施要列入台账请发“转台账 T${id}”。${TAKE_BACK}`,
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    if (await tx.studyLink.findFirst({ where: { fromKind: 'event', fromId: id, undoneAt: null } })) return false;
    const { count } = await tx.studyEvent.updateMany({
      where: { id, undoneAt: null },
      data: { undoneAt: message.sentAt },
    });
    return count === 1;
  },
});
