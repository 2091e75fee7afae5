import {
  type MeetingPack,
  meetingInWords,
  overallInWords,
  packDate,
  packTitle,
  unitInWords,
  unitTable,
} from '#bot/domain/meeting-pack.ts';
import { numbered } from '#bot/domain/tasks.ts';
import { type Block, officialDocument } from './document.ts';

/** 汇报会材料 as docx (R61, requirements 3.4): the bureau's figures, the units side by side, then each in its order. */
export function meetingPack(pack: MeetingPack): Promise<Buffer> {
  const heading = (text: string): Block => ({ kind: 'heading', level: 1, text });
  const units = pack.units.flatMap((unit, index): Block[] => [
    { kind: 'heading', level: 2, text: `（${numbered(index, '').replace('、', '')}）${unit.name}` },
    ...unitInWords(unit).map((text): Block => ({ kind: 'paragraph', text })),
  ]);
  return officialDocument({
    title: packTitle(pack),
    number: '',
    addressee: '',
    body: [
      heading('一、总体情况'),
      { kind: 'paragraph', text: overallInWords(pack) },
      { kind: 'table', widths: [34, 9, 12, 9, 9, 9, 9, 12], rows: unitTable(pack) },
      heading('二、各科室（单位）情况'),
      ...units,
      heading('三、上次汇报会议定事项落实情况'),
      ...meetingInWords(pack).map((text): Block => ({ kind: 'paragraph', text })),
      heading('四、会议议定事项'),
      { kind: 'paragraph', text: '（会后填写）' },
    ],
    signature: pack.office,
    date: packDate(pack),
  });
}
