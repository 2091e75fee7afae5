import type { Context } from 'koa';

/** What every page is sent with: nothing is kept, no trace of the address for where one goes next, no frame around it. */
export const headersWith = (allowed: string): Record<string, string> => ({
  'Content-Security-Policy': `default-src 'none'; ${allowed}; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
});

// Nothing is loaded and nothing runs: the page is its words.
const HEADERS = headersWith("style-src 'unsafe-inline'; form-action 'none'");
const STYLE =
  'body{font:16px/1.7 system-ui,sans-serif;margin:0 auto;max-width:42rem;padding:1rem;color:#1c2733;background:#fff}h1{font-size:1.25rem}li{margin:.6rem 0}ol{padding-left:1.4rem}@media(prefers-color-scheme:dark){body{color:#e6e9ec;background:#15191d}}';

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? '');

/** Answers with a page of words and a list, whatever is in them. */
export function pageOf(ctx: Context, title: string, words: string[], list: string[]): void {
  ctx.set(HEADERS);
  ctx.type = 'text/html; charset=utf-8';
  const rows = list.map((line) => `<li>${escaped(line)}</li>`).join('');
  ctx.body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style><h1>${escaped(title)}</h1>${words.map((line) => `<p>${escaped(line)}</p>`).join('')}${rows && `<ol>${rows}</ol>`}</html>`;
}
