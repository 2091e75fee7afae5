import { z } from 'zod';
import { type Day, dayInWords, dayOf, isWorkday } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { nodeInWords, outsideCampaign, outsideInWords } from '#bot/domain/month-calendar.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { nodeIn } from '#bot/language/time-node.ts';
import { verbose } from '#bot/language/verbose.ts';
import { has } from '#bot/permission.ts';
import { changeNode, headsToTell, nodeOf, scopeOf, type TimeNodeRow } from '#bot/store/time-node.ts';

interface Told {
  date: Day;
  time: string;
  title: string;
}
type Changed = Outcome &
  (
    | { kind: 'changed'; no: number; before: Told; now: Told; heads: string[] }
    | { kind: 'unknown'; no: number }
    | { kind: 'same'; no: number }
    | { kind: 'past'; date: Day }
    | { kind: 'outside'; from: Day; to: Day }
  );

const CHANGES = verbose.with('s')`
  ^\s*(?:请|帮我)?[把将]?(?:第)?日程\s*(?<no>\d{1,5})\s*(?:号)?(?:的)?(?:(?<title>内容|事项)|时间|日期)?(?:
      改到 | 改为 | 改成 | 改在 | 换到 | 调整到 | 调整为 | 调到 | 推迟到 | 推到 | 延到 | 延期到 | 提前到 | 提到 | 定在 | 改
    )[:：，,\s]*(?<rest>\S.*)$
`;

/** 改日程 (R64): another day, hour or wording of a 时间节点; whoever has the old one hears of it. */
export default defineHandler({
  name: 'calendar.change',
  title: '改日程',
  examples: [
    ...['日程1改到7月12日', '日程1改到7月12日下午3点', '日程1推迟到6月20日', '日程1提前到5月20日', '把日程1改到下周三'],
    ...[
      '日程1改为7月12日 上报半年总结',
      '日程1内容改为上报半年总结和下步打算',
      '日程1时间改为6月3日上午9点',
      '请把日程1调整到6月14日',
    ],
    ...[
      '将日程1延到6月28日',
      '日程1日期改成6月18日',
      '日程1改在月底',
      '日程1号改到7月2日',
      '日程1调到6月6日',
      '日程1定在6月7日下午2点半',
    ],
  ],
  input: z.object({ no: z.number(), date: day.optional(), time: z.string().optional(), title: z.string().optional() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [CHANGES],
  meant(clause) {
    const found = CHANGES.exec(clause.said)?.groups;
    const { mood, reading } = clause;
    if (!found || reading.chat === 'group' || mood.asks || mood.supposes || mood.hears) return null;
    const no = Number(found['no']);
    const rest = found['rest'] ?? '';
    if (found['title']) return act(clause, 3.3, { no, title: rest.replace(/[。.!！\s]+$/, '').slice(0, 60) });
    const { day: date, time, title, several } = nodeIn(rest, reading.today);
    if (several) return ask(clause, 3.3, `日程${no}改到哪一天？请只写一天，如“日程${no}改到7月12日”。`);
    if (!date && !time)
      return ask(clause, 3.3, `日程${no}改到哪一天？如“日程${no}改到7月12日”；改内容请发“日程${no}内容改为……”。`);
    return act(clause, 3.3, {
      no,
      ...(date && { date }),
      ...(time && { time }),
      ...(title.length >= 2 && { title }),
    });
  },

  async confirm(execution) {
    const { input, message, world, tx } = execution;
    const node = await nodeOf(tx, input.no);
    const now = node && laid(node, input);
    if (!node || !now || now.date < dayOf(message.sentAt) || outsideCampaign(now.date, world.campaign)) return null;
    const rest = isWorkday(now.date) ? '' : `${dayInWords(now.date)}是休息日。`;
    const heads = knownTo(node, now, execution);
    if (rest === '' && heads.length === 0) return null;
    const told = heads.length > 0 ? `将同时告知${heads.length}位负责人。` : '';
    return `日程${node.id}将由${nodeInWords(node)}改为${nodeInWords(now)}。${rest}${told}请回复“确认”，不改请回复“不”。`;
  },

  async execute(execution): Promise<Changed> {
    const { input, actor, message, world, tx } = execution;
    const node = await nodeOf(tx, input.no);
    if (!node) return { kind: 'unknown', changed: false, no: input.no };
    const before = { date: node.date, time: node.time, title: node.title };
    const now = laid(node, input);
    if (JSON.stringify(now) === JSON.stringify(before)) return { kind: 'same', changed: false, no: node.id };
    if (now.date < dayOf(message.sentAt)) return { kind: 'past', changed: false, date: now.date };
    const outside = outsideCampaign(now.date, world.campaign);
    if (outside) return { kind: 'outside', changed: false, ...outside };
    await changeNode(tx, node, now, actor.id, message.sentAt);
    const heads = knownTo(node, now, execution);
    return { kind: 'changed', changed: true, memo: { id: node.id, before, now }, no: node.id, before, now, heads };
  },

  reply(outcome) {
    if (outcome.kind === 'unknown') return `没有日程${outcome.no}，或已取消。发“日程”可看编号。`;
    if (outcome.kind === 'same') return `日程${outcome.no}本来就是这样，没有改动。`;
    if (outcome.kind === 'past') return `没有改动：${dayInWords(outcome.date)}已经过去，请写今天以后的日期。`;
    if (outcome.kind === 'outside') return `没有改动：${outsideInWords(outcome)}`;
    const told = outcome.heads.length > 0 ? `已告知${outcome.heads.length}位负责人。` : '';
    return `已改日程${outcome.no}：${nodeInWords(outcome.before)}→${nodeInWords(outcome.now)}。${told}${TAKE_BACK}`;
  },
  notify: (outcome) =>
    outcome.kind === 'changed'
      ? outcome.heads.map((to) => ({
          to,
          text: `日程调整：${nodeInWords(outcome.before)}改为${nodeInWords(outcome.now)}（日程${outcome.no}）。`,
        }))
      : [],
  async undo(memo, execution) {
    const { actor, message, tx } = execution;
    const told = z.object({ date: day, time: z.string(), title: z.string() });
    const { id, before, now } = z.object({ id: z.number(), before: told, now: told }).parse(memo);
    const node = await nodeOf(tx, id);
    // Somebody changed it once more.
    if (!node || JSON.stringify(laid(node, {})) !== JSON.stringify(now)) return false;
    await changeNode(tx, node, before, actor.id, message.sentAt);
    return knownTo(node, before, execution).map((to) => ({
      to,
      text: `日程更正：日程${id}仍为${nodeInWords(before)}。`,
    }));
  },
});

const laid = (
  { date, time, title }: TimeNodeRow,
  told: { date?: Day | undefined; time?: string | undefined; title?: string | undefined },
): Told => ({ date: told.date ?? date, time: told.time ?? time, title: told.title ?? title });

/** Whoever has heard of the old day or should have heard of the new one. */
const knownTo = (node: TimeNodeRow, now: { date: Day }, execution: Parameters<typeof headsToTell>[1]): string[] =>
  headsToTell({ scope: scopeOf(node), days: [node.date, now.date] }, execution);
