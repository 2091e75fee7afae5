import { z } from 'zod';
import { addWorkdays, dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { TAKEN_BACK } from '#bot/domain/item-state.ts';
import { FAULTS, problemIn } from '#bot/domain/problem.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { has, isHeadOf } from '#bot/permission.ts';
import { record } from '#bot/store/facts.ts';
import { openProblem } from '#bot/store/problem.ts';

const input = z.object({ department: z.string(), deadline: day.optional(), text: z.string() });
type Input = z.infer<typeof input>;
type Reported = Outcome &
  (
    | {
        kind: 'opened';
        code: string;
        no: number;
        problem: string;
        measure: string;
        source: string;
        fault: string;
        unit: string;
        deadline: string;
        told: string | null;
        by: string;
      }
    | { kind: 'past' | 'empty' | 'no-such-fault' }
  );

const REPORTS =
  /^\s*(?:登记|新增|填报|录入)?查摆(?:出|到)?(?:的?问题)?(?![整情工阶活清])|^\s*(?:登记|新增|填报|录入)问题[：:，,\s]/;
const LABEL = /(?:责任|承办|整改)(?:科室|单位)(?:（单位）)?[：:是为]?\s*$/;
/** 待定措施: so long the unit has to find one (R30). */
const WORKDAYS_TO_MEASURE = 5;

/** 查摆问题: a problem of a unit enters the ledger at any time, with its measure, its term and where it came from (R30, R52). */
export default defineHandler({
  name: 'problem.report',
  title: '登记查摆问题',
  examples: ['查摆问题：高新科服务企业不及时，类别：效能不高，措施：限时答复，6月10日前整改'],
  input,
  allow: {
    doneBy: '科室（单位）负责人、局领导或活动办',
    permits: ({ input, actor, world }: Execution<Input>) =>
      has(actor, 'chief', 'leader', 'office') || isHeadOf(actor, input.department, world),
  },

  over: 'message',
  cues: [REPORTS],
  meant(clause) {
    const span = cue(clause, REPORTS);
    const { mood, reading, said, text } = clause;
    if (!span || reading.chat !== 'direct' || mood.asks || mood.supposes || clause.toAll) return null;
    if (/[?？]\s*$|吗|谁|哪些|多少|几项|情况|清单|列表|台账/.test(text)) return null;
    const first = clause.departments.find(({ start }) => start - span.end <= 3);
    const labelled = clause.departments.find(({ start }) => LABEL.test(text.slice(0, start - clause.start)));
    const unit = labelled ?? first;
    // Another unit named somewhere: whose problem it is has to be said.
    if (!unit && clause.departments.some(({ department }) => department.code !== reading.speaker.department))
      return ask(
        span,
        2.8,
        '是哪个科室（单位）的问题？请写成“查摆问题：高新科服务企业不及时，措施：限时答复，6月10日前整改”。',
      );
    const from = first ? first.end : span.end;
    const words = said
      .slice(from - clause.start)
      .replace(/^[：:，,、\s的]+/, '')
      .trim();
    if (problemIn(words).problem.length < 4)
      return ask(span, 2.8, '请写明问题，如“查摆问题：高新科服务企业不及时，措施：限时答复，6月10日前整改”。');
    const deadline = clause.days('ahead').at(-1)?.day;
    return act(clause, 3.1, {
      department: unit?.department.code ?? reading.speaker.department,
      ...(deadline && { deadline }),
      text: words,
    });
  },

  async execute({ input, actor, message, world, tx }): Promise<Reported> {
    const unit = world.departments.find(({ code }) => code === input.department);
    if (!unit) throw new Error(`no department ${input.department}`);
    const today = dayOf(message.sentAt);
    const { problem, measure, source, fault } = problemIn(input.text);
    if (problem === '') return { kind: 'empty', changed: false };
    if (fault !== '' && !FAULTS.some((one) => one === fault)) return { kind: 'no-such-fault', changed: false };
    const deadline = measure && input.deadline ? input.deadline : addWorkdays(today, WORKDAYS_TO_MEASURE);
    if (deadline < today) return { kind: 'past', changed: false };
    const { code, no, ids } = await openProblem(tx, {
      ...{ title: problem.slice(0, 60), measure, fault, source, department: unit, owner: unit.head, deadline },
      ...{ by: actor, at: message.sentAt, inboxKey: message.key, text: input.text },
    });
    const told = unit.head !== actor.id ? unit.head : null;
    const common = { code, no, problem, measure, source, fault, unit: unit.name, deadline, told, by: actor.name };
    return { kind: 'opened', changed: true, memo: { code, ids, told }, ...common };
  },

  reply(outcome) {
    if (outcome.kind !== 'opened')
      return outcome.kind === 'no-such-fault'
        ? `没有登记：问题类别请写${FAULTS.slice(0, 4).join('、')}（或庸、懒、散）之一，也可以不写。`
        : outcome.kind === 'past'
          ? '没有登记：整改时限已过，请写今天以后的日期。'
          : '没有登记：请写明问题。';
    const { code, no, problem, measure, source, fault, unit, deadline } = outcome;
    const term = measure ? `${dayInWords(deadline)}前整改` : `待定措施，请于${dayInWords(deadline)}前补报措施`;
    return `已登记：${unit}${no}号（${code}）《${problem}》，类别${fault || '未填'}，来源${source}，${term}。${TAKE_BACK}`;
  },
  notify: (outcome) =>
    outcome.kind === 'opened' && outcome.told
      ? [
          {
            to: outcome.told,
            text: `${outcome.by}登记查摆问题：${outcome.unit}${outcome.no}号（${outcome.code}）《${outcome.problem}》，来源${outcome.source}，${dayInWords(outcome.deadline)}前${outcome.measure ? '整改' : '报整改措施'}。`,
          },
        ]
      : [],
  async undo(memo, { actor, message, tx }) {
    const { code, ids, told } = z
      .object({ code: z.string(), ids: z.array(z.number()), told: z.string().nullable() })
      .parse(memo);
    const by = { personId: actor.id, at: message.sentAt };
    const since = await tx.itemFact.count({ where: { itemCode: code, id: { notIn: ids } } });
    if (since > 0) return false;
    // The number stays taken, and nothing is deleted.
    await record(tx, code, { ...by, kind: 'ended', note: TAKEN_BACK.problem });
    return told ? [{ to: told, text: `${actor.name}已收回登记的问题${code}。` }] : true;
  },
});
