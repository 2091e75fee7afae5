import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue, others } from '#bot/language/evidence.ts';
import { verbose } from '#bot/language/verbose.ts';
import { leaveInWords, mayLookAtLeaves, nameOf } from '#bot/store/leave.ts';

type Shown = Outcome & { kind: 'shown' | 'none'; name: string; own: boolean; lines: string[] };

const DAYS_BACK = 31;
const MOST = 8;
const OWN = verbose`
  ^\s*(?:请|帮我|我想)?(?:看看?|查看?|查一下|看一下)?(?:一下)?我(?:的|请的|的请)?(?:请假|假条?|请的假)(?:情况|记录|状态|审批|条)?
    (?:批(?:下来|过|准|好)?[了没吗]*|准[了没吗]+|通过[了没吗]*|怎么样了?)?(?:没有?|了没有?|了吗)?[?？。！!\s]*$
`;
const OF_OTHERS = /假(?:条)?(?:批(?:下来|过|准)?了?(?:没有?|吗)|准了?(?:没有?|吗)|是否(?:已)?(?:批|准)了?)[?？。\s]*$/;

/** 我的请假: how one's leaves stand, whether they were decided and by whom; why is another matter (R15). */
export default defineHandler({
  name: 'query.leaves',
  title: '我的请假',
  examples: [
    ...[
      '我的请假',
      '我的请假情况',
      '我的请假记录',
      '看看我的请假',
      '查看我的请假记录',
      '我的假批了吗',
      '我请的假批了没',
    ],
    ...['我请的假批了没有', '我的请假批了吗', '我的假条批了吗', '查一下我的请假', '我的请假审批', '看一下我的请假情况'],
    ...['我的假批下来了吗', '帮我看看我的请假', '雷鸣的假批了吗', '薛冰的请假批了没有'],
  ],
  offers: () => ['我的请假'],
  input: z.object({ member: z.string() }),
  reads: true,
  allow: { doneBy: '本人、审批领导或活动办', permits: ({ input, ...rest }) => mayLookAtLeaves(input.member, rest) },

  over: 'message',
  cues: [OWN, OF_OTHERS],
  meant(clause) {
    const { reading, text } = clause;
    const [member, second] = others(clause);
    if (cue(clause, OWN) && !member) return act(clause, 3.1, { member: reading.speaker.id });
    if (!member || second || !OF_OTHERS.test(text) || text.length > 20) return null;
    return act(clause, 3.1, { member: member.id });
  },

  async execute({ input: { member }, actor, message, world, tx }): Promise<Shown> {
    const since = dayOf(new Date(message.sentAt.getTime() - DAYS_BACK * 86_400_000));
    const rows = await tx.leave.findMany({
      where: { personId: member, state: { not: 'withdrawn' }, toOn: { gte: since } },
      orderBy: { fromOn: 'desc' },
      take: MOST,
    });
    const lines: string[] = [];
    for (const row of rows) {
      const by = nameOf(world, row.decidedBy ?? row.approverId ?? '');
      const state = row.returnedAt
        ? '已销假'
        : row.state === 'approved'
          ? `已批准${by && `，${by}`}`
          : row.state === 'rejected'
            ? `未批准${by && `，${by}`}${row.note ? `：${row.note.replace(/[。.]$/, '')}` : ''}`
            : `待${by || '上级'}审批`;
      lines.push(`${await leaveInWords(tx, row)}（${state}）`);
    }
    const own = member === actor.id;
    return { kind: rows.length > 0 ? 'shown' : 'none', changed: false, name: nameOf(world, member), own, lines };
  },

  reply({ kind, name, own, lines }) {
    const whose = own ? '您' : name;
    return kind === 'none'
      ? `${whose}近一个月没有请假。`
      : [`${whose}近一个月及以后的请假${lines.length}次：`, ...lines].join('\n');
  },
  inGroup: () => '请假情况已私信答复您。',
});
