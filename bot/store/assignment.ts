import { dayOf } from '#bot/calendar.ts';
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
    },
  });
  return { id, code, no };
}

/** A matter given out, with who gave it, as far as it still stands. */
export const assignmentOf = (tx: Tx, itemCode: string) =>
  tx.assignment.findFirst({ where: { itemCode, undoneAt: null } });

/** Matters of a unit that nobody signed for and nobody objected to, oldest first (R56). */
export async function unsignedOf(tx: Tx, department: string) {
  const open = await tx.assignment.findMany({
    where: { signedAt: null, objectedAt: null, undoneAt: null, number: { not: null } },
    orderBy: { id: 'asc' },
  });
  const items = await tx.ledgerItem.findMany({
    where: {
      code: { in: open.map(({ itemCode }) => itemCode) },
      departmentCode: department,
      endedAt: null,
      acceptedAt: null,
    },
  });
  const byCode = new Map(items.map((item) => [item.code, item]));
  return open.flatMap((assignment) => {
    const item = byCode.get(assignment.itemCode);
    return item ? [{ assignment, item }] : [];
  });
}

/** Units that held a matter before the present one, and how often it was passed on. */
export async function holdersOf(tx: Tx, itemCode: string): Promise<{ held: string[]; transfers: number }> {
  const signed = await tx.handover.findMany({ where: { itemCode, state: 'signed' }, orderBy: { id: 'asc' } });
  return { held: signed.map(({ fromDepartment }) => fromDepartment), transfers: signed.length };
}
