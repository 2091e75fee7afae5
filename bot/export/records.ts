import { type Day, dayOf } from '#bot/calendar.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import type { Tx } from '#bot/store/db.ts';

/** What to export; days in the office's time zone, both ends included. */
export interface Selection {
  from?: Day | undefined;
  to?: Day | undefined;
  /** code, name or alias */
  department?: string | undefined;
  now: Date;
}
export type Exported = Record<string, string | number | null>;

/** What each kind of export holds: its Chinese headings, field by field, and its records (contract, Exported JSON lines). */
export const EXPORTS = {
  ledger: {
    headings: {
      no: '序号',
      code: '编号',
      title: '工作事项',
      level: '级别',
      category: '类别',
      department: '责任科室',
      leader: '责任领导',
      owner: '责任人',
      deadline: '完成时限',
      status: '状态',
      percent: '完成率',
      quantity: '累计完成',
      target: '目标值',
      unit: '单位',
      updatedAt: '更新时间',
    },
    collect: ledgerRecords,
  },
  attendance: {
    headings: {
      session: '场次',
      start: '开始时间',
      userid: '账号',
      name: '姓名',
      department: '科室',
      status: '出勤',
      at: '签到时间',
      how: '方式',
    },
    collect: attendanceRecords,
  },
  audit: {
    headings: { at: '时间', actor: '操作人', intent: '事项', command: '内容', messageId: '消息', outcome: '结果' },
    collect: auditRecords,
  },
} as const;

/** @throws Error naming the department if there is none of that name. */
async function departmentNamed(tx: Tx, text: string | undefined) {
  const departments = await tx.department.findMany();
  const found = departments.find((one) => [one.code, one.name, ...JSON.parse(one.aliases)].includes(text));
  if (text && !found) throw new Error(`没有“${text}”这个科室`);
  return { name: (code: string) => departments.find((one) => one.code === code)?.name ?? code, only: found?.code };
}

const within = (day: Day, { from, to }: Selection): boolean => (!from || day >= from) && (!to || day <= to);

async function ledgerRecords(tx: Tx, selection: Selection): Promise<Exported[]> {
  const { name, only } = await departmentNamed(tx, selection.department);
  const people = new Map((await tx.person.findMany()).map((one) => [one.id, one.name]));
  const items = await tx.ledgerItem.findMany({ where: only ? { departmentCode: only } : {}, orderBy: { no: 'asc' } });
  return items
    .filter(({ deadline }) => within(deadline, selection))
    .map((item) => ({
      no: item.no,
      code: item.code,
      title: item.title,
      level: item.level,
      category: item.category,
      department: name(item.departmentCode),
      leader: people.get(item.leaderId ?? '') ?? null,
      owner: people.get(item.ownerId ?? '') ?? null,
      deadline: item.deadline,
      status: statusOf(item, dayOf(selection.now)),
      percent: item.percent,
      quantity: item.quantity,
      target: item.target,
      unit: item.unit,
      updatedAt: item.updatedAt?.toISOString() ?? null,
    }));
}

/** Everybody expected at every session that is over, and whoever came to one that is not. */
async function attendanceRecords(tx: Tx, selection: Selection): Promise<Exported[]> {
  const { name, only } = await departmentNamed(tx, selection.department);
  const sessions = (await tx.session.findMany({ orderBy: { start: 'asc' } })).filter(({ start }) =>
    within(dayOf(start), selection),
  );
  const people = await tx.person.findMany({ where: only ? { departmentCode: only } : {}, orderBy: { rank: 'asc' } });
  const signIns = await tx.signIn.findMany({ where: { sessionCode: { in: sessions.map(({ code }) => code) } } });
  const leaves = await tx.leave.findMany({ where: { state: 'approved' } });
  const granted = new Map(leaves.map((one) => [`${one.sessionCode} ${one.personId}`, one.decidedAt]));
  const came = new Map(signIns.map((one) => [`${one.sessionCode} ${one.personId}`, one]));
  return sessions.flatMap((session) => {
    const scope: string[] = JSON.parse(session.scope);
    return people.flatMap((person) => {
      const signIn = came.get(`${session.code} ${person.id}`);
      const expected = scope.length === 0 || scope.includes(person.departmentCode);
      if (!signIn && (!expected || selection.now < session.end)) return [];
      const decidedAt = granted.get(`${session.code} ${person.id}`);
      // A leave decided after the start stays an absence, decided afterwards (R15).
      const missing = decidedAt && decidedAt < session.start ? 'leave' : 'absent';
      return {
        session: session.code,
        start: session.start.toISOString(),
        userid: person.userid || person.id,
        name: person.name,
        department: name(person.departmentCode),
        status: signIn ? (signIn.late ? 'late' : 'present') : missing,
        at: signIn?.at.toISOString() ?? null,
        how: signIn?.how ?? null,
      };
    });
  });
}

async function auditRecords(tx: Tx, selection: Selection): Promise<Exported[]> {
  const rows = await tx.audit.findMany({ orderBy: { id: 'asc' } });
  return rows
    .filter(({ at }) => within(dayOf(at), selection))
    .map(({ at, actor, intent, command, inboxKey, outcome }) => ({
      at: at.toISOString(),
      actor,
      intent,
      command,
      messageId: inboxKey,
      outcome,
    }));
}
