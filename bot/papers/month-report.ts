import type { MeetingPack } from '#bot/domain/meeting-pack.ts';
import { packDate } from '#bot/domain/meeting-pack.ts';
import { reportSections, reportTitle } from '#bot/domain/month-report.ts';
import { type Block, officialDocument } from './document.ts';

/** 月报 of the bureau as docx (requirements 3.4, 3.5); its annex is the ledger workbook, which comes beside it. */
export const monthReport = (pack: MeetingPack): Promise<Buffer> =>
  officialDocument({
    title: reportTitle(pack),
    number: '',
    addressee: '',
    body: [
      ...reportSections(pack).flatMap(({ heading, paragraphs }): Block[] => [
        { kind: 'heading', level: 1, text: heading },
        ...paragraphs.map((text): Block => ({ kind: 'paragraph', text })),
      ]),
      { kind: 'paragraph', text: '附件：工作台账' },
    ],
    signature: pack.office,
    date: packDate(pack),
  });
