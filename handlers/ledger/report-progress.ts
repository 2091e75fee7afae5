import { z } from 'zod';
import { beyondTarget, itemName, movementInWords, progressInWords } from '#bot/domain/item-words.ts';
import { type Progress, reportProgress } from '#bot/domain/ledger.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler } from '#bot/handler.ts';
import { cameAbout } from '#bot/language/came-about.ts';
import type { ItemMention } from '#bot/language/entities/items.ts';
import {
  act,
  ask,
  type Fit,
  fitOf,
  itemChoices,
  itemLabel,
  itemMeant,
  likeNamed,
  type Meaning,
} from '#bot/language/evidence.ts';
import { figuresIn } from '#bot/language/figures.ts';
import { figuresInWords, hangsOn, isPastWhole, otherMeasure, saysMeasure, unsaid } from '#bot/language/hanging.ts';
import type { Clause, WorldItem } from '#bot/language/reading.ts';
import { overlaps } from '#bot/language/text.ts';
import { happened, toldIn } from '#bot/language/told.ts';
import { typedProgress } from '#bot/language/typed-progress.ts';
import { HANDS_IN, said, unnamed } from '#bot/language/unnamed-figure.ts';
import { anyone, ownOpenItems } from '#bot/permission.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { itemOf } from '#bot/store/kept-ledger.ts';
import { materialsOf } from '#bot/store/material.ts';

const WORDS = {
  'not-own': '该事项不由您所在科室（单位）承办，如需调整请联系活动办。',
  'already-accepted': '该事项已通过验收，不再上报进度。',
  'needs-figure': '请写明进度，如“60%”。',
  'sum-of-parts': '该事项已分解，数字由下级事项汇总，请报下级事项的进度。',
  'whole-only': '没有记录：该事项按个数计，不能有小数，请写整数。',
} as const;

const REPORTS = /进度|进展(?!如何|怎)|上报|汇报|报(?:一下|个数|数)|记(?:一下|上|到|入)|登记|更新/;
const HEADS = /^(?:[那这]一?[项个块件条])?(?:工作)?(?:的)?(?:进[度展]|情况)[:：]/;
const KEEP = /[记加登报]一?上|登记(?:一下)?[。!！\s]*$/;
const ATTAINED =
  /拿下|落|投|放|获|中标|竣|毕|成|\/|已|累计|完|新|又|再|加|添|增|共|达|到|批|签|认|建|改|装|办|通|结|查|治|开|评|演|训|挂|差|剩|凑|收|发|孵|育[了出成好]|入|招|聘/;

/** 上报台账进度: the item's own unit says how far it has come (R42). */
export default defineHandler({
  name: 'ledger.progress',
  title: '上报台账进度',
  plain: true,
  examples: ['3号台账完成60%', 'K3-1又新增1家', '项目已经安排了37项'],
  offers: ({ actor, world }) =>
    ownOpenItems(actor, world)
      .map(({ no, target, unit }) => `${no}号台账${target === null ? '完成90%' : `新增1${unit ?? '项'}`}`)
      .slice(0, 1),
  input: z.object({
    item: z.string(),
    percent: z.number().min(0).max(100).optional(),
    quantity: z.number().min(0).optional(),
    increment: z.number().positive().optional(),
    note: z.string(),
  }),
  allow: anyone,

  over: 'clause',
  meant(clause) {
    const { reading, text } = clause;
    if (/[?？]\s*$|[吗么][。?？\s]*$/.test(clause.sentence.text) || /^\s*别把?/.test(text)) return null;
    // Shares of a split are no progress, denied or not.
    if (/分解|拆分/.test(clause.sentence.text) && clause.sentence.departments.length > 1) return null;
    const typed = typedProgress(clause);
    if (typed) return typed;
    const named = itemMeant(clause);
    // 「又谈成了几所，给加上」: to be kept, and not how many.
    if (named && 'one' in named && reading.chat === 'direct' && /几[家所项个份张条处]/.test(text) && KEEP.test(text))
      return ask(clause, 2, `${itemLabel(named.one)}具体是多少？请写明累计数。`, itemChoices([named.one]));
    if (clause.parts.some((part) => /怕|多少|几[个家项所]了|[?？]/.test(part))) return null;
    const told = toldIn(clause, named);
    if (!told || (HANDS_IN.test(told.beside) && !/[%％成]|\d/.test(told.words))) return null;
    const { words, parts: places } = told;
    // 「差一个站没完工，恳请延至……」: what lacks is why more time is asked for.
    if (
      /延[期至到长]|宽限|展[期至到]|顺延/.test(text) &&
      /差|没|未|缺/.test(words) &&
      !/累计|完成了|新增|共|已|达/.test(words)
    )
      return null;
    // What is named only where nothing is told is not what the figures are of.
    const here = clause.items.filter((one) => places.some((part) => overlaps(one, part)));
    // 「热线那项进展：夜间值守改成双人了」: what a heading names is what is told of.
    const headed = clause.items.find(({ end }) => HEADS.test(reading.message.text.slice(end)));
    const [first] = headed ? [headed] : here.length > 0 ? here : clause.items;
    const fit = first ? (countedSo(clause, words, first) ?? fitOf(first.items)) : named;
    if (fit && first?.how === 'gist' && here.length === 0 && !places.some((part) => overlaps(first, part)))
      return unnamed(clause, words, { start: clause.start, end: clause.end });
    const span = {
      start: Math.min(...places.map(({ start }) => start)),
      end: Math.max(...places.map(({ end }) => end)),
    };
    if (!fit) return unnamed(clause, words, span);
    if (clause.items.length > 1 && !clause.items.every(({ how }) => how === 'gist'))
      return several(clause, words, span);
    if ('several' in fit) {
      const figures = fit.several.map((item) => figuresIn(words, item));
      // 「农村公路累计67.5公里」: of two it fits, the one that is counted so.
      const counted = fit.several.filter(
        (_, index) => figures[index]?.quantity !== undefined || figures[index]?.increment !== undefined,
      );
      const [only] = counted;
      if (only && counted.length === 1 && isNear(clause, only.department, only.owner)) {
        const its = figuresIn(words, only);
        if (!its.vague) return act(span, 2, { item: only.code, ...said(its), note: clause.said });
      }
      if (/又有?(?:进展|进步)|加[\d一二两三]/.test(words) && isNear(clause, fit.several[0]?.department ?? '', null))
        return ask(span, 1.5, '您报的是哪一项的进度？', itemChoices(fit.several));
      if (
        !figures.some(
          (one) => one.percent !== undefined || one.quantity !== undefined || one.increment !== undefined || one.vague,
        )
      )
        return null;
      return ask(
        span,
        2,
        '您报的是哪一项的进度？',
        fit.several.slice(0, 4).map((item, index) => ({
          label: itemLabel(item),
          input: { item: item.code, ...said(figures[index]), note: clause.said },
        })),
      );
    }
    const { one: item } = fit;
    const figures = figuresIn(words, item);
    // Two works and one figure: whose it is stays open.
    const [, second] = here;
    const figured = said(figures);
    if (
      second &&
      second.score >= 0.9 &&
      first !== undefined &&
      /[、和与及跟]/.test(
        reading.message.text.slice(Math.min(first.end, second.end), Math.max(first.start, second.start)),
      ) &&
      Object.keys(figured).length > 0 &&
      here.every(({ items }) => items.length === 1 && items[0]?.target !== null)
    )
      return ask(span, 2, '您报的是哪一项的数？请分开写明。', itemChoices(here.flatMap(({ items }) => items)));
    const near = isNear(clause, item.department, item.owner);
    if (near && isPastWhole(words) && Object.keys(figured).length === 0)
      return ask(span, 2, `${itemLabel(item)}的进度不能超过100%，请写成“${item.no}号台账完成60%”。`);
    const alike = first?.how === 'gist' && Object.keys(figured).length > 0 ? likeNamed(clause, first, item) : [];
    if (alike.length > 0) return ask(span, 2, '您报的是哪一项的进度？', itemChoices([item, ...alike]));
    if (figures.vague)
      return near || REPORTS.test(words)
        ? ask(span, 2, `${itemLabel(item)}具体是多少？请写明累计数，如“累计2${item.unit ?? '项'}”或“60%”。`, [
            { label: itemLabel(item), input: { item: item.code } },
          ])
        : null;
    // Two characters of a title and a bare figure: 「泊位3个都满了」 reports nothing for sure.
    const faint = first?.how === 'gist' && first.score < 1.2 && !ATTAINED.test(words) && unsaid(words, item) !== '';
    if (faint && figures.percent === undefined && Object.keys(figured).length > 0)
      return near
        ? ask(
            span,
            1,
            `您报的是${itemLabel(item)}的进度吗？请写明，如“${item.no}号台账累计2${item.unit ?? '项'}”。`,
            itemChoices([item]),
          )
        : null;
    if (
      near &&
      (hangsOn(clause.counted, figures) || (Object.keys(figured).length > 0 && !cameAbout(clause, places, item)))
    )
      return ask(span, 2.05, `${itemLabel(item)}是要这样记吗：${figuresInWords(figures, item.unit)}？`, [
        { label: '是，照此记录', input: { item: item.code, ...figured, note: clause.said } },
      ]);
    if (Object.keys(figured).length > 0) {
      if (!near && reading.chat === 'group') return null;
      return act(span, 2, { item: item.code, ...figured, note: clause.said });
    }
    // Named by number or code it is that item's or nobody's, however badly the figure fits it.
    if (!near && first?.how === 'gist') return unnamed(clause, words, span);
    // 「验收材料还缺两张照片」 tells of papers.
    if (/[缺差少][^，。]{0,8}(?:照片|材料|签字|盖章|证明|资料|手续|公章)/.test(words)) return null;
    const sure = headed !== undefined || clause.items.some(({ how, score }) => how !== 'gist' || score >= 1);
    if (reading.chat === 'group' || !sure || !told.alone || !happened(words) || words.trim().length < 4) return null;
    // 「农业园区这块，台前那家也挂牌了，一共3家」: the count is of what was named before.
    const before = clause.before?.items.flatMap(({ items }) => items) ?? [];
    const counted = before.filter((one) => one.target !== null && figuresIn(words, one).quantity !== undefined);
    if (item.target === null && counted.length > 0)
      return ask(span, 2, '您报的是哪一项的数？请写明编号。', itemChoices([...counted, item]));
    return item.target === null
      ? act(span, 1, { item: item.code, note: clause.said })
      : ask(span, 1, `${itemLabel(item)}进展到多少了？请写成“累计2${item.unit ?? '项'}”或“60%”。`, [
          { label: itemLabel(item), input: { item: item.code } },
        ]);
  },

  async confirm({ input, actor, tx }) {
    const item = await itemOf(tx, input.item);
    const outcome = reportProgress(item, actor.department, input);
    if (outcome.kind !== 'recorded') return null;
    const figure = input.quantity ?? input.increment;
    const measure = figure === undefined ? null : otherMeasure(input.note, figure, item.unit);
    const counted = measure
      ? `${itemName(item)}按“${item.unit}”计，您写的是“${figure}${measure}”。按${figure}${item.unit}记录请回复“确认”，有误请回复“取消”后重报。`
      : null;
    return beyondTarget(item, outcome.quantity) ?? counted;
  },

  async execute({ input, actor, message, tx }) {
    const item = await itemOf(tx, input.item);
    const outcome = reportProgress(item, actor.department, input);
    if (outcome.kind !== 'recorded') return { ...outcome, changed: false, item, before: item };
    const { quantity, percent } = outcome;
    const { ids } = await record(tx, item.code, {
      ...{ kind: 'reported', personId: actor.id, at: message.sentAt, note: input.note, inboxKey: message.key },
      ...{ quantity, percent, added: input.increment ?? null },
    });
    const memo = { code: item.code, ids };
    const inWords = [input.percent, input.quantity, input.increment].every((figure) => figure === undefined);
    const sum = (item.quantity ?? 0) + (input.increment ?? 0);
    const differs = input.increment !== undefined && input.quantity !== undefined && sum !== quantity;
    const remark = differs ? { added: input.increment ?? 0, sum } : null;
    const lacks = item.evidence !== '' && (await materialsOf(tx, item.code)).length === 0 ? item.evidence : '';
    return { ...outcome, changed: true, memo, item, remark, lacks, words: inWords ? input.note : null };
  },

  reply(outcome) {
    const { item } = outcome;
    if (outcome.kind === 'went-backwards')
      return `没有记录：${itemName(item)}已报${progressInWords(item)}，所报数字低于已报进度。确需改小请发“更正${item.no}号台账${item.target === null ? '……%' : '累计……'}，原因……”。`;
    if (outcome.kind !== 'recorded') return WORDS[outcome.kind];
    const { words } = outcome;
    if (words !== null)
      return `已记录：${item.no}号台账《${item.title}》进展：${words.replace(/[。.\s]+$/, '')}。${TAKE_BACK}`;
    const movement = movementInWords(item, { ...item, quantity: outcome.quantity, percent: outcome.percent });
    const unit = item.unit ?? '';
    const remark = outcome.remark
      ? `您说新增${outcome.remark.added}${unit}，与此前已报${item.quantity ?? 0}${unit}合起来是${outcome.remark.sum}${unit}；已按累计${outcome.quantity}${unit}记录。`
      : '';
    const lacks = outcome.lacks === '' ? '' : `佐证“${outcome.lacks}”未附。`;
    return `已记录：${item.no}号台账《${item.title}》${movement}。${lacks}${remark}${TAKE_BACK}`;
  },
  async undo(memo, { actor, message, tx }) {
    const { code, ids } = z.object({ code: z.string(), ids: z.array(z.number()) }).parse(memo);
    const before = await tx.ledgerItem.findUniqueOrThrow({ where: { code } });
    const now = await takeBackFacts(tx, code, ids, { personId: actor.id, at: message.sentAt });
    return now ? { words: `${itemName(now)}${movementInWords(before, now)}。` } : false;
  },
});

const isNear = ({ reading: { speaker } }: Clause, department: string, owner: string | null): boolean =>
  department === speaker.department || owner === speaker.id;

/**
 * 「社保卡累计发放14.8万张」: where what the words name counts nothing, the one of the speaker's that is counted in the measure that
 * was said and that the words may name as well.
 */
function countedSo(clause: Clause, words: string, mention: ItemMention): Fit<WorldItem> {
  const [item] = mention.items;
  if (mention.how !== 'gist' || !item || mention.items.some(({ target }) => target !== null)) return null;
  const { lexicon, speaker } = clause.reading;
  const counts = (one: WorldItem): boolean => saysMeasure(words, one) && !figuresIn(words, one).vague;
  const near = lexicon.items.near(speaker).filter((one) => isNear(clause, one.department, one.owner) && counts(one));
  if (near.length === 0) return null;
  const [found] = lexicon.items.among(() => near, clause.text, clause.start);
  return fitOf(found?.items ?? likeNamed(clause, mention, item).filter((one) => near.includes(one)));
}

/** Several items by number with one figure: only 都 and 均 give it to each. */
function several(
  clause: Clause,
  words: string,
  span: { start: number; end: number },
): Meaning<Progress & { item: string; note: string }> | null {
  const items = [...new Set(clause.items.flatMap(({ items }) => (items.length === 1 ? items : [])))];
  const figures = items.map((item) => said(figuresIn(words, item)));
  if (figures.some((one) => Object.keys(one).length === 0)) return null;
  if (/都|均|各|分别/.test(words) && !/分别/.test(words))
    return act(span, 2, ...items.map((item, index) => ({ item: item.code, ...figures[index], note: clause.said })));
  return ask(span, 2, '您报的是哪一项的数？请分开写明。', itemChoices(items));
}
