import { z } from 'zod';
import { dayInWords, dayOf, monthDayInWords } from '#bot/calendar.ts';
import { type ItemInWords, itemName, progressInWords, STATUS_WORDS } from '#bot/domain/item-words.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { LIGHTS, lit } from '#bot/domain/light.ts';
import { milestonesOf } from '#bot/domain/milestone.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, itemChoices, itemMeant } from '#bot/language/evidence.ts';
import { without } from '#bot/language/text.ts';
import { verbose } from '#bot/language/verbose.ts';
import { seesItem } from '#bot/permission.ts';
import { chainOf } from '#bot/store/assignment.ts';
import { lightRuleAt } from '#bot/store/figures.ts';
import { helpersParts } from '#bot/store/helpers.ts';
import { originOf } from '#bot/store/study-links.ts';

// How a piece of work stands, who has it, when it is due.
const STANDING = verbose`
  到期日 | 截止日期? | 时限 | 期限 | (?:时间)?节点 | 负责人 | 责任人 | 承办人 | 进展 | 进度 | 情况 | 程度 | 现状 | 现况 | 近况
  | 情形 | 状态 | 现数 | 底数 | 详情 | 历史 | 记录 | 动静 | 眉目 | 回音 | 回话 | 回复 | 音信 | 下文
  | 谁(?:在)?(?:负责|管|办|弄|盯|牵头) | (?:什么时候|几号|啥时候|何时)[^，。]{0,3}(?:到期|截止|交)
`;
const SHOWN =
  /进展情况|(?<![有新])(?:情况|进度|进展|现状|现况|状态|详情|历史|现数)(?:怎样|如何|[呢啊吧呀])?[。!！\s]*$|请?告知/;
// A question of how far, how many, whether, who has it; 「谁有」 and 「是不是定低了」 ask for something else.
const ASKED = verbose`
  怎么?样 | 咋(?!办) | 如何 | 到哪 | 哪儿?一?步 | 多少 | 第几 | (?<![这那好十])几(?!乎|天|年|点|[条点个](?:意见|建议)|[〇㐀-鿿]{1,8}(?:都|均))
  | 啥(?:样|情况|进展|时候|份上|地步|程度) | 什么(?:时候|情况|进展|进度|程度) | 何时 | 多会儿 | [了过好完成到上去毕]没
  | 没有?[啊呀呢哪]*(?=[，。?？!！\s]|$) | [吗么](?=[，。?？!！\s]|$) | 嘛(?=[。?？!！\s]|$) | 有没有
  | (?<![这那一每两头])([〇㐀-鿿])没\1 | 谁(?:在|来|正|具体|现在)?(?:管|负责|办|弄|盯|牵头) | [?？]
  | (?<!还[^，。]{1,6}|着)呢[。\s]*$ | 到底 | (?:为(?:什么|啥|何)|怎么|咋)[^，。]{0,4}(?:[红黄绿灰]灯|亮|滞后|逾期)
`;
const LOOK = verbose`
  ^\s*(?:请|帮我|给我|我想?|先|再|顺便)?(?:看|查|瞧|瞅|瞄)(?![了到完过见展房病护处]|着)
  | (?:看|查|瞧|瞅|说|讲)一?(?:看|查|瞧|瞅|说|讲|下) | 汇报一?下 | 汇报(?=[^，。]{2,}(?:进度|进展|情况)) | 给我(?:看|讲|说|查|报)
`;
const COMPLAINS = /怎么(?:还|又|老|才|这么|就)|(?:没|未|不)[^，。]{0,6}呢/;
const PROGRESS =
  /[了过完好成到]没|进展|进度|到哪|哪一?步|怎么?样|咋样|完成|验收|办|批|情况|多少|谁|第?几[^，。]{0,3}[了啦]/;
const VISITS = /走访|拜访|调研(?!报告|课题|材料)|了解了|[查察]看了/;
const MANY = /哪些|有哪|几项|列一?下|列出|清单|所有|全部的|多少项|名单|一览/;

/** 查看台账事项: how far one item is, what was reported, its rounds of acceptance, and who is responsible (R90). */
export default defineHandler({
  name: 'query.item',
  title: '查看台账事项',
  examples: ['创新大会那项进展怎么样了'],
  input: z.object({ item: z.string() }),
  reads: true,
  allow: seesItem,

  over: 'clause',
  heedsNotices: true,
  meant(clause) {
    const { text, reading } = clause;
    const fit = clause.items.length > 0 || /它|该项|这项|那项|这[个件]|那[个件]/.test(text) ? itemMeant(clause) : null;
    if (!fit || /别急|先别|先不|不急/.test(clause.text)) return null;
    // 「走访……，了解了建设情况」 tells where one was.
    if (VISITS.test(text) && !/[?？吗]|怎么?样|如何/.test(text) && !LOOK.test(text)) return null;
    // 「让某科查一下」 orders.
    if (/(?:让|叫|请|安排)[^，。]{2,12}(?:查|核|办|弄|写|报)/.test(text)) return null;
    if (clause.mood.supposes || (clause.toAll && !/进展|进度|到哪|怎么?样/.test(text))) return null;
    const beside = without(
      text,
      clause.items.map((one) => ({ start: one.start - clause.start, end: one.end - clause.start })),
    );
    if (MANY.test(beside) || /不[大太]?会用|怎么用|说明|签到码/.test(text)) return null;
    if (
      /催|退回|延期|验收通过|点评|申请|[请告]假|敲打|抓紧|赶紧|加快|加紧|提速|给到|宽限|延[到至]/.test(text) &&
      (!/[?？吗]|没有?[。\s]*$/.test(text) || /给到|宽限|延[到至]/.test(text))
    )
      return null;
    // A few words of one's own work are asked for only where its progress is.
    if (
      clause.items.length > 0 &&
      clause.items.every(({ how, score }) => how === 'gist' && score < 0.85) &&
      (reading.chat === 'group' || !PROGRESS.test(text))
    )
      return null;
    // 「又谈成了几所，给加上」 wants it kept, and says not how many.
    if (/几[家所项个份张条处]/.test(text) && /[加记登报][一]?上|登记/.test(text)) return null;
    // 「有新进展」 tells, and asks nothing.
    if (/有了?(?:点|些|新)?(?:的)?(?:进展|动静|眉目|起色|突破)(?![吗没么嘛呢?？])/.test(text)) return null;
    // Among colleagues a few words of a title are a word like any other.
    if (reading.chat === 'group' && clause.items.every(({ how }) => how === 'gist') && !PROGRESS.test(text))
      return null;
    const length = text.replace(STANDING, '').replace(/[\p{P}\s]|目前|现在|当前/gu, '').length;
    const bare = clause.items.some(({ how, start, end }) => how !== 'gist' && length - (end - start) <= 1);
    const asks = ASKED.test(text.replace(COMPLAINS, '')) || ASKED.test(clause.sentence.text.replace(COMPLAINS, ''));
    const shown = LOOK.test(text) || LOOK.test(clause.sentence.text) || SHOWN.test(text);
    if (!asks && !bare && !shown) return null;
    if (!asks && (/%|[\d一二三四五六七八九]成|已|了[，。]/.test(text) || /(?<!汇)报(?!告)/.test(text))) return null;
    const claimed = { start: clause.start, end: clause.end };
    if (clause.items.some(({ how, score }) => how === 'gist' && score < 0.95) && !asks && !/[那这][项件个]/.test(text))
      return null;
    if ('several' in fit) return ask(claimed, 2, '您要看哪一项？', itemChoices(fit.several));
    const named = [
      ...new Set(
        clause.items.flatMap(({ items, how, score }) =>
          how === 'gist' && (score < 1 || items.length > 1 || !/[、和跟与]/.test(text))
            ? []
            : items.map(({ code }) => code),
        ),
      ),
    ];
    return act(
      claimed,
      bare ? 1.5 : 2.5,
      ...(named.length > 1 ? named.map((item) => ({ item })) : [{ item: fit.one.code }]),
    );
  },

  async execute({ input, message, world, tx }) {
    const where = { itemCode: input.item };
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const named = (id: string | null): string => world.members.find((one) => one.id === id)?.name ?? '未定';
    const facts = await tx.itemFact.findMany({ where, orderBy: { id: 'asc' } });
    const undone = new Set(facts.map(({ undoes }) => undoes));
    const told = facts.filter(({ id, kind }) => (kind === 'reported' || kind === 'corrected') && !undone.has(id));
    const reports = told.reverse();
    const rounds = new Set(facts.filter(({ kind }) => kind !== 'undone' && kind in STEPS).map(({ id }) => id));
    const steps = facts.filter(({ id, undoes }) => rounds.has(id) || rounds.has(undoes ?? 0));
    const parts = await helpersParts(tx, item.code, world);
    const chain = await chainOf(tx, item.code, world);
    const first = item.firstDeadline !== item.deadline ? item.firstDeadline : null;
    return {
      ...{ kind: 'shown', changed: false, item, today: dayOf(message.sentAt) },
      rule: await lightRuleAt(tx, message.sentAt),
      unit: world.departments.find(({ code }) => code === item.departmentCode)?.name ?? '',
      ...{ owner: named(item.ownerId), leader: named(item.leaderId), firstDeadline: first },
      origin: await originOf(tx, input.item),
      reports: reports.slice(0, 5).map((report) => ({ ...report, by: named(report.personId) })),
      earlier: Math.max(0, reports.length - 5),
      ...{ parts, chain },
      steps: steps.map((step) => ({ ...step, by: named(step.personId) })),
    };
  },

  reply({ item, today, rule, unit, owner, leader, firstDeadline, origin, reports, earlier, steps, parts, chain }) {
    const moved = firstDeadline ? `（原定${dayInWords(firstDeadline)}）` : '';
    const { light, why } = lit(item, today, rule);
    const told = reports.map(({ at, by, note, quantity, percent }) => {
      const figure = percent === null ? '' : `${progressInWords({ ...item, quantity, percent })}，`;
      return `· ${dayInWords(dayOf(at))}${by}：${figure}${short(note)}`;
    });
    const rounds = steps.map(
      ({ at, by, kind, note }) =>
        `· ${dayInWords(dayOf(at))}${by}${STEPS[kind] ?? kind}${note && ['returned', 'supplement'].includes(kind) ? `：${note}` : ''}`,
    );
    return [
      `${itemName(item)}${standing(item, today)}，${LIGHTS[light]}，${why}。`,
      `时限：${dayInWords(item.deadline)}${moved}。责任：${unit} ${owner}，分管领导${leader}。`,
      ...parts.map(
        ({ name, done, last }) =>
          `协办：${name}${done ? '已办好' : '未反馈办好'}${last ? `（${monthDayInWords(dayOf(last.at))}：${short(last.text)}）` : ''}。`,
      ),
      ...(chain.length > 0 ? ['转办：', ...chain.map((line) => `· ${line}`)] : []),
      ...milestoneLines(item),
      ...(origin
        ? [
            `来源：${dayInWords(origin.date)}${origin.kind === '议' ? '座谈会' : origin.kind}，原记录请发“T${origin.id}”。`,
          ]
        : []),
      ...(item.evidence ? [`验收佐证：${item.evidence}。`] : []),
      ...(told.length > 0 ? ['进展：', ...told] : ['还没有上报过进展。']),
      ...(earlier > 0 ? [`更早还有${earlier}次。`] : []),
      ...(rounds.length > 0 ? ['验收：', ...rounds] : []),
    ].join('\n');
  },
  inGroup: ({ item, today, unit }) =>
    `${unit}${itemName(item)}${standing(item, today)}，${dayInWords(item.deadline)}到期。详情已发给您。`,
});

/** Its state and its figure, once where they say the same. */
const standing = (item: Parameters<typeof statusOf>[0] & ItemInWords, today: string): string =>
  [...new Set([STATUS_WORDS[statusOf(item, today)], progressInWords(item)])].join('，');

/** The next 时间节点, and how many there are; all of them where they are few (R41). */
function milestoneLines(item: { milestones: string }): string[] {
  const all = milestonesOf(item);
  const next = all.find(({ reachedOn }) => reachedOn === undefined);
  if (all.length === 0) return [];
  const done = all.filter(({ reachedOn }) => reachedOn !== undefined).length;
  const first = next ? `下一节点：${next.title}，${dayInWords(next.day)}到期` : '节点已全部完成';
  return [`${first}（已完成${done}/${all.length}个）。`];
}

const STEPS: Record<string, string> = {
  supplement: '要求补充材料',
  applied: '申请验收',
  accepted: '验收通过',
  returned: '退回',
  undone: '收回',
};
const LONGEST_NOTE = 60;
const short = (note: string): string => (note.length > LONGEST_NOTE ? `${note.slice(0, LONGEST_NOTE)}……` : note);
