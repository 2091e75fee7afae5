import { KINDS } from '#bot/domain/topic.ts';

export interface SaidDemand {
  kinds: (typeof KINDS)[number][];
  /** false where it is asked no longer */
  demanded: boolean;
  /** 每月 */
  standing: boolean;
}

// What a demand is told by; 「要求」 alone is of anything.
const DEMANDS =
  /要求|必须|务必|须(?!知)|都要|都得|至少(?:开展|组织|一次|各)|要(?:有|开展|组织|完成|做到)|得(?:有|开展|组织)|均要|均须|每[月项类种](?:都|各)/;
const LIFTS =
  /(?:取消|撤销|解除|去掉|撤回)[^。]{0,30}要求|不再(?:要求|必须)|不要求|不作要求|免[去除](?:[^。]{0,12})要求/;
// 座谈, 演讲, 读书 and 写材料 are words of their own.
const ONE = '[讲谈议读写]';
const LIST = new RegExp(
  `(?<![演宣座访听主开会决建商协争提审朗填编撰书交约恳面洽])[“"「]?(?<list>${ONE}(?:[”"」]?[、，,和及与跟\\s]*[“"「]?${ONE})*)[”"」]?(?=(?:活动|各|每|至少|不少于|一次|一项|一类|两项|两类|三项|四项|五项|五类|的?要求|都|全|均|要|必须|须|得|也|了|就行|[，。！!\\s]|$))`,
  'g',
);
const NOT =
  /[?？吗]|情况|没有?开展|谁|哪些|座谈会|(?:讲|谈|议|读|写)(?:了|过|得|好|稿|课|话|书|材料|心得)|已(?:经)?开展/;
const WHOLE = /讲谈议读写|讲谈读写|讲谈议写|五(?:类|项|种)(?:活动)?(?:都|全|均|各)/;

const ALL = /都|均|每[项类种]|五[类项种]|全部|各(?:开展|组织|不少于|至少)?一[次项]/;

/** What every demand is told by. */
export const DEMANDED = [LIFTS, DEMANDS];

/** Which of 讲谈议读写 somebody demands, or demands no longer (R27); null for other words. */
export function demandSaid(text: string): SaidDemand | null {
  const lifts = LIFTS.test(text);
  if ((!lifts && !DEMANDS.test(text)) || NOT.test(text.replace(/五类活动|讲谈议?读?写/g, ''))) return null;
  const standing = /每(?:个)?月/.test(text);
  const common = { demanded: !lifts, standing };
  const listed = [...text.matchAll(LIST)].map(({ groups }) => groups?.['list'] ?? '').join('');
  const kinds = KINDS.filter((kind) => listed.includes(kind));
  if (WHOLE.test(text)) {
    // 「讲谈读写」 and 「讲谈议写」 name the work as a whole; 「都」 makes all of it be asked.
    const all = ALL.test(text) || lifts;
    return { ...common, kinds: all ? [...KINDS] : [] };
  }
  return kinds.length > 0 ? { ...common, kinds } : null;
}
