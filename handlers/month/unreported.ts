import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { exemptInWords } from '#bot/domain/month-facts.ts';
import { defineHandler } from '#bot/handler.ts';
import { wants } from '#bot/language/asking.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { anyone, departmentsUnder, has } from '#bot/permission.ts';
import { handInStanding } from '#bot/store/month.ts';

const SUMMARY = '(?:总结|小结|月报|月度(?:材料|报告|汇报)|上报|报表|汇报材料)';
const LACKING =
  '(?:逾期|超期|[迟晚][交报]|[没未](?:有|曾)?[^，。]{0,6}(?:报|交|送|提交|上来|收到|见(?:着|到)?|影|动静|来|给|拿|到)|欠|缺(?!席|勤|口|少|乏)|差(?!点)|漏[报交]|不[报交]|拖着|在路上|(?:报|交|收)(?:齐|全|上来|过来)|都[报交]|[报交收](?:上来|过来|齐|全)?(?:了)?(?:吗|没|几|多少|哪)|磨蹭|拖拉|没影|上来了?(?:几|多少|没)|(?:谁|哪[几些]?[家个科]?)[^，。]{0,4}[报交]了|(?:上交|报送|上报|收缴|提交|收集)(?:情况|进度|进展)|到齐|齐了?[吗没])';
const MISSING = new RegExp(`${LACKING}`);
const WHAT = new RegExp(SUMMARY);
// What is not asked of units but told of oneself, or wanted of somebody.
const OWN =
  /(?<![给报让告向跟帮替发])我(?!看|问|局|市|要|想)[^，。]{0,6}(?:没|未|已|还)|^(?!.*[谁哪几]).*催|心得|签到|暂缓|要不要|写完|别忘|记得|抓紧/;
const WHO =
  /谁|哪|几|多少|单位|科室|股室|处室|部门|各|家|者|名单|情况|进度|进展|齐|全|都|的(?=列|报|查|看|发|给|都?有|[。!！\s]*$)/;

// 「谁没报」 without a word of what: what every unit owes each month.
const BARE =
  /^\s*(?:(?:现在|目前|还有|这个?月|本月|上个?月|[一二三四五六七八九十\d]{1,2}月)的?)*(?:谁|哪[个些几]?(?:个|家)?(?:科室?|单位|部门))(?:们)?(?:还|都|仍)?没(?:有)?报(?:上来|送)?[的了呢呀啊。?？!！\s]*$/;
const WHO_LACKS = /没有[^，。]{0,3}[交报]|谁|哪|几|多少|单位|科室|股室/;

/** 查看未报单位: which units of those one is in charge of have not handed in their month (R45). */
export default defineHandler({
  name: 'query.unreported',
  title: '查看未报单位',
  examples: ['这个月总结还有哪些科室没报'],
  offers: ({ actor, world }) =>
    has(actor, 'chief', 'leader', 'office') && departmentsUnder(actor, world).length > 0
      ? ['这个月总结还有哪些科室没报']
      : [],
  input: z.object({ month }),
  reads: true,
  allow: anyone,

  over: 'sentence',
  heedsNotices: true,
  cues: [MISSING, BARE],
  meant(clause) {
    const { text, mood, reading } = clause;
    const span = cue(clause, MISSING);
    if (BARE.test(text)) return act(clause, 2.8, { month: monthIn(text, reading.today) ?? reading.today.slice(0, 7) });
    if (!span || !WHAT.test(text) || OWN.test(text)) return null;
    const lists =
      /(?:单位|科室|股室|处室|部门|者|的|名单|情况|进度|进展)[。!！\s]*$/.test(text) || /情况[:：]/.test(text);
    if (!(mood.asks || lists || wants(text)) || !WHO.test(text)) return null;
    if (/有没有|有无/.test(text) && !WHO_LACKS.test(text)) return null;
    if (clause.toAll && !/谁|哪|几|吗|名单|列/.test(text)) return null;
    return act(span, 2.8, { month: monthIn(text, reading.today) ?? reading.today.slice(0, 7) });
  },

  async execute({ input, actor, message, world, tx }) {
    const under = new Set(departmentsUnder(actor, world));
    const units = world.departments.filter(({ code }) =>
      under.size > 0 ? under.has(code) : code === actor.department,
    );
    const { due, missing, exempt } = await handInStanding(tx, input.month, units);
    const names = { missing: missing.map(({ name }) => name), exempt: exempt.map(({ name }) => name) };
    return { kind: 'listed', changed: false, month: input.month, units: due.length, ...names, at: message.sentAt };
  },

  reply({ month, units, missing, exempt, at }) {
    const until = `截至${dayInWords(dayOf(at))}${timeOf(at)}`;
    const counts = `${monthInWords(month)}总结应报${units}个科室（单位），已报${units - missing.length}个${exemptInWords(exempt)}`;
    return missing.length === 0
      ? `${until}，${counts}，全部报齐。`
      : `${until}，${counts}，未报${missing.length}个：${missing.join('、')}。`;
  },
});
