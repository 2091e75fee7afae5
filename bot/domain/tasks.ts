/** 九项重点工作 of the plan, by the number in an item's code: K3-4 belongs to the third (requirements 2.2). */
export const KEY_TASKS = [
  '创新驱动发展战略',
  '科技项目',
  '创新主体与载体',
  '重点领域',
  '产学研合作',
  '知识产权',
  '濮范台试验区',
  '管理创新',
  '县区科技',
];

const ORDINALS = '一二三四五六七八九十';
const KEY_WORK = '重点工作';

/** The group an item stands in: one of the nine tasks, or its category. */
export function groupOf({ code, category }: { code: string; category: string }): { rank: number; name: string } {
  const task = category === KEY_WORK ? Number(/^[KD](\d)-/.exec(code)?.[1] ?? 0) : 0;
  const name = KEY_TASKS[task - 1];
  return name ? { rank: task, name } : { rank: 100, name: category };
}

/** Items by group: the nine tasks in the plan's order, then other categories as they come. */
export function byGroup<Item extends { code: string; category: string }>(
  items: readonly Item[],
): { name: string; items: Item[] }[] {
  const groups = new Map<string, { rank: number; name: string; items: Item[] }>();
  for (const item of items) {
    const { rank, name } = groupOf(item);
    const group = groups.get(name) ?? { rank, name, items: [] };
    group.items.push(item);
    groups.set(name, group);
  }
  return [...groups.values()].sort((one, other) => one.rank - other.rank);
}

/** 「三、创新主体与载体」 */
export const numbered = (index: number, name: string): string => `${ORDINALS[index] ?? index + 1}、${name}`;
