import { z } from 'zod';
import { type Day, dateInWords, dayOf, weekOf } from '#bot/calendar.ts';
import { quarterInWords, quarterOf } from '#bot/domain/month.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';

const CAMPAIGN =
  /^\s*活动(?:档案|时间|期限|进程|起止(?:时间|日期)?)?[。?？\s]*$|活动[^，。]{0,6}(?:第几天|还(?:剩|有)(?:多少|几)天|(?:什么时候|哪天|几号)(?:开始|结束|截止)|到(?:哪天|几号))/;

/** 活动档案: the campaign's dates and how far it has come (R01). */
export default defineHandler({
  name: 'query.campaign',
  title: '活动进程',
  examples: ['活动', '活动还有多少天'],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [CAMPAIGN],
  meant(clause) {
    const span = cue(clause, CAMPAIGN);
    return span ? act(span, 2.5, {}) : null;
  },

  async execute({ message, tx }) {
    const campaign = await tx.campaign.findUnique({ where: { id: 1 } });
    return { kind: campaign ? 'shown' : 'none', changed: false, campaign, today: dayOf(message.sentAt) };
  },

  reply({ campaign, today }) {
    if (!campaign) return '还没有设定活动起止日期，任何日子都可以登记。';
    const { name, from, to } = campaign;
    return `${name}：${dateInWords(from)}至${dateInWords(to)}，${whereIn(from, to, today)}。今天是第${weekOf(today).week}周、${Number(today.slice(5, 7))}月、${quarterInWords(quarterOf(today))}。`;
  },
});

const DAY_MS = 86_400_000;
/** Days from one to the other, both counted. */
const daysOf = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

function whereIn(from: Day, to: Day, today: Day): string {
  const all = `共${daysOf(from, to)}天`;
  if (today < from) return `${all}，还有${daysOf(today, from) - 1}天开始`;
  if (today > to) return `${all}，已经结束`;
  return `第${daysOf(from, today)}天，${all}，还有${daysOf(today, to) - 1}天`;
}
