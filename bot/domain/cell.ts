/** What a spreadsheet would take for a formula is kept a text by a leading apostrophe, however it is spelled. */
export const harmless = <Value extends string | number | null>(value: Value): Value | string =>
  typeof value === 'string' && /^[\s\uFEFF]*[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value;

/** How wide a text is in half-width characters of the sheet's size; a spreadsheet does not measure what a program wrote. */
export const spanOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (sign > '\u00ff' ? 2.15 : 1.1), 0);
