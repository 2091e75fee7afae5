import type { PersonMention } from './entities/people.ts';
import { act, ask, type Meaning } from './evidence.ts';
import { GistIndex } from './gist.ts';
import { HEARSAY } from './mood.ts';
import type { Clause } from './reading.ts';
import type { Span } from './text.ts';
import { verbose } from './verbose.ts';
import type { WorldPending } from './world.ts';

type PendingLeave = WorldPending['leaves'][number];
interface Decision {
  member: string;
  note: string;
}

const APPROVES = verbose`
  准假 | 批假 | [准批](?!备|时|确|下|复|了吗)[^，。]{1,6}的?假
  | (?<![零一两二三四五六七八九十几\d首头分每]批?)[准批]了(?!吗|没|\s*[零一两二三四五六七八九十几\d]) | 准予 | 照准 | 予批准
  | 予以批准 | 同意 | 批准(?!建设|文) | 批一下 | 批了吧
  | (?<![不能没为标水零一两二三四五六七八九十几\d首头分每多大成整签审报送])[准批][。!！，,\s]*$ | (?<!不)可以[请去] | 都批 | 全批
  | 假[^，。]{0,3}(?:点头|签了|签字|画圈|照批|通过|OK|ok|可以|没问题|行) | (?:通过|OK|ok)[^，。]{0,8}假
`;
/** What refuses a leave. */
export const REJECTS = verbose`
  (?:碍难|难以|未便)[^，。]{0,2}(?:照准|批准|准) | 不准 | 不批 | 不予批准 | 不予准 | 不同意 | 不能批 | 没法批 | 批不了 | 驳回
  | 不能准 | 不许 | (?<![行得])不行(?=[，,。！!]|$) | 不能走 | 不能请 | 不给请 | 请不了 | 走不开 | 离不开 | 不放行
  | 得来(?:学习|听|参加) | 必须(?:到|来|参加) | 别请 | 不让请 | 假条?[^，。]{0,4}(?:退了|打回|打了回|驳)
`;
// 「望批准」 asks for a decision and gives none.
const ASKED_FOR =
  /(?:(?<!所)请(?!假)|望|恳请|盼|敬请|希望|求)[^，。不]{0,8}(?:批准|照准|准予|准(?=[。，!！\s]|$)|准假|同意|准予|批一下|批)/g;
// 「想请个假」 with nobody else named is the speaker's own wish, whatever else is said of not getting away.
const OWN_WISH = /(?:[想要需得]|申请)请[^，。]{0,4}假|请个假/;
// 「某某的报销我同意」
const OTHER_THING =
  /□的(?![^，。]{0,6}[假请])(?!我|[，,。]|(?:也|都|就|可以|先|不)?(?:[同准批]|不))[^，。□]{2,6}?(?:我|咱)?(?:也|就)?(?:同意|批准|准予)/;
// What a verdict on a leave is made of besides names and days.
const VERDICT = verbose.with('g')`
  [不予准批了的同意可以难照驳回碍便能没法许行让得来来去走吧啊呀也都就均一律全先再点头签字画圈天日走给他她我俺本人们这那个位两三几份条事项一下儿另外还有和跟与]
  | [^〇㐀-鿿\w] | \d | 请示 | 领导 | 同志 | 好的? | 申请 | 放心 | 安心
`;
const LEAVE = /假|(?<!申)请|缺席|学习|讲座|培训|会|病|医|下乡|出差|送|家|孩子/;
// 「张伟申请换办公室，不同意」: what was asked for stands ahead of a verdict of its own.
const OTHER_REQUEST = /□(?:申请|要求|提出|提议|[提报写做交拟]的)[^，。]{2,}/;
/**
 * 「同意张伟的方案」, 「同意雷鸣调到农村科」: a verdict on something that is no leave, nor why that person asked for one; told in
 * the same part or in the one before.
 */
function isOfOther(clause: Clause, { start, end }: Span, named: readonly PersonMention[]): boolean {
  const part = clause.nameless.slice(start - clause.start, end - clause.start);
  const within = named.some((one) => one.start >= start && one.end <= end);
  const before = within ? undefined : OTHER_REQUEST.exec(clause.nameless.slice(0, start - clause.start))?.[0];
  const words = within ? part : before;
  if (words === undefined || LEAVE.test(words) || LEAVE.test(part)) return false;
  const left = words.replace(VERDICT, '');
  const reasons = clause.reading.world.pending.leaves.filter(({ member }) =>
    named.some(({ people }) => people.some(({ id }) => id === member)),
  );
  const pairs = [...left].map((_, at) => left.slice(at, at + 2)).filter(({ length }) => length > 1);
  return left.length > 0 && !reasons.some(({ reason }) => pairs.some((pair) => reason.includes(pair)));
}
const SEEN =
  /□(?:那[个份张]?|的)?(?:请?假条?|请假)(?:的事)?[我俺]?(?:都|已经?)?(?:看[了过到]了?|收到了?|知道了?|晓得了?)[，,]\s*$/;
const NODS = /(?:^|[，,])\s*(?:可以|行|没问题|OK)[的了吧]?\s*(?=[，,。！!]|$)/i;
const ABOUT_LEAVE = /假|所请|缺席|看病|请/;

/** What every decision on a leave is told by. */
export const VERDICTS = [APPROVES, REJECTS, NODS, /去吧|心去/];

/**
 * 准假与不批: decisions on leaves that wait, one for every person named, in the order told. A reason or day that fits
 * another's leave better than the person named by sound makes a question.
 */
export function leaveDecisions(clause: Clause, approve: boolean): Meaning<Decision>[] {
  const { reading, text } = clause;
  if (
    /[要想需]请假的|谁|哪[些个]|吗|[?？]|批了没|准了没|批没批|准没准|验收|台账|延期|延到|退回|名单/.test(text) ||
    (OWN_WISH.test(text) && clause.people.length === 0) ||
    clause.mood.supposes ||
    /打算|准备[批准]|考虑[批准]|批不批|准不准|假之?前|怎么|(?:上周|昨天|前天|早就|上个月|以前)[^，。]{0,3}就?[批准]|如果|要是|^\s*[^，。]{0,6}(?<!我)(?:说|讲(?![座课]))[^，。]{0,14}(?:答应|同意|[准批])/.test(
      text,
    ) ||
    HEARSAY.test(text) ||
    OTHER_THING.test(clause.nameless) ||
    (clause.people.length === 0 && /的(?:一律|都|也)?不[批准]/.test(text))
  )
    return [];
  const found: Meaning<Decision>[] = [];
  let named: PersonMention[] = [];
  let from = clause.start;
  let at = clause.start;
  let last: Meaning<Decision> | null = null;
  let other = false;
  const parts = clause.parts.flatMap((part) => {
    // 「雷鸣准、张伟不准」: a verdict each.
    const each = part.split('、');
    const verdict = (one: string) => REJECTS.test(one) || APPROVES.test(one) || /[准批][。!！]?$/.test(one);
    return each.length > 1 && each.every(verdict) ? each : [part];
  });
  for (const [index, whole] of parts.entries()) {
    const part = whole
      .replace(ASKED_FOR, (words) => ' '.repeat(words.length))
      .replace(/不是不(?:[准批]|同意)/g, (words) => ' '.repeat(words.length));
    const start = reading.message.text.indexOf(whole, at);
    const end = start + whole.length;
    at = end;
    const peopleIn = (from: number, to: number) => clause.people.filter((one) => one.start >= from && one.end <= to);
    named.push(...peopleIn(start, end));
    // 「准假 雷鸣」: the name may follow.
    const next = parts[index + 1];
    if (
      named.length === 0 &&
      next !== undefined &&
      !APPROVES.test(next) &&
      !REJECTS.test(next) &&
      /^\s*(?:不批|不准|准假|批假|准|批)\s*$/.test(part)
    )
      named.push(...peopleIn(end, end + next.length + 2));
    const rejects = REJECTS.test(part.replace(/[我俺本人][^，。]{0,8}(?:走不开|离不开|不能走)/g, ''));
    const lets = named.length > 0 && /(?<![不别])去吧(?=[，,。！!]|$)|[安放]心去/.test(part);
    // 「某某那个请假我看了，可以」
    const nods =
      named.length > 0 &&
      NODS.test(part) &&
      SEEN.test(clause.nameless.slice(0, start - clause.start)) &&
      !/^\s*(?:但|不过|只是|可|就是|前提)/.test(parts[index + 1] ?? '');
    const approves = !rejects && (lets || nods || APPROVES.test(part));
    if (!rejects && !approves) continue;
    // 「他写的方案不行，不同意」: a bare verdict behind one on something else is on the same.
    const bare = peopleIn(start, end).length === 0 && !LEAVE.test(part);
    if (!lets && ((other && bare) || isOfOther(clause, { start, end }, named))) {
      other = true;
      continue;
    }
    last = null;
    // 「某某的假不批讲座必须参加」 refuses twice what one asked for.
    const twice = peopleIn(start, end).length > 1 && REJECTS.test(part.replace(REJECTS, ''));
    const both = twice || (rejects && APPROVES.test(part.replace(REJECTS, '')));
    if (rejects === approve && !both) {
      named = [];
      from = end;
      continue;
    }
    const words = reading.message.text.slice(from, end);
    // 「假不同意，学习必须到」: said twice.
    const told = found.at(-1);
    if (told && named.length === 0 && told.inputs.length > 0 && !both && !fitsOne(clause, words)) {
      told.end = end;
      last = told;
      from = end;
      continue;
    }
    const span = { start: from, end };
    // 「准张三的假，他孩子开家长会」: what follows without a decision of its own tells of the same leave.
    const withReason = (at: number): string => {
      const next = parts.findIndex((one, place) => place > at && (APPROVES.test(one) || REJECTS.test(one)));
      return next < 0 ? reading.message.text.slice(from, clause.end) : words;
    };
    const leavesTalk =
      ABOUT_LEAVE.test(clause.text) ||
      named.length > 0 ||
      fitsOne(clause, words) ||
      clause.text.replace(/[\p{P}\s]/gu, '').length <= 6;
    if (!leavesTalk) return [];
    const meaning = both
      ? ask(span, 2, '请分别写明，如“准假 张三”或“不批 李四”。', choicesOf(clause))
      : decided(clause, named, withReason(index), span);
    // A reason that sounds like a verdict is about the same person.
    if (told && meaning && sameOne(told, meaning)) {
      told.end = end;
      last = told;
      from = end;
      named = [];
      continue;
    }
    if (meaning) found.push(meaning);
    last = meaning;
    named = [];
    from = end;
  }
  // What follows the last decision is its reason: 「不批 雷鸣 材料改走机要」.
  if (last) for (const input of last.inputs) input.note = reading.message.text.slice(last.start, clause.end).trim();
  return found;
}

const sameOne = ({ inputs: [one, ...more] }: Meaning<Decision>, { inputs: [other, ...others] }: Meaning<Decision>) =>
  one !== undefined && one.member === other?.member && more.length === 0 && others.length === 0;

function decided(
  clause: Clause,
  named: PersonMention[],
  words: string,
  span: { start: number; end: number },
): Meaning<Decision> | null {
  const note = words.trim();
  const { world, lexicon } = clause.reading;
  const pending = world.pending.leaves;
  const fitting = byFacts(clause, pending, words);
  const [self] = named.flatMap(({ people }) => people).filter(({ id }) => id === clause.reading.speaker.id);
  // A name at the end is a signature; right after the decision it is whom it is about, oneself too.
  if (self && named.length === 1 && new RegExp(`(?:准假|批假|不批|不准)\\s*${self.name}`).test(clause.text))
    return act(span, 2.5, { member: self.id, note });
  const colleagues = named.filter(({ people }) => !people.every(({ id }) => id === clause.reading.speaker.id));
  if (colleagues.length > 0) {
    const fitsAnother = (id: string): boolean => {
      const person = world.members.find((member) => member.id === id);
      const alike = person ? lexicon.people.soundingLike(person) : [];
      return (
        fitting.length < pending.length &&
        !fitting.some(({ member }) => member === id) &&
        fitting.some(({ member }) => alike.some((one) => one.id === member))
      );
    };
    const members = colleagues.map(({ people, how }) => {
      const [only] = people;
      if (only && people.length === 1 && how !== 'sound') return fitsAnother(only.id) ? null : only.id;
      const waiting = people.filter(({ id }) => pending.some(({ member }) => member === id));
      const matching = waiting.filter(({ id }) => fitting.some(({ member }) => member === id));
      const left =
        waiting.length === 1 ? waiting : matching.length === 1 && fitting.length < pending.length ? matching : people;
      return left.length === 1 ? (left[0]?.id ?? null) : null;
    });
    // Named is one who asked for nothing while one who sounds alike did.
    const misheard = colleagues.some(({ people: [person] }) => {
      const waits = (one: { id: string }) => pending.some(({ member }) => member === one.id);
      return person !== undefined && !waits(person) && lexicon.people.soundingLike(person).some(waits);
    });
    // Named is one who asked for nothing, and what is told fits another alone.
    const [only] = fitting;
    const astray = members.some((member) => member !== null && !pending.some((one) => one.member === member));
    if (astray && only && fitting.length === 1 && fitting.length < pending.length)
      return ask(span, 2, '您说的是哪一位的请假？请写全名。', choicesOf(clause));
    if (misheard || members.some((member) => member === null))
      return ask(span, 2, '您说的是哪一位的请假？请写全名。', choicesOf(clause));
    return act(span, 2.5, ...members.flatMap((member) => (member ? [{ member, note }] : [])));
  }
  const waiting = world.members.filter(({ id }) => pending.some(({ member }) => member === id));
  const [heard, second] = [...lexicon.people.heardIn(words), ...lexicon.people.heardOf(waiting, words)];
  if (heard) {
    const [person, other] = heard.people;
    const waits = pending.find(({ member }) => member === person?.id);
    const clear = person && !other && !second && waits && fitting.length > 0 && fitting.includes(waits);
    return clear
      ? act(span, 2.5, { member: person.id, note })
      : ask(span, 2, '您说的是哪一位的请假？请写全名。', choicesOf(clause));
  }
  const unit = clause.reading.speaker.department;
  const mine = fitting.filter(({ member }) => decides(clause, member));
  const [only] = mine.length > 0 ? mine : fitting.length < pending.length ? fitting : [];
  if (only && (mine.length === 1 || (mine.length === 0 && fitting.length === 1)))
    return act(span, 2.5, { member: only.member, note });
  if (pending.length === 0 && !/假/.test(clause.text)) return null;
  if (!/假|准|批/.test(words)) return null;
  return unit ? ask(span, 2, '您要批哪一位的请假？请写成“准假 张三”或“不批 张三 原因”。', choicesOf(clause)) : null;
}

/** Whose leave the speaker may have before him: the head's staff, the leader's heads. Only to find who is meant. */
function decides({ reading: { speaker, world } }: Clause, memberId: string): boolean {
  const member = world.members.find(({ id }) => id === memberId);
  const unit = world.departments.find(({ code }) => code === member?.department);
  return unit?.head === speaker.id ? memberId !== speaker.id : unit?.leader === speaker.id && unit?.head === memberId;
}

/** Day, topic or reason point at one leave alone. */
const fitsOne = (clause: Clause, words: string): boolean => {
  const { leaves } = clause.reading.world.pending;
  return leaves.length > 1 && byFacts(clause, leaves, words).length === 1;
};

/** Pending leaves that nothing said speaks against: day, session, unit, reason. */
function byFacts(clause: Clause, pending: PendingLeave[], words: string): PendingLeave[] {
  const { world, lexicon } = clause.reading;
  let fitting = pending;
  const narrow = (keep: (leave: PendingLeave) => boolean) => {
    const kept = fitting.filter(keep);
    if (kept.length > 0) fitting = kept;
  };
  const units = new Set(clause.departments.map(({ department }) => department.code));
  if (units.size > 0)
    narrow(({ member }) => units.has(world.members.find(({ id }) => id === member)?.department ?? ''));
  const reasons = new GistIndex(pending.map(({ reason }) => reason)).find(words);
  const best = reasons[0]?.score ?? 0;
  if (best >= 0.5) narrow((leave) => reasons.some(({ index, score }) => pending[index] === leave && score === best));
  const days = new Set(clause.days('near').map(({ day }) => day));
  if (days.size > 0)
    narrow(({ session, from, to }) => {
      const day = lexicon.sessions.all.find(({ code }) => code === session)?.day;
      return [...days].some(
        (one) => one === day || (from !== undefined && to !== undefined && one >= from && one <= to),
      );
    });
  return fitting;
}

const choicesOf = (clause: Clause) =>
  clause.reading.world.pending.leaves.slice(0, 4).map(({ member }) => ({
    label: clause.reading.world.members.find(({ id }) => id === member)?.name ?? member,
    input: { member, note: '' },
  }));
