import { CLASSES } from '#bot/domain/topic.ts';
import type { Tx } from '#bot/store/db.ts';
import { nextId } from '#bot/store/number.ts';
import { BadSheet, type Columns, type Imported, rowsUnder } from './table.ts';

const COLUMNS: Columns = {
  主题: { headings: ['主题', '学习内容'], required: true },
  类别: { headings: ['类别'], required: true },
  材料: { headings: ['材料', '学习材料'], required: false },
};
const KINDS: readonly string[] = CLASSES;

/**
 * 导入学习内容库 (R10): topics matched by 主题.
 * @throws BadSheet listing every bad cell; then nothing is written.
 */
export async function importTopics(tx: Tx, sheets: string[][][]): Promise<Imported> {
  const rows = sheets.flatMap((sheet) => rowsUnder(sheet, COLUMNS) ?? []);
  if (rows.length === 0) throw new BadSheet(['没有找到表头，学习内容需有：主题、类别']);
  const seen = new Map<string, number>();
  const bad: string[] = [];
  for (const { no, cells } of rows) {
    const { 主题: title = '', 类别: kind = '' } = cells;
    if (!title) bad.push(`第${no}行 主题: 不能为空`);
    if (seen.has(title)) bad.push(`第${no}行 主题: 与第${seen.get(title)}行重复`);
    seen.set(title, no);
    if (!KINDS.includes(kind)) bad.push(`第${no}行 类别: 应为${KINDS.join('、')}`);
  }
  if (bad.length > 0) throw new BadSheet(bad);
  const result: Imported = { added: 0, changed: 0, unchanged: 0 };
  for (const [index, { cells }] of rows.entries()) {
    const { 主题: title = '', 类别: kind = '', 材料: material = '' } = cells;
    const row = { kind, material: material || null, rank: index + 1, removedAt: null };
    const before = await tx.studyTopic.findUnique({ where: { title } });
    if (!before) result.added += 1;
    else if (before.kind === kind && before.material === row.material && before.rank === row.rank && !before.removedAt)
      result.unchanged += 1;
    else result.changed += 1;
    if (before) await tx.studyTopic.update({ where: { title }, data: row });
    else await tx.studyTopic.create({ data: { id: await nextId(tx.studyTopic), title, ...row } });
  }
  return result;
}
