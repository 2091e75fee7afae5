import { monthInWords } from '#bot/domain/month.ts';
import { rate } from '#bot/domain/month-facts.ts';
import { type BoardRow, doneInWords, type StudyBoard } from '#bot/domain/study-board.ts';
import { KINDS } from '#bot/domain/topic.ts';
import { FONTS, pngOf } from './picture.ts';

const ZOOM = 2;
const WIDTH = 600;
const LEFT = 16;
const NAMES = 176;
const CELL = 44;
const ROW = 36;
const HEAD = 104;
const FOOT = 64;
const LONGEST_NAME = 11;
const INK = '#1f2430';
const FAINT = '#667085';
const HELD = '#d8efdf';
const NONE = '#fbe9d7';
const LINE = '#e3e7ee';
const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** 学习看板图 (R27): what each unit held of 讲谈议读写 and how many came to the sessions; a word stands beside every colour. */
export async function studyBoardPicture({ month, until, rows }: StudyBoard): Promise<Buffer> {
  const height = HEAD + ROW * (rows.length + 1) + FOOT;
  const below = HEAD + ROW * (rows.length + 1) + 24;
  const parts = [
    text(LEFT, 36, `${monthInWords(month)}学习看板`, { size: 22, bold: true }),
    text(LEFT, 62, until, { size: 13, fill: FAINT }),
    text(LEFT, 86, `讲谈议读写：${doneInWords(rows)}`, { size: 14 }),
    header(),
    ...rows.map((row, index) => line(row, HEAD + ROW * (index + 1))),
    text(LEFT, below, '数字为次数，“读”含有自学记录的人天；“未开展”指本月五类活动都没有。', { size: 12, fill: FAINT }),
    text(LEFT, below + 20, '到会率＝实到人次÷应到人次；按机构顺序排列，不作排名。', { size: 12, fill: FAINT }),
  ];
  return pngOf(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="${FONTS}">${parts.join('')}</svg>`,
    ZOOM,
  );
}

interface Look {
  size: number;
  bold?: boolean;
  fill?: string;
  middle?: boolean;
}
const text = (x: number, y: number, words: string, { size, bold, fill = INK, middle }: Look): string =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${fill}"${bold ? ' font-weight="bold"' : ''}${middle ? ' text-anchor="middle"' : ''}>${words.replace(/[&<>"]/g, (mark) => MARKS[mark] ?? '')}</text>`;

const placeOf = (column: number): number => LEFT + NAMES + column * CELL;
const MEETINGS = placeOf(KINDS.length) + 12;

function header(): string {
  const baseline = HEAD + 24;
  const look = { size: 14, bold: true };
  return [
    `<rect x="0" y="${HEAD}" width="${WIDTH}" height="${ROW}" fill="#f3f5f9"/>`,
    text(LEFT, baseline, '科室（单位）', look),
    ...KINDS.map((kind, column) => text(placeOf(column) + CELL / 2, baseline, kind, { ...look, middle: true })),
    text(MEETINGS, baseline, '集中学习到会率', look),
  ].join('');
}

const cut = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

function line(row: BoardRow, top: number): string {
  const baseline = top + 23;
  const cells =
    row.total === 0
      ? [
          `<rect x="${placeOf(0) + 2}" y="${top + 5}" width="${CELL * KINDS.length - 4}" height="${ROW - 10}" rx="4" fill="${NONE}"/>`,
          text(placeOf(0) + (CELL * KINDS.length) / 2, baseline, '未开展', { size: 13, middle: true }),
        ]
      : row.counts.flatMap((count, column) =>
          row.lacks?.includes(KINDS[column] ?? '') ? lacking(placeOf(column), top) : cell(count, placeOf(column), top),
        );
  return [
    `<line x1="0" x2="${WIDTH}" y1="${top + ROW}" y2="${top + ROW}" stroke="${LINE}"/>`,
    text(LEFT, baseline, cut(row.unit), { size: 14 }),
    ...cells,
    text(MEETINGS, baseline, attendance(row), { size: 13, fill: row.sessions === 0 ? FAINT : INK }),
  ].join('');
}

/** What the month asks and the unit has not held. */
const lacking = (left: number, top: number): string[] => [
  `<rect x="${left + 2}" y="${top + 5}" width="${CELL - 4}" height="${ROW - 10}" rx="4" fill="${NONE}"/>`,
  text(left + CELL / 2, top + 23, '缺', { size: 13, middle: true }),
];

function cell(count: number, left: number, top: number): string[] {
  const middle = left + CELL / 2;
  if (count === 0) return [text(middle, top + 23, '0', { size: 14, fill: FAINT, middle: true })];
  return [
    `<rect x="${left + 2}" y="${top + 5}" width="${CELL - 4}" height="${ROW - 10}" rx="4" fill="${HELD}"/>`,
    text(middle, top + 23, String(count), { size: 14, bold: true, middle: true }),
  ];
}

const attendance = ({ sessions, came, expected }: BoardRow): string =>
  sessions === 0 || expected === 0 ? '本月无集中学习' : rate(came, expected);
