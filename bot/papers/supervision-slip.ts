import { dateInWords } from '#bot/calendar.ts';
import { type SlipPaper, STAGE_WORDS, slipRows } from '#bot/domain/slip.ts';
import { officialDocument } from './document.ts';

/** 督办单 as docx (requirements 3.1, 3.4): a form in the colour of its stage, the colour said in words. */
export const supervisionSlip = (slip: SlipPaper): Promise<Buffer> =>
  officialDocument({
    title: '督办单',
    number: '',
    addressee: '',
    body: [{ kind: 'table', widths: [26, 74], left: true, fill: STAGE_WORDS[slip.stage].fill, rows: slipRows(slip) }],
    signature: slip.office,
    date: dateInWords(slip.issuedOn),
  });
