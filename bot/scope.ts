import { z } from 'zod';
import { ofUnit, type Whose } from './domain/whose.ts';
import type { World, WorldPerson } from './language/reading.ts';
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

/** Whose items a scope has: a leader's are those led and those of the units in charge. Null for all there are. */
export function whoseIn(scope: string, actor: WorldPerson, world: World): Whose | null {
  const [kind, code = ''] = scope.split(':');
  if (kind === 'bureau') return null;
  if (kind === 'department') return ofUnit(code);
  if (kind === 'me') return { units: [], owners: [actor.id], leaders: has(actor, 'leader') ? [actor.id] : [] };
  return { units: unitsIn(scope, world).map((unit) => unit.code), owners: [], leaders: [code] };
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
