import { Resvg } from '@resvg/resvg-js';

/** Fonts that hold Chinese, the first that is there is taken. */
export const FONTS =
  'Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, WenQuanYi Micro Hei, SimHei, sans-serif';

/** A drawing as PNG, `zoom` times as large as its own measure. */
export function pngOf(svg: string, zoom: number): Buffer {
  const options = {
    fitTo: { mode: 'zoom' as const, value: zoom },
    font: { loadSystemFonts: true, defaultFontFamily: 'Noto Sans CJK SC' },
    background: '#ffffff',
  };
  return Buffer.from(new Resvg(svg, options).render().asPng());
}

/** Whether this machine can write Chinese into a picture: a character must look different from one no font has. */
export function canWriteChinese(): boolean {
  const glyph = (text: string): Buffer =>
    pngOf(
      `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="4" y="30" font-size="28" font-family="${FONTS}">${text}</text></svg>`,
      1,
    );
  return !glyph('中').equals(glyph('\u{10FFFD}'));
}
