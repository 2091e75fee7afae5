/** 对象 of a group: `all`, `heads`, or a unit's code. */
export type Audience = string;
export const ALL: Audience = 'all';
export const HEADS: Audience = 'heads';

interface Unit {
  code: string;
  name: string;
  aliases: string[];
  head: string | null;
  leader: string | null;
}
interface Member {
  id: string;
  department: string;
  roles: string[];
}

const WORDS: [Audience, RegExp][] = [
  [ALL, /^(?:全局|全员|全体|全体人员|全局人员|大家|所有人|局)$/],
  [HEADS, /^(?:各?(?:科室|单位|部门)?负责人|科长|科室长|中层|中层干部)$/],
];

/** Whom such words mean: 「负责人群」, 「高新科」; null if nobody. */
export function audienceNamed(words: string, units: Unit[]): Audience | null {
  const bare = words.trim().replace(/的?(?:工作|微信|交流|通知)?群聊?$/, '');
  const unit = units.find(({ code, name, aliases }) => [code, name, ...aliases].includes(bare));
  return unit?.code ?? WORDS.find(([, pattern]) => pattern.test(bare))?.[0] ?? null;
}

/** A group nobody bound is for whom its name says, else for all. */
export const audienceOfName = (name: string, units: Unit[]): Audience => audienceNamed(name, units) ?? ALL;

export function audienceInWords(audience: Audience, units: Unit[]): string {
  if (audience === ALL) return '全局';
  return audience === HEADS ? '负责人' : (units.find(({ code }) => code === audience)?.name ?? audience);
}

/** Who belongs into a group of the app's own; with a unit whoever leads it. */
export function peopleOf(audience: Audience, members: Member[], units: Unit[]): string[] {
  if (audience === ALL) return members.map(({ id }) => id);
  const heads = new Set(units.map(({ head }) => head));
  const leader = units.find(({ code }) => code === audience)?.leader;
  return members
    .filter(({ id, department, roles }) =>
      audience === HEADS ? heads.has(id) || roles.includes('head') : department === audience || id === leader,
    )
    .map(({ id }) => id);
}

/** The groups an announcement is for. Where none is bound for all, all hear what concerns all. */
export function groupsFor<Group extends { audience: Audience }>(groups: Group[], audience?: Audience): Group[] {
  const meant = groups.filter((one) => audience === undefined || one.audience === audience);
  return meant.length === 0 && audience === ALL ? groups : meant;
}
