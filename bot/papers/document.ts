import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';

/** One part of a paper, in its order. */
export type Block =
  /** 「一、基本情况」 is level 1, 「（一）……」 level 2 */
  | { kind: 'heading'; level: 1 | 2; text: string }
  | { kind: 'paragraph'; text: string }
  /** the first row is the heading; widths are shares of the line; `left`: a form, whose cells are read as text */
  | { kind: 'table'; widths: number[]; rows: string[][]; left?: boolean; fill?: string };

/** 公文: what an official paper shows (requirements 3.4). */
export interface OfficialDocument {
  title: string;
  /** 发文字号; a draft's is left open, 「〔2013〕　号」, and never invented; empty for papers that have none */
  number: string;
  /** 「机关各科室、局属各单位：」; empty for none */
  addressee: string;
  body: Block[];
  /** 署名; empty where the office's own name is not known */
  signature: string;
  /** 「2013年5月14日」 */
  date: string;
}

const TWIPS_PER_MM = 56.7;
const mm = (length: number): number => Math.round(length * TWIPS_PER_MM);
// GB/T 9704: 22 lines of 28 characters on A4, which fixes margins and the distance of lines.
const MARGIN = { top: mm(37), right: mm(26), bottom: mm(35), left: mm(28), footer: mm(25) };
const LINE = { line: 579, lineRule: LineRuleType.EXACT };
const CHARACTER = 320;
const [SECOND_SIZE, THIRD_SIZE, FOURTH_SIZE] = [44, 32, 28];
const HEADING_FONTS = { 1: '黑体', 2: '楷体_GB2312' } as const;

const font = (name: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: name, cs: name });
const run = (text: string, name = '仿宋_GB2312', size = THIRD_SIZE, more: IRunOptions = {}): TextRun =>
  new TextRun({ ...more, text, font: font(name), size });
const empty = (keepNext = false): Paragraph => new Paragraph({ spacing: LINE, keepNext, children: [run('')] });

/** 公文 as docx: 2号小标宋 title, 3号仿宋 body, 黑体 and 楷体 headings, page numbers; the seal's place stays free. */
export async function officialDocument(paper: OfficialDocument): Promise<Buffer> {
  const document = new Document({
    title: paper.title,
    creator: paper.signature,
    styles: {
      default: { document: { run: { font: font('仿宋_GB2312'), size: THIRD_SIZE, language: { eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        properties: { page: { size: { width: mm(210), height: mm(297) }, margin: MARGIN } },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [
          ...(paper.number === ''
            ? []
            : [
                new Paragraph({ alignment: AlignmentType.CENTER, spacing: LINE, children: [run(paper.number)] }),
                empty(),
              ]),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { line: 700, lineRule: LineRuleType.EXACT },
            children: [run(paper.title, '方正小标宋简体', SECOND_SIZE)],
          }),
          empty(),
          ...(paper.addressee ? [new Paragraph({ spacing: LINE, children: [run(paper.addressee)] })] : []),
          ...paper.body.flatMap((block, index) => blockOf(block, index === paper.body.length - 1)),
          ...closing(paper),
        ],
      },
    ],
  });
  return Buffer.from(await Packer.toBuffer(document));
}

const pageNumber = (): Paragraph =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font('宋体'), size: FOURTH_SIZE })],
  });

/** `last`: the signature never stands alone on a page, so what is before it goes along. */
function blockOf(block: Block, last: boolean): (Paragraph | Table)[] {
  const indent = { firstLine: 2 * CHARACTER };
  if (block.kind === 'paragraph')
    return [
      new Paragraph({
        ...{ alignment: AlignmentType.LEFT, indent, spacing: LINE, keepNext: last, keepLines: last },
        children: [run(block.text)],
      }),
    ];
  if (block.kind === 'heading')
    return [
      new Paragraph({ indent, spacing: LINE, keepNext: true, children: [run(block.text, HEADING_FONTS[block.level])] }),
    ];
  return [tableOf(block)];
}

function tableOf({ widths, rows, left, fill }: Extract<Block, { kind: 'table' }>): Table {
  const whole = mm(210) - MARGIN.left - MARGIN.right;
  const sum = widths.reduce((total, one) => total + one, 0);
  const columns = widths.map((one) => Math.round((whole * one) / sum));
  const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  const borders = { top: line, bottom: line, left: line, right: line };
  const cell = (text: string, column: number, heading: boolean): TableCell =>
    new TableCell({
      borders,
      verticalAlign: VerticalAlign.CENTER,
      ...(heading && fill && { shading: { type: ShadingType.CLEAR, fill } }),
      width: { size: columns[column] ?? 0, type: WidthType.DXA },
      children: [
        new Paragraph({
          alignment: (left || column === 0) && !heading ? AlignmentType.LEFT : AlignmentType.CENTER,
          children: [run(text, heading ? '黑体' : '仿宋_GB2312', 24)],
        }),
      ],
    });
  return new Table({
    columnWidths: columns,
    width: { size: whole, type: WidthType.DXA },
    rows: rows.map(
      (texts, index) =>
        new TableRow({
          tableHeader: index === 0,
          cantSplit: true,
          height: { value: 440, rule: 'atLeast' },
          children: texts.map((text, column) => cell(text, column, index === 0)),
        }),
    ),
  });
}

/** 署名 stands centred over the date, which keeps four characters from the right edge; the seal covers both. */
function closing({ signature, date }: OfficialDocument): Paragraph[] {
  const widthOf = (text: string): number =>
    [...text].reduce((width, sign) => width + (sign > '\u00ff' ? CHARACTER : CHARACTER / 2), 0);
  const right = 4 * CHARACTER;
  const centred = Math.max(0, Math.round(right - (widthOf(signature) - widthOf(date)) / 2));
  const at = (text: string, indent: number): Paragraph =>
    new Paragraph({
      ...{ alignment: AlignmentType.RIGHT, indent: { right: indent }, spacing: LINE, keepNext: text !== date },
      children: [run(text)],
    });
  // Never parted from each other by a page.
  return [empty(true), empty(true), ...(signature ? [at(signature, centred)] : []), at(date, right)];
}
