import { z } from 'zod';
import { SWITCHES, type SwitchKey } from '#bot/domain/switches.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { has } from '#bot/permission.ts';

type Decided = Outcome & { kind: 'approved' | 'refused' | 'settled'; name: string; to: string };

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
    const common = { name: SWITCHES[setting.key as SwitchKey].name, to: setting.byId };
    if (setting.approvedAt || setting.closedAt) return { kind: 'settled', changed: false, ...common };
    const data = input.approve
      ? { approvedBy: actor.id, approvedAt: message.sentAt }
      : { approvedBy: actor.id, closedAt: message.sentAt };
    await tx.setting.update({ where: { id: input.id }, data });
    return { kind: input.approve ? 'approved' : 'refused', changed: true, ...common };
  },

  reply: ({ kind, name }) =>
    kind === 'settled'
      ? `“${name}”的申请已收回或已有决定，不必再批。`
      : kind === 'approved'
        ? `已同意开启“${name}”，立即生效；活动办可随时关闭。`
        : `未同意开启“${name}”，仍为关闭，已告知活动办。`,
  notify: ({ kind, name, to }) =>
    kind === 'settled'
      ? []
      : [
          {
            to,
            text:
              kind === 'approved'
                ? `局主要领导已同意开启“${name}”，已生效。`
                : `局主要领导未同意开启“${name}”，仍为关闭。`,
          },
        ],
});
