import { z } from 'zod';
import { ticksInWords } from '#bot/domain/readiness.ts';
import { STATE_WORDS, stateOf } from '#bot/domain/session.ts';
import { REFRESH } from '#bot/domain/session-card.ts';
import { sessionName, titled } from '#bot/domain/session-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { topicOf } from '#bot/domain/topic.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { sessionAhead, sessionChoices } from '#bot/language/study.ts';
import { expectedAt } from '#bot/store/attendance.ts';
import type { Tx } from '#bot/store/db.ts';
import { clashWith, holdsSession, readinessOf, type SessionRow } from '#bot/store/session.ts';
import { dropSteps, keepStep } from '#bot/store/session-steps.ts';

const FIELDS = ['material', 'speaker', 'venue', 'topic', 'host'] as const;
type Field = (typeof FIELDS)[number];
type Prepared = Outcome & { name: string; word: string } & (
    | { kind: 'prepared'; before: string | null; value: string; ticks: string; told: string[]; notice: string }
    | { kind: 'over'; state: string }
    | { kind: 'taken'; other: string }
    | { kind: 'same'; value: string; ticks: string }
  );

const WORDS: Record<Field, string> = {
  material: '学习材料',
  speaker: '主讲人',
  venue: '地点',
  topic: '主题',
  host: '主持人',
};
const OF = '^\\s*(?<of>[^，。：:\\n]{0,24}?的?)?(?:学习|讲座|辅导|培训|党课|集中学习)?的?';
const SAYS: Record<Field, RegExp> = {
  material: new RegExp(
    `${OF}(?:学习材料|学习资料|材料)(?:用|是|为|改为|改成|[:：\\s])+(?<value>[^，。\\n]{2,80}[^\\n]{0,120})$`,
  ),
  speaker: new RegExp(
    `${OF}主讲(?:人)?(?:是|为|改为|改成|换成|由|[:：\\s])+(?<value>[〇㐀-鿿]{2,12})(?:同志|主讲|来讲)?[。!！]?\\s*$`,
  ),
  host: new RegExp(
    `${OF}(?:主持人?)(?:是|为|改为|改成|换成|由|[:：\\s])+(?<value>[〇㐀-鿿]{2,12}?)(?:同志|主持)?[。!！]?\\s*$`,
  ),
  topic: new RegExp(`${OF}(?:主题|题目|内容)(?:改为|改成|改学|换成|换为|换学)(?<value>[^，。\\n]{2,40}?)[。!！]?\\s*$`),
  venue: new RegExp(
    `${OF}(?:地点|会场|场地)(?:是|为|在|改为|改成|改到|改在|换到|挪到|定在|[:：\\s])+(?<value>[〇㐀-鿿\\d]{2,20})[。!！]?\\s*$`,
  ),
};
// 「学习内容3的材料」 is the library's, no session's.
const NOT =
  /学习(?:内容|主题)库?的?(?:第|\d|《|“)|已交|已报|上报|台账|没有|还没|吗|[?？]|什么|哪|谁|申报|项目材料|公示|验收/;

/** 学习材料、主讲人、地点: what of 四落实 the convenor settles before or, the material, after (R11, R12). */
export default defineHandler({
  name: 'session.prepare',
  title: '落实学习准备',
  examples: [
    ...['学习材料：中央八项规定原文', '主讲人 柳文涛', '学习地点改到二楼报告厅', '这场学习的主持人改为龚海波'],
    '这场学习主题改为中央八项规定',
  ],
  input: z.object({ session: z.string(), field: z.enum(FIELDS), value: z.string() }),
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: Object.values(SAYS),
  meant(clause) {
    const { text, reading } = clause;
    const field = FIELDS.find((one) => SAYS[one].test(text));
    const found = field ? SAYS[field].exec(text)?.groups : undefined;
    if (!field || !found || reading.chat !== 'direct' || clause.mood.asks || NOT.test(text)) return null;
    // 「材料：」 alone may be of anything; of a session only where it is named.
    const named = (found['of'] ?? '').trim() !== '';
    if (field === 'material' && !/学习材料|学习资料/.test(text) && !named) return null;
    // So may a 主题, a 内容 or a 主持人.
    if ((field === 'topic' || field === 'host') && !/学习|讲座|辅导|培训|党课|这场|本场/.test(text)) return null;
    if (named && clause.days('near').length === 0 && !/学习|讲座|辅导|培训|党课|这场|本场/.test(text)) return null;
    const session = sessionAhead(clause);
    const value = (found['value'] ?? '').trim();
    if (session && 'one' in session) return act(clause, 3.2, { session: session.one.code, field, value });
    return session
      ? ask(clause, 3.2, '您说的是哪一场？', sessionChoices(session.several))
      : ask(clause, 3.2, '没有要举行的学习。请先发“安排下周二上午9点在三楼会议室学习八项规定”这样的话。');
  },

  async confirm({ input, message, tx }) {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const state = stateOf(session, message.sentAt);
    if (!isToldOf(session, input.field) || (state !== 'noticed' && state !== 'open')) return null;
    const { length } = await expectedAt(tx, session);
    return `${sessionName(session)}已通知，将把${WORDS[input.field]}改为${input.value}，并告知应到${length}人。请回复“确认”，不改请回复“不”。`;
  },

  async execute({ input, actor, message, tx }): Promise<Prepared> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const { field, value } = input;
    const common = { name: sessionName(session), word: WORDS[field] };
    const state = stateOf(session, message.sentAt);
    const late =
      field === 'material' ? ['confirmed', 'cancelled', 'moved'] : ['closed', 'confirmed', 'cancelled', 'moved'];
    if (late.includes(state)) return { kind: 'over', changed: false, ...common, state: STATE_WORDS[state] };
    const before = session[field] || null;
    if (before === value) {
      const ticks = ticksInWords(await readinessOf(tx, session));
      return { kind: 'same', changed: false, ...common, value, ticks };
    }
    const data = await withTopic(tx, session, { [field]: value });
    const changed = { ...session, ...data };
    const other = await takenBy(tx, changed);
    if (other) return { kind: 'taken', changed: false, ...common, other };
    await tx.session.update({ where: { code: session.code }, data });
    const by = { byId: actor.id, at: message.sentAt };
    const steps = [await keepStep(tx, session.code, field, { ...by, how: 'said' })];
    if (field !== 'material' && data.material)
      steps.push(await keepStep(tx, session.code, 'material', { ...by, how: 'library' }));
    const told = isToldOf(session, field) ? (await expectedAt(tx, session)).map(({ id }) => id) : [];
    return {
      ...{ kind: 'prepared', changed: true, ...common, before, value, told },
      memo: { code: session.code, field, before: pick(session, data), after: data, steps, told },
      ticks: ticksInWords(await readinessOf(tx, changed)),
      notice: `学习变更：${common.name}${WORDS[field]}改为${field === 'topic' ? titled(value) : value}，请相互转告。`,
    };
  },

  reply(outcome) {
    const { name, word } = outcome;
    if (outcome.kind === 'over') return `没有记录：${name}${outcome.state}。`;
    if (outcome.kind === 'taken') return `没有记录：同一时间已有${outcome.other}，请换${word}或时间。`;
    if (outcome.kind === 'same') return `没有改动：${name}${word}就是${outcome.value}。${outcome.ticks}。`;
    const { before, value, ticks, told } = outcome;
    return `已记录：${name}${word}${before ? `${before}→` : '：'}${value}${told.length > 0 ? `，已告知应到${told.length}人` : ''}。${ticks}。${TAKE_BACK}`;
  },
  notify: (outcome) => (outcome.kind === 'prepared' ? outcome.told.map((to) => ({ to, text: outcome.notice })) : []),
  buttons: ({ kind }, chat) => (kind === 'prepared' && chat === 'direct' ? [REFRESH] : []),
  async undo(memo, { message, tx }) {
    const { code, field, before, after, steps, told } = undoing.parse(memo);
    const session = await tx.session.findUniqueOrThrow({ where: { code } });
    // What others set meanwhile stands.
    if (session.confirmedAt || session[field] !== after[field]) return false;
    const mine = Object.keys(after).filter((key) => session[key as keyof Parts] === after[key as keyof Parts]);
    const data = Object.fromEntries(mine.map((key) => [key, before[key as keyof Parts]]));
    const back: SessionRow = { ...session, ...data };
    if (await takenBy(tx, back)) return false;
    await tx.session.update({ where: { code }, data });
    await dropSteps(tx, steps, message.sentAt);
    const text = `更正：${sessionName(back)}${WORDS[field]}仍为${before[field] || '原定的'}。`;
    return told.map((to) => ({ to, text }));
  },
});

const parts = z.object({
  ...{ topic: z.string(), venue: z.string(), host: z.string().nullable() },
  ...{ topicId: z.number().nullable(), material: z.string().nullable(), speaker: z.string().nullable() },
});
type Parts = z.infer<typeof parts>;
const undoing = z.object({
  ...{ code: z.string(), field: z.enum(FIELDS), before: parts.partial(), after: parts.partial() },
  ...{ steps: z.array(z.number()), told: z.array(z.string()) },
});
/** What stood where something is written. */
const pick = (session: SessionRow, written: Partial<Parts>): Partial<Parts> =>
  Object.fromEntries(Object.keys(written).map((key) => [key, session[key as keyof Parts]]));

/** The session that has the room, the speaker or, at that hour, the topic already; null if none. */
async function takenBy(tx: Tx, session: SessionRow): Promise<string | null> {
  const clash = await clashWith(tx, { ...session, scope: JSON.parse(session.scope) });
  if (clash && clash.kind !== 'people') return sessionName(clash.with);
  const twin = await tx.session.findUnique({
    where: { topic_start: { topic: session.topic, start: session.start } },
  });
  return twin && twin.code !== session.code ? sessionName(twin) : null;
}

/** Once people were told of a session they hear of another room or topic. */
const isToldOf = ({ noticedAt }: SessionRow, field: Field): boolean =>
  noticedAt !== null && (field === 'venue' || field === 'topic');

/** What is to be written: with a topic its place in the library, and that one's material where none is said yet (R10). */
async function withTopic(tx: Tx, session: SessionRow, change: { topic?: string; material?: string }) {
  if (change.topic === undefined) return change;
  const library = await tx.studyTopic.findMany({ where: { removedAt: null }, orderBy: { rank: 'asc' } });
  const topic = topicOf(change.topic, library);
  const material = session.material ? {} : topic?.material ? { material: topic.material } : {};
  return { ...change, topicId: topic?.id ?? null, ...material };
}
