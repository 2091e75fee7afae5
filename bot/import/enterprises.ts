import type { Tx } from '#bot/store/db.ts';
import { BadSheet, type Columns, type Imported, type Row, readList, rowsUnder } from './table.ts';

const ENTERPRISES: Columns = {
  名称: { headings: ['名称', '企业名称', '企业'], required: true },
  联络员: { headings: ['联络员'], required: true },
  简称: { headings: ['简称'], required: false },
};

/** The rows of a roster file's sheet 企业: key enterprises with their 联络员 (R33). */
export const enterpriseRows = (sheets: string[][][]): Row[] =>
  sheets.flatMap((sheet) => rowsUnder(sheet, ENTERPRISES) ?? []);

/**
 * Keeps the enterprises, matched by 名称; the 联络员 by name or 账号.
 * @throws BadSheet for a name that is missing or doubled, or a 联络员 who is nobody or several.
 */
export async function importEnterprises(tx: Tx, rows: Row[]): Promise<Imported> {
  const people = await tx.person.findMany({ where: { leftOn: null } });
  const stored = new Map((await tx.enterprise.findMany()).map((one) => [one.name, one]));
  const result: Imported = { added: 0, changed: 0, unchanged: 0 };
  const bad: string[] = [];
  const seen = new Map<string, number>();
  for (const { no, cells } of rows) {
    const { 名称: name = '', 联络员: liaison = '' } = cells;
    const doubled = seen.get(name);
    const fits = people.filter((person) => person.name === liaison || person.id === liaison.toLowerCase());
    if (name === '') bad.push(`第${no}行 名称: 不能为空`);
    if (doubled !== undefined) bad.push(`第${no}行 名称: 与第${doubled}行重复`);
    if (fits.length !== 1)
      bad.push(`第${no}行 联络员: ${fits.length === 0 ? '花名册中没有' : '有多位同名，请填账号'}“${liaison}”`);
    seen.set(name, no);
    const facts = { aliases: JSON.stringify(readList(cells['简称'] ?? '')), liaisonId: fits[0]?.id ?? null };
    const before = stored.get(name);
    const same = before?.aliases === facts.aliases && before.liaisonId === facts.liaisonId;
    result[same ? 'unchanged' : before ? 'changed' : 'added'] += 1;
    if (same || name === '') continue;
    const code = before?.code ?? `E${String(stored.size + seen.size).padStart(2, '0')}`;
    await tx.enterprise.upsert({ where: { code }, create: { code, name, ...facts }, update: facts });
  }
  if (bad.length > 0) throw new BadSheet(bad);
  return result;
}
