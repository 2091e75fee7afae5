import { z } from 'zod';
import { type SessionState, STATE_WORDS, stateOf } from '#bot/domain/session.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import type { World } from '#bot/language/reading.ts';
import { sessionAhead, sessionChoices } from '#bot/language/study.ts';
import { has, unitsHeadedBy } from '#bot/permission.ts';
import { expectedAt } from '#bot/store/attendance.ts';
import { clashWith, holdsSession } from '#bot/store/session.ts';
import { dropSteps, keepStep } from '#bot/store/session-steps.ts';

const input = z.object({ session: z.string(), scope: z.array(z.string()) });
type Input = z.infer<typeof input>;
type Changed = Outcome & { name: string } & (
    | { kind: 'changed'; before: string; now: string; count: number; joined: string[]; left: string[] }
    | { kind: 'over'; state: SessionState }
    | { kind: 'nobody' | 'same' }
    | { kind: 'clash'; other: string }
  );

const SAYS =
  /(?:参加|参会|应到|学习)(?:的)?(?:范围|人员|对象|科室(?:（单位）)?|单位)(?:是|为|改为|改成|改到|调整为|调整到|换成|扩大到|扩大为|缩小到|[:：\s])+(?<units>[^。！!\n]{2,80})[。！!\s]*$/;
const ALL = /全局|全体|各科室|所有科室|局机关和局属单位/;
const NOT = /[?？吗]|谁|哪|多少|名单|情况/;

/** 参加范围 of a session to come, changed by whoever may hold it; who was told hears it, and so does who comes in (R11). */
export default defineHandler({
  name: 'session.scope',
  title: '调整参加范围',
  examples: [
    ...[
      '下一场学习参加范围改为高新科、计财科',
      '学习参加范围改为全局',
      '这场学习的参加人员改为计划财务科',
      '学习参加范围：高新科',
    ],
    ...[
      '学习参加科室改为高新科、成果科',
      '学习参加对象改为全体',
      '集中学习参加范围调整为计财科',
      '学习的参加范围扩大到全局',
    ],
    ...[
      '学习参加单位改为办公室、计财科',
      '学习的参会范围改为高新科',
      '本场学习的应到范围是计财科',
      '学习的参加范围缩小到计财科',
    ],
    ...['下一场学习的参加范围改成全局', '学习的参加人员为高新科、计财科', '学习参加范围换成成果科'],
  ],
  input,
  allow: {
    doneBy: '召集人、局领导或活动办，负责人限本科室（单位）',
    async permits({ input, ...rest }) {
      const { actor, world } = rest;
      if (!(await holdsSession(input.session, rest))) return false;
      if (has(actor, 'chief', 'leader', 'office')) return true;
      const own = unitsHeadedBy(actor, world).map(({ code }) => code);
      return input.scope.length > 0 && input.scope.every((code) => own.includes(code));
    },
  },

  over: 'message',
  heedsNotices: true,
  cues: [SAYS],
  meant(clause) {
    const { text, reading } = clause;
    const units = SAYS.exec(text)?.groups?.['units'];
    if (units === undefined || reading.chat !== 'direct' || clause.mood.asks || NOT.test(text)) return null;
    const from = clause.start + text.lastIndexOf(units);
    const scope = clause.departments.filter(({ start }) => start >= from).map(({ department }) => department.code);
    if (scope.length === 0 && !ALL.test(units)) return null;
    const session = sessionAhead(clause);
    if (session && 'one' in session) return act(clause, 3.3, { session: session.one.code, scope });
    return session
      ? ask(
          ...([clause, 3.3, '您说的是哪一场？'] as const),
          sessionChoices(session.several).map((one) => ({ ...one, input: { ...one.input, scope } })),
        )
      : ask(clause, 3.3, '没有要举行的学习。请先发“安排下周二上午9点在三楼会议室学习八项规定”这样的话。');
  },

  async confirm(execution) {
    const planned = await plannedOf(execution);
    if (planned.why || planned.session.noticedAt === null) return null;
    const { session, joined, left } = planned;
    return `${sessionName(session)}已通知，改后新增${joined.length}人、不再参加${left.length}人，都会收到通知。请回复“确认”，不改请回复“不”。`;
  },

  async execute(execution): Promise<Changed> {
    const { input, actor, message, tx, world } = execution;
    const planned = await plannedOf(execution);
    const { session } = planned;
    const name = sessionName(session);
    if (planned.why) return { changed: false, name, ...planned.why };
    const told = session.noticedAt !== null;
    await tx.session.update({ where: { code: session.code }, data: { scope: JSON.stringify(input.scope) } });
    const step = await keepStep(tx, session.code, 'scope', { byId: actor.id, at: message.sentAt, how: 'said' });
    const [joined, left] = told ? [planned.joined, planned.left] : [[], []];
    return {
      ...{ kind: 'changed', changed: true, name, count: planned.count, joined, left },
      memo: { code: session.code, before: session.scope, after: JSON.stringify(input.scope), step, joined, left },
      ...{ before: scopeInWords(JSON.parse(session.scope), world), now: scopeInWords(input.scope, world) },
    };
  },

  reply(outcome) {
    const { name } = outcome;
    switch (outcome.kind) {
      case 'changed': {
        const { before, now, count, joined, left } = outcome;
        const told = joined.length + left.length > 0 ? `，已通知新增${joined.length}人、不再参加${left.length}人` : '';
        return `已改：${name}参加范围${before}→${now}，应到${count}人${told}。${TAKE_BACK}`;
      }
      case 'over':
        return `没有改动：${name}${STATE_WORDS[outcome.state]}，不能再改参加范围。`;
      case 'nobody':
        return '没有改动：参加范围内没有人员，请换参加的科室（单位）。';
      case 'same':
        return `没有改动：${name}的参加范围现在就是这样。`;
      case 'clash':
        return `没有改动：同一时间已有${outcome.other}，人员冲突，请换参加的科室（单位）。`;
    }
  },
  notify: (outcome) =>
    outcome.kind === 'changed'
      ? [
          ...outcome.joined.map((to) => ({
            to,
            text: `学习通知：请参加${outcome.name}。不能参加请回复“请假，原因”。`,
          })),
          ...outcome.left.map((to) => ({ to, text: `学习变更：${outcome.name}您不必参加。` })),
        ]
      : [],
  async undo(memo, { message, tx }) {
    const { code, before, after, step, joined, left } = z
      .object({
        ...{ code: z.string(), before: z.string(), after: z.string(), step: z.number() },
        ...{ joined: z.array(z.string()), left: z.array(z.string()) },
      })
      .parse(memo);
    const session = await tx.session.findUniqueOrThrow({ where: { code } });
    // Somebody may have set it anew meanwhile.
    if (session.scope !== after || !OPEN.includes(stateOf(session, message.sentAt))) return false;
    await tx.session.update({ where: { code }, data: { scope: before } });
    await dropSteps(tx, [step], message.sentAt);
    const name = sessionName(session);
    return [
      ...joined.map((to) => ({ to, text: `更正：${name}您不必参加。` })),
      ...left.map((to) => ({ to, text: `更正：${name}仍请您参加。` })),
    ];
  },
});

// Once people sign in the sheet says who is expected.
const OPEN: SessionState[] = ['planned', 'noticed'];
const scopeInWords = (scope: string[], { departments }: World): string =>
  scope.length === 0
    ? '全局'
    : departments
        .filter(({ code }) => scope.includes(code))
        .map(({ name }) => name)
        .join('、');

type Why = { kind: 'over'; state: SessionState } | { kind: 'nobody' | 'same' } | { kind: 'clash'; other: string };

/** The session as it would stand: who comes in, who need not come, or why it cannot be. */
async function plannedOf({ input, message, tx }: Execution<Input>) {
  const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
  const state = stateOf(session, message.sentAt);
  const scope = JSON.stringify(input.scope);
  const before = (await expectedAt(tx, session)).map(({ id }) => id);
  const after = (await expectedAt(tx, { ...session, scope })).map(({ id }) => id);
  const clash = await clashWith(tx, { ...session, scope: input.scope });
  const same = [...input.scope].sort().join() === (JSON.parse(session.scope) as string[]).sort().join();
  const why: Why | null = !OPEN.includes(state)
    ? { kind: 'over', state }
    : same
      ? { kind: 'same' }
      : after.length === 0
        ? { kind: 'nobody' }
        : clash?.kind === 'people'
          ? { kind: 'clash', other: sessionName(clash.with) }
          : null;
  return {
    ...{ session, why, count: after.length },
    joined: after.filter((id) => !before.includes(id)),
    left: before.filter((id) => !after.includes(id)),
  };
}
