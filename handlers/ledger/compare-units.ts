import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { grouped } from '#bot/domain/grouped.ts';
import { rate } from '#bot/domain/month-facts.ts';
import { type Standing, standingOf } from '#bot/domain/standing.ts';
import { defineHandler } from '#bot/handler.ts';
import { wants } from '#bot/language/asking.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { departmentsUnder } from '#bot/permission.ts';
import { lightRuleAt } from '#bot/store/figures.ts';
import { ledgerRows } from '#bot/store/kept-ledger.ts';

const measure = z.enum(['done', 'overdue', 'red', 'yellow', 'unreported', 'waiting', 'items']);
type Measure = z.infer<typeof measure>;
const WORDS: Record<Measure, string> = {
  ...{ done: '已验收', overdue: '逾期', red: '红灯', yellow: '黄灯', unreported: '未报进度' },
  ...{ waiting: '待验收', items: '事项' },
};
const MEASURES: [Measure, RegExp][] = [
  ['red', /红灯|亮红/],
  ['yellow', /黄灯|亮黄/],
  ['overdue', /逾期|超期|拖后腿|拖得|滞后/],
  ['waiting', /待验收|等验收/],
  ['unreported', /未报(?:进度|进展)|没报(?:进度|进展)/],
  ['done', /完成率|完成得|完成情况|办结|验收|完成|进展|进度|推进|干得|快慢/],
  ['items', /台账|事项|任务|活/],
];
const UNIT = /科室|单位|部门|股室|处室|哪(?:个|一)?[家科]|谁家/;
const MOST = /最(?:多|少|高|低|快|慢|好|差|严重|大|小|靠前|落后)|垫底|拖后腿/;
const EACH = /各(?:科室?|股室?|处室?|单位|部门)|(?:按|分)(?:科室|单位|部门)|每个(?:科室?|单位|部门)/;
const AGAINST =
  /比一?比|对比|比较(?=一下|[。!！\s]*$)|比(?=.{0,6}(?:怎么?样|如何|谁|哪|差多少))|(?:哪个|谁)(?:更|多|少|快|慢|好)/;
const OTHER_MATTER =
  /学习|自学|签到|到会|出勤|请假|互评|评分|打分|排名|名次|总结|月报|走访|心得|先进|表彰|工资|人(?:最|多|手)|上周|会/;
// 「各单位超期的有几项」 asks for the items.
const SHARE = /(?:完成|验收|办结|逾期|红灯|黄灯)率|对比|比较|比一比/;
const NOMINAL = /(?:情况|对比|[率灯期数科室位门多少高低])[。!！?？\s]*$/;
const MOST_LINES = 12;

/** 科室对比: the units one is in charge of side by side, in establishment order, each figure with what it is a part of (R90, G15). */
export default defineHandler({
  name: 'query.comparison',
  title: '科室对比',
  examples: ['各科室完成率', '哪个科室红灯最多'],
  offers: ({ actor, world }) => (departmentsUnder(actor, world).length > 1 ? ['哪个科室红灯最多'] : []),
  input: z.object({ measure, units: z.array(z.string()).optional(), least: z.boolean().optional() }),
  reads: true,
  allow: {
    doneBy: '局领导、分管领导或活动办',
    permits: ({ input, actor, world }) => {
      const under = departmentsUnder(actor, world);
      return under.length > 1 && (input.units ?? []).every((code) => under.includes(code));
    },
  },

  over: 'sentence',
  heedsNotices: true,
  cues: [MOST, SHARE, AGAINST],
  meant(clause) {
    const { text, nameless, departments, reading, mood } = clause;
    if (OTHER_MATTER.test(nameless) || clause.items.length > 0 || mood.supposes || mood.hears) return null;
    // 「各科室抓紧完成」 is said to them.
    if (clause.toAll && !NOMINAL.test(text) && !wants(text)) return null;
    const named = [...new Set(departments.map(({ department }) => department.code))];
    const [kind] = MEASURES.find(([, pattern]) => pattern.test(nameless)) ?? [];
    const twoUnits = named.length > 1 && cue(clause, AGAINST) !== null;
    const asked =
      kind && ((UNIT.test(text) && MOST.test(text)) || (EACH.test(text) && named.length === 0 && SHARE.test(text)));
    if (!twoUnits && !asked) return null;
    if (!twoUnits && !wants(text) && !NOMINAL.test(text)) return null;
    if (reading.chat === 'group' && !wants(text)) return null;
    const least = /最(?:少|低|慢|差|小|落后)|垫底/.test(text);
    return act(clause, 2.8, {
      measure: kind ?? 'done',
      ...(twoUnits && { units: named }),
      ...(least && { least }),
    });
  },

  async execute({ input, actor, message, world, tx }) {
    const codes = new Set(input.units ?? departmentsUnder(actor, world));
    const today = dayOf(message.sentAt);
    const rule = await lightRuleAt(tx, message.sentAt);
    const items = (await ledgerRows(tx)).filter(({ endedAt }) => endedAt === null);
    const own = grouped(items, ({ department }) => department);
    const units = world.departments
      .filter(({ code }) => codes.has(code))
      .map(({ code, name }) => ({ name, standing: standingOf(own.get(code) ?? [], today, rule) }))
      .filter(({ standing }) => standing.items > 0 || input.units !== undefined);
    return {
      ...{ kind: 'compared', changed: false, units, measure: input.measure, least: input.least ?? false },
      ...{ at: message.sentAt, named: input.units !== undefined },
    };
  },

  reply({ units, measure, least, at, named }) {
    if (units.length === 0) return '所问科室（单位）没有台账事项。';
    const until = `截至${dayInWords(dayOf(at))}${timeOf(at)}`;
    const shown = named ? units : units.filter(({ standing }) => measure === 'done' || standing[measure] > 0);
    const rest = units.length - shown.length;
    const lines = shown.slice(0, MOST_LINES).map(({ name, standing }) => `${name}：${line(standing, measure)}`);
    const more = shown.length > MOST_LINES ? [`另有${shown.length - MOST_LINES}个科室（单位），请写明名称再查。`] : [];
    const none = rest > 0 ? [`其余${rest}个科室（单位）没有${WORDS[measure]}的。`] : [];
    return [`${until}，${verdict(units, measure, least)}`, ...lines, ...none, ...more].join('\n');
  },
  inGroup: ({ units, measure, least }) =>
    units.length === 0 ? '所问科室（单位）没有台账事项。' : `${verdict(units, measure, least)}详情已发给您。`,
});

interface Unit {
  name: string;
  standing: Standing;
}
const share = ({ standing }: Unit, field: Measure): number =>
  field === 'done' ? (standing.items === 0 ? 0 : standing.done / standing.items) : standing[field];

/** 「红灯最多的是高新科（33.3%（2/6））」; equals are named together, and nobody where there is none. */
function verdict(units: Unit[], measure: Measure, least: boolean): string {
  const values = units.map((unit) => share(unit, measure));
  const best = least ? Math.min(...values) : Math.max(...values);
  const word = `${WORDS[measure]}${measure === 'done' ? '率' : ''}`;
  if (measure !== 'done' && Math.max(...values) === 0) return `所问${units.length}个科室（单位）都没有${word}的。`;
  const first = units.filter((unit) => share(unit, measure) === best);
  if (first.length === units.length && units.length > 1) return `所问${units.length}个科室（单位）${word}相同。`;
  const names = first.slice(0, 3).map((unit) => `${unit.name}（${line(unit.standing, measure)}）`);
  const more = first.length > 3 ? `等${first.length}个` : '';
  return `${word}最${measure === 'done' ? (least ? '低' : '高') : least ? '少' : '多'}的是${names.join('、')}${more}。`;
}

const line = (standing: Standing, measure: Measure): string =>
  measure === 'items' ? `${standing.items}项` : `${WORDS[measure]}${rate(standing[measure], standing.items)}`;
