import { type Day, dayOf, instantAt } from '#bot/calendar.ts';
import { countOf } from '#bot/domain/attendance.ts';
import { grouped } from '#bot/domain/grouped.ts';
import { TAKEN_BACK } from '#bot/domain/item-state.ts';
import { STATUS_WORDS } from '#bot/domain/item-words.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { type LightRule, lit } from '#bot/domain/light.ts';
import {
  carriedInWords,
  type MeetingPack,
  monthsOpen,
  type UnitFigures,
  type UnitReport,
} from '#bot/domain/meeting-pack.ts';
import { monthBefore } from '#bot/domain/month.ts';
import { ofUnit } from '#bot/domain/whose.ts';
import type { World, WorldDepartment } from '#bot/language/reading.ts';
import { itemsAsOf } from './as-of.ts';
import type { Tx } from './db.ts';
import { lightRuleAt } from './figures.ts';
import { keptLedger } from './kept-ledger.ts';
import { handInStates, monthReports } from './month.ts';
import { cutOffOf, lightsOf, monthFacts } from './month-facts.ts';
import { problemRound } from './problem-round.ts';
import { sessionsHeld, type UnitAttendance, unitAttendances } from './study-sheets.ts';

type Item = Awaited<ReturnType<typeof itemsAsOf>>[number];

/** 汇报会材料 about a month: figures as the digest has them, summaries and commentary as they are by `now` (R61). */
export async function packOf(tx: Tx, world: World, month: string, now: Date): Promise<MeetingPack> {
  const cutOff = cutOffOf(month, now);
  const day = dayOf(cutOff);
  const items = (await itemsAsOf(tx, cutOff)).filter(({ split }) => !split);
  const rule = await lightRuleAt(tx, cutOff);
  const ofUnit = grouped(items, ({ departmentCode }) => departmentCode);
  const reports = await monthReports(tx, month);
  const stateOf = await handInStates(tx, month);
  const commentaries = await commentariesOf(tx, monthBefore(month));
  const answers = await answersTo(tx, monthBefore(month), now);
  const study = await unitAttendances(tx, world, await sessionsHeld(tx, `${month}-01`, day, cutOff));
  const ofStudy = new Map(study.map((one) => [one.unit.code, one]));
  const visits = await visitsIn(tx, month, day);
  const begun = world.campaign?.from ?? null;
  const looked = await problemRound(tx, world, month, now);
  const carried = await carriedOf(tx, month, cutOff);
  const ended = await endedIn(tx, month, cutOff);
  const campaign = await tx.campaign.findUnique({ where: { id: 1 } });
  return {
    office: campaign?.office ?? '',
    campaign: campaign?.name ?? '一创双优',
    madeOn: dayOf(now),
    facts: await monthFacts(tx, world, month, now),
    meeting: await lastMeeting(tx, month, now, day),
    units: world.departments.map(({ code, name }, index): UnitReport => {
      const own = ofUnit.get(code) ?? [];
      const report = reports.get(code);
      return {
        ...{ name, study: studyIn(ofStudy.get(code)), ...itemFigures(own, day, rule) },
        carried: carried.get(code) ?? null,
        looked: looked[index] ?? { entered: 0, none: false, late: false },
        ended: ended.get(code) ?? [],
        visits: visits.get(code) ?? 0,
        ...{ summary: report?.text ?? '', late: stateOf(code) === '逾期', exempt: stateOf(code) === '免报' },
        ...{ commentary: commentaries.get(code) ?? '', answered: answers.get(code) ?? '' },
        attention: attentionOf(own, day, rule, begun, month),
      };
    }),
  };
}

const studyIn = (own: UnitAttendance | undefined): UnitReport['study'] => ({
  sessions: own?.sessions ?? 0,
  expected: own?.attendances.expected.length ?? 0,
  came: own ? countOf(own.attendances, 'present', 'late') : 0,
});

const accepted = (items: readonly Item[]): number => items.filter(({ acceptedAt }) => acceptedAt).length;

/** What a single unit's paper counts of a month: the same figures as the pack has, of that unit alone. */
export async function unitFigures(
  tx: Tx,
  world: World,
  unit: WorldDepartment,
  month: string,
  now: Date,
): Promise<UnitFigures> {
  const cutOff = cutOffOf(month, now);
  const day = dayOf(cutOff);
  const own = (await itemsAsOf(tx, cutOff, ofUnit(unit.code))).filter(({ split }) => !split);
  const held = await sessionsHeld(tx, `${month}-01`, day, cutOff);
  const [study] = await unitAttendances(tx, { ...world, departments: [unit] }, held);
  return {
    ...{ name: unit.name, study: studyIn(study), ...itemFigures(own, day, await lightRuleAt(tx, cutOff)) },
    visits: (await visitsIn(tx, month, day)).get(unit.code) ?? 0,
  };
}

/** Visits of a month up to a day, by unit. */
async function visitsIn(tx: Tx, month: string, day: Day): Promise<Map<string, number>> {
  const rows = await tx.visit.groupBy({
    by: ['departmentCode'],
    where: { date: { gte: `${month}-01`, lte: day }, undoneAt: null },
    _count: { _all: true },
  });
  return new Map(rows.map(({ departmentCode, _count }) => [departmentCode, _count._all]));
}

type ItemFigures = Pick<UnitFigures, 'items' | 'done' | 'lights' | 'assigned' | 'problems'>;

function itemFigures(own: readonly Item[], day: Day, rule: LightRule): ItemFigures {
  const assigned = own.filter(({ category }) => category === '交办' || category === '转办');
  const problems = own.filter(({ category }) => category === '查摆整改');
  const overdue = assigned.filter((item) => statusOf(item, day) === 'overdue').length;
  return {
    ...{ items: own.length, done: accepted(own), lights: lightsOf(own, day, rule) },
    assigned: { items: assigned.length, done: accepted(assigned), overdue },
    problems: { items: problems.length, done: accepted(problems) },
  };
}

/** Red before yellow, then what has been unfinished for long. */
function attentionOf(
  own: readonly Item[],
  day: Day,
  rule: LightRule,
  begun: Day | null,
  month: string,
): UnitReport['attention'] {
  const rank = { red: 0, yellow: 1, green: 2, grey: 2, blue: 3 };
  return own
    .filter(({ acceptedAt }) => !acceptedAt)
    .map((item) => ({
      ...lit(item, day, rule),
      ...{ category: item.category, openedOn: item.openedOn },
      title: `${item.no}号《${item.title}》`,
      months: monthsOpen(item.openedOn, begun, month),
    }))
    .filter(
      ({ light, months, category }) => rank[light] < 2 || carriedInWords(months) !== '' || category === '查摆整改',
    )
    .sort((one, other) => rank[one.light] - rank[other.light])
    .map(({ title, why, months, category, openedOn }) => ({
      ...{ title, months },
      // A problem that is not off the list is carried over with its age (R52).
      why: category === '查摆整改' && openedOn ? `${why}，列账${daysBetween(openedOn, day)}天` : why,
    }));
}

async function commentariesOf(tx: Tx, month: string): Promise<Map<string, string>> {
  const rows = await tx.commentary.findMany({ where: { month, undoneAt: null }, orderBy: { id: 'asc' } });
  return new Map(
    [...grouped(rows, ({ departmentCode }) => departmentCode)].map(([code, own]) => [
      code,
      own.map(({ text }) => text).join('；'),
    ]),
  );
}

/** What units say was done about the commentary on a month, as it stands by an instant. */
async function answersTo(tx: Tx, month: string, now: Date): Promise<Map<string, string>> {
  const rows = await tx.commentaryAnswer.findMany({
    where: { month, undoneAt: null, at: { lte: now } },
    orderBy: { id: 'asc' },
  });
  return new Map(rows.map(({ departmentCode, text }) => [departmentCode, text]));
}

/** The meeting of the month, with the matters that were given out at or after it, as they stand (R61). */
async function lastMeeting(tx: Tx, month: string, now: Date, day: Day): Promise<MeetingPack['meeting']> {
  const meeting = await tx.meeting.findFirst({
    where: { heldOn: { gte: `${month}-01`, lte: `${month}-31` }, at: { lte: now }, undoneAt: null },
    orderBy: { heldOn: 'desc' },
  });
  if (!meeting) return null;
  const given = await tx.assignment.findMany({
    where: { source: '会议', undoneAt: null, at: { gte: instantAt(meeting.heldOn, '00:00'), lte: now } },
    orderBy: { id: 'asc' },
  });
  const items = await tx.ledgerItem.findMany({
    where: { code: { in: given.map(({ itemCode }) => itemCode) } },
    orderBy: { no: 'asc' },
  });
  const { heldOn, attended, decisions } = meeting;
  const matters = items.map((item) => `${item.code}《${item.title}》${STATUS_WORDS[statusOf(item, day)]}`);
  return { heldOn, attended, decisions, matters };
}

const daysBetween = (from: Day, to: Day): number => Math.max(0, (Date.parse(to) - Date.parse(from)) / 86_400_000);

/** What each unit carried into the month, and how much of it was finished or ended by then (R53). */
async function carriedOf(
  tx: Tx,
  month: string,
  at: Date,
): Promise<Map<string, { items: number; done: number; ended: number }>> {
  const rows = await tx.carriedOver.findMany({ where: { month } });
  const ledger = await keptLedger(tx);
  return new Map(
    rows.map(({ departmentCode, items }) => {
      const own = (JSON.parse(items) as string[]).flatMap((code) => ledger.get(code) ?? []);
      const by = (when: Date | null): boolean => when !== null && when <= at;
      const done = own.filter(({ acceptedAt }) => by(acceptedAt)).length;
      return [departmentCode, { items: own.length, done, ended: own.filter(({ endedAt }) => by(endedAt)).length }];
    }),
  );
}

/** What was ended by decision within the month, with the reason (R53). What was taken back was never to be done. */
async function endedIn(tx: Tx, month: string, at: Date): Promise<Map<string, string[]>> {
  const facts = await tx.itemFact.findMany({
    where: {
      ...{ kind: 'ended', undoneAt: null, note: { notIn: Object.values(TAKEN_BACK) } },
      at: { gte: instantAt(`${month}-01`, '00:00'), lte: at },
    },
    orderBy: { id: 'asc' },
  });
  const ledger = await keptLedger(tx);
  const told = facts.flatMap(({ itemCode, note }) => {
    const item = ledger.get(itemCode);
    return item ? [{ unit: item.departmentCode, words: `${item.no}号《${item.title}》（${note}）` }] : [];
  });
  return new Map([...grouped(told, ({ unit }) => unit)].map(([unit, own]) => [unit, own.map(({ words }) => words)]));
}
