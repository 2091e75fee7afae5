import type { Clause } from './reading.ts';
import type { WorldItem } from './world.ts';

const NODE = /(?:时间)?节点(?!灯)/;
// 「把握好时间节点」 is a phrase of every plan.
const PHRASE =
  /(?:按|照|紧盯|盯紧|把握|卡|对照|倒排|严守|关键|重要)[^，。]{0,4}(?:时间)?节点|节点(?:意识|要求|管理|控制|计划)/;
const DONE = /(?:已经?|都|全部|如期|按期|提前)?(?:完成|达到|实现|到位|做完|办完)了?[。.!！\s]*$/;
const NOT_DONE = /没|未|不|尚|还差|快要?|准备|打算|预计|基本/;
const MOVES = /(?:改|调整|推迟|推后|延|延期|延后|提前|挪|顺延|变更|调)(?:到|至|为|成)/;
const REASON = /[，,。；;\s]*(?:理由|原因|因为|由于)(?:是|为)?[：:，,]?\s*(.{2,})$/s;
const EDGES = /^[\s：:，,、“”"「」是为在于把将的]+|[\s：:，,、；;。“”"「」]+$/g;

export interface ToldMilestone {
  title: string;
  day?: string;
  reached?: boolean;
  moves?: boolean;
  reason: string;
}

/**
 * 时间节点 of an item, as they are said: 「K3-4时间节点：6月30日完成选址；8月15日挂牌」, 「K3-4节点“完成选址”已完成」, 「K3-4节点“完成选址”改到
 * 7月10日，原因……」. Null where none is set, moved or reached.
 */
export function milestonesIn(clause: Clause): { items: WorldItem[]; told: ToldMilestone[]; question?: string } | null {
  const { text, mood, reading } = clause;
  const at = NODE.exec(text);
  const order = text.replace(REASON, '');
  if (!at || reading.chat === 'group' || PHRASE.test(order) || mood.supposes || mood.hears) return null;
  if (/[?？]|[吗么](?=[，。\s]|$)|哪|什么|多少|几个|看|查|怎/.test(order)) return null;
  const named = clause.items.filter(({ how, score }) => how !== 'gist' || score >= 1);
  const items = [...new Set(named.flatMap((one) => one.items))];
  if (items.length === 0) return null;
  const reason = REASON.exec(clause.said)?.[1]?.replace(EDGES, '') ?? '';
  // Titles stand in quotation marks, which understanding does not look into.
  const body = clause.said.slice(at.index + at[0].length, order.length);
  const unquoted = order.slice(at.index + at[0].length);
  if (body.replace(EDGES, '') === '') return null;
  if (DONE.test(unquoted) && clause.days('ahead').length === 0) {
    if (NOT_DONE.test(unquoted)) return null;
    return { items, told: [{ title: titleIn(body.replace(DONE, '')), reached: true, reason }] };
  }
  if (mood.denies && !/[：:]/.test(body.slice(0, 2))) return null;
  const offset = clause.start + at.index + at[0].length;
  return { items, ...plannedIn(clause, body, offset, reason) };
}

function plannedIn(clause: Clause, body: string, offset: number, reason: string) {
  const told: ToldMilestone[] = [];
  let place = offset;
  for (const part of body.split(/(?<=[；;\n])/)) {
    const [start, end] = [place, place + part.length];
    place = end;
    if (part.replace(EDGES, '') === '') continue;
    const days = clause.days('ahead').filter((one) => one.start >= start && one.end <= end);
    const [day, another] = days;
    if (!day || another)
      return { told: [], question: '时间节点请一个写一天，如“3号台账时间节点：6月30日完成初稿；8月15日印发”。' };
    const beside = part.slice(0, day.start - start) + part.slice(day.end - start);
    const moves = MOVES.test(beside);
    const title = titleIn(beside.replace(MOVES, ''));
    if (title === '' && !moves)
      return { told: [], question: '这个节点要完成什么？如“3号台账时间节点：6月30日完成初稿”。' };
    told.push({ title, day: day.day, ...(moves && { moves }), reason });
  }
  return told.length > 0
    ? { told }
    : { told, question: '请写明节点的日期和内容，如“3号台账时间节点：6月30日完成初稿”。' };
}

/** What is to be reached: the words beside day and order, quotation marks taken off. */
const titleIn = (words: string): string =>
  words
    .replace(EDGES, '')
    .replace(/^(?:之?前|以前|底前)/, '')
    .replace(EDGES, '')
    .slice(0, 60);
