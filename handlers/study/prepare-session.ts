import { z } from 'zod';
import { STATE_WORDS, stateOf, ticksInWords } from '#bot/domain/session.ts';
import { REFRESH } from '#bot/domain/session-card.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { sessionAhead, sessionChoices } from '#bot/language/study.ts';
import { clashWith, holdsSession, readinessOf } from '#bot/store/session.ts';

const FIELDS = ['material', 'speaker', 'venue'] as const;
type Field = (typeof FIELDS)[number];
type Prepared = Outcome & { name: string; word: string } & (
    | { kind: 'prepared'; before: string | null; value: string; ticks: string }
    | { kind: 'over'; state: string }
    | { kind: 'taken'; other: string }
  );

const WORDS: Record<Field, string> = { material: '学习材料', speaker: '主讲人', venue: '地点' };
const OF = '^\\s*(?<of>[^，。：:\\n]{0,24}?的?)?(?:学习|讲座|辅导|培训|党课|集中学习)?的?';
const SAYS: Record<Field, RegExp> = {
  material: new RegExp(
    `${OF}(?:学习材料|学习资料|材料)(?:用|是|为|改为|改成|[:：\\s])+(?<value>[^，。\\n]{2,80}[^\\n]{0,120})$`,
  ),
  speaker: new RegExp(
    `${OF}主讲(?:人)?(?:是|为|改为|改成|换成|由|[:：\\s])+(?<value>[\\p{Script=Han}]{2,12})(?:同志|主讲|来讲)?[。!！]?\\s*$`,
    'u',
  ),
  venue: new RegExp(
    `${OF}(?:地点|会场|场地)(?:是|为|在|改为|改成|改到|改在|换到|挪到|定在|[:：\\s])+(?<value>[\\p{Script=Han}\\d]{2,20})[。!！]?\\s*$`,
    'u',
  ),
};
// 「学习内容3的材料」 is the library's, no session's.
const NOT =
  /学习(?:内容|主题)库?的?(?:第|\d|《|“)|已交|已报|上报|台账|没有|还没|吗|[?？]|什么|哪|谁|申报|项目材料|公示|验收/;

/** 学习材料、主讲人、地点: what of 四落实 the convenor settles before or, the material, after (R11, R12). */
export default defineHandler({
  name: 'session.prepare',
  title: '落实学习准备',
  examples: ['学习材料：中央八项规定原文', '主讲人 柳文涛'],
  input: z.object({ session: z.string(), field: z.enum(FIELDS), value: z.string() }),
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  meant(clause) {
    const { text, reading } = clause;
    const field = FIELDS.find((one) => SAYS[one].test(text));
    const found = field ? SAYS[field].exec(text)?.groups : undefined;
    if (!field || !found || reading.chat !== 'direct' || clause.mood.asks || NOT.test(text)) return null;
    // 「材料：」 alone may be of anything; of a session only where it is named.
    const named = (found['of'] ?? '').trim() !== '';
    if (field === 'material' && !/学习材料|学习资料/.test(text) && !named) return null;
    if (named && clause.days('near').length === 0 && !/学习|讲座|辅导|培训|党课|这场|本场/.test(text)) return null;
    const session = sessionAhead(clause);
    const value = (found['value'] ?? '').trim();
    if (session && 'one' in session) return act(clause, 3.2, { session: session.one.code, field, value });
    return session
      ? ask(clause, 3.2, '您说的是哪一场？', sessionChoices(session.several))
      : ask(clause, 3.2, '没有要举行的学习。请先发“安排下周二上午9点在三楼会议室学习八项规定”这样的话。');
  },

  async execute({ input, message, tx }): Promise<Prepared> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const { field, value } = input;
    const common = { name: sessionName(session), word: WORDS[field] };
    const state = stateOf(session, message.sentAt);
    const late =
      field === 'material' ? ['confirmed', 'cancelled', 'moved'] : ['closed', 'confirmed', 'cancelled', 'moved'];
    if (late.includes(state)) return { kind: 'over', changed: false, ...common, state: STATE_WORDS[state] };
    const changed = { ...session, [field]: value };
    const clash = await clashWith(tx, { ...changed, scope: JSON.parse(session.scope) });
    if (clash && clash.kind !== 'people')
      return { kind: 'taken', changed: false, ...common, other: sessionName(clash.with) };
    await tx.session.update({ where: { code: session.code }, data: { [field]: value } });
    const before = session[field] || null;
    const ticks = ticksInWords(await readinessOf(tx, changed));
    return {
      kind: 'prepared',
      changed: true,
      memo: { code: session.code, field, before },
      ...common,
      before,
      value,
      ticks,
    };
  },

  reply(outcome) {
    const { name, word } = outcome;
    if (outcome.kind === 'over') return `没有记录：${name}${outcome.state}。`;
    if (outcome.kind === 'taken') return `没有记录：同一时间已有${outcome.other}，请换${word}或时间。`;
    const { before, value, ticks } = outcome;
    return `已记录：${name}${word}${before ? `${before}→` : '：'}${value}。${ticks}。十分钟内可发“撤销”收回。`;
  },
  buttons: ({ kind }, chat) => (kind === 'prepared' && chat === 'direct' ? [REFRESH] : []),
  async undo(memo, { tx }) {
    const { code, field, before } = z
      .object({ code: z.string(), field: z.enum(FIELDS), before: z.string().nullable() })
      .parse(memo);
    const value = field === 'venue' ? (before ?? '') : before;
    const { count } = await tx.session.updateMany({ where: { code, confirmedAt: null }, data: { [field]: value } });
    return count === 1;
  },
});
