import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { monthOf } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue, others } from '#bot/language/evidence.ts';
import { periodIn } from '#bot/language/slots/period.ts';
import { anyone } from '#bot/permission.ts';

type Shown = Outcome & { span: string; minutes: number } & (
    | { kind: 'own'; records: string[] }
    | { kind: 'unit'; unit: string; people: number; times: number }
  );

const TIME =
  /(?:累计|总共|一共|共)学(?:习)?了?(?:多少|多久)|我[^，。]{0,6}学了多少(?=[?？。\s]|$)|学习?(?:了|过)?(?:多长|多久|多少(?:个)?(?:小时|分钟|时间|课时|学时)|几[个]?(?:小时|钟头))|学习?时[长间]|自学(?:了)?(?:多|几|时|情况|记录|累计)|学时/;

/** 查看学习时长: one's own in full; of others only what their unit has together (requirements 1.3). */
export default defineHandler({
  name: 'query.study',
  title: '查看学习时长',
  examples: ['我这个月学了多长时间'],
  offers: () => ['我这个月学了多长时间'],
  input: z.object({ member: z.string().optional(), from: day.optional(), to: day.optional() }),
  reads: true,
  allow: anyone,

  over: 'sentence',
  heedsNotices: true,
  meant(clause) {
    const span = cue(clause, TIME);
    const { mood, reading, text } = clause;
    // 「薛冰六月份学习时长」
    const bare =
      text.replace(/[\p{P}\s]/gu, '').length <= 20 &&
      /学习?时[长间][^，。]{0,4}$|学时$/.test(text.replace(/[。\s]+$/, ''));
    if (!span || !(bare || mood.asks || /看|查|调|列|给我|我的|记录|情况|多少|几|统计|汇总/.test(text))) return null;
    const [member] = others(clause);
    const [day] = clause.days('behind');
    const campaign = /活动(?:开展)?以来|开展以来/.test(text) ? reading.world.campaign : null;
    const period =
      (campaign ? { from: campaign.from, to: reading.today } : null) ??
      periodIn(text, reading.today) ??
      (day ? { from: day.day, to: day.day } : null);
    return act(span, 2.6, { ...(member && { member: member.id }), ...period });
  },

  async execute({ input, actor, message, world, tx }): Promise<Shown> {
    const today = dayOf(message.sentAt);
    const from = input.from ?? `${monthOf(today)}-01`;
    const to = input.to ?? today;
    const person = world.members.find(({ id }) => id === (input.member ?? actor.id)) ?? actor;
    const where = { date: { gte: from, lte: to }, undoneAt: null };
    const span = `${dayInWords(from)}至${dayInWords(to)}`;
    if (person.id !== actor.id) {
      const rows = await tx.studyRecord.findMany({ where: { ...where, departmentCode: person.department } });
      const unit = world.departments.find(({ code }) => code === person.department)?.name ?? '';
      const people = new Set(rows.map(({ personId }) => personId)).size;
      return { kind: 'unit', changed: false, span, unit, people, times: rows.length, minutes: sumOf(rows) };
    }
    const rows = await tx.studyRecord.findMany({ where: { ...where, personId: actor.id }, orderBy: { date: 'asc' } });
    const records = rows.map(({ date, minutes, topic }) => `${dayInWords(date)}${topic}，${minutes}分钟`);
    return { kind: 'own', changed: false, span, records, minutes: sumOf(rows) };
  },

  reply(outcome) {
    const { span, minutes } = outcome;
    if (outcome.kind === 'unit') {
      const { unit, people, times } = outcome;
      return `个人学习时长只有本人可查。${unit}${span}自学：${people}人登记${times}次，共${hoursOf(minutes)}。`;
    }
    const { records } = outcome;
    if (records.length === 0) return `${span}没有自学记录。可发“昨晚自学党章40分钟”登记。`;
    const shown = records.slice(-MOST_SHOWN);
    const more = records.length > shown.length ? [`最近${shown.length}次：`] : [];
    return [`您${span}自学${records.length}次，共${hoursOf(minutes)}。`, ...more, ...shown].join('\n');
  },
  inGroup: () => '学习时长已私信您。',
});

const MOST_SHOWN = 10;
const sumOf = (rows: { minutes: number }[]): number => rows.reduce((sum, { minutes }) => sum + minutes, 0);

/** 「40分钟」「1小时30分钟」 */
const hoursOf = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return hours === 0 ? `${rest}分钟` : `${hours}小时${rest > 0 ? `${rest}分钟` : ''}`;
};
