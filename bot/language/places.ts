import areas from 'china-area-data';

// Provinces and prefectures are told by their bare names, counties only with their suffix: 和平, 新华 are words.
const names = new Set<string>();
const SUFFIX =
  /(?:壮族|回族|维吾尔|土家族|苗族|藏族|彝族|羌族|白族|傣族|哈尼族|朝鲜族|蒙古族?|布依族|侗族|黎族)*(?:特别行政区|自治区|自治州|自治县|地区|省|市|州|盟|区|县)$/;
for (const [code, below] of Object.entries(areas))
  for (const name of Object.values(below)) {
    const county = code !== '86' && !code.endsWith('0000');
    names.add(name);
    const bare = county ? name : name.replace(SUFFIX, '');
    if (bare.length >= 2) names.add(bare);
  }
const heads = new Set([...names].map((name) => name.slice(0, 2)));
const LONGEST = Math.max(...[...names].map(({ length }) => length));

/** The name of a Chinese province, prefecture or county that stands at a place of the text, the longest; null for none. */
export function placeAt(text: string, at: number): string | null {
  if (!heads.has(text.slice(at, at + 2))) return null;
  for (let end = Math.min(at + LONGEST, text.length); end >= at + 2; end--)
    if (names.has(text.slice(at, end))) return text.slice(at, end);
  return null;
}
