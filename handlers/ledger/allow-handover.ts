import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';

interface Allowed extends Outcome {
  kind: 'allowed' | 'refused' | 'settled';
  handover: { id: number; byId: string; reason: string };
  item: { code: string; title: string; deadline: string };
  unit: { name: string; head: string | null };
  from: string;
  by: string;
  why: string;
}

/** 同意转办: whoever gave a matter agrees that it goes into another leader's line, or on for a third time (R57). */
export default defineHandler({
  name: 'ledger.allow_handover',
  title: '同意转办',
  examples: [],
  input: z.object({ handover: z.number(), allow: z.boolean(), reason: z.string().optional() }),
  allow: {
    doneBy: '交办人',
    async permits({ input, actor, tx }) {
      const handover = await tx.handover.findUnique({ where: { id: input.handover } });
      return handover?.allowerId === actor.id;
    },
  },

  meant: () => null,

  async execute({ input, actor, message, world, tx }): Promise<Allowed> {
    const handover = await tx.handover.findUniqueOrThrow({ where: { id: input.handover } });
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: handover.itemCode } });
    const unitOf = (wanted: string) => world.departments.find(({ code }) => code === wanted);
    const { name = '', head = null } = unitOf(handover.toDepartment) ?? {};
    const from = unitOf(handover.fromDepartment)?.name ?? '';
    const common = {
      handover,
      item,
      unit: { name, head },
      from,
      by: actor.name,
      why: input.reason ? `理由：${input.reason}。` : '',
    };
    if (handover.state !== 'waiting' || item.completedAt || item.acceptedAt || item.endedAt)
      return { kind: 'settled', changed: false, ...common };
    const at = message.sentAt;
    await tx.handover.update({
      where: { id: handover.id },
      data: input.allow
        ? { state: 'pending', allowedAt: at }
        : { state: 'refused', decidedBy: actor.id, decidedAt: at, answer: input.reason ?? '' },
    });
    return { kind: input.allow ? 'allowed' : 'refused', changed: true, ...common };
  },

  reply({ kind, item, unit, from }) {
    const name = `${item.code}《${item.title}》`;
    if (kind === 'settled') return `${name}的转办已收回或已有决定，不必再批。`;
    return kind === 'allowed'
      ? `已同意转办：${name}已送${unit.name}签收，签收前仍由${from}承办。`
      : `未同意转办：${name}仍由${from}承办，已告知申请人。`;
  },
  notify: ({ kind, handover, item, unit, by, why }) =>
    kind === 'settled'
      ? []
      : [
          {
            to: handover.byId,
            text:
              kind === 'allowed'
                ? `${by}已同意${item.code}《${item.title}》转给${unit.name}，待其签收。`
                : `${by}未同意${item.code}《${item.title}》转给${unit.name}，仍由原科室（单位）承办。${why}`,
          },
        ],
  requests: ({ kind, handover, item, unit, from, by }) =>
    kind === 'allowed' && unit.head
      ? [
          {
            ...{ to: unit.head, intent: 'ledger.decide_handover' },
            ...{
              input: { handover: handover.id, sign: true },
              refusal: { handover: handover.id, sign: false, reason: '' },
            },
            title: `${from}转办${item.code}`,
            text: `${from}转办（${by}已同意）：${item.code}《${item.title}》，${dayInWords(item.deadline)}前办结。理由：${handover.reason}。`,
          },
        ]
      : [],
});
