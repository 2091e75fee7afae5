import { type Day, dayOf } from '#bot/calendar.ts';
import { numberOf } from '#bot/domain/assignment.ts';
import type { Tx } from './db.ts';
import { record } from './facts.ts';
import { nextNo } from './ledger.ts';

export interface NewProblem {
  title: string;
  measure: string;
  fault?: string;
  source: string;
  department: { code: string; leader: string | null };
  owner: string | null;
  deadline: Day;
  by: { id: string };
  at: Date;
  inboxKey: string;
  /** verbatim */
  text: string;
}

/** A problem goes into the ledger under 查摆整改, with a number of the year without gaps (R30, R52). */
export async function openProblem(tx: Tx, problem: NewProblem) {
  const { title, measure, fault = '', source, department, owner, deadline, by, at } = problem;
  const today = dayOf(at);
  const prefix = `WT${today.slice(0, 4)}-`;
  const last = await tx.ledgerItem.findFirst({
    ...{ where: { code: { startsWith: prefix } }, select: { code: true }, orderBy: { no: 'desc' } },
  });
  const code = numberOf('WT', today.slice(0, 4), Number(last?.code.slice(prefix.length).replace(/R.*/, '') ?? 0) + 1);
  const no = await nextNo(tx);
  await tx.ledgerItem.create({
    data: {
      ...{ code, no, title, deadline, measure, fault, source, level: '科室', category: '查摆整改' },
      ...{ departmentCode: department.code, leaderId: department.leader, ownerId: owner },
      ...{ startOn: today, openedOn: today, remark: measure ? '' : '待定措施' },
    },
  });
  const { ids } = await record(tx, code, {
    ...{ kind: 'defined', personId: by.id, at, inboxKey: problem.inboxKey, note: problem.text },
    ...{ target: null, day: deadline, other: department.code, ownerId: owner },
  });
  return { code, no, ids };
}
