import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { monthOf } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { questioned, unexplained, wants } from '#bot/language/asking.ts';
import { act, cue, others } from '#bot/language/evidence.ts';
import { PERIOD, periodIn } from '#bot/language/slots/period.ts';
import { anyone } from '#bot/permission.ts';

type Shown = Outcome & { span: string; minutes: number; untimed: number } & (
    | { kind: 'own'; records: string[] }
    | { kind: 'unit'; unit: string; people: number; times: number }
  );

const HOW_LONG =
  '(?:多长|多久|多少(?!人|科|家|单位)|几[个]?(?:小时|钟头|课时)|时[长间]|小时数|累计|合计|一共|总共|够不够|达标)';
const LEARNT = '(?:自学|学习|看书|学(?:了|过|的)?(?!校|生|院|会|历|员))';
const TIME = new RegExp(
  `${LEARNT}[^，。]{0,10}${HOW_LONG}|${HOW_LONG}[^，。]{0,4}${LEARNT}|学时|学习?时[长间]|自学(?:了)?(?:多|几|时|情况|记录|台账|的?账|累计|的)`,
);
const OWN = /(?<![给报让告向跟帮替发])[我俺咱]|本人|个人|自己/;
const KNOWN = new RegExp(
  `${TIME.source}|${PERIOD.source}|${HOW_LONG}|自学|学习|本人|个人|自己|累计|合计|一共|总共|统计|记录|情况|加起来|到现在`,
);
// 「添条自学记录：……35分钟」 gives one.
const GIVES =
  /(?:添|加|补|记|登|录)[^，。]{0,4}(?:记录|一?[条笔]|自学)|\d+\s*(?:分钟?|min|小时|h)|[一二两三四五六七八九十半刻]+个?(?:小时|钟头|分钟|刻钟)/;

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
  cues: [TIME],
  meant(clause) {
    const span = cue(clause, TIME);
    const { mood, reading, text } = clause;
    if (!span || (GIVES.test(text) && !questioned(text))) return null;
    const bare = unexplained(clause, KNOWN) === 0;
    if (!(bare || mood.asks || wants(text) || (OWN.test(text) && /记录|情况|统计|汇总|累计|合计/.test(text))))
      return null;
    if (/多久才|多少东西|多少人|人数|到会|签到|才能学/.test(text)) return null;
    const [member] = others(clause);
    const [day] = clause.days('behind');
    const campaign = /活动(?:开展|启动|开始)?(?:以来|到现在|至今)|开展以来|启动以来/.test(text)
      ? reading.world.campaign
      : null;
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
      return { kind: 'unit', changed: false, span, unit, people, times: rows.length, ...sumsOf(rows) };
    }
    const rows = await tx.studyRecord.findMany({ where: { ...where, personId: actor.id }, orderBy: { date: 'asc' } });
    const records = rows.map(
      ({ date, minutes, topic }) => `${dayInWords(date)}${topic}${minutes === null ? '' : `，${minutes}分钟`}`,
    );
    return { kind: 'own', changed: false, span, records, ...sumsOf(rows) };
  },

  reply(outcome) {
    const { span, minutes, untimed } = outcome;
    const sum = `共${hoursOf(minutes)}${untimed > 0 ? `（另有${untimed}次未记时长）` : ''}`;
    if (outcome.kind === 'unit') {
      const { unit, people, times } = outcome;
      return `个人学习时长只有本人可查。${unit}${span}自学：${people}人登记${times}次，${sum}。`;
    }
    const { records } = outcome;
    if (records.length === 0) return `${span}没有自学记录。可发“昨晚自学党章40分钟”登记。`;
    const shown = records.slice(-MOST_SHOWN);
    const more = records.length > shown.length ? [`最近${shown.length}次：`] : [];
    return [`您${span}自学${records.length}次，${sum}。`, ...more, ...shown].join('\n');
  },
  inGroup: () => '学习时长已私信您。',
});

const MOST_SHOWN = 10;
/** Minutes said, and how often none were: unknown is not zero. */
const sumsOf = (rows: { minutes: number | null }[]) => ({
  minutes: rows.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
  untimed: rows.filter(({ minutes }) => minutes === null).length,
});

/** 「40分钟」「1小时30分钟」 */
const hoursOf = (minutes: number): string => {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return hours === 0 ? `${rest}分钟` : `${hours}小时${rest > 0 ? `${rest}分钟` : ''}`;
};
