import { act, ask, type Meaning } from './evidence.ts';
import type { Clause } from './reading.ts';
import { NUMBER, readNumber } from './slots/number.ts';

const HEAD = /^\s*(?:上?报)?进[度展]\s*[:：]?\s*$/;
const FIGURE = new RegExp(
  `^(?:号|台账|[\\s:：，,])*(?<how>新增|增加|累计|总计|共)?\\s*(?<figure>${NUMBER})\\s*(?<measure>%|[〇㐀-鿿]{0,2}?)(?=[\\s，,。；;]|$)`,
);

interface Typed {
  item: string;
  note: string;
  increment?: number;
  quantity?: number;
  percent?: number;
}

/**
 * 「进度 K3-4 新增1 河南某实验室获批」: a report in the form of a command (R42). A bare figure of what is counted is an
 * addition or a total, and which of them is asked (G5). Null for other words.
 */
export function typedProgress(clause: Clause): Meaning<Typed> | Meaning<never> | null {
  const { reading, said, items, start, end } = clause;
  const [named, other] = items.filter(({ how }) => how !== 'gist');
  const [item] = named?.items ?? [];
  if (!named || !item || other || named.items.length > 1 || reading.chat !== 'direct') return null;
  const { text } = reading.message;
  if (!HEAD.test(text.slice(start, named.start))) return null;
  const found = FIGURE.exec(text.slice(named.end, end))?.groups;
  const figure = readNumber(found?.['figure'] ?? '');
  if (!found || figure === null) return null;
  const common = { item: item.code, note: said };
  if (found['measure'] === '%') return found['how'] ? null : act(clause, 3, { ...common, percent: figure });
  if (found['how']) {
    const isAdded = /新增|增加/.test(found['how']);
    return act(clause, 3, { ...common, ...(isAdded ? { increment: figure } : { quantity: figure }) });
  }
  if (item.target === null) return null;
  const measured = `${figure}${item.unit ?? '项'}`;
  return ask(clause, 3, `${item.no}号《${item.title}》是新增${measured}，还是累计${measured}？`, [
    { label: `新增${measured}`, input: { ...common, increment: figure } },
    { label: `累计${measured}`, input: { ...common, quantity: figure } },
  ]);
}
