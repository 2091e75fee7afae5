const LONGEST_TITLE = 60;
const CALLS =
  /^\s*(?:请|麻烦|现?将?)?(?:交办|转办|转交|批转|转给|转|交给|交由|交|责成|布置|安排|通知|要求|分派|派给|让|请|叫|由|给|催)?(?:一?下)?[给：:\s]*/;
const DAY =
  '(?:(?:本|下|这)?个?(?:周|星期|礼拜)[一二三四五六日天]|[今明后]天|(?:\\d{4}年)?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})月(?:(?:\\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|底|初|中旬)|(?:\\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|(?:本|下)?月底|年底|季度末|节前|[一二三四五六七八九十两\\d]+个?(?:工作日|天)|\\d{1,2}[-/]\\d{1,2})';
const BEFORE = '(?:下班|中午|上午|下午)?(?:之?前|以前|之内|内|底前)?';
const DUE_AHEAD = new RegExp(`^(?:请|务必|尽快|抓紧)?(?:于|在)?${DAY}${BEFORE}[，,、\\s]*`);
const DUE_BEHIND = new RegExp(
  `[，,、；;\\s]*(?:请|务必)?(?:于|在|限|期限|时限)?(?:到|至)?${DAY}${BEFORE}(?:办结|完成|办完|报来|交)?$`,
);

/** What is to be done, without whom it is given to and by when: 「交办高新科：5月20日前报孵化器名单」 is 「报孵化器名单」. */
export function matterIn(text: string, called: readonly string[]): string {
  const whole = text.trim().replace(/[。.！!]+$/, '');
  const names = [...called].sort((one, other) => other.length - one.length);
  const [, heading = '', behind] = /^([^：:]{2,80})[：:]\s*(.+)$/s.exec(whole) ?? [];
  const behindColon = heading.length <= SHORT_HEADING || namesOnly(heading, names) ? behind : undefined;
  let rest = behindColon ?? namesOff(whole.replace(CALLS, ''), names);
  rest = rest.replace(/^(?:同志)?(?:办理|处理|去办|负责|承办)?[，,：:、\s]*/, '');
  const matter = rest
    .replace(DUE_AHEAD, '')
    .replace(/^(?:请|把|将)(?=[^，。]{2})/, '')
    .replace(DUE_BEHIND, '')
    .trim();
  // Nothing left, or hardly: then it says everything as it was said.
  return (matter.length >= 3 ? matter : whole).slice(0, LONGEST_TITLE);
}

const SHORT_HEADING = 24;
const JOINS = /^(?:和|与|及|跟|[、，,\s]*由|[、，,\s]*会同|[、，,\s]*联合|[、，,\s]+)/;
const TAKES_PART =
  /^(?:等?(?:积极|密切)?(?:负责)?(?:牵头|主办|配合|协助|协办|参与)(?:科室|单位)?)(?=[、，,；;：:\s\d本下周月今明]|$)/;
/** What is left behind the names of those who are told, and what part each takes. */
function namesOff(text: string, names: readonly string[]): string {
  const startsWithName = (rest: string): string => names.find((one) => rest.startsWith(one)) ?? '';
  let rest = text;
  for (let name = startsWithName(rest); name !== ''; ) {
    const behind = rest.slice(name.length);
    rest = behind.slice(TAKES_PART.exec(behind)?.[0].length ?? 0);
    const next = rest.slice(JOINS.exec(rest)?.[0].length ?? 0);
    name = startsWithName(next);
    if (name !== '') rest = next;
  }
  return rest;
}
const namesOnly = (heading: string, names: readonly string[]): boolean =>
  namesOff(heading.replace(CALLS, ''), names).trim() === '';

/** 「JB2013-001」 (R56): the prefix, the year and three digits, counted without gaps within the year. */
export const numberOf = (prefix: string, year: string, count: number): string =>
  `${prefix}${year}-${String(count).padStart(3, '0')}`;

/** What whoever is given a matter can answer (R56): in words, and as buttons. */
export const signingOf = (code: string) => ({
  words: `请回复“签收${code}”，有异议请回复“异议${code}，原因”。`,
  buttons: [
    { label: '签收', says: `签收${code}` },
    { label: '提出异议', says: `异议${code}` },
  ],
});

/** What passes a matter on may meet (R57). */
export interface Holding {
  department: string;
  /** units that held it before, the first one first */
  held: readonly string[];
  transfers: number;
}
export type PassingOn =
  | { kind: 'ask'; back: boolean /** why whoever gave it has to agree first */; needs: 'across' | 'often' | null }
  | { kind: 'same-unit' };

const MOST_TRANSFERS = 2;

/**
 * 转办 (R57): the receiver has to sign; back to a former holder is a warning; into another leader's line, or a third time, it
 * goes only if whoever gave it agrees.
 */
export function passOn(
  holding: Holding,
  to: string,
  { byAssigner, across }: { byAssigner: boolean; across: boolean },
): PassingOn {
  if (holding.department === to) return { kind: 'same-unit' };
  const needs = byAssigner ? null : holding.transfers >= MOST_TRANSFERS ? 'often' : across ? 'across' : null;
  return { kind: 'ask', back: holding.held.includes(to), needs };
}
