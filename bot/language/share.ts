import { NUMBER, readPercent } from './slots/number.ts';
import { verbose } from './verbose.ts';

/** How far a work is as a share of it: 60%, 八成五, 一半; what is only nearly said, and shares of other things. */

const HALF_OR_SO = /一半[吧嘛]/;
const SHARE_LEFT_OPEN = /[大小一多]半(?!年|天|个|小时)|过半|近半|快一半|一半多|大部分/;
/** 「完成了一半吧」, 「过半了」: how far, but not how far exactly. */
export const leavesShareOpen = (words: string): boolean => HALF_OR_SO.test(words) || SHARE_LEFT_OPEN.test(words);
const ANSWERS_ITSELF = /[一二三四五六七八九][一二三四五六七八九]成/;
// A share of something else than the work: 满意率98%, 同比增长三成.
const RATE = verbose`
  (?:
      (?<!完成|完工|竣工|进度|整改|建成|销号|落实|达标)率 | 占比? | 比例 | 增长 | 增幅 | 增速 | 同比 | 环比 | 提高 | 上升 | 上涨
      | 下降 | 降低 | 减少 | 增加 | 提升 | 打折? | 满意度? | 利率 | 含量 | 折扣 | 较[^\d，,。]{1,8}
    )(?:了|[降升涨跌]|约|为|达|达到|是|在|到|至|的|有|提[高升]到?|[:：]|\s){0,3}$
`;
const SHARE = new RegExp(
  `${NUMBER}\\s*%|百分之${NUMBER}|${NUMBER}(?:个百分点)|${NUMBER}分之${NUMBER}|[一二两三四五六七八九1-9]成(?:半|[一二三四五六七八九1-9])?`,
  'g',
);
// What it was before, 「上周才六成」.
const FORMERLY = /(?:上周|上个?月|之前|以前|原来|原先|年初|此前|上次|去年|昨天)[^，。]{0,6}$/;

/** How far the work is, in percent; null for none and for what is vague. The shares of other things (办结率96%) are left out. */
export function percentIn(text: string): number | null {
  if (HALF_OR_SO.test(text) || ANSWERS_ITSELF.test(text)) return null;
  const several = (text.match(SHARE) ?? []).length > 1;
  const own = text.replace(SHARE, (found, at: number) => {
    const before = text.slice(Math.max(0, at - 14), at).replace(/^.*[，,。；;]/, '');
    if (several && FORMERLY.test(before)) return ' '.repeat(found.length);
    return RATE.test(before) &&
      !/[^率]{0,6}由[^率]*$|从[^率]*$|(?:进度|完成)[^率，]{0,4}(?:提高|提升|增加)到?$|\d(?:%|成)[^，,。]{0,4}[到至]$/.test(
        before,
      )
      ? ' '.repeat(found.length)
      : found;
  });
  return readPercent(own);
}
