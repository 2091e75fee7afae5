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
  kind: string;
  start: string;
  end: string;
  venue: string;
  /** 召集人, where known */
  convenorId?: string | null;
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
  members: WorldPerson[];
  ledger: WorldItem[];
  sessions: WorldSession[];
  enterprises: WorldEnterprise[];
  pending: WorldPending;
  campaign?: { from: string; to: string } | null;
}
