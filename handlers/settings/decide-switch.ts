import { z } from 'zod';
import { dateInWords, dayOf } from '#bot/calendar.ts';
import { isOver, SWITCHES, type SwitchKey } from '#bot/domain/switches.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { has } from '#bot/permission.ts';

type Decided = Outcome & {
  kind: 'approved' | 'refused' | 'settled' | 'over';
  name: string;
  to: string;
  until: string | null;
};

/** 批准开关: the chief's 同意 or 不同意 on a restricted function (R97). */
export default defineHandler({
  name: 'setting.decide',
  title: '批准功能开关',
  examples: [],
  input: z.object({ id: z.number(), approve: z.boolean() }),
  allow: { doneBy: '局主要领导', permits: ({ actor }) => has(actor, 'chief') },

  meant: () => null,

  async execute({ input, actor, message, tx }): Promise<Decided> {
    const setting = await tx.setting.findUniqueOrThrow({ where: { id: input.id } });
    const { byId: to, until } = setting;
    const common = { name: SWITCHES[setting.key as SwitchKey].name, to, until };
    if (setting.approvedAt || setting.closedAt) return { kind: 'settled', changed: false, ...common };
    if (input.approve && isOver(setting, dayOf(message.sentAt))) return { kind: 'over', changed: false, ...common };
    const data = input.approve
      ? { approvedBy: actor.id, approvedAt: message.sentAt }
      : { approvedBy: actor.id, closedAt: message.sentAt };
    await tx.setting.update({ where: { id: input.id }, data });
    return { kind: input.approve ? 'approved' : 'refused', changed: true, ...common };
  },

  reply({ kind, name, until }) {
    if (kind === 'settled') return `“${name}”的申请已收回或已有决定，不必再批。`;
    if (kind === 'over') return `没有开启“${name}”：申请的期限已过。需要时请活动办重新申请。`;
    if (kind === 'refused') return `未同意开启“${name}”，仍为关闭，已告知活动办。`;
    return `已同意开启“${name}”，立即生效${until ? `，至${dateInWords(until)}自动关闭` : ''}；活动办可随时关闭。`;
  },
  notify: ({ kind, name, to }) =>
    kind === 'approved' || kind === 'refused'
      ? [
          {
            to,
            text:
              kind === 'approved'
                ? `局主要领导已同意开启“${name}”，已生效。`
                : `局主要领导未同意开启“${name}”，仍为关闭。`,
          },
        ]
      : [],
});
