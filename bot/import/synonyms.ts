import { type Day, instantAt } from '#bot/calendar.ts';
import type { Tx } from '#bot/store/db.ts';
import { type Named, nameOf, setName, whyNotName } from '#bot/store/synonym.ts';
import { loadWorld } from '#bot/store/world.ts';
import { BadSheet, type Columns, type Imported, rowsUnder } from './table.ts';

const COLUMNS: Columns = {
  词: { headings: ['词', '叫法', '简称'], required: true },
  类别: { headings: ['类别'], required: false },
  所指: { headings: ['所指', '指', '全称', '编号'], required: true },
};
const KINDS: Record<string, Named['kind']> = {
  ...{
    事项: 'item',
    台账: 'item',
    科室: 'department',
    单位: 'department',
    '科室（单位）': 'department',
    主题: 'topic',
  },
};

/**
 * 导入叫法: what the office calls its items, units and topics besides, matched by 词. 类别 may be left empty where 所指 is an
 * item's number or code, or a unit.
 * @throws BadSheet listing every bad cell; then nothing is written.
 */
export async function importSynonyms(tx: Tx, sheets: string[][][], today: Day): Promise<Imported> {
  const rows = sheets.flatMap((sheet) => rowsUnder(sheet, COLUMNS) ?? []);
  if (rows.length === 0) throw new BadSheet(['没有找到表头，叫法需有：词、所指']);
  const world = await loadWorld(tx);
  const bad: string[] = [];
  const seen = new Map<string, number>();
  const names: Named[] = [];
  for (const { no, cells } of rows) {
    const { 词: word = '', 类别 = '', 所指 = '' } = cells;
    const refuse = (column: string, why: string) => void bad.push(`第${no}行 ${column}: ${why}`);
    const why = await whyNotName(tx, word, world);
    if (why) refuse('词', why);
    const before = seen.get(word);
    if (before) refuse('词', `与第${before}行重复`);
    seen.set(word, no);
    if (类别 && !KINDS[类别]) refuse('类别', '应为事项、科室、主题');
    const item = world.ledger.find(
      ({ code, no }) => code === 所指.toUpperCase() || String(no) === 所指.replace('号', ''),
    );
    const unit = world.departments.find(({ code, name, aliases }) => [code, name, ...aliases].includes(所指));
    const kind = KINDS[类别] ?? (item ? 'item' : unit ? 'department' : null);
    const target = kind === 'item' ? item?.code : kind === 'department' ? unit?.code : 所指;
    if (kind && target) names.push({ word, kind, target });
    else refuse('所指', 所指 === '' ? '不能为空' : `没有“${所指}”，应为台账编号、科室（单位）名称，或注明类别为主题`);
  }
  if (bad.length > 0) throw new BadSheet(bad);

  const result: Imported = { added: 0, changed: 0, unchanged: 0 };
  for (const name of names) {
    const known = await nameOf(tx, name.word);
    const same = known?.kind === name.kind && known.target === name.target;
    result[same ? 'unchanged' : known ? 'changed' : 'added'] += 1;
    if (!same) await setName(tx, name, 'import', instantAt(today, '00:00'));
  }
  return result;
}
