import { z } from 'zod';
import { addDays, type Day, dayInWords, dayOf } from '#bot/calendar.ts';
import { countsInWords, type ItemInWords, itemLine } from '#bot/domain/item-words.ts';
import { statusOf } from '#bot/domain/ledger.ts';
import { isDueSoon, lightOf } from '#bot/domain/light.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cueBesideNames } from '#bot/language/evidence.ts';
import type { Clause, World, WorldPerson } from '#bot/language/reading.ts';
import { departmentsUnder, has } from '#bot/permission.ts';

const status = z.enum(['all', 'due', 'overdue', 'in_progress', 'done', 'awaiting_acceptance']);
type Status = z.infer<typeof status>;

const ABOUT =
  /台账|事项|任务|逾期|超期|超时|过期|误期|到期|验收|在办|推进|进行中|没干完|没完成|未完成|没办|未办结|办结|进度|完成|红灯|黄灯|工作|临期|销号|手头|拖着|单子|拖后腿|干得|活(?!动)|[件项]事|到点|名下|摊子|分管/;
const LOOKS =
  /列|查|看|拉出|拉个|拉一|单子|调出|清单|名单|一览|统计|汇总|我的台账|^[^，。]{0,10}台账[。\s]*$|总[体的]?情况|汇报一下|发给我|报给我看|给我(?:看|列|发|调|拉)|有无|一共|(?:完成|进展|推进|总体)情况/;
// 「我分管这块正在推进的」: a question without a verb.
const BARE =
  /^\s*(?!请)[^，。]{0,14}(?:逾期|超期|到期|临期|在办|在推进|正在推进|推进中|未完成|没完成|没办完|未办结|办结|已完成|待验收|红灯|黄灯)(?:事项|台账|任务|的项目)?(?:了)?的?(?:事项|台账|任务|那?[几些]项?)?[。\s]*$|^\s*我(?:名下|手[上头里]|负责|承办)的?(?:台账|任务|事项|工作|活儿?)[。\s]*$|^\s*(?:全局|全部|我科|本科|咱科|[我本]分管)?[，,]?\s*(?:逾期|超期|到期|在办|办结|待验收)的?[。\s]*$/;
const OVERDUE =
  /逾期|超期|超时|过期|误期|到期(?:了)?(?:还|都|仍)?(?:没|未)(?=[^，。?？]*[办完做交干结])|拖(?:着|了|期|拉)|红灯|没按时|拖过|过[了]?点|超了|拖后腿|过了(?:时限|期限|期)|到点没/;
const WAITING =
  /待验收|等(?:着|待)?[^，。]{0,4}验收|没验收|未验收|验收没|申请验收的|待审|送验|报验|待我验收|要验收|需要?[^，。]{0,3}验收|该验收/;
const DUE =
  /(?:快要?|要|将|即将|临近|马上|就要|[明今后]天|[本这下]个?(?:周|月|星期)|月底|近期|最近|[0-9一二三四五六七八九十]+[天日号]|周[一二三四五六日])[^，。]{0,8}(?:到期|截止|要交|该交|要完成|要办)|到期(?!了|没|还)|临期|快到点|快到(?:日子|时间|期)|黄灯/;
const OPEN =
  /正在|推进中|进行中|在办|未完成|没(?:有)?(?:全)?完成|没办[完结]|还没办|没弄完|未办结|在推进|没做完|没干完|推进的/;
const DONE =
  /已(?:经)?(?:完成|办结|验收|销号)|完成了?的|办[结完]了?的|销号的?|做完的|干完的|完成了?(?:哪些|几|多少)|蓝灯|完成(?:的)?(?:有哪些|有多少|几)/;

const MOST_LINES = 14;
const ASKED: Record<Status, { words: string; fits(item: ItemInWords, today: Day): boolean }> = {
  all: { words: '', fits: () => true },
  due: { words: '7天内到期', fits: isDueSoon },
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
    const own = world.ledger.some(({ owner, leader }) => [owner, leader].includes(actor.id)) ? ['我的台账'] : [];
    return departmentsUnder(actor, world).length > 0 ? [...own, '哪些逾期了'] : own;
  },
  input: z.object({
    scope: z.string().regex(/^(me|bureau|department:.+|leader:.+)$/),
    status,
  }),
  reads: true,
  allow: {
    doneBy: '该科室（单位）负责人、分管领导或活动办',
    permits({ input, actor, world }) {
      const [kind, code = ''] = input.scope.split(':');
      if (kind === 'me' || has(actor, 'chief', 'office')) return true;
      if (kind === 'leader') return code === actor.id;
      const own = code === actor.department && !has(actor, 'leader');
      return kind === 'department' && (own || departmentsUnder(actor, world).includes(code));
    },
  },

  over: 'sentence',
  heedsNotices: true,
  meant(clause) {
    // A unit's name says nothing of works: 活动办 is neither a 活 nor 办.
    const { reading, nameless: text, mood } = clause;
    const span = cueBesideNames(clause, ABOUT);
    if (
      !span ||
      !(mood.asks || LOOKS.test(text) || BARE.test(text)) ||
      (clause.toAll && /^\s*请(?!问)|前[^，。]{0,12}[报送交]/.test(text))
    )
      return null;
    if (
      /总结|小结|月报|签到|到会|出勤|缺席|迟到|请假|学习|讲座|自学|排名|名次|垫底|互评|评比|评分|打分|点评|走访|帮助|怎么[用报填写]|交办|转办|申请|催|延期|延到|记(?:一下|上|到|入)|材料/.test(
        text,
      ) &&
      !/逾期|到期|待验收/.test(text)
    )
      return null;
    if (/催|交办|转办|记(?:一下|上|到|入)|点[^，。]{0,3}名/.test(text) && !/列|查|看|哪/.test(text)) return null;
    const named = clause.items.find(({ how, score }) => how !== 'gist' || score >= 1);
    const many = /哪[些个几一]|有啥|有没有|几[项个件]|多少[项个件]|列|清单|全部|所有|都|名单|单子|一览|统计|汇总/.test(
      text,
    );
    if (named && !many) return null;
    if (/台账(?:完成|验收)/.test(text) && named) return null;
    const status = OVERDUE.test(text)
      ? 'overdue'
      : WAITING.test(text)
        ? 'awaiting_acceptance'
        : DUE.test(text)
          ? 'due'
          : OPEN.test(text)
            ? 'in_progress'
            : DONE.test(text)
              ? 'done'
              : 'all';
    const plain =
      /台账|红灯|黄灯|事项|任务|逾期|超期|到期|验收|分管|在办|推进|完成|进度|手头|干完|干得|拖后腿|办|销号|到点|[件项]事|名下/.test(
        text,
      );
    if (
      !(plain || (status !== 'all' && /活|事/.test(text))) ||
      (status === 'all' &&
        !/台账|事项|任务|分管|进度|进展|完成情况|总体|手头|名下|[件项]事|干得|活|工作(?:有|完成)/.test(text))
    )
      return null;
    if (status === 'all' && reading.chat === 'group' && !/台账/.test(text)) return null;
    return act(span, named && !many ? 2 : 2.6, { scope: scopeOf(clause), status: status as 'all' });
  },

  async execute({ input, actor, message, world, tx }) {
    const today = dayOf(message.sentAt);
    const items = await tx.ledgerItem.findMany({ where: within(input.scope, actor, world), orderBy: { no: 'asc' } });
    const nameOf = new Map(world.departments.map(({ code, name }) => [code, name]));
    const listed = items
      .filter((item) => ASKED[input.status].fits(item, today))
      .sort((one, other) => urgency(one, today) - urgency(other, today) || (one.deadline < other.deadline ? -1 : 1))
      .map((item) => ({ ...item, department: nameOf.get(item.departmentCode) ?? '' }));
    const leader = world.members.find(({ id }) => input.scope === `leader:${id}`);
    return {
      ...{ kind: 'listed', changed: false, items, listed, today, status: input.status },
      whose: whoseInWords(input.scope, actor, nameOf, leader?.name),
      // A group hears no names.
      inGroup: whoseInWords(input.scope, actor, nameOf, undefined),
      own: input.scope === 'me',
    };
  },

  reply({ items, listed, today, status, whose, own }) {
    if (items.length === 0) return `${whose}没有台账事项。`;
    const lines = listed.slice(0, MOST_LINES).map((item) => itemLine(item, own ? '' : item.department, today));
    const more =
      listed.length > MOST_LINES ? [`另有${listed.length - MOST_LINES}项，请按科室（单位）或状态再查。`] : [];
    const overview = `${whose}${countsInWords(items, today)}。${partInWords(status, listed.length, today)}`;
    return [overview, ...lines, ...more].join('\n');
  },
  inGroup({ items, listed, today, status, inGroup }) {
    if (items.length === 0) return `${inGroup}没有台账事项。`;
    const units = [...new Set(listed.map(({ department }) => department))].map(
      (unit) => `${unit}${listed.filter(({ department }) => department === unit).length}项`,
    );
    const spread = status !== 'all' && units.length > 1 ? `${units.join('，')}。` : '';
    const part = partInWords(status, listed.length, today).replace('：', '。');
    return `${inGroup}${countsInWords(items, today)}。${part}${spread}详情已发给您。`;
  },
});

/** Whose items are asked for; a bare question means what the asker is in charge of. */
function scopeOf({ text, departments, people, reading: { speaker } }: Clause): string {
  const [unit] = departments;
  const leader = people.flatMap((one) => one.people).find(({ roles }) => roles.includes('leader'));
  if (
    /分管|主管|负责的科室|这条线|那条线/.test(text) ||
    (speaker.roles.includes('leader') && /我(?:这|那)(?:块|边|摊|条)/.test(text))
  ) {
    if (leader) return `leader:${leader.id}`;
    if (/我|自己/.test(text) || !unit) return `leader:${speaker.id}`;
  }
  if (unit) return `department:${unit.department.code}`;
  if (/全局|局里|全部科室|各科室|整个局|各单位|所有科室/.test(text)) return 'bureau';
  const colleague = people.flatMap((one) => one.people).find(({ id }) => id !== speaker.id);
  if (colleague)
    return colleague.roles.includes('leader') ? `leader:${colleague.id}` : `department:${colleague.department}`;
  if (
    /(?<![给报让告向跟])我(?:的|名下|手头|手里|手上|负责|承办|还|这|有|都|该|今|本|目|现|几|没|逾|完|在|正)|^\s*我|本人|自己/.test(
      text,
    )
  )
    return 'me';
  const has = (role: string): boolean => speaker.roles.includes(role);
  if (has('chief') || has('office')) return 'bureau';
  if (has('leader')) return `leader:${speaker.id}`;
  return has('head') ? `department:${speaker.department}` : 'me';
}

/** The items of a scope: a leader's are those led and those of the units in charge. */
function within(scope: string, actor: WorldPerson, { departments }: World) {
  const [kind, code = ''] = scope.split(':');
  if (kind === 'bureau') return {};
  if (kind === 'department') return { departmentCode: code };
  if (kind === 'me')
    return has(actor, 'leader') ? { OR: [{ ownerId: actor.id }, { leaderId: actor.id }] } : { ownerId: actor.id };
  const led = departments.filter(({ leader }) => leader === code).map((department) => department.code);
  return { OR: [{ leaderId: code }, { departmentCode: { in: led } }] };
}

function whoseInWords(scope: string, actor: WorldPerson, nameOf: Map<string, string>, leader: string | undefined) {
  const [kind, code = ''] = scope.split(':');
  if (kind === 'me') return '您名下';
  if (kind === 'bureau') return '全局';
  if (kind === 'department') return nameOf.get(code) ?? '';
  return code === actor.id ? '您分管的' : `${leader ?? ''}分管的`;
}

const LIGHTS_BY_URGENCY = ['red', 'yellow', 'grey', 'green', 'blue'];
const urgency = (item: ItemInWords, today: Day): number => LIGHTS_BY_URGENCY.indexOf(lightOf(item, today));

function partInWords(asked: Status, count: number, today: Day): string {
  if (asked === 'all') return '';
  const until = asked === 'due' ? `（到${dayInWords(addDays(today, 7))}）` : '';
  return count === 0 ? `没有${ASKED[asked].words}${until}的。` : `其中${ASKED[asked].words}${until}${count}项：`;
}
