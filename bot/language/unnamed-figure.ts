import type { Progress } from '#bot/domain/ledger.ts';
import { act, ask, itemChoices, itemLabel, itemUnnamed, type Meaning } from './evidence.ts';
import { type Figures, figuresIn } from './figures.ts';
import { fitsMeasure } from './hanging.ts';
import type { Clause, WorldItem } from './reading.ts';
import { leavesShareOpen } from './share.ts';

/** Words that ask for something else than a figure to be kept. */
export const HANDS_IN =
  /(?:申请|请|提请|恳请|通过|组织|同意)[^，。]{0,6}验收|验收(?:通过|合格|一下|吧|了)|销号|退回|打回|催|延期|延到|延至|宽限|顺延|交办|转办|点评|互评|走访|签到|请假|自学/;
const ADDS = /又|新增|再|增加|新添|添了|多了|累计|总共|一共|报(?:一下|个|数)|记(?:一下|上|到)|进度|完成/;
// 「昨天学习忘签了，给我补一个」 counts no work.
const SIGNS = /签[到了退]|[忘补]签|请假|假条/;

// 「我那项台账完成一半了」, not the unit's
const OWN = /我(?:手[上里头]|负责|牵头|承办)?的?那一?[项件个条]/;

/** Of what was read the figures alone. */
export const said = (figures: Progress | undefined): Progress => ({
  ...(figures?.percent !== undefined && { percent: figures.percent }),
  ...(figures?.quantity !== undefined && { quantity: figures.quantity }),
  ...(figures?.increment !== undefined && { increment: figures.increment }),
});

/** A figure without a name: the one item of the speaker or the unit whose count it can be. */
export function unnamed(
  clause: Clause,
  words: string,
  span: { start: number; end: number },
): Meaning<Progress & { item: string; note: string }> | null {
  if (
    clause.reading.chat === 'group' ||
    !(ADDS.test(words) || /了|已/.test(words)) ||
    HANDS_IN.test(words) ||
    clause.sentence.text.length > 40
  )
    return null;
  if (clause.before || clause.enterprises.length > 0 || SIGNS.test(clause.sentence.text)) return null;
  const known = new Map<string, Figures>();
  const figured = (target: number | null, unit: string | null): Figures => {
    const key = `${target} ${unit}`;
    const figures = known.get(key) ?? figuresIn(words, { target, unit });
    known.set(key, figures);
    return figures;
  };
  const counts = (item: { target: number | null; unit: string | null }): boolean => {
    const figures = figured(item.target, item.unit);
    return item.target !== null && (figures.quantity !== undefined || figures.increment !== undefined);
  };
  const counted = itemUnnamed(clause, (item) => item.target !== null && counts(item) && fitsMeasure(words, item.unit));
  const percent = figured(null, null).percent;
  const mine = OWN.test(clause.text);
  const fit =
    counted ??
    (percent === undefined && !leavesShareOpen(words)
      ? null
      : itemUnnamed(clause, ({ owner }) => !mine || owner === clause.reading.speaker.id));
  if (fit && 'one' in fit && figured(fit.one.target, fit.one.unit).vague)
    return ask(span, 2, `${itemLabel(fit.one)}具体是多少？请写明累计数。`, itemChoices([fit.one]));
  if (fit && 'one' in fit)
    return act(span, 2, { item: fit.one.code, ...said(figured(fit.one.target, fit.one.unit)), note: clause.said });
  if (fit)
    return ask(
      span,
      2,
      '您报的是哪一项的进度？',
      fit.several.slice(0, 4).map((item) => ({
        label: itemLabel(item),
        input: { item: item.code, ...said(figured(item.target, item.unit)), note: clause.said },
      })),
    );
  const isLoose = (item: WorldItem): boolean =>
    item.target !== null && figured(item.target, item.unit).vague && fitsMeasure(words, item.unit);
  const loose = itemUnnamed(clause, isLoose);
  if (loose)
    return ask(
      span,
      2,
      '具体是多少？请写明累计数，如“3号台账累计2家”。',
      itemChoices('one' in loose ? [loose.one] : loose.several),
    );
  return /又|新增|添了|增加|累计|进度/.test(words) && /[\d一二两三四五六七八九十](?:家|个|项|所|%|成)/.test(words)
    ? ask(span, 2, '您报的是哪一项的进度？请带上编号，如“3号台账累计2家”。')
    : null;
}
