import { z } from 'zod';
import { addDays, type Day, dayInWords, dayOf } from '#bot/calendar.ts';
import { foremost } from '#bot/domain/foremost.ts';
import { grouped } from '#bot/domain/grouped.ts';
import { countsInWords, type ItemInWords, itemLine } from '#bot/domain/item-words.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { isDueSoon, LIGHT_WORDS, type Light, type LightRule, lightOf } from '#bot/domain/light.ts';
import { defineHandler } from '#bot/handler.ts';
import { unexplained, wants } from '#bot/language/asking.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { PERIOD } from '#bot/language/slots/period.ts';
import { verbose } from '#bot/language/verbose.ts';
import { SCOPE_WORDS, scopeOf } from '#bot/language/whose.ts';
import * as seen from '#bot/language/world.ts';
import { departmentsUnder } from '#bot/permission.ts';
import { maySee, SEEN_BY, scopeInWords, scopeName, whoseIn } from '#bot/scope.ts';
import { otherDuties } from '#bot/store/duties.ts';
import { lightRuleAt } from '#bot/store/figures.ts';
import { itemsOf } from '#bot/store/kept-ledger.ts';

const status = z.enum(['all', 'due', 'overdue', 'in_progress', 'done', 'awaiting_acceptance']);
type Status = z.infer<typeof status>;

// What the plan consists of, and how many of it.
const THINGS =
  /台账|事项|任务|差事|单子|清单|[件项桩码]儿?事|活计?儿?(?!动|力|泼|跃|页)|账(?!号|户|目|本)|[几多少\d一二两三四五六七八九十][件项桩]/;
const PLAIN_THINGS = /台账|问题清单|事项|任务|名下|手头|差事|[件项桩]事|[几多少][件项桩]|活(?!动|力|泼|跃)/;
const OVERDUE = verbose`
  逾期 | 超期 | overdue | 超时(?!问题) | 过期 | 误期 | 延误 | 到期(?:了)?(?:还|都|仍)?(?:没|未)(?=[^，。?？]*[办完做交干结])
  | 拖[着了期拉过欠沓] | 拖后腿 | 红灯 | 亮红 | 红色 | 没按时 | 过了?(?:时限|期限|点|期) | 到点(?:还|都)?没 | 超(?:了)?(?:时限|期限)
`;
const WAITING =
  /待验收|待核验|等(?:着|待|候)?[^，。]{0,4}(?:验收|核验)|没验收|未验收|验收没|申请验收的|待审|送验|报验|未验(?!收过)|待我验收|要验收|需要?[^，。]{0,3}验收|该验收/;
const DUE = verbose`
  (?:
      快要? | 要 | 将 | 即将 | 临近 | 马上 | 就要 | 该 | [明今后]天 | [本这下]个?(?:周|月|星期) | [月周]底 | 近期 | 最近
      | 近?[0-9一二两三四五六七八九十]+[天日号] | 周[一二三四五六日]
    )[^，。]{0,8}(?:到期|截止|要交|该交|交账|交差|交卷|要完成|要办|到点|到日子)
  | 到期(?!了|没|还) | 临期 | 临近 | 快到(?:点|日子|时间|期|时限) | 快(?:误|超|过|黄|逾) | 要误 | 黄灯 | 亮黄 | 黄色
`;
const OPEN = verbose`
  正在 | 推进中 | 进行中 | 在办 | 在手 | 未[完办竟](?:[成结了])?
  | 没(?:有)?(?:全)?(?:完成|完事|办|弄|做|干|结|销)(?:[完结成好掉])? | 还没[^，。]{0,3}[完结好] | 在推进 | 推进的
  | 没[^，。]{0,2}(?:落地|收口|了结|见底) | 压着 | 欠着?(?=几|的|哪|多少|[。\s]*$) | 没干
`;
const DONE =
  /已(?:经)?(?:完成|完事|办结|验收|销号|办完|做完|干完|结)|(?:完成|办结|办完|销号|完事|干完|做完|弄完|了结)(?:了|掉|过)?(?:的|哪些|几|多少|有几|有哪些|有多少)|销号的?|蓝灯/;

const ANY = new RegExp(
  [THINGS, OVERDUE, WAITING, DUE, OPEN, DONE]
    .map(({ source }) => source)
    .join('|')
    .concat('|分管|情况|进度'),
);
const SUMMED_UP =
  /(?:总[体的]?|整体|完成|进展|推进|落实|工作|全局[^，。]{0,4})(?:情况|程度|进度)|干得|家底|[全整]盘|盘一盘|啥进度|全局[^，。]{0,6}(?:盘|捋|过一遍)/;
const LINE_ASKED = /(?:分管|[这那]一?条?(?:线|口|摊子?|块))[^，。]{0,6}(?:怎|咋|如何|情况|进度|啥样)/;
// 「高新科现在怎么样」, 「高新科情况」: a unit, its name blanked out, and how it stands.
const UNIT_ASKED =
  /^[\s，,]*(?:看看|问下|问一下)?□+(?:[那这]边|他们)?(?:现在|最近|目前|近来|眼下|这阵子?|这段)?的?(?:(?:工作|情况|进度|进展)?(?:怎么?样|咋样|如何|啥情况|什么情况)了?|情况|进[度展])[？?。！!呢啊\s]*$/;
// 「查 高新科」 and no more (R90).
const UNIT_LOOKED_AT = /^\s*(?:查看?|看看?|查一下)\s*□+[。！!？?\s]*$/;
const OTHER_MATTER =
  /总结|小结|月报|签到|到会|出勤|缺席|迟到|请假|学习|讲座|自学|排名|名次|垫底|互评|评比|评分|打分|点评|走访|帮助|怎么[用报填写]|交办|转办|申请|催|延期|延到|记(?:一下|上|到|入)|材料/;
const ACTS = /催|交办|转办|顺延|延[期到至长]|宽限|再给|记(?:一下|上|到|入)|点[^，。]{0,3}名/;
const MANY =
  /哪[些个几一]|有啥|有没有|(?<![十百好])几[项个件]|多少[项个件]|列|清单|全部|所有|都|名单|单子|一览|统计|汇总|总览/;
const TELLS =
  /[〇㐀-鿿]了\s*(?:\d+|[一二两俩三四五六七八九十百]+)(?:[家个项所次份件户亩场人条篇处辆台套组期批]|公里|万)/;
const KNOWN = new RegExp(
  `${SCOPE_WORDS.source}|${ANY.source}|${PERIOD.source}|已经?|正在|完成|办结|进展|进度|有没有|有无|有几|问题|查摆|整改|重点|督[查办]|总览|清单|一览|列表|报告|汇总|一共|那摊|[项件桩]`,
);

// A part of the ledger, as it is named: 问题台账, 督查事项.
const KINDS: ['problems' | 'orders', RegExp][] = [
  ['problems', /(?:问题|查摆|整改)(?:的)?(?:台账|事项|清单)/],
  ['orders', /(?:重点)?(?:督查|督办)(?:的)?事项/],
];
const CATEGORIES = { problems: ['查摆整改'], orders: ['交办', '转办'] };

const MOST_LINES = 14;
const ASKED: Record<Status, { words: string; fits(item: ItemInWords, today: Day, rule: LightRule): boolean }> = {
  all: { words: '', fits: () => true },
  due: { words: '临期', fits: isDueSoon },
  overdue: { words: '逾期', fits: (item, today) => statusOf(item, today) === 'overdue' },
  in_progress: { words: '未办结', fits: ({ acceptedAt, completedAt }) => !acceptedAt && !completedAt },
  done: { words: '已办结', fits: ({ acceptedAt }) => acceptedAt !== null },
  awaiting_acceptance: { words: '待验收', fits: (item, today) => statusOf(item, today) === 'awaiting_acceptance' },
};

/** 查看台账: one's own items, or those one is in charge of, with how far they are (R44, R90). */
export default defineHandler({
  name: 'query.ledger',
  title: '查看台账',
  examples: ['我的台账', '高新科逾期的有哪些', '哪些快到期了'],
  offers({ actor, world }) {
    const own = seen.itemsOf(world, { owner: actor.id, leader: actor.id }).length > 0 ? ['我的台账'] : [];
    return departmentsUnder(actor, world).length > 0 ? [...own, '哪些逾期了'] : own;
  },
  input: z.object({
    scope: scopeName,
    status,
    /** 红灯, 黄灯: named by its light, which is wider than what its status says (R43) */
    light: z.enum(['red', 'yellow', 'green', 'grey', 'blue']).optional(),
    /** problems that were found, matters that were given out: a part of the ledger (R30, R56) */
    kind: z.enum(['problems', 'orders']).optional(),
  }),
  reads: true,
  allow: { doneBy: SEEN_BY, permits: ({ input, actor, world }) => maySee(input.scope, actor, world) },

  over: 'sentence',
  heedsNotices: true,
  cues: [ANY, SUMMED_UP, LINE_ASKED, UNIT_ASKED, UNIT_LOOKED_AT],
  meant(clause) {
    // A unit's name says nothing of works: 活动办 is neither a 活 nor 办.
    const { reading, nameless: text } = clause;
    const status = statusIn(text);
    const things = THINGS.test(text);
    const lookedAt = UNIT_LOOKED_AT.test(text) && clause.departments.length === 1;
    const unitAsked = reading.chat === 'direct' && (lookedAt || UNIT_ASKED.test(text));
    if (status === 'all' && !things && !SUMMED_UP.test(text) && !LINE_ASKED.test(text) && !unitAsked) return null;
    // 「逾期｜全局」, 「我的任务」: nothing but what is asked for.
    const bare = unexplained(clause, KNOWN) === 0;
    const group = reading.chat === 'group';
    if (!bare && !lookedAt && !wants(text) && !/(?:情况|明细|列表)[。\s]*$/.test(text)) return null;
    if (OTHER_MATTER.test(text) && !/逾期|到期|待验收/.test(text)) return null;
    if (clause.toAll && /^\s*请(?!问)|前[^，。]{0,12}[报送交]/.test(text)) return null;
    if (ACTS.test(text) && !/列|查|看|哪|几[件项]/.test(text)) return null;
    const named = clause.items.find(({ how, score }) => how !== 'gist' || score >= 1);
    // 「热线台账报一下，这个月接了47个电话，全部答复」 reports.
    if (named && TELLS.test(text)) return null;
    if (named && (named.how !== 'gist' || !bare) && !MANY.test(text.replace(/[到在]哪(?:一?步|儿|里)?/g, '')))
      return null;
    // 「某项查了几件」 asks of one.
    if (status === 'all' && !bare && clause.items.length > 0 && !/台账|事项|任务|名下|手头|哪[几些]|分管/.test(text))
      return null;
    if (/台账(?:完成|验收)/.test(text) && named) return null;
    if (status === 'all' && !(PLAIN_THINGS.test(text) || SUMMED_UP.test(text) || LINE_ASKED.test(text) || unitAsked))
      return null;
    if (
      group &&
      !bare &&
      (status === 'all' ? !/台账/.test(text) : !(things || /哪|几|有没有|逾期|超期|到期|验收/.test(text)))
    )
      return null;
    const light = lightIn(text);
    const kind = KINDS.find(([, words]) => words.test(text))?.[0];
    return act(clause.parts.length > 1 ? clause : (cue(clause, ANY) ?? clause), 2.6, {
      scope: scopeOf(clause),
      status,
      ...(light && { light }),
      ...(kind && { kind }),
    });
  },

  async execute({ input, actor, message, world, tx, publicUrl }) {
    const today = dayOf(message.sentAt);
    const { light, kind } = input;
    const categories = kind ? CATEGORIES[kind] : null;
    const rule = await lightRuleAt(tx, message.sentAt);
    const whose = whoseIn(input.scope, actor, world);
    const items = (await itemsOf(tx, whose)).filter(
      ({ endedAt, category }) => endedAt === null && (categories?.includes(category) ?? true),
    );
    const fits = (item: ItemInWords): boolean =>
      light ? lightOf(item, today, rule) === light : ASKED[input.status].fits(item, today, rule);
    const listed = items.filter(fits);
    const first = foremost(
      listed.map((item) => ({ item, urgency: urgency(item, today, rule) })),
      MOST_LINES,
      (one, other) => one.urgency - other.urgency || compared(one.item.deadline, other.item.deadline),
    ).map(({ item }) => item);
    const own = input.scope === 'me';
    // 「我还有什么没办」 asks for more than items.
    const duties = own && input.status === 'in_progress' ? await otherDuties(tx, world, actor, message.sentAt) : [];
    return {
      ...{ kind: 'listed', changed: false, items, listed, first, today, rule, status: input.status, light },
      whose: scopeInWords(input.scope, actor, world, 'direct'),
      // A group hears no names.
      inGroup: scopeInWords(input.scope, actor, world, 'group'),
      page: own && publicUrl?.startsWith('https:') ? `${publicUrl}/pages/ledger` : null,
      ...{ own, duties, unitOf: new Map(world.departments.map(({ code, name }) => [code, name])) },
    };
  },

  reply({ items, listed, first, today, rule, status, light, whose, own, duties, unitOf }) {
    if (items.length === 0) return [`${whose}没有台账事项。`, ...duties].join('\n');
    const lines = first.map((item) => itemLine(item, own ? '' : (unitOf.get(item.departmentCode) ?? ''), today, rule));
    const more =
      listed.length > MOST_LINES ? [`另有${listed.length - MOST_LINES}项，请按科室（单位）或状态再查。`] : [];
    const overview = `${whose}${countsInWords(items, today)}。${partInWords(status, light, listed.length, today, rule)}`;
    return [overview, ...lines, ...more, ...duties].join('\n');
  },
  /** What the list has no room for is whole on the page of one's own ledger. */
  style: ({ page, listed }) =>
    page && listed.length > MOST_LINES
      ? { link: { title: '我的台账', description: `共${listed.length}项，点开看全部`, url: page } }
      : {},
  inGroup({ items, listed, today, rule, status, light, inGroup, unitOf }) {
    if (items.length === 0) return `${inGroup}没有台账事项。`;
    const units = [...grouped(listed, ({ departmentCode }) => departmentCode)].map(
      ([code, own]) => `${unitOf.get(code) ?? ''}${own.length}项`,
    );
    const spread = status !== 'all' && units.length > 1 ? `${units.join('，')}。` : '';
    const part = partInWords(status, light, listed.length, today, rule).replace('：', '。');
    return `${inGroup}${countsInWords(items, today)}。${part}${spread}详情已发给您。`;
  },
});

function statusIn(text: string): Status {
  if (OVERDUE.test(text)) return 'overdue';
  if (WAITING.test(text)) return 'awaiting_acceptance';
  if (DUE.test(text)) return 'due';
  if (OPEN.test(text)) return 'in_progress';
  return DONE.test(text) ? 'done' : 'all';
}

const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const LIGHTS_BY_URGENCY = ['red', 'yellow', 'grey', 'green', 'blue'];
const urgency = (item: ItemInWords, today: Day, rule: LightRule): number =>
  LIGHTS_BY_URGENCY.indexOf(lightOf(item, today, rule));

function partInWords(asked: Status, light: Light | undefined, count: number, today: Day, { soon }: LightRule): string {
  if (light) return count === 0 ? `没有${LIGHT_WORDS[light]}的。` : `其中${LIGHT_WORDS[light]}${count}项：`;
  if (asked === 'all') return '';
  const what = asked === 'due' ? `${soon}天内到期（到${dayInWords(addDays(today, soon))}）` : ASKED[asked].words;
  return count === 0 ? `没有${what}的。` : `其中${what}${count}项：`;
}

const NAMED_LIGHTS: [Light, RegExp][] = [
  ['red', /红灯|亮红/],
  ['yellow', /黄灯|亮黄/],
  ['green', /绿灯|亮绿/],
  ['grey', /灰灯/],
  ['blue', /蓝灯/],
];
/** The one light the words name; none where they name several, or another status beside. */
function lightIn(text: string): Light | undefined {
  const named = NAMED_LIGHTS.filter(([, pattern]) => pattern.test(text));
  return named.length === 1 && !/逾期|超期|到期|验收|办结/.test(text) ? named[0]?.[0] : undefined;
}
