import { z } from 'zod';
import { beyondTarget, itemName, movementInWords } from '#bot/domain/item-words.ts';
import { correctProgress } from '#bot/domain/ledger.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemLabel, itemMeant } from '#bot/language/evidence.ts';
import { figuresIn } from '#bot/language/figures.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { has, isHeadOf } from '#bot/permission.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';

const CORRECTS = /^\s*(?:更正|订正|改正|修正)(?:一下|进度|数字|上报|台账)?[：:，,\s]*/;
const SUMS = /恢复(?:按|由)?(?:下级)?汇总|(?:改|恢复)(?:为|成|回)?(?:按|由)下级(?:事项)?汇总/;
const REASON = /[，,。；;]\s*(?:原因(?:是)?|因为?|由于)[：:]?\s*(.+)$/s;

const WORDS = {
  'not-own': '没有更正：该事项不由您所在科室（单位）承办，如需更正请联系活动办。',
  'already-accepted': '没有更正：该事项已通过验收，不再改动。',
  waiting: '没有更正：该事项正在等待验收，请先请验收人退回。',
  'sum-of-parts':
    '没有更正：该事项已分解，数字由下级事项汇总，请更正下级事项；上级事项的数由活动办（局班子级）、责任领导或科室负责人手工填报。',
  'not-by-hand': '没有改动：该事项的数没有手工填报过。',
  'needs-figure': '没有更正：请写明正确的数，如“更正3号台账累计2个，原因重复计算”。',
  'whole-only': '没有更正：该事项按个数计，不能有小数，请写整数。',
  'no-reason': '没有更正：请写明原因，如“更正3号台账累计2个，原因重复计算”。',
  same: '没有更正：所写的数与已记录的相同。',
} as const;

/**
 * 更正进度: a figure that was wrong is set right with its reason, lower ones too; what stood before stays in the history (R42,
 * G11). Over the sum of the parts it is set by hand, marked so, and given back to the sum (R44).
 */
export default defineHandler({
  name: 'ledger.correct',
  title: '更正进度',
  examples: ['更正4号台账累计35项，原因重复计算', '更正4号台账恢复汇总，原因下级已补报'],
  input: z.object({
    item: z.string(),
    percent: z.number().min(0).max(100).optional(),
    quantity: z.number().min(0).optional(),
    /** back to the sum of its parts */
    sum: z.boolean().optional(),
    reason: z.string(),
  }),
  allow: {
    doneBy: '承办科室（单位）负责人、上报人或活动办',
    async permits({ input, actor, world, tx }) {
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      const reported = await tx.itemFact.count({
        where: { itemCode: item.code, personId: actor.id, kind: 'reported' },
      });
      return (
        item.ownerId === actor.id ||
        (item.split && item.leaderId === actor.id) ||
        isHeadOf(actor, item.departmentCode, world) ||
        actor.roles.includes('office') ||
        (reported > 0 && item.departmentCode === actor.department)
      );
    },
  },

  over: 'message',
  cues: [CORRECTS],
  meant(clause) {
    const span = cue(clause, CORRECTS);
    if (!span || clause.reading.chat === 'group' || clause.mood.supposes || clause.mood.hears) return null;
    const claimed = { start: span.start, end: clause.end };
    const fit = itemMeant(clause);
    if (!fit) return ask(claimed, 2.8, '您要更正哪一项？请带上编号，如“更正3号台账累计2个，原因重复计算”。');
    if ('several' in fit) return ask(claimed, 2.8, '您要更正哪一项？', itemChoices(fit.several));
    const { one: item } = fit;
    // 「更正，不是3家，是2家」 without a reason corrects what is being said, and is a report.
    if (!REASON.test(clause.said) && clause.items.length > 0 && clause.items.every(({ how }) => how === 'gist'))
      return null;
    const reason = REASON.exec(clause.said)?.[1]?.replace(/[。！!]+$/, '') ?? '';
    if (SUMS.test(clause.text.replace(REASON, ''))) return act(claimed, 2.9, { item: item.code, sum: true, reason });
    const told = clause.counted.filter((part) => !/^\s*(?:原因|因|由于)/.test(part)).join('，');
    const { percent, quantity, vague } = figuresIn(told, item);
    if (vague || (percent === undefined && quantity === undefined))
      return ask(claimed, 2.8, `${itemLabel(item)}正确的数是多少？请写成“更正${item.no}号台账累计2个，原因……”。`);
    const figure = item.target !== null && quantity !== undefined ? { quantity } : { percent };
    return act(claimed, 2.9, { item: item.code, ...figure, reason });
  },

  async confirm({ input, tx }) {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const outcome = correctProgress(item, input);
    return outcome.kind === 'corrected' && input.reason !== '' ? beyondTarget(item, outcome.quantity) : null;
  },

  async execute({ input, actor, message, world, tx }) {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const refused = (kind: keyof typeof WORDS) => ({ kind, changed: false, item, now: item });
    if (item.split && !maySetByHand(item, actor, world)) return refused('sum-of-parts');
    const outcome = correctProgress(item, input);
    if (outcome.kind !== 'corrected') return refused(outcome.kind);
    if (!input.reason) return refused('no-reason');
    const { quantity, percent } = outcome;
    const { ids, item: now } = await record(tx, item.code, {
      ...{ kind: 'corrected', personId: actor.id, at: message.sentAt, note: input.reason, inboxKey: message.key },
      ...{ quantity, percent },
    });
    return { kind: 'corrected' as const, changed: true, memo: { code: item.code, ids }, item, now };
  },

  reply({ kind, item, now }) {
    if (kind !== 'corrected') return WORDS[kind];
    const hand = now.byHand
      ? `手工填报，不再由下级汇总，恢复请发“更正${now.no}号台账恢复汇总，原因……”。`
      : item.byHand
        ? '恢复由下级汇总。'
        : '';
    return `已更正：${itemName(item)}${movementInWords(item, now)}，原数和原因保留。${hand}${TAKE_BACK}`;
  },
  async undo(memo, { actor, message, tx }) {
    const { code, ids } = z.object({ code: z.string(), ids: z.array(z.number()) }).parse(memo);
    const before = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
    const now = await takeBackFacts(tx, code, ids, { personId: actor.id, at: message.sentAt });
    return now ? { words: `${itemName(now)}${movementInWords(before, now)}。` } : false;
  },
});

/** Who keeps an item of its level sets its figure by hand: the office the bureau's, a leader the own, a head the unit's (R44). */
const maySetByHand = (
  { level, leaderId, departmentCode }: { level: string; leaderId: string | null; departmentCode: string },
  actor: WorldPerson,
  world: World,
): boolean =>
  has(actor, 'office') ||
  (level !== '局班子' && leaderId === actor.id) ||
  (level === '科室' && isHeadOf(actor, departmentCode, world));
