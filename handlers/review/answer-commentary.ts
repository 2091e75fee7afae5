import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { MONTH, monthIn } from '#bot/language/slots/period.ts';
import { headsUnit, unitsHeadedBy } from '#bot/permission.ts';

type Answered = Outcome & {
  kind: 'answered' | 'no-commentary';
  unit: string;
  month: string;
  text: string;
  by: string;
  told: string[];
  replaced: boolean;
};

const ANSWERS = new RegExp(
  `^\\s*(?:报告|上报|反馈)?(?:我(?:科|单位|们)?(?:的)?|本(?:科|单位)(?:的)?)?(?:对|关于)?(?:${MONTH}(?:的)?)?(?:工作)?(?:点评(?:意见|问题)?(?:的)?(?:落实|整改)(?:情况)?(?:报告|汇报)?|(?:落实|整改)(?:${MONTH}(?:的)?)?点评(?:意见|问题)?(?:的)?(?:情况)?)(?:[：:，,；;\\s]+|$)`,
);

/** 点评落实: the head says what was done about the commentary on a month; the next meeting's pack has it beside the words (R61). */
export default defineHandler({
  name: 'commentary.answer',
  title: '报告点评落实情况',
  examples: [
    ...['点评落实：已补齐三项台账的佐证', '点评落实情况：已约谈责任人，进度已赶上', '落实点评：服务事项已公示'],
    ...['4月点评落实：专利资助已兑现', '四月份点评落实情况：台账已逐项更新', '上月点评整改：迟报问题已纠正'],
    ...['点评整改情况：已建立周调度', '关于点评落实情况，已逐条整改', '点评意见落实：两项滞后事项已办结'],
    ...['我科点评落实情况：已补报总结', '本科点评整改：已明确责任人', '报告点评落实情况：走访已补上'],
    ...[
      '4月份点评意见整改情况：作风问题已整改',
      '点评问题整改：已完成三项，还有一项下月底前完成',
      '落实4月点评：已增加走访',
    ],
  ],
  input: z.object({ month: month.optional(), text: z.string() }),
  allow: headsUnit,

  over: 'message',
  cues: [ANSWERS],
  meant(clause) {
    const { mood, reading, said, text } = clause;
    const span = cue(clause, ANSWERS);
    if (!span || reading.chat !== 'direct' || mood.asks || mood.supposes || mood.hears || mood.denies) return null;
    const opening = ANSWERS.exec(text)?.[0] ?? '';
    const words = said.slice(opening.length).trim();
    if (words.length < 2) return ask(span, 3.1, '请写明点评的落实情况，如“点评落实：已补齐三项台账的佐证”。');
    const of = monthIn(opening, reading.today);
    return act(clause, 3.2, { text: words, ...(of && { month: of }) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Answered> {
    const [unit] = unitsHeadedBy(actor, world);
    if (!unit) throw new Error(`${actor.id} heads no unit`);
    const at = message.sentAt;
    const given = await tx.commentary.findMany({
      where: { departmentCode: unit.code, undoneAt: null, ...(input.month && { month: input.month }) },
      orderBy: [{ month: 'desc' }, { id: 'desc' }],
    });
    const common = { unit: unit.name, text: input.text, by: actor.name };
    const of = given[0]?.month;
    if (!of)
      return {
        ...{ kind: 'no-commentary', changed: false, ...common, month: input.month ?? monthOf(dayOf(at)) },
        ...{ told: [], replaced: false },
      };
    const where = { month: of, departmentCode: unit.code, undoneAt: null };
    const replaced = (await tx.commentaryAnswer.count({ where })) > 0;
    const { id } = await tx.commentaryAnswer.create({
      data: { month: of, departmentCode: unit.code, personId: actor.id, at, text: input.text },
    });
    const givers = given.filter((one) => one.month === of).map(({ byId }) => byId);
    const told = [...new Set(givers)].filter((one) => one !== actor.id);
    return { kind: 'answered', changed: true, memo: { id, told }, ...common, month: of, told, replaced };
  },

  reply({ kind, unit, month: of, replaced }) {
    if (kind === 'no-commentary') return `没有记录：${unit}还没有${monthInWords(of)}工作的点评，请核对月份。`;
    return `已记录：${unit}${monthInWords(of)}点评落实情况${replaced ? '，代替此前的一份' : ''}，将列入汇报会材料，已告知点评人。${TAKE_BACK}`;
  },
  notify: ({ kind, unit, month: of, text, by, told }) =>
    kind === 'answered'
      ? told.map((to) => ({ to, text: `${unit}${by}报告${monthInWords(of)}点评落实情况：${text}` }))
      : [],
  async undo(memo, { actor, message, tx }) {
    const { id, told } = z.object({ id: z.number(), told: z.array(z.string()) }).parse(memo);
    await tx.commentaryAnswer.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return told.map((to) => ({ to, text: `${actor.name}已收回点评落实情况的报告。` }));
  },
});
