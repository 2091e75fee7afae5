import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { roundMonthOf, roundOpensOn } from '#bot/domain/round.ts';
import { CHECK_ANSWERS, CHECK_WORDS, type CheckAnswer, mattersInWords } from '#bot/domain/self-check.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { MONTH, monthIn } from '#bot/language/slots/period.ts';
import { isHeadOf } from '#bot/permission.ts';
import { unitDelegatedTo } from '#bot/store/delegate.ts';
import { roundOf } from '#bot/store/self-check.ts';

const input = z.object({
  month: month.optional(),
  item: z.string(),
  answer: z.enum(CHECK_ANSWERS),
  reason: z.string(),
});
type Answer = z.infer<typeof input>;
type Answered = Outcome & {
  kind: 'answered' | 'early' | 'not-in-round' | 'no-reason' | 'not-closed';
  item: { code: string; title: string };
  answer: CheckAnswer;
  reason: string;
  month: string;
  left: { code: string; title: string }[];
};

const CHECK = new RegExp(`^\\s*(?:填报|报)?(?:${MONTH}的?)?自检(?:填报)?[：:，,\\s]*`);
const ANSWERS: [CheckAnswer, RegExp][] = [
  ['behind', /滞后|落后|推进(?:较)?慢|没按期|未按期/],
  ['needs_help', /需(?:要)?(?:局里|领导|活动办)?协调/],
  ['on_track', /按(?:期|计划)推进|正常推进|按期|正常/],
  ['done', /已?办结|已?完成/],
];
const REASON =
  /(?:滞后|落后|较?慢|协调|按期)[，,：:；;（(\s]*(?:原因|理由|事项)?(?:是|为)?[：:]?\s*(.{2,}?)[)）。\s]*$/s;

/** 自检: the head, or whom the head named, answers for a matter in the month's round: 已办结, 按期推进, 滞后 with its reason, or 需协调 (R60). */
export default defineHandler({
  name: 'check.answer',
  title: '填报自检',
  examples: ['自检J-1按期推进', '自检J-1滞后，原因：缺场地'],
  input,
  allow: {
    doneBy: '承办科室（单位）负责人或其委托的人',
    async permits({ input, actor, message, world, tx }: Execution<Answer>) {
      const { departmentCode } = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      if (isHeadOf(actor, departmentCode, world)) return true;
      return (await unitDelegatedTo(tx, actor, world, dayOf(message.sentAt)))?.code === departmentCode;
    },
  },

  over: 'sentence',
  cues: [CHECK],
  meant(clause) {
    const span = cue(clause, CHECK);
    const named = clause.items.filter(({ how, items }) => how !== 'gist' && items.length === 1);
    const { mood, text, reading } = clause;
    if (!span || named.length === 0 || reading.chat !== 'direct') return null;
    if (mood.asks || mood.supposes || mood.hears || /提交|别|不用|如何|怎么/.test(text)) return null;
    const found = ANSWERS.filter(([, words]) => words.test(text.replace(/原因.*$/s, '')));
    const [[answer] = []] = found;
    // 「没有按期推进」 says neither.
    if (!answer || (answer !== 'behind' && /没|未|不|尚/.test(text)))
      return ask(span, 2.8, '这件事项自检情况是什么？请写“已办结”“按期推进”“滞后，原因……”或“需协调，……”。');
    const reason = answer === 'behind' || answer === 'needs_help' ? (REASON.exec(clause.said)?.[1]?.trim() ?? '') : '';
    const of = monthIn(CHECK.exec(text)?.[0] ?? '', reading.today);
    const told = { answer, reason, ...(of && { month: of }) };
    return act(clause, 3, ...named.flatMap(({ items }) => items.map(({ code }) => ({ item: code, ...told }))));
  },

  async execute({ input, actor, message, world, tx }): Promise<Answered> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const unit = world.departments.find(({ code }) => code === item.departmentCode);
    if (!unit) throw new Error(`no department ${item.departmentCode}`);
    const today = dayOf(message.sentAt);
    const asked = input.month ?? roundMonthOf(today);
    const round = await roundOf(tx, unit, asked);
    const { answer, reason } = input;
    const common = { item, answer, reason, month: asked, left: round.open.filter(({ code }) => code !== item.code) };
    const refused = (kind: Exclude<Answered['kind'], 'answered'>): Answered => ({ kind, changed: false, ...common });
    if (today < roundOpensOn(asked)) return refused('early');
    if (!round.matters.some(({ code }) => code === item.code)) return refused('not-in-round');
    if (answer === 'done' && !item.acceptedAt && !item.completedAt) return refused('not-closed');
    if (!reason && (answer === 'behind' || answer === 'needs_help')) return refused('no-reason');
    const { id } = await tx.selfCheck.create({
      data: {
        ...{ month: asked, departmentCode: unit.code, itemCode: item.code, answer, reason },
        ...{ personId: actor.id, at: message.sentAt, inboxKey: message.key },
      },
    });
    return { kind: 'answered', changed: true, memo: { id }, ...common };
  },

  reply({ kind, item, answer, reason, month: of, left }) {
    const name = `${item.code}《${item.title}》`;
    switch (kind) {
      case 'early':
        return `没有记录：${monthInWords(of)}自检还没有开始，${dayInWords(roundOpensOn(of))}起填报。`;
      case 'not-in-round':
        return `没有记录：${name}不在${monthInWords(of)}自检的交办转办事项中。`;
      case 'no-reason':
        return `没有记录：请写明${answer === 'behind' ? '滞后原因' : '需协调什么'}，如“自检${item.code}${CHECK_WORDS[answer]}，${answer === 'behind' ? '原因：缺场地' : '请国土局出具意见'}”。`;
      case 'not-closed':
        return `没有记录：${name}还没有申请验收或办结，请先办结，或填“按期推进”“滞后，原因……”。`;
      case 'answered':
        return `已记录${monthInWords(of)}自检：${name}${CHECK_WORDS[answer]}${reason ? `（${reason}）` : ''}。${left.length === 0 ? '各事项已填齐，请发“提交自检”。' : `还有${left.length}件未填：${mattersInWords(left)}。`}${TAKE_BACK}`;
    }
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.selfCheck.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});
