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
import {
  addNode,
  endNode,
  headsToTell,
  nodeUnchanged,
  sameNode,
  scopeOf,
  type TimeNodeRow,
} from '#bot/store/time-node.ts';

type Added = Outcome &
  (
    | { kind: 'added'; node: TimeNodeRow; units: string; heads: string[] }
    | { kind: 'same'; node: TimeNodeRow }
    | { kind: 'past'; date: Day }
    | { kind: 'outside'; from: Day; to: Day }
  );

const ADDS = verbose.with('s')`
  ^\s*(?:请|帮我)?[把将]?(?:
      (?:新增|增加|添加|加|安排|设|设定|设置|登记|排)(?:一[个条项])?(?:活动)?(?:时间节点|日程)
      | (?:活动)?(?:时间节点|日程)(?:里|中|上|表)?再?(?:新增|增加|添加|加上?|增)(?:一?[个条项])?
      | (?:活动时间节点|记入日程|列入日程|日程安排)
    )(?:[（(](?<units>[^）)]{2,60})[）)])?[:：，,\s]*(?<rest>\S.*)$
`;
const HOW = '如“新增日程：7月10日 上报半年总结”';

const input = z.object({
  ...{ date: day, time: z.string(), title: z.string(), scope: z.array(z.string()) },
});

/** 安排时间节点 (R64): the office puts a day into the campaign's calendar; for everybody, or for the units in brackets. */
export default defineHandler({
  name: 'calendar.add',
  title: '安排日程',
  examples: [
    ...['新增日程：7月10日 上报半年总结', '安排时间节点：7月10日上午9点 召开推进会', '新增时间节点：6月20日前完成查摆'],
    ...['添加日程：6月5日下午3点半 迎接市督导组', '安排日程：下周三 报送典型材料', '增加日程：6月28日 组织知识竞赛'],
    ...[
      '新增日程（高新科、社发科）：6月12日 报项目进展',
      '设定时间节点：8月1日 建市30周年宣传启动',
      '加一个日程：月底 汇总台账',
    ],
    ...['登记日程：5月30日14:30 中层干部会', '请新增日程：7月1日 学习党章', '安排一个时间节点：9月20日 活动总结'],
    ...['活动时间节点：6月18日 中期评估', '新增一条日程：6月3日 汇报会', '排日程：7月15日 讲谈读写检查'],
  ],
  input,
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [ADDS],
  meant(clause) {
    const found = ADDS.exec(clause.said)?.groups;
    const { mood, reading } = clause;
    if (!found || reading.chat === 'group' || mood.asks || mood.supposes || mood.hears) return null;
    const { day: date, time, title, several } = nodeIn(found['rest'] ?? '', reading.today);
    if (several) return ask(clause, 3.2, `一个日程只写一天，${HOW}。有几天的请分开发。`);
    if (!date) return ask(clause, 3.2, `请写明日期，${HOW}。`);
    if (title.length < 2) return ask(clause, 3.2, `${dayInWords(date)}要办什么？请写在一句里，${HOW}。`);
    const within = clause.start + clause.said.indexOf(found['units'] ?? '');
    const named = clause.departments.filter(
      ({ start, end }) => start >= within && end <= within + (found['units']?.length ?? 0),
    );
    if (found['units'] && named.length === 0)
      return ask(
        clause,
        3.2,
        `没有认出“${found['units']}”，请写科室（单位）的名称，如“新增日程（高新科）：7月10日 报项目进展”。`,
      );
    return act(clause, 3.2, { date, time, title, scope: named.map(({ department }) => department.code) });
  },

  async confirm(execution) {
    const { input: asked, message, world, tx } = execution;
    const { date, scope } = asked;
    if (date < dayOf(message.sentAt) || outsideCampaign(date, world.campaign) || (await sameNode(tx, asked)))
      return null;
    const rest = isWorkday(date) ? '' : `${dayInWords(date)}是休息日。`;
    const heads = headsToTell({ scope, days: [date] }, execution);
    if (rest === '' && heads.length === 0) return null;
    const told = heads.length > 0 ? `当月日程已经发出，将同时告知${heads.length}位负责人。` : '';
    return `将新增日程：${nodeInWords(asked)}。${rest}${told}请回复“确认”，不安排请回复“不”。`;
  },

  async execute(execution): Promise<Added> {
    const { input: asked, actor, message, world, tx } = execution;
    if (asked.date < dayOf(message.sentAt)) return { kind: 'past', changed: false, date: asked.date };
    const outside = outsideCampaign(asked.date, world.campaign);
    if (outside) return { kind: 'outside', changed: false, ...outside };
    const same = await sameNode(tx, asked);
    if (same) return { kind: 'same', changed: false, node: same };
    const node = await addNode(tx, asked, actor.id, message.sentAt);
    const units = world.departments.filter(({ code }) => asked.scope.includes(code)).map(({ name }) => name);
    const heads = headsToTell({ scope: asked.scope, days: [node.date] }, execution);
    return { kind: 'added', changed: true, memo: { id: node.id }, node, units: units.join('、'), heads };
  },

  reply(outcome) {
    if (outcome.kind === 'past') return `没有安排：${dayInWords(outcome.date)}已经过去，请写今天以后的日期。`;
    if (outcome.kind === 'outside') return `没有安排：${outsideInWords(outcome)}`;
    const { node } = outcome;
    const words = nodeInWords(node);
    if (outcome.kind === 'same') return `日程${node.id}已经是${words}，没有重复添加。`;
    const whom = outcome.units ? `，涉及${outcome.units}` : '';
    const told = outcome.heads.length > 0 ? `已告知${outcome.heads.length}位负责人。` : '';
    return `已新增日程${node.id}：${words}${whom}。${told}改期发“日程${node.id}改到……”，取消发“取消日程${node.id}”；${TAKE_BACK}`;
  },
  notify: (outcome) =>
    outcome.kind === 'added'
      ? outcome.heads.map((to) => ({
          to,
          text: `日程新增：${nodeInWords(outcome.node)}（日程${outcome.node.id}）。`,
        }))
      : [],
  async undo(memo, execution) {
    const { message, tx } = execution;
    const { id } = z.object({ id: z.number() }).parse(memo);
    const node = await nodeUnchanged(tx, id);
    if (!node) return false;
    await endNode(tx, id, message.sentAt);
    const heads = headsToTell({ scope: scopeOf(node), days: [node.date] }, execution);
    return heads.map((to) => ({ to, text: `日程更正：${nodeInWords(node)}已收回，不再安排（日程${id}）。` }));
  },
});
