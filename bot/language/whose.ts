import type { Clause } from './reading.ts';
import { verbose } from './verbose.ts';

const LINE = /分管|主管|分工|负责的(?:科|股|处)|[这那]一?条?(?:线|口|块|摊)|线上|[这那]摊子|口子|分内|挂(?:钩|点)/;
const ALL =
  /全局|局里|全部(?:科|股|处|单位)|各(?:科|股|处|单位|部门)|整个局|所有(?:科|股|处|单位)|全系统|面上|大家伙|(?<=台账\s?)局(?=[\s。？?]*$)/;
// 「给我看」 asks for oneself and of anything.
const ME = verbose`
  (?<![给报让告向跟帮替发叫请容待等])[我俺](?:自己|本人)?(?!
      看 | 瞧 | 瞅 | 瞄 | 想 | 要 | 查 | 问 | 来 | 们 | 局 | 市 | 科 | 股 | 处 | 所 | 站 | 馆 | 中心 | 单位 | 办 | 队 | 院 | 分管
      | 主管 | 说 | 觉得 | 先
    )
  | 本人 | 自己 | 在下 | (?<!谁|他|她|[他她它]们)(?:名下|手头|手[里上])
`;
export const SCOPE_WORDS = verbose`
  分管 | 主管 | 分工 | 负责 | [这那]一?条?(?:线|口|块|摊子?)上? | 线上 | 全局 | 局里 | 全部 | 各(?:科室?|股室?|单位|部门) | 整个
  | 所有 | 本人 | 自己 | 名下 | 手头 | 手[里上] | 承办 | 本(?:科|股|处|所|站|馆|办|单位) | [咱我俺]们?这(?:边|儿|里) | 牵头
  | (?<=台账\s?)局(?=[\s。？?]*$)
`;

/** Whose items are asked for; a bare question means what the asker is in charge of. */
export function scopeOf({ text, departments, people, reading: { speaker } }: Clause): string {
  const [unit] = departments;
  const leader = people.flatMap((one) => one.people).find(({ roles }) => roles.includes('leader'));
  const leads = speaker.roles.includes('leader');
  if (LINE.test(text) || (leads && /我(?:这|那)(?:块|边|摊|条)/.test(text))) {
    if (leader) return `leader:${leader.id}`;
    if (!unit && leads) return `leader:${speaker.id}`;
    if (/我|自己/.test(text) || !unit) return `leader:${speaker.id}`;
  }
  if (unit) return `department:${unit.department.code}`;
  if (ALL.test(text)) return 'bureau';
  const colleague = people.flatMap((one) => one.people).find(({ id }) => id !== speaker.id);
  if (colleague)
    return colleague.roles.includes('leader') ? `leader:${colleague.id}` : `department:${colleague.department}`;
  if (ME.test(text)) return 'me';
  const has = (role: string): boolean => speaker.roles.includes(role);
  if (has('chief') || has('office')) return 'bureau';
  if (has('leader')) return `leader:${speaker.id}`;
  return has('head') ? `department:${speaker.department}` : 'me';
}
