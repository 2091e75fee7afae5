import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { mayBecome, type SessionState, STATE_WORDS, stateOf } from '#bot/domain/session.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { CALLING_OFF, calledOffIn, MOVES } from '#bot/language/arranging.ts';
import { unexplained } from '#bot/language/asking.ts';
import { act, ask, cue, sessionMeant } from '#bot/language/evidence.ts';
import type { Clause, World, WorldPerson } from '#bot/language/reading.ts';
import { sessionCoded, upTo } from '#bot/language/study.ts';
import type { Order } from '#bot/language/understand.ts';
import { expectedAt } from '#bot/store/attendance.ts';
import { clashWith, holds, type SessionRow } from '#bot/store/session.ts';
import { askedFirst, leavesOf, plannedOf, type SaidSession, whyNot } from '#bot/store/session-plan.ts';

type Cancelled = Outcome & {
  kind: 'cancelled' | 'refused' | 'kept';
  name: string;
  state: SessionState;
  told: string[];
  /** of a move: what takes its place, and who has leave that day */
  next: { name: string; venue: string; sameDay: boolean; onLeave: string[] } | null;
};

const STUDY = /学习|讲座|辅导|培训|党课|报告会|集中学|[那这一两俩2三几]场|[那这]次|场次|课(?!题)|讲堂/;
const BARE = /取消|撤[销了掉]?|停|免|不[搞开办学上听]了|一律|全部|那|这|场|上午|下午|今天?|明天?|后天?|cancel/;

/** 「明天的取消，下周二的不变」: without the part that stays as it was. */
function withoutUnchanged(clause: Clause): Clause {
  const part = clause.parts.length > 1 ? clause.parts.find((one) => /不变|照旧|不动|照常/.test(one)) : undefined;
  if (part === undefined || /取消|停/.test(part)) return clause;
  const at = clause.start + clause.text.indexOf(part);
  const before = { start: clause.start, end: Math.max(clause.start, at - 1) };
  return clause.within(at > clause.start ? before : { start: at + part.length + 1, end: clause.end });
}

/** 取消学习: asked about once people were told of it (requirements 1.1); they then hear that it is off. */
export default defineHandler({
  name: 'session.cancel',
  title: '取消学习',
  examples: ['周五的讲座取消'],
  input: z.object({ session: z.string() }),
  allow: {
    doneBy: '召集人、局领导或活动办',
    async permits({ input, actor, tx, world }) {
      const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
      return holds(actor, session, world.departments);
    },
  },

  // What is off is the session itself, not the car, the meal or the filming that goes with it.
  account: {
    words:
      /集中|学习|讲座|培训|党课|辅导|报告|课|[场堂]|会议?|活动|原定|通知|补班|予以|经研究|兹|举[行办]|停止|暂缓?|临时|之|计划|(?:因|由于|鉴于)[^，。]*|[^，。]*[来到回赶]不了了?/,
    ahead: 1,
    behind: 1,
  },
  over: 'sentence',
  heedsNotices: true,
  cues: CALLING_OFF,
  meant(said) {
    const clause = withoutUnchanged(said);
    const { reading, text } = clause;
    const span = calledOffIn(clause);
    if (!span) return null;
    const move = cue(clause, MOVES);
    const coded = sessionCoded(clause);
    const session = coded ? { one: coded } : sessionMeant(move ? upTo(clause, move.start) : clause, true);
    // A day alone names a session only where a session is spoken of: other things are off on a Friday, too.
    const topical = coded !== null || reading.lexicon.sessions.about(text).length > 0;
    if (!topical && !STUDY.test(text) && unexplained(clause, BARE) > 1) return null;
    const moves = move !== null && move.start === span.start;
    const claimed = { start: clause.start, end: moves ? span.start : (move?.start ?? clause.end) };
    if (session && 'one' in session) return act(claimed, 3, { session: session.one.code });
    // 「周二和周五的两场都取消」: one each day named.
    if (session && /都|均|全|[两俩2]场/.test(text)) {
      const days = new Set(clause.days('near').map(({ day }) => day));
      const each = session.several.filter(({ day }) => days.has(day));
      if (days.size === 1 && /[两俩2]场|都|全/.test(text) && session.several.length === 2)
        return act(claimed, 3, ...session.several.map(({ code }) => ({ session: code })));
      if (days.size > 1 && each.length === days.size && new Set(each.map(({ day }) => day)).size === days.size)
        return act(claimed, 3, ...each.map(({ code }) => ({ session: code })));
    }
    if (session)
      return ask(
        claimed,
        2,
        '您要取消哪一场？',
        session.several.slice(0, 4).map(({ code, topic }) => ({ label: `《${topic}》`, input: { session: code } })),
      );
    const days = [...new Set(clause.days('ahead').map(({ day }) => day))].filter((day) => day >= reading.today);
    const onDays = /取消|撤/.test(text) && text.length <= 18 ? days.map((day) => reading.lexicon.sessions.on(day)) : [];
    if (onDays.length > 1 && onDays.every(({ length }) => length === 1))
      return act(claimed, 3, ...onDays.flat().map(({ code }) => ({ session: code })));
    const held = onDays.flat();
    if (held.length === 2 && /[两俩2]场|都|全/.test(text))
      return act(claimed, 3, ...held.map(({ code }) => ({ session: code })));
    const [only] = held;
    if (only && held.length === 1) return act(claimed, 3, { session: only.code });
    if (only)
      return ask(
        claimed,
        2,
        '您要取消哪一场？',
        held.slice(0, 4).map(({ code, topic }) => ({ label: `《${topic}》`, input: { session: code } })),
      );
    return /学习|讲座|辅导|党课|培训|[那这]一?场/.test(text) &&
      (move !== null || /取消|撤|cancel|[不别甭][搞开办学上听]|停|免|砍/.test(text)) &&
      reading.chat === 'direct'
      ? ask(
          claimed,
          2,
          `${noneOn(move ? upTo(clause, move.start) : clause)}您要${move ? '改' : '取消'}哪一场学习？请写明日期或主题。`,
        )
      : null;
  },

  async confirm({ input, beside, actor, world, tx, message }) {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const next = movedTo(beside, session, actor, world);
    if (next && !(await whyNot(tx, next, message.sentAt))) {
      const asked = await askedFirst(tx, next, message.sentAt, session.noticedAt !== null);
      return asked && `${sessionName(session)}在改期确认前照常。`;
    }
    const said = message.content.kind === 'text' ? message.content.text : '';
    if (!session.noticedAt || MOVES.test(said) || !mayBecome(stateOf(session, message.sentAt), 'cancelled'))
      return null;
    const { length } = await expectedAt(tx, session);
    return `将取消${sessionName(session)}，并通知应到${length}人。请回复“确认”，不取消请回复“不”。`;
  },

  async execute({ input, beside, actor, world, message, tx }): Promise<Cancelled> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const name = sessionName(session);
    const state = stateOf(session, message.sentAt);
    if (!mayBecome(state, 'cancelled')) return { kind: 'refused', changed: false, name, state, told: [], next: null };
    const to = movedTo(beside, session, actor, world);
    // Called off for one that cannot be held, there would be none at all.
    if (to && (await whyNot(tx, to, message.sentAt)))
      return { kind: 'kept', changed: false, name, state, told: [], next: null };
    await tx.session.update({ where: { code: session.code }, data: { cancelledAt: message.sentAt } });
    const told = session.noticedAt ? (await expectedAt(tx, session)).map(({ id }) => id) : [];
    const onLeave = to ? [...(await leavesOf(tx, session.code))] : [];
    const sameDay = to !== null && dayOf(to.start) === dayOf(session.start);
    const next = to && { name: sessionName(to), venue: to.venue, sameDay, onLeave };
    return { kind: 'cancelled', changed: true, memo: { code: session.code, told }, name, state, told, next };
  },

  reply({ kind, name, state, told, next }) {
    if (kind === 'kept') return `没有改期：${name}仍按原时间举行。`;
    if (kind === 'refused') return `没有取消：${name}${STATE_WORDS[state]}，不能再取消。`;
    return `已取消：${name}${told.length > 0 ? `，已通知应到${told.length}人${next ? '改期' : ''}` : ''}。十分钟内可发“撤销”恢复。`;
  },
  inGroup: ({ kind, name }) => (kind === 'cancelled' ? `已取消：${name}。` : '没有取消，原因已私信。'),
  notify: ({ kind, name, told, next }) =>
    kind === 'cancelled' ? told.map((to) => ({ to, text: toldOf(name, next, to) })) : [],
  async undo(memo, { message, tx }) {
    const { code, told } = z.object({ code: z.string(), told: z.array(z.string()) }).parse(memo);
    const session = await tx.session.findUniqueOrThrow({ where: { code } });
    const booked = { ...session, scope: JSON.parse(session.scope) as string[] };
    if (session.movedTo || session.start <= message.sentAt || (await clashWith(tx, booked))) return false;
    await tx.session.update({ where: { code }, data: { cancelledAt: null } });
    return told.map((to) => ({ to, text: `更正：${sessionName(session)}照常举行。` }));
  },
});

/** 改期: what the same message puts in its place, as it would stand; null where it is only called off. */
function movedTo(beside: readonly Order[], session: SessionRow, actor: WorldPerson, world: World) {
  const order = beside.find(
    ({ handler, input }) =>
      handler.name === 'session.schedule' && (input as { topic: unknown }).topic === session.topic,
  );
  return order ? plannedOf(order.input as SaidSession, actor, world, session) : null;
}

/** Whoever was told of a session hears of a move once: the new day, hour and room, and what becomes of the own leave. */
function toldOf(name: string, next: Cancelled['next'], to: string): string {
  if (!next) return `学习取消：${name}不再举行，请相互转告。`;
  const moved = `学习改期：${name}改为${next.name}${next.venue ? `，${next.venue}` : ''}，请相互转告。`;
  if (!next.onLeave.includes(to)) return `${moved}不能参加请回复“请假，原因”。`;
  return `${moved}${next.sameDay ? '您的请假照旧。' : '您原来的请假不随改期，仍不能参加请重新请假。'}`;
}

/** The day that was named has no session. */
function noneOn(clause: Clause): string {
  const [day, another] = [...new Set(clause.days('ahead').map((one) => one.day))];
  return day && !another ? `${dayInWords(day)}没有学习场次。` : '';
}
