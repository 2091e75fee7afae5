import type { Day } from '#bot/calendar.ts';
import { grouped } from './grouped.ts';
import type { Light } from './light.ts';

/** One item as a row of the office's ledger (requirements 3.2). */
export interface LedgerRow {
  /** 序号, from one in every group */
  place: number;
  title: string;
  goal: string;
  leader: string;
  department: string;
  owner: string;
  helpers: string;
  /** as printed, with 原定时限 where it was moved (R47) */
  deadline: string;
  dueOn: Day;
  progress: string;
  total: string;
  percent: string;
  problems: string;
  plans: string;
  light: Light;
  lightWords: string;
  acceptance: string;
  remark: string;
  code: string;
  no: number;
  level: string;
  category: string;
  target: number | null;
  unit: string;
  parent: string;
}

/** What of a row may stand in a group: units, but nobody's name (requirements 1.5). */
export function withoutNames(sheet: LedgerSheet, names: readonly string[]): LedgerSheet {
  const masked = maskOf(names);
  const row = (one: LedgerRow): LedgerRow => ({
    ...one,
    leader: '',
    owner: '',
    progress: masked(one.progress),
    problems: masked(one.problems),
    plans: masked(one.plans),
    remark: masked(one.remark),
    lightWords: masked(one.lightWords),
  });
  return { ...sheet, groups: sheet.groups.map(({ name, rows }) => ({ name, rows: rows.map(row) })) };
}

/** 工作台账 of a month: what the workbook shows, settled at its cut-off. */
export interface LedgerSheet {
  title: string;
  fileName: string;
  filledBy: string;
  filledOn: Day;
  filledOnInWords: string;
  groups: { name: string; rows: LedgerRow[] }[];
}

/** Takes names out of a text: looked for by how they begin, since an office may have thousands. */
function maskOf(names: readonly string[]): (text: string) => string {
  const byHead = grouped(
    names.filter((name) => name !== '').sort((one, other) => other.length - one.length),
    (name) => name.slice(0, 1),
  );
  return (text) => {
    let masked = '';
    for (let at = 0; at < text.length; ) {
      const name = byHead.get(text.charAt(at))?.find((one) => text.startsWith(one, at));
      masked += name ? '某同志' : text.charAt(at);
      at += name?.length ?? 1;
    }
    return masked;
  };
}
