import { packTitle } from '#bot/domain/meeting-pack.ts';
import { reportTitle } from '#bot/domain/month-report.ts';
import type { World } from '#bot/language/reading.ts';
import type { Paper } from '#bot/message.ts';
import type { Tx } from './db.ts';
import { ledgerSheet } from './ledger-sheet.ts';
import { packOf } from './meeting-pack.ts';
import { cutOffOf } from './month-facts.ts';

/** What a report meeting about a month needs on paper (R61): the pack, the bureau's 月报, the ledger; who has not handed in is marked in them. */
export async function meetingPapers(tx: Tx, world: World, month: string, now: Date) {
  const pack = await packOf(tx, world, month, now);
  const sheet = await ledgerSheet(tx, world, month, cutOffOf(month, now));
  const papers: Paper[] = [
    { kind: 'file', drawnBy: 'meeting-pack', name: `${packTitle(pack)}.docx`, facts: pack },
    { kind: 'file', drawnBy: 'month-report', name: `${reportTitle(pack)}.docx`, facts: pack },
    { kind: 'file', drawnBy: 'ledger-workbook', name: sheet.fileName, facts: sheet },
  ];
  return { pack, papers };
}
