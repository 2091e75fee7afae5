import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { STATUS_WORDS } from '#bot/domain/item-words.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { verbose } from '#bot/language/verbose.ts';
import { departmentsUnder, has } from '#bot/permission.ts';
import { eventsIn, type LedTo, ledTo } from '#bot/store/study-links.ts';

interface Shown {
  id: number;
  kind: string;
  form: string | null;
  unit: string;
  date: string;
  title: string;
  by: string;
  parts: [name: string, words: string][];
}
type Found = Outcome &
  (
    | { kind: 'shown'; event: Shown; led: LedTo[]; today: string }
    | { kind: 'listed'; month: string; what: string; events: Shown[] }
    | { kind: 'no-such'; id: number }
  );

const ONE = verbose.with('i')`
  ^\s*(?:请|帮我|我要)?(?:查看|看看|看一?下?|查一?下?|查|打开|调阅|显示)?(?:活动记录|学习记录|座谈会(?:记录)?|记录|谈)?\s*[TＴ]
    (?<id>\d{1,6})(?:号)?(?:的)?(?:活动|座谈会)?(?:
      记录 | 待办(?:情况|落实情况|办得怎么样)? | 情况 | 内容 | 详情 | 原文 | 措施 | 后来怎么样了? | 转了?什么 | 落实情况
    )?[?？。！\s]*$
`;
const LIST = verbose`
  ^\s*(?:请|帮我|我要)?(?:查看|看看|看一?下?|查一?下?|查|列出|列一下|调阅)?(?:
      [^，。：:\s]{0,8}(?:本|这个?|上个?|\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?的?
    )?(?<what>活动|座谈会|学习活动)(?:记录)(?:有哪些|清单|列表|一览|情况)?[?？。！\s]*$
`;

/** 查看活动记录: one record of 讲谈议读写 with what it led to, both ways, or those of a month (R20, R21). */
export default defineHandler({
  name: 'event.show',
  title: '查看活动记录',
  examples: [
    ...[
      'T12',
      '查看T12',
      '看看T12的记录',
      '查T3的待办情况',
      '打开T5',
      '看一下座谈会T7',
      '活动记录T4',
      'T9的待办落实情况',
    ],
    ...[
      'T6号记录',
      '看看T2的措施',
      '本月活动记录',
      '五月份活动记录',
      '看看上个月活动记录',
      '本月座谈会记录',
      '5月座谈会记录有哪些',
    ],
    ...['活动记录清单', '查看座谈会记录'],
  ],
  input: z.object({
    event: z.number().int().positive().optional(),
    month: month.optional(),
    what: z.string().optional(),
  }),
  reads: true,
  allow: {
    doneBy: '记录的科室（单位）、其分管领导或活动办',
    async permits({ input, actor, tx, world }) {
      if (input.event === undefined) return true;
      const event = await tx.studyEvent.findUnique({ where: { id: input.event } });
      // Of what is not there everybody hears just that.
      return (
        !event || [event.byId, event.personId].includes(actor.id) || seen(actor, world).includes(event.departmentCode)
      );
    },
  },

  over: 'message',
  cues: [ONE, LIST],
  meant(clause) {
    const { text, reading } = clause;
    if (reading.chat !== 'direct') return null;
    const id = ONE.exec(text)?.groups?.['id'];
    if (id) return act(clause, 2.8, { event: Number(id) });
    const what = LIST.exec(text)?.groups?.['what'];
    if (!what) return null;
    const month = monthIn(text, reading.today) ?? reading.today.slice(0, 7);
    return act(clause, 2.6, { month, what: what === '座谈会' ? '座谈会' : '活动' });
  },

  async execute({ input, actor, message, world, tx }): Promise<Found> {
    const today = dayOf(message.sentAt);
    if (input.event !== undefined) {
      const event = await tx.studyEvent.findFirst({ where: { id: input.event, undoneAt: null } });
      if (!event) return { kind: 'no-such', changed: false, id: input.event };
      return { kind: 'shown', changed: false, event: shown(event, world), led: await ledTo(tx, event.id), today };
    }
    const { month = '', what = '活动' } = input;
    const units = seen(actor, world);
    const events = await eventsIn(tx, units, month, what === '座谈会' ? '议' : undefined);
    return { kind: 'listed', changed: false, month, what, events: events.map((event) => shown(event, world)) };
  },

  reply(outcome) {
    if (outcome.kind === 'no-such') return `没有编号为T${outcome.id}的活动记录，或已收回。请发“本月活动记录”查看编号。`;
    if (outcome.kind === 'listed') {
      const { month, what, events } = outcome;
      if (events.length === 0) return `${monthInWords(month)}还没有${what}记录。`;
      return [
        `${monthInWords(month)}${what}记录${events.length}条：`,
        ...events
          .slice(0, MOST)
          .map((event) => `T${event.id}　${dayInWords(event.date)}${event.unit}${nameOf(event)}，${event.title}。`),
        ...(events.length > MOST ? [`另有${events.length - MOST}条。`] : []),
      ].join('\n');
    }
    const { event, led, today } = outcome;
    return [
      `T${event.id} ${nameOf(event)}，${dayInWords(event.date)}，${event.unit}，${event.by}记录。`,
      ...event.parts.map(([name, words]) => `${name}：${words.replace(/[。.]$/, '')}。`),
      ...(led.length > 0 ? ['由此形成：', ...led.map((one, index) => `${index + 1}. ${lineOf(one, today)}`)] : []),
    ].join('\n');
  },
});

const MOST = 20;
const NAMES: Record<string, string> = { 议: '座谈会' };
const nameOf = ({ kind, form }: Shown): string => `${NAMES[kind] ?? kind}${form ? `（${form}）` : ''}`;

/** Whose records somebody may look at: those of the own unit, and of the units below. */
const seen = (actor: WorldPerson, world: World): string[] => [
  ...new Set([...departmentsUnder(actor, world), ...(has(actor, 'leader') ? [] : [actor.department])]),
];

function shown(
  event: {
    id: number;
    kind: string;
    form: string | null;
    departmentCode: string;
    date: string;
    title: string;
    byId: string;
    body: string;
  },
  { departments, members }: World,
): Shown {
  const { id, kind, form, date, title } = event;
  const body = JSON.parse(event.body) as Record<string, string>;
  return {
    ...{ id, kind, form, date, title },
    unit: departments.find(({ code }) => code === event.departmentCode)?.name ?? '',
    by: members.find((one) => one.id === event.byId)?.name ?? '已离任人员',
    parts: [
      ...Object.entries(body).map(([name, words]): [string, string] => [WORDS[name] ?? name, words]),
      ...(kind === '议' && !body['结论'] ? [['结论', '未形成结论'] as [string, string]] : []),
    ],
  };
}
const WORDS: Record<string, string> = { text: '内容', guest: '主讲', question: '九个问题之' };

function lineOf({ text, item, kind, id, waits }: LedTo, today: string): string {
  if (kind === 'problem') return `${text}：已转为问题W${id}。`;
  if (!item) return `${text}：${waits ? '交办稿待同意' : '尚未交办'}。`;
  const state = item.endedAt ? '已终止或已收回' : STATUS_WORDS[statusOf(item, today)];
  return `${text}：${kind === 'todo' ? '已交办' : '已列入台账'}${item.code}《${item.title}》，${dayInWords(item.deadline)}到期，${state}。`;
}
