export interface WorldPerson {
  id: string;
  name: string;
  department: string;
  title: string;
  roles: string[];
}
export interface WorldItem {
  code: string;
  no: number;
  title: string;
  target: number | null;
  unit: string | null;
  department: string;
  leader: string | null;
  owner: string | null;
  deadline: string;
}
export interface WorldSession {
  code: string;
  topic: string;
  start: string;
  end: string;
  venue: string;
}

export interface WorldDepartment {
  code: string;
  name: string;
  aliases: string[];
  leader: string | null;
  head: string | null;
}
/** 重点企业 */
export interface WorldEnterprise {
  code: string;
  name: string;
  aliases: string[];
  liaison: string | null;
}
/** What awaits a decision. */
export interface WorldPending {
  /** `reason` is for telling two leaves apart; it never leaves the approver's own questions */
  leaves: { code: string; member: string; session?: string; from?: string; to?: string; reason: string }[];
  acceptances: string[];
}

/** What understanding may know of the office; the same shape from the record book and from a file. */
export interface World {
  departments: WorldDepartment[];
  pending: WorldPending;
  members: WorldPerson[];
  ledger: WorldItem[];
  sessions: WorldSession[];
  enterprises: WorldEnterprise[];
}

/** A message read once: what every capability's evidence looks at. */
export interface Reading {
  text: string;
  speaker: WorldPerson;
  now: Date;
  world: World;
  /** items the words name by number, code or title, the speaker's own first */
  items: WorldItem[];
  /** asks, denies, plans or quotes, so that it reports nothing */
  unreal: boolean;
}

const FULL_WIDTH = /[０-９Ａ-Ｚａ-ｚ％＃－．]/g;

/** Half-width figures and letters (punctuation stays: reasons and notes are kept verbatim), one kind of blank, the two spellings of 台账 as one (requirements 3.7). */
export const normalise = (text: string): string =>
  text
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u3000]+/g, ' ')
    .replaceAll('台帐', '台账')
    .trim();

const UNREAL = /[?？吗呢]|[还尚]?[没未](?!报)|不是|打算|准备|计划|如果|要是|听说|据说|争取|预计|别|“|「/;

/** Reads one message of a known speaker. */
export function read(text: string, speaker: WorldPerson, now: Date, world: World): Reading {
  const words = normalise(text).slice(0, 4000);
  return { text: words, speaker, now, world, items: itemsNamed(words, speaker, world), unreal: UNREAL.test(words) };
}

function itemsNamed(text: string, speaker: WorldPerson, world: World): WorldItem[] {
  const code = /(?<![A-Za-z0-9])([A-Za-z]{1,3}\d?-\d+)(?!\d)/.exec(text)?.[1]?.toUpperCase();
  if (code) return world.ledger.filter((item) => item.code.toUpperCase() === code);
  const number = /(?:(\d+)号台账|台账(\d+)|第(\d+)项|#(\d+)|^(\d+)号)/.exec(text)?.slice(1).find(Boolean);
  if (number) return world.ledger.filter((item) => item.no === Number(number));
  const titled = world.ledger.filter((item) => longestShared(item.title, text) >= 4);
  const best = Math.max(0, ...titled.map((item) => longestShared(item.title, text)));
  const fitting = titled.filter((item) => longestShared(item.title, text) === best);
  const own = fitting.filter((item) => item.owner === speaker.id);
  return own.length > 0 ? own : fitting;
}

/** Length of the longest run of characters that title and text have in common. */
function longestShared(title: string, text: string): number {
  let longest = 0;
  for (let from = 0; from < title.length; from++)
    while (text.includes(title.slice(from, from + longest + 1)) && from + longest < title.length) longest++;
  return longest;
}
