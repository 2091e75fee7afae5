import { type Day, dayInWords } from '#bot/calendar.ts';
import { type ItemStatus, isFarBeyond, type LedgerState, statusOf } from './ledger.ts';
import { LIGHTS, type LightRule, lightOf } from './light.ts';

export const STATUS_WORDS: Record<ItemStatus, string> = {
  done: '已办结',
  awaiting_acceptance: '待验收',
  in_progress: '推进中',
  not_started: '未报',
  overdue: '逾期',
};

export interface ItemInWords extends LedgerState {
  no: number;
  title: string;
  unit: string | null;
  deadline: Day;
  completedAt: Date | null;
  /** its figure is not the sum of its parts (R44) */
  byHand?: boolean;
}

/** 「（手工填报）」: a figure that was set by hand over those of the parts is marked wherever it stands (R44). */
export const byHandMark = ({ byHand = false }: { byHand?: boolean }): string => (byHand ? '（手工填报）' : '');

/** 「8号台账《新建市级重点实验室3个》」 */
export const itemName = ({ no, title }: { no: number; title: string }): string => `${no}号台账《${title}》`;

/** 「1/3个（33.3%）」「60%」; what was never told is 未报, not zero (G8). */
export function progressInWords(item: ItemInWords): string {
  const { target, quantity, percent, unit, updatedAt } = item;
  const mark = byHandMark(item);
  if (target !== null && quantity !== null) return `${quantity}/${target}${unit ?? ''}（${percent ?? 0}%）${mark}`;
  if (percent !== null) return `${percent}%${mark}`;
  return updatedAt ? '推进中' : '未报';
}

interface Figures {
  target: number | null;
  quantity: number | null;
  percent: number | null;
  unit: string | null;
}

/** 「1→2/3个（66.7%）」「未报→60%」: what stood before and stands now. */
export function movementInWords(before: Figures, now: Figures): string {
  if (now.target !== null && (now.quantity !== null || before.quantity !== null)) {
    const figure = now.quantity === null ? '未报' : `${now.quantity}/${now.target}${now.unit ?? ''}（${now.percent}%）`;
    return `${before.quantity ?? 0}→${figure}`;
  }
  const inWords = (percent: number | null): string => (percent === null ? '未报' : `${percent}%`);
  return `${inWords(before.percent)}→${inWords(now.percent)}`;
}

/** What is asked before a figure is kept that goes far beyond the target (R42); null for any other. */
export function beyondTarget(
  item: Figures & { no: number; title: string; comparator: string },
  quantity: number | null,
): string | null {
  const { target, unit } = item;
  if (target === null || quantity === null || !isFarBeyond(item, quantity)) return null;
  const over = Math.round((quantity - target) * 100) / 100;
  return `${itemName(item)}目标${target}${unit ?? ''}，所报累计${quantity}${unit ?? ''}，超出目标${over}${unit ?? ''}。数字无误请回复“确认”，有误请回复“取消”后重报。`;
}

/** One line of a list: number, title, department, progress, deadline with weekday, light and its word (requirements 3.3). */
export function itemLine(item: ItemInWords, department: string, today: Day, rule: LightRule): string {
  const status = statusOf(item, today);
  const state = status === 'overdue' ? '，已逾期' : status === 'awaiting_acceptance' ? '，待验收' : '';
  const facts = [department, progressInWords(item), `${dayInWords(item.deadline)}到期${state}`].filter(
    (one) => one !== '',
  );
  return `${item.no}号《${item.title}》${facts.join('，')}，${LIGHTS[lightOf(item, today, rule)]}`;
}

/** 「共6项：已办结1项，待验收1项，推进中3项，逾期1项」 */
export function countsInWords(items: readonly ItemInWords[], today: Day): string {
  const counts = new Map<ItemStatus, number>();
  for (const item of items) {
    const status = statusOf(item, today);
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  const words = Object.keys(STATUS_WORDS) as ItemStatus[];
  const counted = words
    .filter((status) => counts.has(status))
    .map((status) => `${STATUS_WORDS[status]}${counts.get(status)}项`);
  return `共${items.length}项：${counted.join('，')}`;
}
