/** Whose items: those of some units, and those some people own or lead. */
export interface Whose {
  units: readonly string[];
  owners: readonly string[];
  leaders: readonly string[];
}

/** Everything one unit has. */
export const ofUnit = (unit: string): Whose => ({ units: [unit], owners: [], leaders: [] });

/** Whether an item is one of theirs; any is, where it is nobody's in particular. */
export function holdsOf(
  whose: Whose | null,
): (item: { department: string; owner: string | null; leader: string | null }) => boolean {
  if (!whose) return () => true;
  const [units, owners, leaders] = [new Set(whose.units), new Set(whose.owners), new Set(whose.leaders)];
  const isIn = (some: ReadonlySet<string>, one: string | null): boolean => one !== null && some.has(one);
  return ({ department, owner, leader }) => units.has(department) || isIn(owners, owner) || isIn(leaders, leader);
}
