import type { Exported } from '#bot/export/records.ts';
import { writeRecords } from '#bot/export/write.ts';

/** 导出 as a plain table with a fixed heading (R95). */
export const recordsTable = ({ records, headings }: { records: Exported[]; headings: Record<string, string> }) =>
  writeRecords(records, headings, 'xlsx');
