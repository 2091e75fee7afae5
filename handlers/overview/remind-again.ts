import { z } from 'zod';
import { addWorkdays, dayInWords, dayOf } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, fitOf, itemChoices } from '#bot/language/evidence.ts';
import { overlaps, without } from '#bot/language/text.ts';
import { anyone } from '#bot/permission.ts';
import { putOffBefore, type Reminder, remindersTo } from '#bot/store/snooze.ts';

type Put = Outcome & {
  kind: 'put-off' | 'nothing' | 'before' | 'not-own' | 'closed';
  day: string;
  duties: string[];
  /** put off before, so told no more */
  left: number;
  overdueBy: string | null;
};

const AGAIN = /(?:明[天日早]|下一?个?工作日)(?:早[上晨]?|上午)?(?:再|重新|继续)(?:提醒|叫)(?:我|一下|一次|一遍)*/;
const FILLER = /[\s，,。.!！、：:的吧请把就号台账]|这[个项件]|那[个项件]|今天的?|都|全部|以上/g;

/** 明天再提醒: what the clock told of today is told again on the next workday's morning, every duty once (R91). */
export default defineHandler({
  name: 'remind.again',
  title: '明天再提醒',
  examples: ['明天再提醒', '4号台账明天再提醒'],
  input: z.object({ item: z.string().optional() }),
  allow: anyone,

  over: 'message',
  cues: [AGAIN],
  meant(clause) {
    const span = cue(clause, AGAIN);
    const { mood, reading, text } = clause;
    if (!span || reading.chat === 'group' || mood.asks || mood.denies || mood.supposes || mood.hears) return null;
    const named = clause.items.filter((one) => !overlaps(one, span) && (one.how !== 'gist' || one.score >= 0.9));
    const spans = [...named, span].map(({ start, end }) => ({ start: start - clause.start, end: end - clause.start }));
    // 「明天再提醒张三交材料」 asks for something else.
    if (without(text, spans).replace(FILLER, '') !== '') return null;
    if (named.length === 0) return act(clause, 2.8, {});
    const fit = fitOf(named.flatMap(({ items }) => items));
    if (!fit) return null;
    return 'several' in fit
      ? ask(clause, 2.8, '明天再提醒哪一项？', itemChoices(fit.several))
      : act(clause, 2.8, { item: fit.one.code });
  },

  async execute({ input, actor, message, tx }): Promise<Put> {
    const today = dayOf(message.sentAt);
    const day = addWorkdays(today, 1);
    const told = await remindersTo(tx, actor.id, message.sentAt);
    const item = input.item ? await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } }) : null;
    const common = { day, duties: [], left: 0, overdueBy: item && item.deadline < day ? item.deadline : null };
    const refused = (kind: Put['kind']): Put => ({ kind, changed: false, ...common });
    if (item && item.ownerId !== actor.id && item.departmentCode !== actor.department) return refused('not-own');
    if (item?.acceptedAt || item?.completedAt || item?.endedAt) return refused('closed');
    const wanted: Reminder[] = item ? [{ text: itemName(item), itemCode: item.code }] : distinct(told);
    if (wanted.length === 0) return refused('nothing');
    const again: Reminder[] = [];
    for (const duty of wanted) if (!(await putOffBefore(tx, actor.id, duty))) again.push(duty);
    if (again.length === 0) return refused('before');
    const ids: number[] = [];
    for (const duty of again) {
      const { text, itemCode } = duty;
      const data = { text, itemCode, personId: actor.id, at: message.sentAt, day };
      ids.push((await tx.snooze.create({ data, select: { id: true } })).id);
    }
    const left = wanted.length - again.length;
    return { ...common, kind: 'put-off', changed: true, memo: { ids }, duties: again.map(briefly), left };
  },

  reply({ kind, day, duties, left, overdueBy }) {
    switch (kind) {
      case 'nothing':
        return '今天没有需要您办理的提醒。要改日提醒某一项，请带上编号，如“8号台账明天再提醒”。';
      case 'before':
        return '没有推后：每项只能推后一次，已经推后过。请抓紧办理。';
      case 'not-own':
        return '没有推后：该事项不由您所在科室（单位）承办。';
      case 'closed':
        return '该事项已申请验收或已办结，不再提醒。';
      case 'put-off': {
        const named = duties.slice(0, 3).join('、');
        const rest = left > 0 ? `另有${left}项已推后过，不再推后。` : '';
        const due = overdueBy ? `注意：时限是${dayInWords(overdueBy)}。` : '';
        return `${dayInWords(day)}早上再提醒您：${named}${duties.length > 3 ? `等${duties.length}项` : ''}，每项只推后一次。${rest}${due}${TAKE_BACK}`;
      }
    }
  },
  async undo(memo, { message, tx }) {
    const { ids } = z.object({ ids: z.array(z.number()) }).parse(memo);
    const where = { id: { in: ids }, undoneAt: null };
    return (await tx.snooze.updateMany({ where, data: { undoneAt: message.sentAt } })).count > 0;
  },
});

/** An item told of twice, of its term and of its next 时间节点, is one duty. */
const distinct = (duties: readonly Reminder[]): Reminder[] =>
  duties.filter(
    ({ itemCode, text }, index) =>
      duties.findIndex((one) => (itemCode === null ? one.text === text : one.itemCode === itemCode)) === index,
  );

const LONGEST = 24;
const briefly = ({ text }: Reminder): string =>
  /\d+号台账《[^》]+》/.exec(text)?.[0] ?? (text.length > LONGEST ? `“${text.slice(0, LONGEST)}……”` : `“${text}”`);
