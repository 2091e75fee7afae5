import { type Day, instantAt } from '#bot/calendar.ts';
import { audienceNamed } from '#bot/domain/groups.ts';
import type { Tx } from '#bot/store/db.ts';
import { bindGroup, groupNamed } from '#bot/store/groups.ts';
import { loadWorld } from '#bot/store/world.ts';
import { BadSheet, type Columns, type Imported, rowsUnder } from './table.ts';

const COLUMNS: Columns = {
  群名: { headings: ['群名', '群', '群名称'], required: true },
  对象: { headings: ['对象', '发给谁', '范围'], required: true },
  机器人: { headings: ['群机器人', '机器人', 'key', '群机器人key'], required: false },
};

/**
 * 导入群: whom each group is for, and the key of its webhook robot where it has one; matched by 群名.
 * @throws BadSheet listing every bad cell; then nothing is written. A bad key is named by its row, never shown.
 */
export async function importGroups(tx: Tx, sheets: string[][][], today: Day): Promise<Imported> {
  const rows = sheets.flatMap((sheet) => rowsUnder(sheet, COLUMNS) ?? []);
  if (rows.length === 0) throw new BadSheet(['没有找到表头，群需有：群名、对象']);
  const { departments } = await loadWorld(tx);
  const bad: string[] = [];
  const seen = new Map<string, number>();
  const groups: { name: string; audience: string; webhook: string }[] = [];
  for (const { no, cells } of rows) {
    const { 群名: name = '', 对象: whom = '', 机器人: given = '' } = cells;
    const webhook = given.replace(/^.*[?&]key=/, '');
    const audience = audienceNamed(whom, departments);
    const before = seen.get(name);
    if (name === '') bad.push(`第${no}行 群名: 不能为空`);
    if (before) bad.push(`第${no}行 群名: 与第${before}行重复`);
    if (!audience) bad.push(`第${no}行 对象: 应为全局、负责人，或科室（单位）名称`);
    if (webhook !== '' && !/^[\w-]{1,128}$/.test(webhook))
      bad.push(`第${no}行 群机器人: 应为机器人地址里 key= 后面的部分`);
    seen.set(name, no);
    if (audience) groups.push({ name, audience, webhook });
  }
  if (bad.length > 0) throw new BadSheet(bad);

  const result: Imported = { added: 0, changed: 0, unchanged: 0 };
  for (const { name, audience, webhook } of groups) {
    const known = await groupNamed(tx, name);
    const isSame =
      known?.audience === audience && known.endedAt === null && (webhook === '' || known.webhook === webhook);
    result[isSame ? 'unchanged' : known ? 'changed' : 'added'] += 1;
    if (!isSame) await bindGroup(tx, { name, audience, webhook, byId: 'import', at: instantAt(today, '00:00') });
  }
  return result;
}
