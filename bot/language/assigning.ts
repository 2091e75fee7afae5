import { has } from '../permission.ts';
import type { DepartmentMention } from './entities/departments.ts';
import { act, ask, cue, givesOrders, type Meaning } from './evidence.ts';
import { HEARSAY } from './mood.ts';
import {
  ASKS_FOR,
  CALLED,
  DELIVER,
  dueDay,
  HANDED_ON,
  HANDS_TO,
  LEADS,
  LED,
  NO_ORDER,
  ORDERLY,
  ORDERS,
  TOLD,
} from './orders.ts';
import { matchesOf } from './pattern.ts';
import type { Clause } from './reading.ts';
import { overlaps } from './text.ts';

/** What an order says of itself. */
export interface Assigning {
  department?: string | undefined;
  member?: string | undefined;
  /** 协办: codes of units, ids of people */
  helpers?: string[] | undefined;
  deadline: string;
  kind: 'assigned' | 'transferred';
  text: string;
}

// Told as having happened, or as what was to be and was not: no order ends so.
const CAME_TO_PASS =
  /(?:[发看收交报搬办完消]|取消|结束)了[。！!\s]*$|[借送寄还租]给[^，。]{2,14}了(?:[，。]|$)|^\s*本来/;

// 「省厅交办市局……」, 「转办县区」: right behind the word stands another body.
const OTHER_BODY = /^给?(?:[省市县区乡镇州][〇㐀-鿿]{0,4}?[局委厅府办所]|各?县区|各县|各市|开发区)/;
const DISMISSED = /(?:不用|不要|别让|不必|不让)[^，,。；;]*/g;
const FORM = /^\s*(?:请|现)?(?:将)?(?:交办|转办)(?!了|过)[^，。：:\n]{2,24}[:：](?=.{4})/;

// 「把年休假情况表交我」: what is wanted is a paper, whatever it is about.
const PAPERS =
  /[〇㐀-鿿]?(?:年休|公休|请|年|病|事|休)假(?:的|[^，。的]{0,4}(?:情况|统计|汇总|安排))*[^，。]{0,2}(?:表|册|名单|台账|统计|计划|制度|办法|规定|记录|报告单)/g;

/** 交办 and 转办: who is told to do what by when (R56). */
export function assigning(clause: Clause): Meaning<Assigning> | null {
  const { reading, text, mood } = clause;
  // 「交办高新科：6月7日前走访三家企业」: behind the colon stands the matter, whatever it speaks of.
  const order = FORM.exec(text)?.[0] ?? text.replace(PAPERS, '');
  if (
    NO_ORDER.test(order) ||
    CAME_TO_PASS.test(order) ||
    HEARSAY.test(text) ||
    mood.supposes ||
    (mood.asks && !/能不能|能否|可否/.test(text))
  )
    return null;
  const all = reading.message.text;
  const outright =
    cue(clause, ORDERS) ??
    cue(clause, HANDS_TO) ??
    (LED.test(reading.lead) ? { start: clause.start, end: clause.start } : null);
  if (outright && OTHER_BODY.test(clause.nameless.slice(outright.end - clause.start))) return null;
  // Most clauses name nobody who could be told to do anything.
  const isTold = clause.departments.length > 0 || clause.people.length > 0;
  if (!outright && !isTold && !DELIVER.test(text)) return null;
  const dismissed = matchesOf(all, DISMISSED).map(({ index, 0: words }) => ({
    start: index,
    end: index + words.length,
  }));
  const free = <T extends { start: number; end: number }>(found: T[]): T[] =>
    found.filter((one) => !dismissed.some((other) => overlaps(one, other)));
  const { units, helping, head } = partsTaken(free(clause.departments), all, clause.start);
  const colleagues = free(clause.people).filter(({ people }) => people.every(({ id }) => id !== reading.speaker.id));
  const days = clause.days('ahead');
  const after = outright ?? cue(clause, ASKS_FOR);
  const called = (one: { start: number }): boolean => CALLED.test(all.slice(clause.start, one.start));
  const leads = (one: { start: number; end: number }): boolean =>
    LEADS.test(all.slice(clause.start, one.start)) &&
    givesOrders(reading.speaker) &&
    !/^(?:说|讲|已|正在|刚|反映|报得|表示|答应)/.test(all.slice(one.end));
  // Who follows the very word that gives the order; else whoever is named after it; else who stands at the head.
  const unit =
    head ??
    units.find(called) ??
    units.find(leads) ??
    (outright ? (units.find(({ start }) => start >= outright.start) ?? units[0]) : undefined);
  const person =
    colleagues.find(called) ??
    colleagues.find((one) => unit !== undefined && one.start - unit.end >= 0 && one.start - unit.end <= 1) ??
    (unit
      ? undefined
      : ((ORDERLY.test(text) && !TOLD.test(text) ? colleagues.find(leads) : undefined) ??
        (outright ? colleagues[0] : undefined)));
  if (!unit && !person && days.length > 0 && DELIVER.test(text) && reading.chat === 'direct') {
    // 「跟于佳讲一下……」: nobody is written so, somebody sounds so.
    const heard = reading.lexicon.people.heardIn(text).find(({ start }) => CALLED.test(text.slice(0, start)));
    if (heard) return ask(clause, 2, '要交给哪一位办？请写全名。');
  }
  if (!unit && !person)
    return outright && days.length > 0 && reading.chat === 'direct' && /交办|转办|责成|布置/.test(text)
      ? ask(clause, 2, '要交给哪个科室（单位）办？请写成“交办高新科：周五前报名单”。')
      : null;
  if (!outright && (!DELIVER.test(text) || (!after && !leads(unit ?? person ?? clause)))) return null;
  if (clause.toAll && !outright) return null;
  if (unit?.how === 'own' && !outright) return null;
  if (
    unit &&
    reading.speaker.roles.includes('staff') &&
    unit.department.code === reading.speaker.department &&
    !outright &&
    !person
  )
    return null;
  if (
    unit &&
    !outright &&
    !unit.how.startsWith('own') &&
    unit.department.code === reading.speaker.department &&
    !has(reading.speaker, 'chief', 'leader') &&
    leads(unit)
  )
    return null;
  const claimed = { start: clause.start, end: clause.end };
  // Told by name what to do by when: more than a wish to be shown something.
  const weight = [unit, person].some((one) => one && (called(one) || leads(one))) ? 2.65 : 2.3;
  const kind = HANDED_ON.test(text) ? ('transferred' as const) : ('assigned' as const);
  const common = { kind, text: clause.said.trim() };
  if (person && person.people.length > 1) return ask(claimed, 2, '交给哪一位办？请写全名。');
  const namesake = person?.people.flatMap((one) => reading.lexicon.people.soundingLike(one)) ?? [];
  if (clause.items.some(({ items }) => items.some(({ owner }) => namesake.some(({ id }) => id === owner))))
    return ask(claimed, 2, '交给哪一位办？同音的不止一人，请写明科室和姓名。');
  if (!person && unit?.how === 'sound') return ask(claimed, 2, `是交给${unit.department.name}办吗？`);
  const deadline = dueDay(text, clause.start, days);
  // 「上周五前就该报的」 complains.
  if (deadline && deadline < reading.today)
    return outright && reading.chat === 'direct' ? ask(claimed, 2, '完成时限已经过去，请写明今天以后的日期。') : null;
  // 「高新科六月十五号前报甲，成果科六月二十号前报乙」: each its own.
  const each = units.filter(
    (one) =>
      one !== unit &&
      /[，,；;。]\s*(?:让|请|交办|转办|交给|责成)?$/.test(all.slice(clause.start, one.start)) &&
      DELIVER.test(all.slice(one.end, one.end + 20)),
  );
  if (unit && each.length > 0 && days.length > 0 && !person) {
    const heads = [unit, ...each];
    return act(
      claimed,
      weight,
      ...heads.map((one, index) => {
        const until = heads[index + 1]?.start ?? clause.end;
        const own = days.find(({ start }) => start >= one.end && start < until);
        return { department: one.department.code, deadline: own?.day ?? days.at(-1)?.day ?? '', ...common };
      }),
    );
  }
  if (!deadline)
    return outright || givesOrders(reading.speaker)
      ? reading.chat === 'direct' && (outright || /把|报|交|拿|弄|做|写|搞|出|整|查|核|理|备/.test(text))
        ? ask(claimed, outright ? weight : 2, '请写明完成时限，如“周五前报”。')
        : null
      : null;
  if (person) {
    const [member] = person.people;
    const whose =
      unit && unit.end <= person.start && person.start - unit.end <= 1 ? { department: unit.department.code } : {};
    const together = inOneBreath(colleagues.slice(colleagues.indexOf(person)), all);
    const [one, ...more] = together.every(({ people }) => people.length === 1)
      ? together.flatMap(({ people }) => people)
      : [member];
    if (more.length > 0 && EACH.test(text))
      return act(claimed, weight, ...[one, ...more].map((own) => ({ member: own?.id, deadline, ...common })));
    const helpers = [...more.flatMap((also) => also?.id ?? []), ...helping.map(({ department }) => department.code)];
    return act(claimed, weight, {
      ...whose,
      member: one?.id,
      deadline,
      ...common,
      ...(helpers.length > 0 && { helpers }),
    });
  }
  const first = head ? units.find(called) : unit;
  const together = [...(head ? [head] : []), ...(first ? inOneBreath(units.slice(units.indexOf(first)), all) : [])];
  const [one, ...more] = [...new Set(together.map(({ department }) => department.code))];
  if (more.length > 0 && helping.length === 0 && !head && EACH.test(text))
    return act(claimed, weight, ...[one, ...more].map((department) => ({ department, deadline, ...common })));
  const helpers = [...new Set([...more, ...helping.map(({ department }) => department.code)])].filter(
    (code) => code !== one,
  );
  return act(claimed, weight, { department: one, deadline, ...common, ...(helpers.length > 0 && { helpers }) });
}

/** each of them has a matter of its own */
const EACH =
  /各(?!科|单位|处|股|项|类|级|局|部门|县|区|位|种|方面)|分别|每[个家]?(?:科|单位|人)|人手一|一人一|都(?=要|得|在|按|给|报|交)/;
const AND = /^(?:、|和|与|及|跟|，)+$/;
/** Those named one right after the other, from the first on. */
function inOneBreath<T extends { start: number; end: number }>(named: T[], all: string): T[] {
  const until = named.findIndex((one, index) => index > 0 && !AND.test(all.slice(named[index - 1]?.end, one.start)));
  return until < 0 ? named : named.slice(0, until);
}

const HEADS = /^(?:负责)?(?:牵头|主办|主责|为主)/;
const HELPS = /^等?(?:要|来|负责|做好)?(?:积极|密切|主动)?(?:配合|协助|协办|参与|协同)/;
const HELPERS = /(?:(?:协办|配合|协助)(?:科室|单位|部门)?(?:（单位）)?[：:是为]?|会同|联合|协同)\s*$/;
const ALSO = /^(?:、|和|与|及|跟)+$/;

/**
 * 主办 and 协办 (R56): the one named as 牵头, those that help by a word before or behind them, with those in the same breath,
 * and the rest. Where all were to help the first has the matter.
 */
function partsTaken(named: DepartmentMention[], all: string, start: number) {
  const helps = named.map((one) => HELPS.test(all.slice(one.end)) || HELPERS.test(all.slice(start, one.start)));
  const joined = (index: number): boolean => ALSO.test(all.slice(named[index - 1]?.end, named[index]?.start));
  for (let index = 1; index < named.length; index++)
    if (helps[index - 1] && joined(index) && HELPERS.test(all.slice(start, named[index - 1]?.start)))
      helps[index] = true;
  for (let index = named.length - 1; index > 0; index--)
    if (helps[index] && joined(index) && HELPS.test(all.slice(named[index]?.end))) helps[index - 1] = true;
  const helping = named.filter((_, index) => helps[index]);
  const rest = named.filter((_, index) => !helps[index]);
  const [first, ...others] = helping;
  if (rest.length === 0 && first) return { units: [first], helping: others, head: undefined };
  return { units: rest, helping, head: rest.find((one) => HEADS.test(all.slice(one.end))) };
}
