/** One person as the roster has them. */
export interface RosterPerson {
  id: string;
  name: string;
  department: string;
}
export interface RosterUnit {
  code: string;
  name: string;
  aliases: string[];
}
/** One person as the address book has them: names of departments as far as they are known. */
export interface BookPerson {
  name: string;
  departments: string[];
}

/** 差异: what the address book says otherwise than the roster. */
export type Difference =
  | { kind: 'join'; userid: string; name: string; unit: RosterUnit | null }
  | { kind: 'move'; userid: string; name: string; from: string; unit: RosterUnit }
  | { kind: 'rename'; userid: string; name: string; before: string }
  | { kind: 'unseen'; userid: string; name: string }
  | { kind: 'leave'; userid: string; name: string };

/** The unit that a department of the address book is, if its name is one of ours. */
export const unitNamed = (names: string[], units: RosterUnit[]): RosterUnit | null =>
  units.find(({ name, aliases }) => names.some((one) => one === name || aliases.includes(one))) ?? null;

/**
 * What differs about one person of the roster. Departments whose names are not known, or are none of ours, say nothing:
 * the address book may be cut otherwise.
 */
export function differencesOf(person: RosterPerson, found: BookPerson, units: RosterUnit[]): Difference[] {
  const { id: userid, name } = person;
  const own = units.find(({ code }) => code === person.department);
  const isThere = own !== undefined && unitNamed(found.departments, [own]) !== null;
  const elsewhere = isThere ? null : unitNamed(found.departments, units);
  return [
    ...(elsewhere ? [{ kind: 'move' as const, userid, name, from: own?.name ?? '', unit: elsewhere }] : []),
    ...(found.name && found.name !== name ? [{ kind: 'rename' as const, userid, name: found.name, before: name }] : []),
  ];
}

const FEW = 3;
/** More leave at once than people do: the range of the app was changed, or the book was read wrongly. */
export const isImplausible = (leavers: number, roster: number): boolean => leavers > Math.max(FEW, roster / 5);

export const keyOf = (difference: Difference): string => {
  const { kind, userid } = difference;
  if (kind === 'move' || kind === 'join') return `${kind}:${userid}:${difference.unit?.code ?? ''}`;
  return kind === 'rename' ? `${kind}:${userid}:${difference.name}` : `${kind}:${userid}`;
};
