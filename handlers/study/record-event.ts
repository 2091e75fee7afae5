import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { ranksSection } from '#bot/domain/people.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { FORMS, KINDS } from '#bot/domain/topic.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { eventSaid, speechSaid } from '#bot/language/events.ts';
import { act, others } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { nextId } from '#bot/store/number.ts';

type Recorded = Outcome &
  (
    | { kind: 'recorded'; id: number; what: string; date: string; title: string }
    | { kind: 'future'; date: string }
    | { kind: 'no-such'; kinds: string[] }
    | { kind: 'below-rank'; name: string }
    | { kind: 'office-only' }
  );

/** 活动记录: 讲、读 and the forms of study a unit or the bureau held (R19, R23, R27). */
export default defineHandler({
  name: 'event.record',
  title: '活动记录',
  examples: ['活动记录 演讲比赛 全局举办创新驱动发展演讲比赛，12人参加'],
  input: z.object({ kind: z.string(), text: z.string(), date: day, speaker: z.string().optional() }),
  allow: {
    doneBy: '科室（单位）负责人或活动办',
    permits: ({ actor }) => has(actor, 'chief', 'leader', 'head', 'office'),
  },

  over: 'message',
  cues: [/(?:记录|登记)/],
  meant(clause) {
    const said = eventSaid(clause.said);
    if (!said || clause.reading.chat !== 'direct') return null;
    const date = clause.days('behind')[0]?.day ?? clause.reading.today;
    const [speaker, other] = others(clause);
    return act(clause, 3.2, { ...said, date, ...(said.kind === '讲' && speaker && !other && { speaker: speaker.id }) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Recorded> {
    const custom = (await tx.studyForm.findMany({ orderBy: { id: 'asc' } })).map(({ name }) => name);
    const kinds = [...KINDS, ...FORMS, ...custom];
    if (!kinds.includes(input.kind)) return { kind: 'no-such', changed: false, kinds };
    if (input.date > dayOf(message.sentAt)) return { kind: 'future', changed: false, date: input.date };
    if (input.kind === '讲' && !has(actor, 'office')) return { kind: 'office-only', changed: false };
    const person = world.members.find(({ id }) => id === input.speaker) ?? actor;
    const form = input.kind !== '讲' ? null : /专题报告|作报告/.test(input.text) ? '专题报告' : '科级干部演讲';
    if (form === '科级干部演讲' && !ranksSection(person) && !/因|原因|代表|推荐/.test(input.text))
      return { kind: 'below-rank', changed: false, name: person.name };
    const speech = input.kind === '讲' ? speechSaid(input.text) : {};
    const title = (/《[^》]+》/.exec(input.text)?.[0] ?? input.text).slice(0, 60);
    const { id } = await tx.studyEvent.create({
      data: {
        id: await nextId(tx.studyEvent),
        ...{ kind: input.kind, form, departmentCode: person.department, personId: person.id, date: input.date, title },
        ...{
          body: JSON.stringify({ text: input.text, ...speech }),
          at: message.sentAt,
          byId: actor.id,
          inboxKey: message.key,
        },
      },
    });
    const details = [
      ...(form === '专题报告' ? [speech.guest] : form ? [person.name] : []),
      ...(speech.question ? [`九个问题之${speech.question}`] : []),
    ].filter((one) => one !== undefined);
    const what = `${form ?? input.kind}${details.length > 0 ? `（${details.join('，')}）` : ''}`;
    return { kind: 'recorded', changed: true, memo: { id }, id, what, date: input.date, title };
  },

  reply(outcome) {
    switch (outcome.kind) {
      case 'recorded':
        return `已记录：${dayInWords(outcome.date)}${outcome.what}，${outcome.title}，编号T${outcome.id}。${TAKE_BACK}`;
      case 'future':
        return `没有记录：${dayInWords(outcome.date)}还没有到，活动结束后再记录。`;
      case 'no-such':
        return `没有记录：没有这种形式。可用的有：${outcome.kinds.join('、')}。`;
      case 'below-rank':
        return `没有记录：${outcome.name}不是科级干部。确需记录请写明原因，如“因科长出差由其代表”。`;
      case 'office-only':
        return '没有记录：“讲”由活动办登记。';
    }
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
