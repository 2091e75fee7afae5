import { z } from 'zod';
import { addDays, addWorkdays, dayOf, instantAt, monthDayInWords, timeOf } from '#bot/calendar.ts';
import { ticksInWords, ticksOf } from '#bot/domain/readiness.ts';
import { REFRESH } from '#bot/domain/session-card.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { nearestTopics, topicOf } from '#bot/domain/topic.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { arrangedIn, calledOffIn, EVENT, MOVES } from '#bot/language/arranging.ts';
import { act, ask, cue, sessionMeant } from '#bot/language/evidence.ts';
import { labelled } from '#bot/language/fields.ts';
import { daysIn, mondayOf, type NamedDay } from '#bot/language/slots/day.ts';
import { readNumber, readTime } from '#bot/language/slots/number.ts';
import { unslashed } from '#bot/language/slots/slash.ts';
import { lengthIn, scopeIn, speakerIn, topicIn, upTo, venueIn } from '#bot/language/study.ts';
import { without } from '#bot/language/text.ts';
import type { Order } from '#bot/language/understand.ts';
import { has, unitsHeadedBy } from '#bot/permission.ts';
import { onLeaveFrom } from '#bot/store/absence.ts';
import { expectedAt } from '#bot/store/attendance.ts';
import type { Tx } from '#bot/store/db.ts';
import { clashWith, nextSessionCode, type SessionRow } from '#bot/store/session.ts';
import { askedFirst, carryLeaves, isLateFor, plannedOf, USUAL_MINUTES, whyNot } from '#bot/store/session-plan.ts';
import { keepArranged } from '#bot/store/session-steps.ts';

const input = z.object({
  start: z.string(),
  end: z.string().optional(),
  topic: z.string(),
  kind: z.string(),
  venue: z.string(),
  /** unit codes; empty for everybody */
  scope: z.array(z.string()).optional(),
  speaker: z.string().optional(),
});
type Scheduled = Outcome & { name: string } & (
    | {
        kind: 'scheduled';
        venue: string;
        end: string;
        count: number;
        ticks: string;
        near: string[];
        told: string[];
        known: boolean;
      }
    | { kind: 'refused'; why: string }
  );

/** 安排学习 (R11): nobody is told before the notice of the workday before, so it is done at once; a rest day is asked about. */
export default defineHandler({
  name: 'session.schedule',
  title: '安排学习',
  examples: ['安排下周二上午8点半在三楼会议室学习新党章'],
  offers: ({ actor, now }) =>
    has(actor, 'office', 'head')
      ? [`安排${monthDayInWords(addWorkdays(dayOf(now), 2))}上午9点在三楼会议室学习八项规定`]
      : [],
  input,
  allow: {
    doneBy: '局领导、活动办或本科室（单位）负责人',
    permits({ input, actor, world }) {
      if (has(actor, 'chief', 'leader', 'office')) return true;
      const own = unitsHeadedBy(actor, world).map(({ code }) => code);
      return own.length > 0 && (input.scope ?? []).every((code) => own.includes(code));
    },
  },

  over: 'sentence',
  heedsNotices: true,
  cues: [MOVES, EVENT],
  meant(given) {
    const clause = labelled(given);
    if (!clause) return null;
    const { reading, text } = clause;
    if (clause.toAll && reading.chat === 'group') return null;
    const move = cue(clause, MOVES);
    const { before } = clause;
    const cancelled = before && /取消|撤|停|不/.test(before.text) ? before : null;
    const old = move
      ? (sessionMeant(upTo(clause, move.start), true) ?? (cancelled && sessionMeant(cancelled, true)))
      : null;
    // What is to be moved but is not there is no new one: calling off asks which is meant.
    const arranged = old || move ? null : arrangedIn(clause);
    const span = old ? calledOffIn(clause) && move : arranged;
    if (!span) return null;
    const from = unslashed(old ? text.slice(span.end - clause.start) : text).replace(/同一?时间?/g, (same) =>
      ' '.repeat(same.length),
    );
    const named = dayOfTime(from, daysIn(from, reading.today, 'ahead'));
    const session = old && 'one' in old ? old.one : null;
    if (old && !session) return null;
    const shifted =
      session && !named && move ? dayShifted(session.day, clause.text.slice(move.start - clause.start)) : null;
    const day =
      (named && session && sameWeek(from, named, session.day, reading.today)) ?? named?.day ?? shifted ?? session?.day;
    const hour = readTime(
      without(from, named && /[一二三四五六日天]$/.test(from.slice(named.start, named.end)) ? [named] : []),
    );
    const time = hour ?? (session ? timeOf(new Date(session.start)) : null);
    if (!day || !time || (session && named === undefined && shifted === null && hour === null))
      return ask(
        { start: span.start, end: clause.end },
        2,
        `请写明学习的日期和时间，如“安排${day ? '当天' : '下周二'}上午8点半在三楼会议室学习新党章”。`,
      );
    // What stands in the plan already is spoken of, not arranged again.
    if (
      arranged &&
      !arranged.outright &&
      reading.lexicon.sessions.all.some((one) => one.from === instantAt(day, time).getTime())
    )
      return null;
    const topic = session?.topic ?? topicIn(clause.said, reading.today);
    const venue = venueIn(from) ?? session?.venue ?? '';
    const length = lengthIn(from) ?? (session ? (session.to - session.from) / 60_000 : USUAL_MINUTES);
    const end = new Date(instantAt(day, time).getTime() + length * 60_000);
    const scope = scopeIn(clause);
    const speaker = speakerIn(clause.said);
    return act({ start: span.start, end: clause.end }, old ? 3 : 2.2, {
      ...{ start: `${day}T${time}`, end: `${dayOf(end)}T${timeOf(end)}`, topic },
      ...{ kind: /讲座/.test(text) ? '讲座' : '集中学习', venue },
      ...(scope.length > 0 && { scope }),
      ...(speaker && { speaker }),
    });
  },

  async confirm({ input, beside, tx, world, actor, message }) {
    const moved = await movedBy(beside, input.topic, tx);
    const planned = plannedOf(input, actor, world, moved);
    if (await whyNot(tx, planned, message.sentAt)) return null;
    return askedFirst(tx, planned, message.sentAt, Boolean(moved?.noticedAt));
  },

  async execute({ input, beside, actor, message, world, tx }): Promise<Scheduled> {
    const at = message.sentAt;
    const moved = await movedBy(beside, input.topic, tx);
    const planned = plannedOf(input, actor, world, moved);
    const name = sessionName(planned);
    const why = await whyNot(tx, planned, at);
    if (why) return { kind: 'refused', changed: false, why, name };
    if (moved && !moved.cancelledAt)
      return { kind: 'refused', changed: false, why: '原场次没有取消，不能改期。', name };
    const scope = JSON.stringify(planned.scope);
    const expected = await expectedAt(tx, { code: '', scope, start: planned.start });
    if (expected.length === 0)
      return { kind: 'refused', changed: false, why: '参加范围内没有人员，请换参加的科室（单位）。', name };
    const data = {
      ...{ topic: planned.topic, kind: input.kind, start: planned.start, end: planned.end, venue: planned.venue },
      ...{ scope, host: moved?.host ?? actor.name, convenorId: moved?.convenorId ?? actor.id },
      ...{ speaker: planned.speaker, material: moved?.material ?? null, cancelledAt: null },
    };
    const again = await tx.session.findUnique({ where: { topic_start: { topic: data.topic, start: data.start } } });
    const code = again?.code ?? (await nextSessionCode(tx, dayOf(planned.start)));
    const topics = await tx.studyTopic.findMany({ where: { removedAt: null }, orderBy: { rank: 'asc' } });
    const topic = topicOf(data.topic, topics);
    const near =
      topic || topics.length === 0
        ? []
        : nearestTopics(
            data.topic,
            topics.map(({ title }) => title),
          );
    Object.assign(data, { topicId: topic?.id ?? null, material: data.material ?? topic?.material ?? null });
    const session = await tx.session.upsert({
      where: { code },
      create: { code, ...data },
      update: { ...data, movedTo: null },
    });
    if (moved) {
      await tx.session.update({ where: { code: moved.code }, data: { movedTo: code } });
      await carryLeaves(tx, moved, session);
    }
    // Of a move people hear once, by what calls the old one off.
    const late = !moved?.noticedAt && isLateFor(session.start, at);
    const away = late ? await onLeaveFrom(tx, session) : new Set<string>();
    const told = late ? expected.filter((one) => one.id !== actor.id && !away.has(one.id)).map((one) => one.id) : [];
    if (late || moved?.noticedAt) await tx.session.update({ where: { code }, data: { noticedAt: at } });
    await keepArranged(tx, { session, moved, said: { ...input, byId: actor.id, at } });
    const ticks = ticksInWords(ticksOf({ ...session, expected: expected.length }));
    const common = { name, venue: session.venue, end: timeOf(session.end), count: expected.length, ticks, near };
    const memo = { code, from: moved?.code ?? null, at, told, key: message.key };
    return { kind: 'scheduled', changed: true, memo, ...common, told, known: Boolean(moved?.noticedAt) };
  },

  reply(outcome) {
    const { name } = outcome;
    if (outcome.kind === 'refused') return `没有安排${name}：${outcome.why}`;
    const { venue, end, count, ticks, near, told, known } = outcome;
    const hint = near.length > 0 ? `学习内容库中没有这个主题，相近的有：${near.join('、')}。` : '';
    return `已安排：${name}，至${end}结束，${venue || '地点未定'}，应到${count}人。${ticks}。${hint}${known ? '' : told.length > 0 ? `已通知${told.length}人，` : '开始前一个工作日16:00通知应到人员，'}${TAKE_BACK}`;
  },
  inGroup: (outcome) =>
    outcome.kind === 'scheduled'
      ? `已安排：${outcome.name}，${outcome.venue || '地点未定'}，应到${outcome.count}人。`
      : '没有安排，原因已私信。',
  buttons: ({ kind }, chat) => (kind === 'scheduled' && chat === 'direct' ? [REFRESH] : []),
  notify: (outcome) =>
    outcome.kind === 'scheduled' ? outcome.told.map((to) => ({ to, text: noticeOf(outcome) })) : [],
  async undo(memo, { message, tx }) {
    const { code, from, at, told, key } = memoOf.parse(memo);
    const session = await tx.session.findUniqueOrThrow({ where: { code } });
    const asked = { sessionCode: code, state: { not: 'withdrawn' }, askedAt: { gte: at } };
    // Told since by the notice of the workday before, or somebody asked for leave from it.
    if ((session.noticedAt && +session.noticedAt !== +at) || (await tx.leave.count({ where: asked })) > 0) return false;
    await tx.session.update({ where: { code }, data: { cancelledAt: message.sentAt } });
    if (from) return movedBack(tx, { session, from, told, key }, message.sentAt);
    return told.map((to) => ({ to, text: `学习取消：${sessionName(session)}不再举行，请相互转告。` }));
  },
});

const memoOf = z.object({
  ...{ code: z.string(), from: z.string().nullable(), at: z.coerce.date(), told: z.array(z.string()), key: z.string() },
});

const placed = ({ name, venue }: { name: string; venue: string }): string => `${name}${venue ? `，${venue}` : ''}`;
const noticeOf = (session: { name: string; venue: string }): string =>
  `学习通知：${placed(session)}，请准时参加。不能参加请回复“请假，原因”。`;

interface Back {
  session: SessionRow;
  from: string;
  told: string[];
  key: string;
}

/**
 * A move is taken back as a whole: the old session stands again, its leaves with it. Whoever was told hears so: of the
 * old one everybody expected, of the new one alone who heard of it; and where the old one's notice would have gone out
 * meanwhile, it goes now.
 */
async function movedBack(tx: Tx, { session, from, told, key }: Back, now: Date) {
  const { code } = session;
  const old = await tx.session.findUniqueOrThrow({ where: { code: from } });
  if (old.start <= now || (await clashWith(tx, { ...old, scope: JSON.parse(old.scope) as string[] }))) {
    await tx.session.update({ where: { code }, data: { cancelledAt: null } });
    return false;
  }
  const isLate = !old.noticedAt && isLateFor(old.start, now);
  const data = { movedTo: null, cancelledAt: null, ...(isLate && { noticedAt: now }) };
  await tx.session.update({ where: { code: from }, data });
  await tx.leave.updateMany({ where: { sessionCode: code }, data: { sessionCode: from } });
  await tx.deed.updateMany({
    where: { inboxKey: key, handler: 'session.cancel', undoneAt: null },
    data: { undoneAt: now },
  });
  const name = sessionName(old);
  const heard = told.map((to) => ({
    to,
    text: `学习改期：${sessionName(session)}改为${placed({ name, venue: old.venue })}，请相互转告。`,
  }));
  const expected = old.noticedAt || isLate ? await expectedAt(tx, old) : [];
  const text = old.noticedAt ? `更正：${name}照常举行。` : noticeOf({ name, venue: old.venue });
  const others = expected.filter(({ id }) => !told.includes(id)).map(({ id }) => ({ to: id, text }));
  return { words: `${name}照常举行。`, told: [...heard, ...others] };
}

/** The session that the same message calls off and this one takes the place of. */
async function movedBy(beside: readonly Order[], topic: string, tx: Tx): Promise<SessionRow | null> {
  const code = beside.flatMap(({ handler, input: said }) =>
    handler.name === 'session.cancel' ? [String((said as { session: unknown }).session)] : [],
  );
  return tx.session.findFirst({ where: { code: { in: code }, topic } });
}

/** A bare weekday after a session of a later week is one of that week: 「下周二的学习改为周三」. */
function sameWeek(text: string, { start, end, day }: NamedDay, held: string, today: string): string | null {
  if (!/^(?:周|星期|礼拜)/.test(text.slice(start, end))) return null;
  const week = mondayOf(held);
  const own = addDays(week, Math.round((Date.parse(day) - Date.parse(mondayOf(day))) / 86_400_000));
  return own > today && own !== held ? own : null;
}

/** 往后挪一天, 提前两天: so many days from where it stood. */
function dayShifted(day: string, words: string): string | null {
  const [, count = '', unit] = /([一两二三四五六七\d]+)(天|日|周|个?星期)/.exec(words) ?? [];
  const days = readNumber(count);
  if (unit === undefined || !days || days > 60) return null;
  const far = /周|星期/.test(unit) ? 7 * days : days;
  return addDays(day, /^(?:往前|提前)/.test(words) ? -far : far);
}

/** Of several days the one the hour belongs to: 「月底了，29号上午九点」. */
function dayOfTime(text: string, days: NamedDay[]): NamedDay | undefined {
  const hour = text.search(/\d{1,2}[:：]\d\d|(?:\d{1,2}|[一二三四五六七八九十]+)[点时]/);
  // 「6月3日（周一）」 is one day.
  const own = days.filter(({ start }) => !/[（(]\s*$/.test(text.slice(0, start)));
  return own.findLast(({ start }) => start < hour) ?? days[0];
}
