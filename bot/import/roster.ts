import type { Day } from '#bot/calendar.ts';
import type { Tx } from '#bot/store/db.ts';
import { enterpriseRows, importEnterprises } from './enterprises.ts';
import { BadSheet, type Columns, type Imported, type Row, readList, rowsUnder } from './table.ts';

const PEOPLE: Columns = {
  账号: { headings: ['账号', 'userid', '企业微信账号'], required: true },
  姓名: { headings: ['姓名'], required: true },
  科室: { headings: ['科室', '部门', '单位'], required: true },
  职务: { headings: ['职务'], required: false },
  角色: { headings: ['角色'], required: false },
};
const DEPARTMENTS: Columns = {
  名称: { headings: ['名称', '科室名称'], required: true },
  性质: { headings: ['性质'], required: true },
  代码: { headings: ['代码'], required: false },
  简称: { headings: ['简称'], required: false },
  分管领导: { headings: ['分管领导'], required: false },
  负责人: { headings: ['负责人'], required: false },
};
const ROLES: Record<string, string> = {
  干部: 'staff',
  负责人: 'head',
  班子成员: 'leader',
  局长: 'chief',
  活动办: 'office',
  系统管理员: 'admin',
};
const KINDS = ['科室', '局属单位'];

/**
 * 导入花名册 (R03): people matched by 账号, departments and key enterprises by 名称. `today` dates a change of membership.
 * @throws BadSheet listing every bad cell; then nothing is written.
 */
export async function importRoster(tx: Tx, sheets: string[][][], today: Day): Promise<Imported> {
  const people = sheets.flatMap((sheet) => rowsUnder(sheet, PEOPLE) ?? []);
  const units = sheets.flatMap((sheet) => (rowsUnder(sheet, PEOPLE) ? [] : (rowsUnder(sheet, DEPARTMENTS) ?? [])));
  if (people.length + units.length === 0)
    throw new BadSheet(['没有找到表头，花名册需有：账号、姓名、科室、职务、角色']);

  const stored = await tx.department.findMany();
  const known = new Set([...stored.map(({ name }) => name), ...units.map(({ cells }) => cells['名称'])]);
  const bad = [...checkPeople(people, units.length > 0 ? known : null), ...checkUnits(units)];
  if (bad.length > 0) throw new BadSheet(bad);

  const codes = await saveDepartments(tx, units, people);
  const result = await savePeople(tx, people, codes, today);
  const unresolved = await saveHeads(tx, units);
  if (unresolved.length > 0) throw new BadSheet(unresolved);
  const enterprises = await importEnterprises(tx, enterpriseRows(sheets));
  return {
    added: result.added + enterprises.added,
    changed: result.changed + enterprises.changed,
    unchanged: result.unchanged + enterprises.unchanged,
  };
}

function checkPeople(rows: Row[], known: Set<string | undefined> | null): string[] {
  const seen = new Map<string, number>();
  return rows.flatMap(({ no, cells }) => {
    const bad: string[] = [];
    const { 账号: id = '', 姓名: name = '', 科室: unit = '', 角色: roles = '' } = cells;
    const before = seen.get(id.toLowerCase());
    if (!/^[A-Za-z0-9_.@-]{1,64}$/.test(id)) bad.push(`第${no}行 账号: 应为1到64位字母、数字或 _-.@`);
    else if (before) bad.push(`第${no}行 账号: 与第${before}行重复`);
    else seen.set(id.toLowerCase(), no);
    if (!name) bad.push(`第${no}行 姓名: 不能为空`);
    if (!unit) bad.push(`第${no}行 科室: 不能为空`);
    else if (known && !known.has(unit)) bad.push(`第${no}行 科室: 科室表中没有“${unit}”`);
    for (const role of readList(roles))
      if (!ROLES[role]) bad.push(`第${no}行 角色: 没有“${role}”，应为${Object.keys(ROLES).join('、')}`);
    return bad;
  });
}

const checkUnits = (rows: Row[]): string[] =>
  rows.flatMap(({ no, cells }) => {
    const bad: string[] = [];
    if (!cells['名称']) bad.push(`第${no}行 名称: 不能为空`);
    if (!KINDS.includes(cells['性质'] ?? '')) bad.push(`第${no}行 性质: 应为科室或局属单位`);
    return bad;
  });

/** Saves the departments of the second sheet, or those that the people name, and gives every department's code. */
async function saveDepartments(tx: Tx, units: Row[], people: Row[]): Promise<Map<string, string>> {
  const codes = new Map((await tx.department.findMany()).map(({ name, code }) => [name, code]));
  const rows =
    units.length > 0
      ? units
      : people.map((row) => ({ ...row, cells: { 名称: row.cells['科室'] ?? '', 性质: '科室' } }));
  for (const { cells } of rows as Row[]) {
    const { 名称: name = '', 性质: kind = '', 简称 = '', 代码: given = '' } = cells;
    const aliases = JSON.stringify(readList(简称));
    const code = codes.get(name);
    if (code && units.length === 0) continue;
    if (code) await tx.department.update({ where: { code }, data: { kind, aliases } });
    else {
      const fresh = given || `D${String(codes.size + 1).padStart(2, '0')}`;
      await tx.department.create({ data: { code: fresh, name, kind, aliases, rank: codes.size + 1 } });
      codes.set(name, fresh);
    }
  }
  return codes;
}

async function savePeople(tx: Tx, rows: Row[], codes: Map<string, string>, today: Day): Promise<Imported> {
  const stored = new Map((await tx.person.findMany()).map((person) => [person.id, person]));
  const result: Imported = { added: 0, changed: 0, unchanged: 0 };
  for (const [index, { cells }] of rows.entries()) {
    const userid = cells['账号'] ?? '';
    const id = userid.toLowerCase();
    const roles = readList(cells['角色'] ?? '').map((role) => ROLES[role] ?? role);
    const place = {
      departmentCode: codes.get(cells['科室'] ?? '') ?? '',
      title: cells['职务'] ?? '',
      roles: JSON.stringify(roles.length > 0 ? roles : ['staff']),
    };
    const person = { userid, name: cells['姓名'] ?? '', rank: index + 1, leftOn: null, ...place };
    const before = stored.get(id);
    if (before && Object.entries(person).every(([key, value]) => before[key as keyof typeof before] === value)) {
      result.unchanged += 1;
      continue;
    }
    result[before ? 'changed' : 'added'] += 1;
    await tx.person.upsert({ where: { id }, create: { id, ...person }, update: person });
    const moved = !before || Object.entries(place).some(([key, value]) => before[key as keyof typeof before] !== value);
    if (!moved) continue;
    await tx.membership.updateMany({ where: { personId: id, toOn: null }, data: { toOn: today } });
    await tx.membership.create({ data: { personId: id, ...place, fromOn: today } });
  }
  return result;
}

/** 分管领导 and 负责人 by name or 账号, once everybody is there. */
async function saveHeads(tx: Tx, units: Row[]): Promise<string[]> {
  const people = await tx.person.findMany();
  const bad: string[] = [];
  const find = (no: number, column: string, text: string): string | null => {
    if (!text) return null;
    const fits = people.filter(({ id, name }) => name === text || id === text.toLowerCase());
    if (fits.length !== 1)
      bad.push(`第${no}行 ${column}: ${fits.length === 0 ? '花名册中没有' : '有多位同名，请填账号'}“${text}”`);
    return fits[0]?.id ?? null;
  };
  for (const { no, cells } of units) {
    const leaderId = find(no, '分管领导', cells['分管领导'] ?? '');
    const headId = find(no, '负责人', cells['负责人'] ?? '');
    await tx.department.update({ where: { name: cells['名称'] ?? '' }, data: { leaderId, headId } });
  }
  return bad;
}
