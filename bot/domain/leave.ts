/** Somebody who asks leave or may grant it. */
export interface RankedPerson {
  id: string;
  department: string;
  roles: string[];
}
export interface RankedDepartment {
  code: string;
  head: string | null;
  leader: string | null;
}

/**
 * 请假审批人 (R15, Q8): staff → head of the unit → leader in charge → chief; never oneself, and a post that nobody
 * holds goes one level up.
 * @returns null for the chief, whose leave is a notice.
 */
export function approverOf(
  person: RankedPerson,
  departments: RankedDepartment[],
  people: RankedPerson[],
): string | null {
  const unit = departments.find(({ code }) => code === person.department);
  const chief = people.find(({ roles }) => roles.includes('chief'))?.id ?? null;
  const ladder = [unit?.head, unit?.leader, chief];
  const from = person.roles.includes('chief')
    ? 3
    : person.roles.includes('leader')
      ? 2
      : person.roles.includes('head')
        ? 1
        : 0;
  return ladder.slice(from).find((id) => id && id !== person.id) ?? null;
}
