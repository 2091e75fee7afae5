import { z } from 'zod';
import { month } from '#bot/command.ts';
import { monthInWords, monthToReport } from '#bot/domain/month.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { has } from '#bot/permission.ts';
import { exemptFrom, monthReports } from '#bot/store/month.ts';

type Exempted = Outcome & {
  kind: 'exempted' | 'already' | 'reported';
  month: string;
  unit: { name: string; head: string | null };
  reason: string;
};

const EXEMPTS = /^\s*(?:同意|批准|准予)?(?:[^，。：:\n]{0,24})免报(?:台账|总结|月报)?[:：\s，,。]*(?<reason>[^\n]*)$/;
const NOT = /吗|[?？]|哪|谁|情况|名单|不免|别免|没免|能否|可否|申请|建议/;
const REASON = /^(?:原因|理由|因为?|由于)?(?:是|为)?[:：]?/;

/** 免报: the office frees a unit from handing in for a month, and says why; it is neither missing nor late (R45). */
export default defineHandler({
  name: 'month.exempt',
  title: '免报',
  examples: ['知识产权科5月份免报，理由：全科抽调迎检'],
  input: z.object({ department: z.string(), month, reason: z.string() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [EXEMPTS],
  meant(clause) {
    const found = EXEMPTS.exec(clause.text)?.groups;
    const { mood, reading } = clause;
    // Whatever the reason speaks of is no question and no wish: 「免报，理由：特殊情况」.
    const order = clause.text.slice(0, clause.text.length - (found?.['reason']?.length ?? 0));
    if (!found || NOT.test(order) || reading.chat !== 'direct' || mood.supposes || mood.hears) return null;
    const at = clause.start + clause.text.indexOf('免报');
    const [unit, other] = clause.departments.filter(({ end }) => end <= at);
    if (!unit || other)
      return ask(clause, 2.8, '哪个科室（单位）免报？请写成“知识产权科5月份免报，理由：全科抽调迎检”。');
    const reason = (found['reason'] ?? '')
      .replace(REASON, '')
      .replace(/[。！!]+$/, '')
      .trim();
    if (reason.length < 2) return ask(clause, 2.8, '为什么免报？请写成“知识产权科5月份免报，理由：全科抽调迎检”。');
    const meant = monthIn(clause.text.slice(0, at - clause.start), reading.today) ?? monthToReport(reading.today);
    return act(clause, 2.8, { department: unit.department.code, month: meant, reason });
  },

  async execute({ input, actor, message, world, tx }): Promise<Exempted> {
    const { department, month, reason } = input;
    const unit = world.departments.find(({ code }) => code === department);
    if (!unit) throw new Error(`no department ${department}`);
    const common = { month, unit, reason };
    if ((await monthReports(tx, month)).has(department)) return { kind: 'reported', changed: false, ...common };
    if ((await exemptFrom(tx, month)).has(department)) return { kind: 'already', changed: false, ...common };
    const { id } = await tx.weekExemption.create({
      data: { week: month, departmentCode: department, reason, byId: actor.id, at: message.sentAt },
    });
    return { kind: 'exempted', changed: true, memo: { id }, ...common };
  },

  reply({ kind, month, unit, reason }) {
    const name = `${unit.name}${monthInWords(month)}`;
    if (kind === 'reported') return `没有改动：${name}已经报送，不必免报。`;
    if (kind === 'already') return `${name}已经免报，不必重复。`;
    return `已记录：${name}免报，理由：${reason}。不再催报，不计未报。${TAKE_BACK}`;
  },
  notify: ({ kind, month, unit, reason }) =>
    kind === 'exempted' && unit.head
      ? [{ to: unit.head, text: `活动办同意${unit.name}${monthInWords(month)}免报台账和总结，理由：${reason}。` }]
      : [],
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const where = { id, undoneAt: null };
    return (await tx.weekExemption.updateMany({ where, data: { undoneAt: message.sentAt } })).count === 1;
  },
});
