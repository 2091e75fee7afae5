import { z } from 'zod';
import type { World, WorldItem, WorldPerson } from './language/reading.ts';
import { departmentsUnder, has } from './permission.ts';

/** 范围: whose items are spoken of. Of oneself, the bureau, a unit, or a leader's line (R90). */
export const scopeName = z.string().regex(/^(me|bureau|department:.+|leader:.+)$/);

/** Who may look at a scope, as a permission's words name them. */
export const SEEN_BY = '该科室（单位）负责人、分管领导或活动办';

/** Whether somebody may look at a scope: the own items, the own unit, the own line, or all for who leads them all (R90, G3). */
export function maySee(scope: string, actor: WorldPerson, world: World): boolean {
  const [kind, code = ''] = scope.split(':');
  if (kind === 'me' || has(actor, 'chief', 'office')) return true;
  if (kind === 'leader') return code === actor.id;
  const own = code === actor.department && !has(actor, 'leader');
  return kind === 'department' && (own || departmentsUnder(actor, world).includes(code));
}

/** The items of a scope: a leader's are those led and those of the units in charge. */
export function itemsIn(
  scope: string,
  actor: WorldPerson,
  { departments }: World,
): (item: Pick<WorldItem, 'department' | 'leader' | 'owner'>) => boolean {
  const [kind, code = ''] = scope.split(':');
  if (kind === 'bureau') return () => true;
  if (kind === 'department') return ({ department }) => department === code;
  if (kind === 'me') {
    const leads = has(actor, 'leader');
    return ({ owner, leader }) => owner === actor.id || (leads && leader === actor.id);
  }
  const led = new Set(departments.filter(({ leader }) => leader === code).map((department) => department.code));
  return ({ leader, department }) => leader === code || led.has(department);
}

/** The units of a scope, in establishment order; none for somebody's own items. */
export function unitsIn(scope: string, { departments }: World) {
  const [kind, code = ''] = scope.split(':');
  if (kind === 'bureau') return departments;
  if (kind === 'department') return departments.filter((unit) => unit.code === code);
  return kind === 'leader' ? departments.filter(({ leader }) => leader === code) : [];
}

/** 「全局」「您分管的」「高新科」; in a group no leader is named. */
export function scopeInWords(scope: string, actor: WorldPerson, world: World, chat: 'direct' | 'group'): string {
  const [kind, code = ''] = scope.split(':');
  if (kind === 'me') return '您名下';
  if (kind === 'bureau') return '全局';
  if (kind === 'department') return world.departments.find((unit) => unit.code === code)?.name ?? '';
  const leader = chat === 'direct' ? world.members.find(({ id }) => id === code)?.name : undefined;
  return code === actor.id ? '您分管的' : `${leader ?? ''}分管的`;
}
