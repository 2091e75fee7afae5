import { z } from 'zod';
import { dateInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { SWITCH_KEYS, SWITCHES, type SwitchKey, switchIn } from '#bot/domain/switches.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { daysIn } from '#bot/language/slots/day.ts';
import { has } from '#bot/permission.ts';
import { forgetVenues } from '#bot/store/place.ts';
import { isOn } from '#bot/store/setting.ts';

type Switched = Outcome & { key: SwitchKey } & (
    | { kind: 'asked'; id: number; reason: string; until: string | null; chief: string; by: string }
    | { kind: 'off' | 'same' | 'no-chief' | 'over'; on: boolean }
  );

const ON = /^\s*(?:请|申请|要求)?(?:开启|打开|启用|恢复)/;
const OFF = /^\s*(?:请)?(?:关闭|停用|关掉|取消)/;
// 「至6月30日」, 「到月底」: up to when.
const UNTIL = /[，,。；;\s]*(?:期限|有效期|时间)?[：:为是]?(?:(?<!签)[到至]|截[至止])[^，,。；;：:到至]{2,12}/g;
// The day was asked for once more and comes last: 「开启位置，至，理由：党组会决定，6月30日」.
const ANSWERED = /^(?<head>[^，,]+[，,]\s*[到至])(?<reason>[，,].+)[，,]\s*[到至]?(?<day>[^，,]{2,10})$/;
const REASON = /(?:[，,。；;：:\s]|理由|原因|因为?)+(?<reason>[^\n]{4,})$/;

/** 开关 (R97): the office asks to switch a restricted function on, with a reason, and the chief agrees; switching off needs neither. */
export default defineHandler({
  name: 'setting.switch',
  title: '功能开关',
  examples: [
    '开启群内点名，理由：局党组会研究决定',
    '开启位置，至6月30日，理由：局党组会研究决定',
    '启用个人排名到月底，理由：评选学习标兵',
    '关闭群内点名',
  ],
  input: z.object({ key: z.enum(SWITCH_KEYS), on: z.boolean(), reason: z.string(), until: day.optional() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  // 「@全体」 is the name of one of them.
  heedsNotices: true,
  cues: [ON, OFF],
  meant(clause) {
    const { mood } = clause;
    const text = clause.text.replace(ANSWERED, '$<head>$<day>$<reason>');
    const on = ON.test(text);
    if (!(on || OFF.test(text)) || clause.reading.chat !== 'direct' || mood.asks || mood.supposes) return null;
    const head = text.split(/[，,。；;：:\s]/)[0] ?? '';
    const key = switchIn(head);
    if (!key) return null;
    if (!on) return act(clause, 2.8, { key, on, reason: '' });
    const [, stated] = /(?:理由|原因)[是为：:\s]*([^\n]{4,})$/.exec(text) ?? [];
    const before = stated ? text.slice(0, -stated.length) : text;
    const terms = [...before.matchAll(UNTIL)].map(([term]) => term);
    const dayIn = (term: string) => daysIn(term, clause.reading.today, 'ahead').at(-1)?.day;
    const said = terms.find(dayIn) ?? terms.find((term) => /[\d月周底末]/.test(term)) ?? '';
    const until = dayIn(said);
    // A term that cannot be read must not be lost: without one it would last.
    if (said !== '' && !until) return ask(clause, 2.8, '期限没有看明白。请写明哪一天为止，如“至6月30日”。');
    const term = until ? said : '';
    const rest = text.replace(term, '').slice(head.replace(term, '').length);
    const reason = (stated ?? REASON.exec(rest)?.groups?.['reason'])?.trim();
    return reason && reason.length >= 4
      ? act(clause, 2.8, { key, on, reason, ...(until && { until }) })
      : ask(
          clause,
          2.8,
          `开启“${SWITCHES[key].name}”须有书面理由。请写成“开启${SWITCHES[key].name}，理由：局党组会研究决定”，有期限的写“至6月30日”。`,
        );
  },

  async execute({ input, actor, message, world, tx }): Promise<Switched> {
    const { key, on, reason } = input;
    if ((await isOn(tx, key, message.sentAt)) === on) return { kind: 'same', changed: false, key, on };
    const chief = world.members.find((member) => has(member, 'chief'));
    if (on && !chief) return { kind: 'no-chief', changed: false, key, on };
    // What is restricted does not outlast the campaign it was asked for.
    const until = on ? (input.until ?? world.campaign?.to ?? null) : null;
    if (until && until < dayOf(message.sentAt)) return { kind: 'over', changed: false, key, on };
    const data = { key, value: on ? 'on' : 'off', reason, until, byId: actor.id, at: message.sentAt };
    const { id } = await tx.setting.create({ data });
    const forgotten = key === 'location' && !on ? await forgetVenues(tx) : 0;
    return on && chief
      ? { kind: 'asked', changed: true, memo: { id }, key, id, reason, until, chief: chief.id, by: actor.name }
      : { kind: 'off', changed: true, memo: { id, forgotten }, key, on };
  },

  reply(outcome) {
    const { name, does } = SWITCHES[outcome.key];
    if (outcome.kind === 'asked')
      return `已报局主要领导：开启“${name}”（${does}）${termOf(outcome)}。同意后生效，在此之前仍关闭。`;
    if (outcome.kind === 'off') return `已关闭：“${name}”，立即生效。${TAKE_BACK}`;
    if (outcome.kind === 'same') return `“${name}”现在就是${outcome.on ? '开启' : '关闭'}的，没有改动。`;
    if (outcome.kind === 'no-chief') return '没有开启：花名册里没有局主要领导，无人批准。请先核对花名册。';
    return `没有开启“${name}”：期限已经过去，请写今天以后的日期，如“至6月30日”。`;
  },
  requests: (outcome) =>
    outcome.kind === 'asked'
      ? [
          {
            ...{ to: outcome.chief, intent: 'setting.decide', title: `开启${SWITCHES[outcome.key].name}` },
            ...{ input: { id: outcome.id, approve: true }, refusal: { id: outcome.id, approve: false } },
            text: `${outcome.by}申请开启“${SWITCHES[outcome.key].name}”：${SWITCHES[outcome.key].does}${termOf(outcome)}。理由：${outcome.reason}。`,
          },
        ]
      : [],
  async undo(memo, { message, tx }) {
    const { id, forgotten } = z.object({ id: z.number(), forgotten: z.number().default(0) }).parse(memo);
    const where = { id, approvedAt: null, closedAt: null };
    if ((await tx.setting.updateMany({ where, data: { closedAt: message.sentAt } })).count === 0) return false;
    return forgotten > 0
      ? { words: `“${SWITCHES.location.name}”仍为开启，但${forgotten}处会场的位置已经清除，要核对请重新发“会场位置”。` }
      : true;
  },
});

const termOf = ({ until }: { until: string | null }): string => (until ? `，至${dateInWords(until)}` : '');
