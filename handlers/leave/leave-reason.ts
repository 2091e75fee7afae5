import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue, others } from '#bot/language/evidence.ts';
import { leaveInWords, mayLookAtLeaves, nameOf } from '#bot/store/leave.ts';

type Shown = Outcome & { kind: 'shown' | 'none'; name: string; lines: string[] };

const STATES: Record<string, string> = { pending: '待审批', approved: '已批准', rejected: '未批准' };
/** What anybody may want to look back at without it becoming a dossier. */
const DAYS_BACK = 31;
const REASON =
  /(?:为什么|为啥|因何|因为什么|因为啥)(?:又|要|没来)?请[的了]?(?:[^，。]{0,6})?假|请[了的]?假?(?:的|是)?(?:假的)?(?:原因|事由|理由|缘由)|请假(?:是|写的)?(?:因为|为了)?(?:什么|啥)(?:原因|事由|理由|事)/;
const NOT_LOOKING = /没写|不批|补[写上充]|写[明清]|注明|不足|不充分|不成立|要有|必须|如实|等.{0,6}原因/;

/** 请假原因: why somebody is away, for whom R15 lets know, and never in a group. */
export default defineHandler({
  name: 'leave.reason',
  title: '查看请假原因',
  examples: ['雷鸣请假的原因是什么', '薛冰为什么请假'],
  input: z.object({ member: z.string() }),
  reads: true,
  allow: { doneBy: '本人、审批领导或活动办', permits: ({ input, ...rest }) => mayLookAtLeaves(input.member, rest) },

  over: 'sentence',
  cues: [REASON],
  meant(clause) {
    const span = cue(clause, REASON);
    const { mood, text, reading } = clause;
    if (!span || mood.hears || mood.supposes || NOT_LOOKING.test(text)) return null;
    const people = others(clause);
    const [member, second] = people;
    if (member) return second ? null : act(span, 2.8, { member: member.id });
    // 「我上次请假是什么原因」: only where one speaks of oneself.
    return /我/.test(text) && (mood.asks || /看|查/.test(text)) ? act(span, 2.8, { member: reading.speaker.id }) : null;
  },

  async execute({ input: { member }, actor, message, world, tx }): Promise<Shown> {
    const since = dayOf(new Date(message.sentAt.getTime() - DAYS_BACK * 86_400_000));
    const rows = await tx.leave.findMany({
      where: { personId: member, state: { in: Object.keys(STATES) }, toOn: { gte: since } },
      orderBy: { id: 'desc' },
      take: 5,
    });
    const lines: string[] = [];
    for (const row of rows)
      lines.push(`${await leaveInWords(tx, row)}（${STATES[row.state]}）：${row.reason || '没有写原因'}`);
    // Looking changes nothing, yet the audit says who looked at another's reason (R15).
    const looked = rows.length > 0 && member !== actor.id;
    return { kind: rows.length > 0 ? 'shown' : 'none', changed: looked, name: nameOf(world, member), lines };
  },

  reply: ({ kind, name, lines }) =>
    kind === 'none' ? `${name}近一个月没有请假记录。` : `${name}近一个月请假${lines.length}次：\n${lines.join('\n')}`,
  inGroup: () => '请假原因已私信。',
});
