import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { meetingSaid } from '#bot/language/events.ts';
import { act } from '#bot/language/evidence.ts';
import type { Clause, World, WorldPerson } from '#bot/language/reading.ts';
import { has, isHeadOf } from '#bot/permission.ts';
import { nextId } from '#bot/store/number.ts';
import { closeRequest } from '#bot/store/question.ts';
import { keepTodo } from '#bot/store/study-links.ts';

const todo = z.object({ text: z.string(), department: z.string().optional(), deadline: z.string().optional() });
type Todo = z.infer<typeof todo>;
/** A to-do that knows to whom and by when, as a draft that waits for a 同意. */
interface Draft {
  to: string;
  unit: string;
  input: { department: string; deadline: string; kind: 'assigned'; text: string; link: number };
}
type Recorded = Outcome & {
  kind: 'recorded';
  id: number;
  date: string;
  concluded: boolean;
  drafts: Draft[];
  open: string[];
  by: string;
  byId: string;
};

/**
 * 座谈会 (议): level, participants, questions, conclusions; without conclusions it is kept as such. What is to be done
 * is tied to the record and becomes a draft of an assignment each, which waits until whoever may assign it agrees (R21, R56).
 */
export default defineHandler({
  name: 'event.meeting',
  title: '座谈会记录',
  examples: ['座谈会：层次 科级；参加 8人；问题 孵化器入驻率低；结论 简化入驻手续；待办 5月31日前出办法'],
  input: z.object({ parts: z.record(z.string(), z.string()), todo: z.array(todo).optional() }),
  allow: {
    doneBy: '科室（单位）负责人或活动办',
    permits: ({ actor }) => has(actor, 'chief', 'leader', 'head', 'office'),
  },

  over: 'message',
  cues: [/座谈会/],
  meant(clause) {
    const parts = meetingSaid(clause.said);
    if (!parts || clause.reading.chat !== 'direct') return null;
    const todo = todoIn(clause, parts['待办'] ?? '');
    return act(clause, 3.2, { parts, ...(todo.length > 0 && { todo }) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Recorded> {
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
    const said = input.todo ?? [];
    const [drafts, open]: [Draft[], string[]] = [[], []];
    for (const one of said) {
      const link = await keepTodo(tx, { event: id, text: one.text, byId: actor.id, at: message.sentAt });
      const draft = draftOf(one, link, date, actor, world);
      if (draft) drafts.push(draft);
      else open.push(one.text);
    }
    return {
      ...{ kind: 'recorded', changed: true, id, date, concluded: Boolean(parts['结论']), drafts, open },
      ...{ memo: { id, drafts: drafts.map(({ input }) => input) }, by: actor.name, byId: actor.id },
    };
  },

  reply({ id, date, concluded, drafts, open, byId }) {
    const own = drafts.filter(({ to }) => to === byId).length;
    const waiting = drafts.length === own ? '待您同意' : own === 0 ? '待活动办同意' : '分别待您和活动办同意';
    const kept = drafts.length > 0 ? `待办${drafts.length}项已拟成交办稿，${waiting}后交办。` : '';
    const next =
      open.length > 0
        ? `待办${open.length}项可以交办，请改好承办科室和时限后发来：${open.map((one) => `“交办某科：${one}（T${id}）”`).join('；')}。`
        : '';
    return `已记录座谈会T${id}：${dayInWords(date)}，${concluded ? '已形成结论' : '未形成结论'}。${kept}${next}${TAKE_BACK}`;
  },
  requests: ({ drafts, by, date, id }) =>
    drafts.map(({ to, unit, input }) => ({
      ...{ to, intent: 'ledger.assign', input, title: `交办${unit}：${input.text.slice(0, 20)}` },
      text: `交办稿（${by}${dayInWords(date)}座谈会T${id}）：交办${unit}，${dayInWords(input.deadline)}前办结：${input.text}。`,
    })),
  async undo(memo, { message, tx }) {
    const { id, drafts } = z.object({ id: z.number(), drafts: z.array(z.object({}).loose()).default([]) }).parse(memo);
    const links = { fromKind: 'event', fromId: id, undoneAt: null };
    // What was given out stands on this record.
    if ((await tx.studyLink.count({ where: { ...links, itemCode: { not: null } } })) > 0) return false;
    await tx.studyLink.updateMany({ where: links, data: { undoneAt: message.sentAt } });
    for (const draft of drafts) await closeRequest(tx, 'ledger.assign', draft, message.sentAt);
    const { count } = await tx.studyEvent.updateMany({
      where: { id, undoneAt: null },
      data: { undoneAt: message.sentAt },
    });
    return count === 1;
  },
});

/** What is to be done, piece by piece, with the unit and the day each names. */
function todoIn(clause: Clause, list: string): Todo[] {
  const { said, start, departments } = clause;
  const days = clause.days('ahead');
  let at = said.lastIndexOf(list);
  return list.split(/[、，,]/).flatMap((piece) => {
    const [from, to] = [start + at, start + at + piece.length];
    at += piece.length + 1;
    const inside = (one: { start: number; end: number }): boolean => one.start >= from && one.end <= to;
    const unit = departments.find(inside)?.department.code;
    const day = days.find(inside)?.day;
    const text = piece.trim();
    return text.length > 1 ? [{ text, ...(unit && { department: unit }), ...(day && { deadline: day }) }] : [];
  });
}

/** Whoever may give it out agrees to it: its writer, or else the office. Null where it is not said to whom or by when. */
function draftOf(
  { text, department, deadline }: Todo,
  link: number,
  today: string,
  actor: WorldPerson,
  world: World,
): Draft | null {
  const unit = world.departments.find(({ code }) => code === department);
  if (!unit || !deadline || deadline < today) return null;
  const may = has(actor, 'chief', 'leader', 'office') || isHeadOf(actor, unit.code, world);
  const to = may ? actor.id : world.members.find((one) => has(one, 'office'))?.id;
  return to ? { to, unit: unit.name, input: { department: unit.code, deadline, kind: 'assigned', text, link } } : null;
}
