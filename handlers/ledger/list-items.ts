import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { anyone } from '#bot/permission.ts';

const ABOUT =
  /台账|事项|任务|逾期|超期|超时|过期|误期|到期|验收|在办|推进|进行中|没干完|没完成|未完成|没办|未办结|办结|进度|完成|红灯|黄灯|工作|临期|销号|手头|拖着|单子|拖后腿|干得|活(?!动)/;
const LOOKS =
  /列|查|看|拉出|拉个|拉一|单子|调出|清单|名单|一览|统计|汇总|我的台账|^[^，。]{0,10}台账[。\s]*$|总[体的]?情况|汇报一下|发给我|报给我看|给我(?:看|列|发|调|拉)|有无|一共|(?:完成|进展|推进|总体)情况/;
const OVERDUE =
  /逾期|超期|超时|过期|误期|到期(?:了)?(?:还|都|仍)?(?:没|未)(?=[^，。?？]*[办完做交干结])|拖(?:着|了|期|拉)|红灯|没按时|拖后腿|过了(?:时限|期限|期)|到点没/;
const WAITING =
  /待验收|等(?:着|待)?[^，。]{0,4}验收|没验收|未验收|验收没|申请验收的|待审|送验|报验|待我验收|要验收|需要?[^，。]{0,3}验收|该验收/;
const DUE =
  /(?:快要?|要|将|即将|临近|马上|就要|[明今后]天|[本这下]个?(?:周|月|星期)|月底|近期|最近|[0-9一二三四五六七八九十]+[天日号]|周[一二三四五六日])[^，。]{0,8}(?:到期|截止|要交|该交|要完成|要办)|到期(?!了|没|还)|临期|黄灯/;
const OPEN =
  /正在|推进中|进行中|在办|未完成|没(?:有)?(?:全)?完成|没办[完结]|还没办|没弄完|未办结|在推进|没做完|没干完|手头|推进的/;
const DONE =
  /已(?:经)?(?:完成|办结|验收|销号)|完成了?的|办[结完]了?的|销号的?|做完的|干完的|完成了?(?:哪些|几|多少)|蓝灯|完成(?:的)?(?:有哪些|有多少|几)/;

/** 我的台账: somebody's own items with how far they are. */
export default defineHandler({
  name: 'query.ledger',
  title: '我的台账',
  examples: ['我的台账', '高新科逾期的有哪些', '哪些快到期了'],
  input: z.object({
    scope: z.string().regex(/^(me|bureau|department:.+|leader:.+)$/),
    status: z.enum(['all', 'due', 'overdue', 'in_progress', 'done', 'awaiting_acceptance']),
  }),
  reads: true,
  allow: anyone,

  over: 'sentence',
  heedsNotices: true,
  meant(clause) {
    const { reading, text, mood } = clause;
    const span = cue(clause, ABOUT);
    if (
      !span ||
      !(mood.asks || LOOKS.test(text)) ||
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
    const many = /哪[些个几一]|有啥|有没有|几[项个件]|多少[项个件]|列|清单|全部|所有|都|名单|单子|一览|统计|汇总/.test(text);
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
    const plain = /台账|事项|任务|逾期|超期|到期|验收|分管|在办|推进|完成|进度|手头|干完|干得|拖后腿|办/.test(text);
    if (
      !plain ||
      (status === 'all' && !/台账|事项|任务|分管|进度|进展|完成情况|总体|手头|干得|活|工作(?:有|完成)/.test(text))
    )
      return null;
    if (status === 'all' && reading.chat === 'group' && !/台账/.test(text)) return null;
    return act(span, named && !many ? 2 : 2.6, { scope: scopeOf(clause), status: status as 'all' });
  },

  async execute({ actor, message, tx }) {
    const items = await tx.ledgerItem.findMany({ where: { ownerId: actor.id }, orderBy: { no: 'asc' } });
    return { kind: 'listed', changed: false, items, today: dayOf(message.sentAt) };
  },

  reply({ items, today }) {
    if (items.length === 0) return '您名下没有台账事项。';
    const lines = items.map((item) => {
      const late = item.acceptedAt === null && item.deadline < today ? '，已逾期' : '';
      const progress = item.percent === null ? '未报' : `${item.percent}%`;
      return `${item.no}号《${item.title}》${progress}，${dayInWords(item.deadline)}到期${late}`;
    });
    return `您名下${items.length}项：\n${lines.join('\n')}`;
  },
});

/** Whose items are asked for; a bare question means what the asker is in charge of. */
function scopeOf({ text, departments, people, reading: { speaker } }: Clause): string {
  const [unit] = departments;
  const leader = people.flatMap((one) => one.people).find(({ roles }) => roles.includes('leader'));
  if (/分管|主管|负责的科室|这条线|那条线/.test(text)) {
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
