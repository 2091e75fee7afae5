import { Unzip, UnzipInflate } from 'fflate';

const MOST_UNPACKED = 48 * 1024 * 1024;
// A piece unpacks to a thousand times its size at most.
const PIECE = 16 * 1024;
const DECLARES = /<!(?:DOCTYPE|ENTITY)/i;
const ROW = /<row[\s>]/g;
const LONGEST_MARK = '<!DOCTYPE'.length;

export const tooManyRows = (most: number): string => `表格超过${most}行，请拆分后再导入`;

/**
 * Looks through a packed file before anything reads it, piece by piece, keeping nothing of what it unpacks to.
 * @returns why it must not be read, in words; null if it may. What is no such file at all is left to the reader.
 */
export function flawOfPacked(bytes: Uint8Array, mostRows: number): string | null {
  let unpacked = 0;
  let flaw: string | null = null;
  const unzip = new Unzip((entry) => {
    let before = '';
    let rows = 0;
    const isXml = /\.(?:xml|rels)$/i.test(entry.name);
    entry.ondata = (error, piece) => {
      if (error || flaw) return;
      unpacked += piece.length;
      if (unpacked > MOST_UNPACKED) flaw = '文件展开后过大，请只留要导入的表，拆分后再导入';
      if (!isXml || flaw) return;
      const text =
        before + Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString('latin1').replaceAll('\0', '');
      if (DECLARES.test(text)) flaw = '文件里带有实体定义，不是正常的表格，请用 WPS 或 Excel 另存后再导入';
      for (const { index, 0: row } of text.matchAll(ROW)) if (index + row.length > before.length) rows += 1;
      if (rows > mostRows) flaw = tooManyRows(mostRows);
      before = text.slice(-LONGEST_MARK);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length && !flaw; at += PIECE)
    unzip.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  return flaw;
}
