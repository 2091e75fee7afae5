/** What members wrote must not become headings, links or code on its way back; the full-width signs look the same. */
export const plain = (text: string): string =>
  text.replace(/[<>`]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).replace(/^#/gm, '＃');

/** Without what JSON would have to write as a `\u` escape, which the platform refuses (40033). */
export const writable = (text: string): string => text.replace(/[^\P{Cc}\n\r\t]/gu, '').replace(/\p{Cs}/gu, '\uFFFD');

// How JSON writes most of what is not writable; the rest it leaves as it is.
const SUSPECT = /\\[ubf]|[\x7f-\x9f]/;

/** A body as JSON in which every text is writable. */
export function jsonOf(body: object): string {
  const json = JSON.stringify(body);
  if (!SUSPECT.test(json)) return json;
  return JSON.stringify(body, (_, value) => (typeof value === 'string' ? writable(value) : value));
}
