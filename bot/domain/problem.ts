import { verbose } from '#bot/language/verbose.ts';

/** 问题来源 (R30, R51). */
export const PROBLEM_SOURCES = ['集中教育反映', '集中教育未解决', '自查', '督查', '群众反映', '测评'] as const;
export type ProblemSource = (typeof PROBLEM_SOURCES)[number];

const NAMED: [ProblemSource, RegExp][] = [
  ['集中教育未解决', /集中教育[^，。；]{0,8}(?:未解决|没解决|遗留)|遗留/],
  ['集中教育反映', /集中教育/],
  ['群众反映', /群众|来信|来访|投诉|企业反映/],
  ['督查', /督查|督导|检查/],
  ['测评', /测评|评议|问卷/],
];

/** 问题类别 (N15): what a problem may be put under, in the order of the plan. */
export const FAULTS = ['履职不力', '作风不实', '效能不高', '纪律不严', '庸', '懒', '散'] as const;

/** The source a text names; 自查 where it names none. */
export const sourceIn = (text: string): ProblemSource => NAMED.find(([, words]) => words.test(text))?.[0] ?? '自查';

export interface ProblemDetails {
  problem: string;
  measure: string;
  source: ProblemSource;
  /** 问题类别 as it was said; empty where it was not */
  fault: string;
}

const PART = /[，,；;。]\s*(?:(?:整改|问题)?(措施|来源|类别)[：:是为]\s*([^，,；;。]*)|(?:来源)([^，,；;。]+))/g;
const TERM = verbose`
  [，,；;。]?\s*(?:请|务必)?(?:(?:整改)?(?:期限|时限)[：:是为]?\s*)?(?:于|在|限)?(?:\d{4}年)?(?:
      \d{1,2}月\d{1,2}[日号] | [本下]?(?:周|星期)[一二三四五六日] | (?:本|下)?月底 | \d{1,2}[日号]
    )(?:之?前|以前|内)?(?:整改(?:完成|到位)?|完成|销号|解决)?\s*[。]?$
`;

const UNIT = /[，,；;。]\s*(?:责任|承办|整改)(?:科室|单位)(?:（单位）)?[：:是为]?\s*[^，,；;。]+/;

/** 「服务企业不及时，措施：限时答复，来源：群众反映，6月10日前整改」 taken apart (R30). */
export function problemIn(text: string): ProblemDetails {
  let measure = '';
  let fault = '';
  let source: ProblemSource = '自查';
  const rest = text.replace(PART, (_, field: string | undefined, value = '', bare?: string) => {
    if (field === '措施') measure = value.trim();
    else if (field === '类别') fault = value.replace(/[“”"\s]|^慵/g, '').replace(/问题$/, '');
    else source = sourceIn(bare ?? value);
    return '';
  });
  const problem = rest
    .replace(UNIT, '')
    .replace(TERM, '')
    .replace(/[，,；;。\s]+$/, '')
    .trim();
  return { problem, measure, source, fault };
}

/** What was said of a result when 销号 was asked for, without the order itself and the name of the matter (R52). */
export const resultIn = (note: string, { code, title }: { code: string; title: string }): string =>
  note
    .replaceAll(code, '')
    .replaceAll(title, '')
    .replace(/\d+号(?:台账|问题)?|问题|[《》\p{P}\s]/gu, '')
    .replace(/(?:现|请|我科|已经?|全部|都)?(?:申请|提请|报请)?(?:验收|销号|办结|整改(?:完成|完毕|到位)?|完成)了?/g, '');

const FEWEST_CHARACTERS = 4;
export const saysResult = (note: string, item: { code: string; title: string }): boolean =>
  resultIn(note, item).length >= FEWEST_CHARACTERS;
