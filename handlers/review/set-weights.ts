import { z } from 'zod';
import { dateInWords, dayOf } from '#bot/calendar.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { sumOf, type Weights, weightsIn, weightsInWords, wrongWeights } from '#bot/domain/weights.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { closeRequest } from '#bot/store/question.ts';
import { proposeWeights, weightsAt } from '#bot/store/weights.ts';

const weight = z.number().int().min(0).max(100);
const input = z.object({ work: weight, peers: weight, survey: weight, commentary: weight });
type Weighed = Outcome & {
  kind: 'set' | 'asked' | 'sum' | 'not-largest' | 'same' | 'no-chief';
  weights: Weights;
  before: Weights;
  since: string;
  id: number;
  chief: string;
  by: string;
};

const ABOUT = /权重|分值|比重/;
// 〔五(三)〕, word for word.
const QUOTE = '把重点工作的落实、完成情况作为活动成效的主要标准';

/** 季度评分权重: the group decides what the score of a quarter is made of; the office enters it, the chief confirms. Key work weighs most (R48). */
export default defineHandler({
  name: 'weights.set',
  title: '季度评分权重',
  examples: ['季度评分权重：重点工作45、互评25、测评15、点评15'],
  input,
  allow: { doneBy: '活动办录入，局主要领导确认', permits: ({ actor }) => has(actor, 'office', 'chief') },

  over: 'message',
  cues: [ABOUT],
  meant(clause) {
    const { text, mood, reading } = clause;
    const { work, peers, survey, commentary } = weightsIn(text);
    const told = [work, peers, survey, commentary].filter((one) => one !== undefined);
    if (!ABOUT.test(text) || told.length === 0 || reading.chat !== 'direct') return null;
    if (mood.asks || mood.supposes || mood.hears || mood.denies || /[?？]|吗/.test(text)) return null;
    return work !== undefined && peers !== undefined && survey !== undefined && commentary !== undefined
      ? act(clause, 2.9, { work, peers, survey, commentary })
      : ask(clause, 2.9, '请把四项权重一次写全，合计100，如“季度评分权重：重点工作45、互评25、测评15、点评15”。');
  },

  async execute({ input: weights, actor, message, world, tx }): Promise<Weighed> {
    const now = await weightsAt(tx, message.sentAt);
    const chief = world.members.find((member) => has(member, 'chief'));
    const common = {
      ...{ weights, before: now.weights, since: dateInWords(dayOf(message.sentAt)), id: 0 },
      ...{ chief: chief?.id ?? '', by: actor.name },
    };
    const refused = (kind: Weighed['kind']): Weighed => ({ kind, changed: false, ...common });
    const wrong = wrongWeights(weights);
    if (wrong) return refused(wrong);
    if (weightsInWords(weights) === weightsInWords(now.weights)) return refused('same');
    if (!chief) return refused('no-chief');
    const proposal = { byId: actor.id, at: message.sentAt, reason: '' };
    if (actor.id === chief.id) {
      const agreed = { approvedBy: actor.id, approvedAt: message.sentAt };
      const id = await proposeWeights(tx, weights, { ...proposal, ...agreed });
      return { kind: 'set', changed: true, memo: { id }, ...common, id };
    }
    const id = await proposeWeights(tx, weights, proposal);
    return { kind: 'asked', changed: true, memo: { id }, ...common, id };
  },

  reply({ kind, weights, before, since }) {
    switch (kind) {
      case 'sum':
        return `没有改动：四项权重合计须为100，所写合计${sumOf(weights)}（${weightsInWords(weights)}）。`;
      case 'not-largest':
        return `没有改动：重点工作的权重须最大。活动要求“${QUOTE}”，所写为${weightsInWords(weights)}。`;
      case 'same':
        return `没有改动：现行权重就是${weightsInWords(weights)}。`;
      case 'no-chief':
        return '没有改动：花名册里没有局主要领导，无人确认。请先核对花名册。';
      case 'set':
        return `已改季度评分权重：${weightsInWords(weights)}（原为${weightsInWords(before)}），${since}起的评分按此计算。${TAKE_BACK}`;
      case 'asked':
        return `已报局主要领导确认：季度评分权重改为${weightsInWords(weights)}（现行${weightsInWords(before)}），确认后生效。${TAKE_BACK}`;
    }
  },
  requests: ({ kind, weights, before, id, chief, by }) =>
    kind === 'asked'
      ? [
          {
            ...{ to: chief, intent: 'weights.decide', title: '季度评分权重' },
            ...{ input: { id, approve: true }, refusal: { id, approve: false } },
            text: `${by}录入领导小组决定：季度评分权重由${weightsInWords(before)}改为${weightsInWords(weights)}。`,
          },
        ]
      : [],
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const row = await tx.setting.findUnique({ where: { id } });
    // What the chief has agreed to meanwhile stands.
    if (!row || row.closedAt || (row.approvedBy && row.approvedBy !== row.byId)) return false;
    await closeRequest(tx, 'weights.decide', { id, approve: true }, message.sentAt);
    await tx.setting.update({ where: { id }, data: { closedAt: message.sentAt } });
    return true;
  },
});
