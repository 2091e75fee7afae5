import { Dictionary } from '../dictionary.ts';
import { isHan, matchesOf } from '../pattern.ts';
import { soundOf } from '../sound.ts';
import { overlaps, type Span } from '../text.ts';
import type { World, WorldDepartment, WorldPerson } from '../world.ts';

export interface DepartmentMention extends Span {
  department: WorldDepartment;
  /** written as it is called, 我科 of the speaker, or only alike in sound (高薪科) */
  how: 'name' | 'own' | 'sound';
}

const OWN =
  /(?:[我俺]们?|咱们?|本)(?:这)?(?:[科股处]室|单位|部门|中心|[大支总中]队|科(?!技)|室|处(?!境)|所(?!有)|站|办(?!理|公|法|事)|股|园区|队|馆|医院|学校|院)/g;
const SUFFIX = /(科室|中心|园区|大队|支队|总队|科|室|处|所|站|办|股|队|馆|院|委)$/;
const UNIT_LIKE = /[〇㐀-鿿]{2,4}?(?:科|室|处|所|站|股|队|馆|中心|园区)/g;

/** Finds the office's units in a text. */
export class Departments {
  private readonly names = new Dictionary<WorldDepartment>();
  private readonly heard = new Map<string, WorldDepartment>();
  /** what the first two characters of a unit's name sound like */
  private readonly openings = new Set<string>();
  private readonly all: WorldDepartment[];
  /** by what their names end in */
  private readonly ending = new Map<string, WorldDepartment[]>();

  constructor({ departments }: Pick<World, 'departments'>) {
    this.all = departments;
    for (const department of departments) {
      const suffix = suffixOf(department.name);
      this.ending.set(suffix, [...(this.ending.get(suffix) ?? []), department]);
      for (const name of [department.name, ...department.aliases]) {
        this.names.add(name, department);
        const sound = soundOf(name);
        this.heard.set(sound, department);
        this.openings.add(sound.slice(0, 2));
      }
    }
  }

  in(text: string, speaker: WorldPerson): DepartmentMention[] {
    const named: DepartmentMention[] = this.names.in(text).flatMap(({ values, start, end }) => {
      const [department] = values;
      return department && values.length === 1 ? [{ start, end, department, how: 'name' as const }] : [];
    });
    for (const match of matchesOf(text, OWN)) {
      const own = this.all.find(({ code }) => code === speaker.department);
      const span = { start: match.index, end: match.index + match[0].length };
      if (own && !named.some((one) => overlaps(one, span))) named.push({ ...span, department: own, how: 'own' });
    }
    for (const one of [...this.shortened(text), ...this.misheard(text)])
      if (!named.some((other) => overlaps(one, other))) named.push(one);
    return named.sort((one, other) => one.start - other.start);
  }

  /** Two or three characters of the name and its suffix, in order, that fit one unit alone: 农科, 情报所. */
  private shortened(text: string): DepartmentMention[] {
    const found: DepartmentMention[] = [];
    for (const match of matchesOf(text, UNIT_LIKE))
      for (const length of [4, 3]) {
        const word = match[0].slice(-length);
        if (word.length < length) continue;
        const fitting = (this.ending.get(suffixOf(word)) ?? []).filter(({ name }) => inOrder(word, name));
        const [department] = fitting;
        if (fitting.length !== 1 || !department) continue;
        const end = match.index + match[0].length;
        found.push({ start: end - length, end, department, how: 'name' });
        break;
      }
    return found;
  }

  private misheard(text: string): DepartmentMention[] {
    const found: DepartmentMention[] = [];
    const sound = soundOf(text);
    for (let start = 0; start < text.length; start++) {
      if (!this.openings.has(sound.slice(start, start + 2))) continue;
      let han = start;
      while (han < start + 6 && isHan(text.charCodeAt(han))) han += 1;
      for (let length = han - start; length >= 3; length--) {
        const department = this.heard.get(sound.slice(start, start + length));
        if (department) found.push({ start, end: start + length, department, how: 'sound' });
      }
    }
    return found;
  }
}

const suffixOf = (name: string): string => SUFFIX.exec(name)?.[0] ?? '';

/** Every character of the short form in the long one, in order, and both begin alike. */
function inOrder(short: string, long: string): boolean {
  let at = 0;
  for (const char of long) if (char === short[at]) at += 1;
  return at === short.length && short[0] === long[0];
}
