import { type Day, dayOf } from '#bot/calendar.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { attendancesOf } from '#bot/store/attendance.ts';
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
  study: {
    headings: { userid: '账号', date: '日期', minutes: '时长（分钟）', topic: '内容' },
    collect: studyRecords,
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
  const sessions = await tx.session.findMany({ where: { cancelledAt: null }, orderBy: { start: 'asc' } });
  const records: Exported[] = [];
  for (const session of sessions.filter(({ start }) => within(dayOf(start), selection))) {
    const { expected, observers, people } = await attendancesOf(tx, session);
    const over = selection.now >= session.end;
    const guests = await guestsOf(tx, session, observers);
    for (const { id, status, signIn } of [...expected, ...guests.attendees]) {
      const person = people.get(id) ?? guests.people.get(id);
      if (!person || (only && person.department !== only) || (!signIn && !over)) continue;
      records.push({
        ...{ session: session.code, start: session.start.toISOString(), userid: person.userid, name: person.name },
        ...{ department: name(person.department), status },
        ...{ at: signIn?.at.toISOString() ?? null, how: signIn?.how ?? null },
      });
    }
  }
  return records;
}

/** 列席: who came without being expected. */
async function guestsOf(tx: Tx, session: { code: string; start: Date }, ids: string[]) {
  const rows = await tx.person.findMany({ where: { id: { in: ids } } });
  const signIns = await tx.signIn.findMany({ where: { sessionCode: session.code, personId: { in: ids } } });
  return {
    attendees: signIns.map((signIn) => ({ id: signIn.personId, status: signIn.late ? 'late' : 'present', signIn })),
    people: new Map(
      rows.map((row) => [row.id, { ...row, userid: row.userid || row.id, department: row.departmentCode }]),
    ),
  };
}

/** 自学 as told, what was taken back left out (contract). */
async function studyRecords(tx: Tx, selection: Selection): Promise<Exported[]> {
  const { only } = await departmentNamed(tx, selection.department);
  const userids = new Map((await tx.person.findMany()).map(({ id, userid }) => [id, userid || id]));
  const rows = await tx.studyRecord.findMany({
    where: { undoneAt: null, ...(only && { departmentCode: only }) },
    orderBy: [{ date: 'asc' }, { id: 'asc' }],
  });
  return rows
    .filter(({ date }) => within(date, selection))
    .map(({ personId, date, minutes, topic }) => ({
      ...{ userid: userids.get(personId) ?? personId, date, minutes, topic },
    }));
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
