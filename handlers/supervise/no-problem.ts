import { z } from 'zod';
import { type Day, dayInWords, dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { roundMissedBy, roundMonthOf, roundOpensOn } from '#bot/domain/round.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import type { Span } from '#bot/language/text.ts';
import { verbose } from '#bot/language/verbose.ts';
import { headsUnit, isHeadOf, unitsHeadedBy } from '#bot/permission.ts';
import { enteredIn } from '#bot/store/problem-round.ts';

interface Stated extends Outcome {
  kind: 'stated' | 'entered' | 'already' | 'early';
  unit: string;
  month: string;
  entered: number;
  at: Date;
  late: Day | null;
}

const NONE = verbose`
  ^\s*(?:[\d一二三四五六七八九十]{1,3}月份?|本月|这个?月)?(?:我(?:科|单位|处|室|们)|本(?:科|单位|处|室)|□+)?
    (?:[\d一二三四五六七八九十]{1,3}月份?|本月|这个?月)?[，,：:]?(?:经(?:自查|查摆|认真查摆))?[，,]?(?:查摆)?(?:确实?)?
    (?:无|没有|未发现|未查摆出)(?:需要?)?(?:查摆|登记)?(?:的)?(?:新的?)?问题(?:可?(?:登记|上报))?[。.!！\s]*$
`;
const BARE = /^\s*(?:确?无)[。.!！\s]*$/;

/** The bare word counts while the round is open, of whoever is asked. */
function bareWord(clause: Clause): Span | null {
  const { speaker, today, world } = clause.reading;
  const span = today >= roundOpensOn(monthOf(today)) ? cue(clause, BARE) : null;
  return span && unitsHeadedBy(speaker, world).length > 0 ? span : null;
}

/** 查摆无问题: a unit says that it found none in a month; a statement, not an omission, and of its month however late (R30, R52, G9). */
export default defineHandler({
  name: 'problem.none',
  title: '查摆无问题',
  examples: ['查摆无问题'],
  input: z.object({ department: z.string(), month: month.optional() }),
  allow: {
    doneBy: headsUnit.doneBy,
    permits: ({ input, actor, world }) => isHeadOf(actor, input.department, world),
  },

  over: 'message',
  cues: [NONE, BARE],
  meant(clause) {
    const { mood, reading } = clause;
    if (reading.chat !== 'direct' || mood.asks || mood.supposes || mood.hears || clause.toAll) return null;
    const span = cue(clause, NONE) ?? bareWord(clause);
    if (!span) return null;
    // Outside of 查摆 one finds no problem in many things.
    if (!/查摆|本月|月份?|自查|登记|上报/.test(clause.text) && !BARE.test(clause.text)) return null;
    const [named] = clause.departments;
    // Weightier than the question what the problem is.
    const of = monthIn(clause.text, reading.today);
    return act(span, 3.2, {
      department: named?.department.code ?? reading.speaker.department,
      ...(of && { month: of }),
    });
  },

  async execute({ input, actor, message, world, tx }): Promise<Stated> {
    const today = dayOf(message.sentAt);
    const asked = input.month ?? roundAnswered(today, world.campaign);
    const unit = world.departments.find(({ code }) => code === input.department)?.name ?? '';
    const entered = (await enteredIn(tx, asked)).get(input.department) ?? 0;
    const common = { unit, month: asked, entered, at: message.sentAt, late: roundMissedBy(asked, today) };
    if (asked > monthOf(today)) return { kind: 'early', changed: false, ...common };
    if (entered > 0) return { kind: 'entered', changed: false, ...common };
    const before = await tx.noProblem.findFirst({
      where: { month: asked, departmentCode: input.department, undoneAt: null },
    });
    if (before) return { kind: 'already', changed: false, ...common, at: before.at };
    const { id } = await tx.noProblem.create({
      data: {
        ...{ month: asked, departmentCode: input.department, personId: actor.id, at: message.sentAt },
        inboxKey: message.key,
      },
    });
    return { kind: 'stated', changed: true, memo: { id }, ...common };
  },

  reply({ kind, unit, month: of, entered, at, late }) {
    const name = `${unit}${monthInWords(of)}`;
    if (kind === 'early') return `没有记录：${monthInWords(of)}还没有到，请到时再报。`;
    if (kind === 'entered') return `没有记录：${name}已登记查摆问题${entered}件，不必再报“无”。`;
    if (kind === 'already') return `${name}已于${dayInWords(dayOf(at))}报“确无问题”，不必重复。`;
    return `已记录：${name}查摆确无问题${late ? `，逾期（应于${dayInWords(late)}前报）` : ''}。之后发现问题仍可随时登记，${TAKE_BACK}`;
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.noProblem.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});

/** The month whose round is answered where none is named: the one asked for last, as far as the campaign had begun. */
const roundAnswered = (today: Day, campaign: { from: Day } | null | undefined): string =>
  campaign && roundMonthOf(today) < monthOf(campaign.from) ? monthOf(today) : roundMonthOf(today);
