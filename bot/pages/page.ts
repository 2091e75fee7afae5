import type { Context } from 'koa';

/** What every page is sent with: nothing is kept, no trace of the address for where one goes next, no frame around it. */
export const headersWith = (allowed: string): Record<string, string> => ({
  'Content-Security-Policy': `default-src 'none'; ${allowed}; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
});

const STYLE =
  'body{font:16px/1.7 system-ui,sans-serif;margin:0 auto;max-width:42rem;padding:1rem;color:#1c2733;background:#fff}h1{font-size:1.25rem}li{margin:.6rem 0}ol{padding-left:1.4rem}fieldset{border:0;border-top:1px solid #d5dae1;margin:0;padding:.8rem 0}legend{font-weight:600;padding:0}label{display:block;padding:.45rem 0}input[type=text],textarea{font:inherit;width:100%;box-sizing:border-box;padding:.5rem}button{font:inherit;width:100%;padding:.8rem;border:0;border-radius:.4rem;color:#fff;background:#2563c9}.why{color:#b3261e}@media(prefers-color-scheme:dark){body{color:#e6e9ec;background:#15191d}}';

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Words as they stand in a page, whatever is in them. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? '');

/** Answers with a page of words and a list, whatever is in them: nothing is loaded, nothing runs, nothing is sent. */
export function pageOf(ctx: Context, title: string, words: string[], list: string[]): void {
  const rows = list.map((line) => `<li>${escaped(line)}</li>`).join('');
  const body = `${words.map((line) => `<p>${escaped(line)}</p>`).join('')}${rows && `<ol>${rows}</ol>`}`;
  show(ctx, title, body, "form-action 'none'");
}

/** Answers with a form that is sent back to where it came from; `fields` is markup whose words are escaped already. */
export const formOf = (ctx: Context, title: string, fields: string): void =>
  show(ctx, title, `<form method="post">${fields}</form>`, "form-action 'self'");

function show(ctx: Context, title: string, body: string, allowed: string): void {
  ctx.set(headersWith(`style-src 'unsafe-inline'; ${allowed}`));
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title><style>${STYLE}</style><h1>${escaped(title)}</h1>${body}</html>`;
}
