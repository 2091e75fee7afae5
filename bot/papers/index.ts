import { calendarFile } from './calendar-file.ts';
import { digestPicture } from './digest-picture.ts';
import { officialDocument } from './document.ts';
import { ledgerWorkbook } from './ledger-workbook.ts';
import { meetingPack } from './meeting-pack.ts';
import { monthReport } from './month-report.ts';
import { printedSheet } from './printed-sheet.ts';
import { recordsTable } from './records-table.ts';
import { studyBoardPicture } from './study-board.ts';
import { supervisionSlip } from './supervision-slip.ts';

/** Draws a paper from the facts that were settled when it was decided on. Looks at nothing else. */
export type Draw = (facts: never) => Promise<Buffer>;

/** What can be drawn, by the name a paper gives. */
export const PAPERS: Record<string, Draw> = {
  'calendar-file': calendarFile,
  'digest-picture': digestPicture,
  'ledger-workbook': ledgerWorkbook,
  'meeting-pack': meetingPack,
  'month-report': monthReport,
  'official-document': officialDocument,
  'printed-sheet': printedSheet,
  'records-table': recordsTable,
  'study-board': studyBoardPicture,
  'supervision-slip': supervisionSlip,
};
