import { z } from 'zod';
import { SWITCH_KEYS, SWITCHES, type SwitchKey, switchIn } from '#bot/domain/switches.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { isOn } from '#bot/store/setting.ts';

type Switched = Outcome & { key: SwitchKey } & (
    | { kind: 'asked'; id: number; reason: string; chief: string; by: string }
    | { kind: 'off' | 'same' | 'no-chief' | 'not-there'; on: boolean }
  );

const ON = /^\s*(?:请|申请|要求)?(?:开启|打开|启用|恢复)/;
const OFF = /^\s*(?:请)?(?:关闭|停用|关掉|取消)/;
const REASON = /(?:[，,。；;：:\s]|理由|原因|因为?)+(?<reason>[^\n]{4,})$/;

/** 开关 (R97): the office asks to switch a restricted function on, with a reason, and the chief agrees; switching off needs neither. */
export default defineHandler({
  name: 'setting.switch',
  title: '功能开关',
  examples: ['开启群内点名，理由：局党组会研究决定', '关闭群内点名'],
  input: z.object({ key: z.enum(SWITCH_KEYS), on: z.boolean(), reason: z.string() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  // 「@全体」 is the name of one of them.
  heedsNotices: true,
  meant(clause) {
    const { text, mood } = clause;
    const on = ON.test(text);
    if (!(on || OFF.test(text)) || clause.reading.chat !== 'direct' || mood.asks || mood.supposes) return null;
    const head = text.split(/[，,。；;：:\s]/)[0] ?? '';
    const key = switchIn(head);
    if (!key) return null;
    if (!on) return act(clause, 2.8, { key, on, reason: '' });
    const reason = REASON.exec(text.slice(head.length))
      ?.groups?.['reason']?.replace(/^(?:理由|原因)[是为：:\s]*/, '')
      .trim();
    return reason && reason.length >= 4
      ? act(clause, 2.8, { key, on, reason })
      : ask(
          clause,
          2.8,
          `开启“${SWITCHES[key].name}”须有书面理由。请写成“开启${SWITCHES[key].name}，理由：局党组会研究决定”。`,
        );
  },

  async execute({ input, actor, message, world, tx }): Promise<Switched> {
    const { key, on, reason } = input;
    if (on && !SWITCHES[key].exists) return { kind: 'not-there', changed: false, key, on };
    if ((await isOn(tx, key)) === on) return { kind: 'same', changed: false, key, on };
    const chief = world.members.find((member) => has(member, 'chief'));
    if (on && !chief) return { kind: 'no-chief', changed: false, key, on };
    const data = { key, value: on ? 'on' : 'off', reason, byId: actor.id, at: message.sentAt };
    const { id } = await tx.setting.create({ data });
    return on && chief
      ? { kind: 'asked', changed: true, memo: { id }, key, id, reason, chief: chief.id, by: actor.name }
      : { kind: 'off', changed: true, memo: { id }, key, on };
  },

  reply(outcome) {
    const { name, does } = SWITCHES[outcome.key];
    if (outcome.kind === 'asked') return `已报局主要领导：开启“${name}”（${does}）。同意后生效，在此之前仍关闭。`;
    if (outcome.kind === 'off') return `已关闭：“${name}”，立即生效。十分钟内可发“撤销”收回。`;
    if (outcome.kind === 'same') return `“${name}”现在就是${outcome.on ? '开启' : '关闭'}的，没有改动。`;
    if (outcome.kind === 'no-chief') return '没有开启：花名册里没有局主要领导，无人批准。请先核对花名册。';
    return `没有开启：“${name}”（${does}）本系统没有这项功能，始终关闭。`;
  },
  requests: (outcome) =>
    outcome.kind === 'asked'
      ? [
          {
            ...{ to: outcome.chief, intent: 'setting.decide', title: `开启${SWITCHES[outcome.key].name}` },
            ...{ input: { id: outcome.id, approve: true }, refusal: { id: outcome.id, approve: false } },
            text: `${outcome.by}申请开启“${SWITCHES[outcome.key].name}”：${SWITCHES[outcome.key].does}。理由：${outcome.reason}。`,
          },
        ]
      : [],
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const where = { id, approvedAt: null, closedAt: null };
    return (await tx.setting.updateMany({ where, data: { closedAt: message.sentAt } })).count === 1;
  },
});
