import { dayInWords, dayOf, isWorkday, workdayUpTo } from '#bot/calendar.ts';
import { keepHelpers } from '#bot/domain/matter.ts';
import type { World } from '#bot/language/reading.ts';
import { awayOn } from './absence.ts';
import type { Tx } from './db.ts';
import { record } from './facts.ts';
import { nextNo } from './ledger.ts';
import { nextNumber } from './number.ts';

export interface NewMatter {
  kind: 'assigned' | 'transferred';
  title: string;
  /** verbatim, as it was given */
  text: string;
  deadline: string;
  department: { code: string; leader: string | null };
  /** the person it was given to by name, if any */
  member: string | null;
  owner: string | null;
  by: { id: string; name: string };
  at: Date;
  inboxKey: string;
  level?: string;
  source?: string;
  rhythm?: string;
  /** 协办: unit codes */
  helpers?: string[];
}
const KINDS = { assigned: { word: '交办', prefix: 'JB' }, transferred: { word: '转办', prefix: 'ZB' } } as const;

/** 交办 (R56): the matter becomes a ledger item under its number; a number once given is not given again. */
export async function giveOut(tx: Tx, matter: NewMatter): Promise<{ id: number; code: string; no: number }> {
  const { kind, title, deadline, department, owner, by, at } = matter;
  const { word, prefix } = KINDS[kind];
  const year = dayOf(at).slice(0, 4);
  const code = await nextNumber(tx.assignment, prefix, year);
  const no = await nextNo(tx);
  const today = dayOf(at);
  await tx.ledgerItem.create({
    data: {
      ...{ code, no, title, deadline, level: '科室', category: word, departmentCode: department.code },
      ...{ leaderId: department.leader, ownerId: owner, remark: `${by.name}${word}`, startOn: today, openedOn: today },
    },
  });
  await record(tx, code, {
    ...{ kind: 'defined', personId: by.id, at, inboxKey: matter.inboxKey, note: matter.text },
    ...{ target: null, day: deadline, other: department.code, ownerId: owner },
  });
  const { id } = await tx.assignment.create({
    data: {
      ...{ itemCode: code, number: code, kind, byId: by.id, departmentCode: department.code },
      ...{ memberId: matter.member, text: matter.text, at },
      ...{ level: matter.level ?? '一般', source: matter.source ?? '', rhythm: matter.rhythm ?? '' },
      helpers: keepHelpers(matter.helpers ?? []),
    },
  });
  return { id, code, no };
}

/** A matter given out, with who gave it, as far as it still stands. */
export const assignmentOf = (tx: Tx, itemCode: string) =>
  tx.assignment.findFirst({ where: { itemCode, undoneAt: null } });

/** Rows that speak of matters, each with its item, as far as that is still to be done. */
export async function withOpenItems<Row extends { itemCode: string }>(tx: Tx, rows: readonly Row[]) {
  if (rows.length === 0) return [];
  const items = await tx.ledgerItem.findMany({
    where: {
      code: { in: rows.map(({ itemCode }) => itemCode) },
      ...{ endedAt: null, acceptedAt: null, completedAt: null },
    },
  });
  const byCode = new Map(items.map((item) => [item.code, item]));
  return rows.flatMap((row) => {
    const item = byCode.get(row.itemCode);
    return item ? [{ row, item }] : [];
  });
}

/** Matters of a unit, or of all, that nobody signed for and nobody objected to, oldest first (R56). */
export async function unsignedOf(tx: Tx, department?: string) {
  const open = await tx.assignment.findMany({
    where: { signedAt: null, objectedAt: null, undoneAt: null, number: { not: null } },
    orderBy: { id: 'asc' },
  });
  return (await withOpenItems(tx, open))
    .filter(({ item }) => department === undefined || item.departmentCode === department)
    .map(({ row: assignment, item }) => ({ assignment, item }));
}

/** Units that held a matter before the present one, and how often it was passed on. */
export async function holdersOf(tx: Tx, itemCode: string): Promise<{ held: string[]; transfers: number }> {
  const signed = await tx.handover.findMany({ where: { itemCode, state: 'signed' }, orderBy: { id: 'asc' } });
  return { held: signed.map(({ fromDepartment }) => fromDepartment), transfers: signed.length };
}

const STATES: Record<string, string> = { pending: '待签收', refused: '未签收', withdrawn: '已收回', waiting: '待同意' };

/** 转办经过: everybody who held a matter and was to hold it, in order, with when and why (R57); empty where it was never passed on. */
export async function chainOf(tx: Tx, itemCode: string, { departments, members }: World): Promise<string[]> {
  const rows = await tx.handover.findMany({ where: { itemCode }, orderBy: { id: 'asc' } });
  const unit = (code: string): string => departments.find((one) => one.code === code)?.name ?? code;
  const named = (id: string | null): string => members.find((one) => one.id === id)?.name ?? '';
  return rows.map((row) => {
    const { at, fromDepartment, toDepartment, byId, reason, state, decidedBy, decidedAt, answer } = row;
    const allowed = row.allowedAt ? `${dayInWords(dayOf(row.allowedAt))}${named(row.allowerId)}同意；` : '';
    const decided = decidedAt ? `${dayInWords(dayOf(decidedAt))}${named(decidedBy)}` : '';
    const end =
      state === 'signed'
        ? `${decided}签收`
        : `${decided}${(row.allowerId && !row.allowedAt && state === 'refused' ? '未同意' : STATES[state]) ?? state}${answer ? `：${answer}` : ''}`;
    return `${dayInWords(dayOf(at))}${named(byId)}：${unit(fromDepartment)}→${unit(toDepartment)}，理由：${reason}；${allowed}${end}`;
  });
}

/** What whoever gives a matter out should know: its day is a day off, its owner is away (R56). */
export async function cautions(
  tx: Tx,
  { owner, deadline, world }: { owner: string | null; deadline: string; world: World },
): Promise<string> {
  const rest = isWorkday(deadline)
    ? ''
    : `注意：${dayInWords(deadline)}是休息日，提醒按前一工作日${dayInWords(workdayUpTo(deadline))}算。`;
  if (!owner || !(await awayOn(tx, deadline)).has(owner)) return rest;
  const person = world.members.find(({ id }) => id === owner);
  const standIn = world.members.find(({ id, department }) => department === person?.department && id !== owner);
  const hint = standIn ? `，可改交${standIn.name}代办` : '';
  return `${rest}注意：${person?.name ?? ''}到期日请假${hint}。`;
}

/** 转办 that wait for whoever has to agree, or for the receiver's signature, on what is still to be done (R57). */
export async function handoversOpen(tx: Tx) {
  const open = await tx.handover.findMany({
    where: { state: { in: ['waiting', 'pending'] } },
    orderBy: { id: 'asc' },
  });
  return (await withOpenItems(tx, open)).map(({ row: handover, item }) => ({ handover, item }));
}

interface MayBeClosed {
  completedAt: Date | null;
  acceptedAt: Date | null;
  endedAt: Date | null;
}

/** Gives up a 转办 of what is done or ended meanwhile: it waits no more, and sent back the matter can be passed on anew (R57). @returns whether it was so */
export async function dropIfClosed(tx: Tx, handoverId: number, item: MayBeClosed): Promise<boolean> {
  if (!item.completedAt && !item.acceptedAt && !item.endedAt) return false;
  await tx.handover.update({ where: { id: handoverId }, data: { state: 'withdrawn' } });
  return true;
}

/** 重点 matters, by their codes (R58); what 集中教育 left unsolved is one of them (R51). */
export async function keyMatters(tx: Tx): Promise<Set<string>> {
  const rows = await tx.assignment.findMany({ where: { undoneAt: null, level: '重点' }, select: { itemCode: true } });
  const left = await tx.ledgerItem.findMany({ where: { source: '集中教育未解决' }, select: { code: true } });
  return new Set([...rows.map(({ itemCode }) => itemCode), ...left.map(({ code }) => code)]);
}

/** 热点难点 the people brought forward, by their codes: the chief hears of them every week as of what is 重点 (R58). */
export async function peoplesMatters(tx: Tx): Promise<Set<string>> {
  const source = '群众反映';
  const given = await tx.assignment.findMany({ where: { undoneAt: null, source }, select: { itemCode: true } });
  const problems = await tx.ledgerItem.findMany({ where: { source }, select: { code: true } });
  return new Set([...given.map(({ itemCode }) => itemCode), ...problems.map(({ code }) => code)]);
}
