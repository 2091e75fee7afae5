import { z } from 'zod';
import { weekInWords, weekKey } from '#bot/domain/study-week.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { periodIn } from '#bot/language/slots/period.ts';
import { has } from '#bot/permission.ts';

type Exempted = Outcome & { kind: 'exempted' | 'already'; week: string; unit: string; reason: string };

const EXEMPTS = /^\s*(?:[^，。：:\n]{0,20})免学[:：\s，,]*(?<reason>[^\n]*)$/;
const NOT = /吗|[?？]|哪|谁|情况|不免|别免|没免|能否|可否|申请|建议/;

/** 免学: the office frees a unit, or all, from studying together in a week, and says why (R13). */
export default defineHandler({
  name: 'study.exempt',
  title: '免学',
  examples: ['知识产权科本周免学，全科在郑州参加执法检查'],
  input: z.object({ week: z.string().regex(/^\d{4}-W\d{2}$/), department: z.string().optional(), reason: z.string() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [EXEMPTS],
  meant(clause) {
    const found = EXEMPTS.exec(clause.text)?.groups;
    if (!found || NOT.test(clause.text) || clause.reading.chat !== 'direct') return null;
    const { today } = clause.reading;
    const period = periodIn(clause.text, today);
    const at = clause.start + clause.text.indexOf('免学');
    const [unit, other] = clause.departments.filter(({ end }) => end <= at);
    const all = /全局|各科室|所有/.test(clause.text);
    if (other || (!unit && !all))
      return ask(
        clause,
        2.6,
        '哪个科室（单位）免学？请写成“知识产权科本周免学，原因”；全局免学请写“全局本周免学，原因”。',
      );
    const reason = (found['reason'] ?? '').replace(/^(?:原因|因为?|由于)[:：]?/, '').trim();
    if (reason.length < 2) return ask(clause, 2.6, '为什么免学？请写成“知识产权科本周免学，全科在郑州参加执法检查”。');
    const week = weekKey(period?.from ?? today);
    return act(clause, 2.6, { week, ...(unit && { department: unit.department.code }), reason });
  },

  async execute({ input, actor, message, world, tx }): Promise<Exempted> {
    const departmentCode = input.department ?? '';
    const unit = world.departments.find(({ code }) => code === departmentCode)?.name ?? '全局';
    const common = { week: weekInWords(input.week), unit, reason: input.reason };
    const where = { week: input.week, departmentCode, undoneAt: null };
    if (await tx.weekExemption.findFirst({ where })) return { kind: 'already', changed: false, ...common };
    const { id } = await tx.weekExemption.create({
      data: { week: input.week, departmentCode, reason: input.reason, byId: actor.id, at: message.sentAt },
    });
    return { kind: 'exempted', changed: true, memo: { id }, ...common };
  },

  reply: ({ kind, week, unit, reason }) =>
    kind === 'already'
      ? `${unit}${week}已经免学，不必重复。`
      : `已记录：${unit}${week}免学，原因：${reason}。${TAKE_BACK}`,
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.weekExemption.updateMany({
      where: { id, undoneAt: null },
      data: { undoneAt: message.sentAt },
    });
    return count === 1;
  },
});
