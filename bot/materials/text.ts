import { strFromU8, unzipSync } from 'fflate';
import iconv from 'iconv-lite';

const BODY = 'word/document.xml';
const MOST_UNPACKED = 16 * 1024 * 1024;
// What Word keeps beside a drawing for programs that cannot show it says the same words again.
const AGAIN = /<mc:Fallback>[\s\S]*?<\/mc:Fallback>/g;
const PIECES = /<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>|(<w:tab\/>)|(<w:(?:br|cr)\b[^>]*\/>|<\/w:p>)/g;
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
// Tabs and line ends are text, other signals are not.
const SIGNALS = /[\p{Cc}\uFFFD]/u;

/** 正文: what a Word or text file says, for a text that is being written (R22); empty for what cannot be read. */
export function textOf(bytes: Buffer, type: string): string {
  if (type === 'txt') return plainText(bytes) ?? '';
  return type === 'docx' ? wordText(bytes) : '';
}

/** The words of a plain text file as Windows, WPS or a phone writes it; null if it is none. */
export function plainText(bytes: Buffer): string | null {
  const text = decoded(bytes)
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n');
  return SIGNALS.test(text.replace(/[\n\t\f]/g, '')) ? null : text.trim();
}

function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return iconv.decode(bytes, 'gb18030');
  }
}

function wordText(bytes: Buffer): string {
  let body: Uint8Array | undefined;
  try {
    body = unzipSync(bytes, { filter: ({ name, originalSize }) => name === BODY && originalSize <= MOST_UNPACKED })[
      BODY
    ];
  } catch {
    return '';
  }
  const xml = body ? strFromU8(body) : '';
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) return '';
  const pieces = [...xml.replace(AGAIN, '').matchAll(PIECES)];
  return pieces
    .map(([, words, tab]) => (words === undefined ? (tab ? '\t' : '\n') : unmarked(words)))
    .join('')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const unmarked = (words: string): string =>
  words.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g, (all, tens, hex, name) => {
    if (name) return NAMED[name] ?? all;
    const point = tens ? Number(tens) : Number.parseInt(hex, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
