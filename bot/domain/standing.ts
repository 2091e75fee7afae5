import { addDays, type Day, dayInWords } from '#bot/calendar.ts';
import { statusOf } from './ledger.ts';
import { isDueSoon, type LightRule, type LitItem, lightOf } from './light.ts';
import { rate } from './month-facts.ts';

/** 情况: how far the items of a scope are at a cut-off (R90). The units of a split item are counted, not the item above them. */
export interface Standing {
  items: number;
  done: number;
  waiting: number;
  inProgress: number;
  unreported: number;
  overdue: number;
  red: number;
  yellow: number;
  green: number;
  grey: number;
  dueSoon: number;
  /** how many days ahead count as soon (R43) */
  soon: number;
}

/** Counts items as they stand on a day, by the rule that held on it. */
export function standingOf(items: readonly (LitItem & { split?: boolean })[], day: Day, rule: LightRule): Standing {
  const counts: Standing = {
    ...{ items: 0, done: 0, waiting: 0, inProgress: 0, unreported: 0, overdue: 0 },
    ...{ red: 0, yellow: 0, green: 0, grey: 0, dueSoon: 0, soon: rule.soon },
  };
  const BY_STATUS = {
    done: 'done',
    awaiting_acceptance: 'waiting',
    in_progress: 'inProgress',
    not_started: 'unreported',
    overdue: 'overdue',
  } as const;
  for (const item of items) {
    if (item.split) continue;
    counts.items += 1;
    counts[BY_STATUS[statusOf(item, day)]] += 1;
    const light = lightOf(item, day, rule);
    if (light !== 'blue') counts[light] += 1;
    if (isDueSoon(item, day, rule)) counts.dueSoon += 1;
  }
  return counts;
}

/** 「共42项，已验收4.8%（2/42），待验收1项，……」 and the lights, each a share of what is there (G15). */
export function standingInWords(now: Standing, today: Day): string[] {
  const { items } = now;
  return [
    `共${items}项，已验收${rate(now.done, items)}，待验收${now.waiting}项，推进中${now.inProgress}项，未报${now.unreported}项，逾期${rate(now.overdue, items)}。`,
    `亮灯：🟢绿灯${now.green}项，🟡黄灯${now.yellow}项，🔴红灯${rate(now.red, items)}，🔵蓝灯${now.done}项，⚪灰灯${now.grey}项；${now.soon}天内（到${dayInWords(addDays(today, now.soon))}）到期${now.dueSoon}项。`,
  ];
}

const COMPARED: [keyof Standing, string][] = [
  ['items', '事项'],
  ['done', '已验收'],
  ['waiting', '待验收'],
  ['unreported', '未报'],
  ['overdue', '逾期'],
  ['red', '红灯'],
  ['yellow', '黄灯'],
];

/** 「已验收1→3项，红灯4→2项」: what changed between two cut-offs; what did not is left out. */
export function changesBetween(before: Standing, now: Standing): string {
  const changed = COMPARED.filter(([field]) => before[field] !== now[field]).map(
    ([field, name]) => `${name}${before[field]}→${now[field]}项`,
  );
  return changed.length === 0 ? '各项数字没有变化' : changed.join('，');
}
