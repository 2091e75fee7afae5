import { z } from 'zod';
import { addDays, dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, around, ask, cue, others } from '#bot/language/evidence.ts';
import { labelled } from '#bot/language/fields.ts';
import { moodOf } from '#bot/language/mood.ts';
import { daysIn } from '#bot/language/slots/day.ts';
import { readMinutes } from '#bot/language/slots/number.ts';
import { daysSaid, unslashed } from '#bot/language/slots/slash.ts';
import { tellsOfOthers } from '#bot/language/subject.ts';
import { without } from '#bot/language/text.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone } from '#bot/permission.ts';

type Recorded = Outcome & {
  kind: 'recorded' | 'future' | 'too-old' | 'too-long';
  date: string;
  minutes: number | null;
  topic: string;
};

const OUTRIGHT =
  /自学|自习(?!室)|自读|补学|自己(?:又|再)?(?:学|看|读|翻)|自行学习|个人学习|加班学习|利用[^，。]{0,8}学习/;
const READS =
  /(?:(?<!开|放|(?<![早晚])上|大|中|小|同)学习?(?!校|生|车|开车|游泳|做饭|英语)|看|读(?!本|物|者)|啃|翻(?!印)|研读|阅读|听|[复温]习|研究|琢磨|钻研|刷|过)(?:了|完|过)?/;
const ABSENCE = /请[^，。]{0,6}假|[参来到去][加席]?不[了成]/;
const MATTER = verbose`
  《 | 党章 | 报告 | 精神 | 讲话 | 规定 | 条例 | 理论 | 文件 | 材料 | 资料 | 读本 | 原著 | 辅导 | 党史 | 十八大 | 法(?![院官])
  | 强国 | 网课 | 慕课 | 视频 | 教材 | 书 | 课程 | 准则 | 论述 | 文章 | 政策 | 法规 | 业务 | 知识 | 办法 | 规则 | 规范 | 规程 | 标准
  | 细则 | 技术 | 理论 | 唱腔 | 指南 | 案例 | 经验 | 制度 | 规章 | 章程 | 流程 | 纪律 | 公报 | 决定 | 意见
`;
// 「自学 情况」 asks.
const NO_MATTER = /^(?:了|过|情况|记录|时长|多|怎么|统计|制度|要求|规定|任务|台账)/;
const UNTIMED = /^\s*自学(?:登记|记录)?[:：\s]+(?<what>[^\n，。？?]{2,60})[。！!\s]*$/;
const WITH_CHILD = /[带陪给教帮][着了]?(?:我家?)?(?:孩子|娃|儿子|女儿|闺女|学生|小孩)|辅导(?:孩子|作业)/;
// What is said of a record, or of those who study.
const AMISS = /改[成为](?!.*自学了)|是?错的|有误|的(?:同志|人员?|干部|同事)(?!一[起块]|说)/;
const VAGUE =
  /一会儿?|一阵|好久|半天(?!假)|一晚上|一上午|一下午|几[个]?(?:小时|分钟)|[一两二三][三四五](?:个)?(?:小时|分钟)|多小时|多分钟/;

/** 登记自学: what somebody studied alone, up to seven days back; the minutes are the person's own affair (R18, requirements 1.3). */
export default defineHandler({
  name: 'study.self',
  title: '登记自学',
  plain: true,
  // What is done besides studying, and with what else.
  account: {
    rests: [OUTRIGHT, READS],
    words: verbose`
      本(?:来|是)?(?:想|打算|计划) | 打卡 | [十七八]+大
      | [〇㐀-鿿]{0,8}?(?:条例|办法|规定|制度|准则|党章|报告|精神|讲话|意见|章程|网课|《[^》]*》|法) | [午夜晚]休?班? | 间隙 | 早起
      | 抽空 | 灯下 | 通?读 | 背 | 在[^，。]{1,4}里 | 补[笔次条]? | 提前 | 到?岗 | 在?家 | 夜里? | 登记 | 补?记 | 加班 | 下班 | 利用
      | 休息 | 起来 | 饭后 | 睡前 | 算 | 没 | 单位 | 办公室 | 天
    `,
    ahead: 1,
  },
  examples: ['昨晚自学党章一个半小时', '自学40分钟八项规定', '自学 中央八项规定', '自学：十八大报告 5月13日'],
  offers: () => ['昨晚自学八项规定40分钟'],
  // Minutes only where somebody says them: they are not asked for (R18, requirements 1.3).
  input: z.object({ minutes: z.number().int().positive().max(1440).optional(), date: day, topic: z.string() }),
  allow: anyone,

  over: 'sentence',
  cues: [OUTRIGHT, READS],
  meant(given) {
    // 「明天学习请事假，昨晚自学了50分钟，一块儿记吧」: what lies ahead is of the leave.
    const ahead = daysSaid(given, 'behind').some(({ day }) => day > given.reading.today);
    const clause = labelled(ahead ? around(given, OUTRIGHT, ABSENCE) : given);
    if (!clause || AMISS.test(clause.text)) return null;
    const { reading } = clause;
    const text = unslashed(clause.text);
    // 「大概用了五十分钟」 guesses at the minutes only.
    const mood = moodOf(
      text
        .replace(/琢磨(?=了|过|出)/g, '')
        // 「本想学两小时，停电，只学了35分钟」: what was meant to be does not matter.
        .replace(/本(?:来|是)?(?:想|打算|计划)[^，。]*[，,](?=.*(?:只|实际|就)[^，。]{0,3}(?:自?学|看|读)了)/g, '')
        .replace(/(?:大概|大约|约摸|估计|差不多)(?=[用花学看]?了?(?:有|近)?[\d一二两俩三四五六七八九十半])/g, ''),
    );
    const outright = OUTRIGHT.test(text) || OUTRIGHT.test(reading.lead);
    const span = cue(clause, OUTRIGHT) ?? (OUTRIGHT.test(reading.lead) ? clause : cue(clause, READS));
    if (
      !span ||
      mood.asks ||
      mood.supposes ||
      mood.plans ||
      mood.hears ||
      /自学(?:要求|任务|规定|制度|标准)|谁|时长(?!\s?[:：为是]?\s?[\d一二两三四五六七八九十半])|几(?:个)?小时|多少|多长/.test(
        text,
      )
    )
      return null;
    if (
      tellsOfOthers(text) ||
      WITH_CHILD.test(text) ||
      daysSaid(clause, 'behind').some(({ day }) => day > reading.today)
    )
      return null;
    if (others(clause).length > 0)
      return outright && reading.chat === 'direct' && !/要(?:去|再)?(?:补学|自学)/.test(text)
        ? ask(span, 2, '自学由本人登记，请本人发来。')
        : null;
    const minutesOf = (part: string) => readMinutes(without(part, daysIn(part, reading.today, 'behind')));
    const timed = clause.parts
      .map(unslashed)
      // 「其中40分钟是看视频」 is part of what was told.
      .filter(
        (part) =>
          !/没(?:有)?(?:学|看|自学)|^\s*其中|(?:本来?|原来?|原先|当初)(?:打算|计划|想)/.test(part) &&
          minutesOf(part) !== null,
      );
    if (timed.length === 0 && /没(?:有)?(?:学|看|自学)/.test(text)) return null;
    if (VAGUE.test(text) && timed.length === 0)
      return outright ? ask(span, 2, '自学了多长时间？请写成“自学党章40分钟”。') : null;
    if (timed.length === 0 && outright && reading.chat === 'direct') {
      // 「自学 党章」 is the order itself; 「昨晚自学了党章」 tells, and may still be going to say how long.
      const said = UNTIMED.exec(text)?.groups?.['what'];
      const date = daysSaid(clause, 'behind')[0]?.day ?? reading.today;
      if (said && !NO_MATTER.test(said)) return act(span, 2, { date, topic: clause.said.trim() });
      return ask(span, 2, '自学了多长时间？请写成“自学党章40分钟”，不记时长请写“自学 党章”。');
    }
    if (timed.length === 0) return null;
    if (!outright && !(MATTER.test(text) && reading.chat === 'direct')) return null;
    if (/集中学习|开会|集体/.test(text) && !outright) return null;
    const dayOfPart = (part: string) => daysIn(part, reading.today, 'behind').at(-1)?.day;
    const day =
      dayOfPart(timed[0] ?? '') ??
      daysSaid(clause, 'behind')[0]?.day ??
      dayOfPart(reading.message.text) ??
      reading.today;
    if (/周末|双休/.test(text) && daysSaid(clause, 'behind').length === 0)
      return ask(span, 2, '是哪一天自学的？请写明日期，如“5月18日自学党章40分钟”。');
    const dated = timed.filter(dayOfPart);
    if (dated.length > 1 && dated.length === timed.length)
      return act(
        clause,
        2,
        ...timed.map((part) => ({ minutes: minutesOf(part) ?? 0, date: dayOfPart(part) ?? day, topic: part.trim() })),
      );
    const total = timed.find((part) => /共|合计|加起来/.test(part)) ?? timed[0] ?? '';
    if (timed.length > 1 && !/共|合计|加起来/.test(total))
      return ask(span, 2, '一共自学了多长时间？请写成“自学党章40分钟”。');
    if (day > reading.today) return null;
    const minutes = minutesOf(total) ?? 0;
    // 「周六周日各学一小时」
    const days = [...new Set(daysSaid(clause, 'behind').map((one) => one.day))];
    if (
      days.length > 1 &&
      /各|每天|都(?:学|看|自学)|天天/.test(text) &&
      minutes > 0 &&
      days.every((one) => one <= reading.today)
    )
      return act(span, 2, ...days.map((date) => ({ minutes, date, topic: clause.said.trim() })));
    return minutes > 0 && minutes <= 1440
      ? act(span, 2, { minutes, date: day, topic: clause.said.trim() })
      : ask(span, 2, '自学时长应在24小时以内，请写成“自学党章40分钟”。');
  },

  async execute({ input, actor, message, tx }): Promise<Recorded> {
    const today = dayOf(message.sentAt);
    const { date } = input;
    const minutes = input.minutes ?? null;
    const topic = studied(input.topic, today);
    const common = { date, minutes, topic };
    if (date > today) return { kind: 'future', changed: false, ...common };
    if (date < addDays(today, -DAYS_BACK)) return { kind: 'too-old', changed: false, ...common };
    const day = await tx.studyRecord.findMany({ where: { personId: actor.id, date, undoneAt: null } });
    const sum = day.reduce((total, one) => total + (one.minutes ?? 0), 0) + (minutes ?? 0);
    if (sum > 1440) return { kind: 'too-long', changed: false, ...common };
    const { id } = await tx.studyRecord.create({
      data: {
        ...{ personId: actor.id, departmentCode: actor.department, ...common },
        ...{ at: message.sentAt, inboxKey: message.key },
      },
    });
    return { kind: 'recorded', changed: true, memo: { id }, ...common };
  },

  reply({ kind, date, minutes, topic }) {
    const day = dayInWords(date);
    if (kind === 'future') return `没有登记：${day}还没有到，请核对日期。`;
    if (kind === 'too-old') return `没有登记：${day}已超过${DAYS_BACK}天，请由科室（单位）负责人向活动办说明补录。`;
    if (kind === 'too-long') return `没有登记：${day}的自学合计超过24小时，请核对时长。`;
    return `已登记自学：${day}${topic ? `，${topic}` : ''}${minutes === null ? '' : `，${minutes}分钟`}。仅本人可查，${TAKE_BACK}`;
  },
  inGroup: ({ kind }) => (kind === 'recorded' ? '已登记自学，详情已私信。' : '没有登记，详情已私信。'),
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.studyRecord.updateMany({
      where: { id, undoneAt: null },
      data: { undoneAt: message.sentAt },
    });
    return count === 1;
  },
});

const DAYS_BACK = 7;
const TIMES = verbose.with('g')`
  (?:共|合计|大概|大约|约|凡)?(?:\d+(?:\.\d+)?|[一二两俩三四五六七八九十百半]+)(?:个半|个)?(?:小时|钟头|分钟|刻钟)半?(?:\d+分钟?)?
  | [上下中]午 | 晚上 | [今昨前]?晚 | 早上 | 凌晨
  | (?:\d+|[一二三四五六七八九十]+)点(?:半|\d+分?)?(?:
      [到至-](?:\d+|[一二三四五六七八九十]+)点(?:半|[一二三四五六七八九十\d]+分?|一刻)?
    )?
`;
const FRAME =
  /^(?:登记|记一下|补记|利用|在家|今天|昨天|我|了|的|：|:|[，,、\s])+|(?:自学|学习|学|读|看|啃)(?:了|完|过)?|[，,。；;\s]+|记一下$|一并记上$/g;

/** What was studied, out of the words: without the day, the time and 自学; what stands in 《》 alone if there is such. */
function studied(words: string, today: string): string {
  const book = /《[^》]+》/.exec(words)?.[0];
  if (book) return book;
  return without(words, daysIn(words, today, 'behind'))
    .replace(TIMES, ' ')
    .replace(FRAME, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
