import { z } from 'zod';
import { nodeInWords } from '#bot/domain/month-calendar.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { verbose } from '#bot/language/verbose.ts';
import { has } from '#bot/permission.ts';
import { endNode, headsToTell, nodeOf, scopeOf, type TimeNodeRow } from '#bot/store/time-node.ts';

type Cancelled = Outcome &
  ({ kind: 'cancelled'; node: TimeNodeRow; heads: string[] } | { kind: 'unknown'; no: number });

const CANCELS = verbose`
  ^\s*(?:请|帮我)?(?:取消|删除|删掉|撤掉|去掉|撤下|作废)(?:第)?日程\s*(?<no>\d{1,5})\s*(?:号)?[。.!！\s]*$
  | ^\s*(?:请|帮我)?[把将]?日程\s*(?<other>\d{1,5})\s*(?:号)?(?:取消|删除|删掉|撤掉|去掉|不办|不搞|作废)(?:了|掉)?[。.!！\s]*$
`;

/** 取消日程 (R64): it stays on the books, cancelled; whoever was sent it hears so. */
export default defineHandler({
  name: 'calendar.cancel',
  title: '取消日程',
  examples: [
    ...['取消日程1', '删除日程1', '日程1取消', '日程1取消了', '请取消日程1', '把日程1取消', '去掉日程1', '日程1不办了'],
    ...['撤掉日程1', '删掉日程1号', '帮我取消日程1', '将日程1删除', '日程1作废', '作废日程1', '日程1号取消。'],
  ],
  input: z.object({ no: z.number() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [CANCELS],
  meant(clause) {
    const found = CANCELS.exec(clause.text)?.groups;
    if (!found || clause.reading.chat === 'group' || clause.mood.asks) return null;
    return act(clause, 3.3, { no: Number(found['no'] ?? found['other']) });
  },

  async confirm(execution) {
    const node = await nodeOf(execution.tx, execution.input.no);
    const heads = node ? knownTo(node, execution) : [];
    return node && heads.length > 0
      ? `将取消日程${node.id}：${nodeInWords(node)}，并告知${heads.length}位负责人。请回复“确认”，不取消请回复“不”。`
      : null;
  },

  async execute(execution): Promise<Cancelled> {
    const { input, message, tx } = execution;
    const node = await nodeOf(tx, input.no);
    if (!node) return { kind: 'unknown', changed: false, no: input.no };
    await endNode(tx, node.id, message.sentAt);
    return { kind: 'cancelled', changed: true, memo: { id: node.id }, node, heads: knownTo(node, execution) };
  },

  reply(outcome) {
    if (outcome.kind === 'unknown') return `没有日程${outcome.no}，或已取消。发“日程”可看编号。`;
    const told = outcome.heads.length > 0 ? `已告知${outcome.heads.length}位负责人。` : '';
    return `已取消日程${outcome.node.id}：${nodeInWords(outcome.node)}。${told}${TAKE_BACK}`;
  },
  notify: (outcome) =>
    outcome.kind === 'cancelled'
      ? outcome.heads.map((to) => ({ to, text: `日程取消：${nodeInWords(outcome.node)}（日程${outcome.node.id}）。` }))
      : [],
  async undo(memo, execution) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const node = await endNode(execution.tx, id, null);
    return knownTo(node, execution).map((to) => ({ to, text: `日程更正：${nodeInWords(node)}照常（日程${id}）。` }));
  },
});

const knownTo = (node: TimeNodeRow, execution: Parameters<typeof headsToTell>[1]): string[] =>
  headsToTell({ scope: scopeOf(node), days: [node.date] }, execution);
