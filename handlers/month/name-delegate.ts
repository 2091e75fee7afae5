import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { headsUnit, unitsHeadedBy } from '#bot/permission.ts';
import { delegateKey, delegateOf } from '#bot/store/delegate.ts';

type Named = Outcome & {
  kind: 'named' | 'not-own' | 'self' | 'ended' | 'none';
  unit: string;
  person: { id: string; name: string } | null;
  until: string | null;
  by: string;
};

const NAMES =
  /^\s*(?:我(?:出差|休假|外出|不在)?(?:期间)?[，,]?)?(?:委托|授权|指定)[^，。：:；;\n]{1,10}(?:替我|代我|代为?|帮我|负责)?[^，。；;]{0,4}(?:代报|填报|上报|报送?|提交)[^，。；;]{0,6}(?:台账|自检)/;
const ENDS =
  /^\s*(?:取消|收回|终止)[^，。；;]{0,12}(?:委托|授权)[^，。；;]{0,10}[。!！\s]*$|^\s*不再委托[^，。；;]{1,12}$/;

/** 委托代报: the head names somebody of the unit who hands the month and the self-check in for the head to confirm, up to a day or until it is ended (R45, R60, R70). */
export default defineHandler({
  name: 'month.delegate',
  title: '委托代报台账',
  examples: ['委托温静代报台账，到6月30日', '取消代报委托'],
  input: z.object({ member: z.string().optional(), until: z.string().optional() }),
  allow: headsUnit,

  over: 'message',
  cues: [ENDS, NAMES],
  meant(clause) {
    const { mood, reading } = clause;
    if (reading.chat === 'group' || mood.asks || mood.supposes || mood.hears) return null;
    const ends = cue(clause, ENDS);
    if (ends && !/台账\d|\d号/.test(clause.text)) return act(ends, 2.8, {});
    const span = cue(clause, NAMES);
    if (!span) return null;
    const claimed = { start: clause.start, end: clause.end };
    const people = clause.people.flatMap((mention) => mention.people);
    const [person, other] = people;
    if (!person || other) return ask(claimed, 2.8, '委托哪一位？请写全名，如“委托温静代报台账，到6月30日”。');
    const day = clause.days('ahead').at(-1)?.day;
    return act(claimed, 2.8, { member: person.id, ...(day && { until: day }) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Named> {
    const [unit] = unitsHeadedBy(actor, world);
    if (!unit) throw new Error(`${actor.id} heads no unit`);
    const today = dayOf(message.sentAt);
    const until = input.until ?? null;
    const person = world.members.find(({ id }) => id === input.member) ?? null;
    const before = await delegateOf(tx, unit.code, today);
    const common = { unit: unit.name, person, until, by: actor.name };
    const setting = { key: delegateKey(unit.code), reason: '', byId: actor.id, at: message.sentAt };
    if (input.member === undefined) {
      const ended = world.members.find(({ id }) => id === before?.person) ?? null;
      if (!before) return { kind: 'none', changed: false, ...common };
      const { id } = await tx.setting.create({ data: { ...setting, value: '' } });
      return { kind: 'ended', changed: true, memo: { id }, ...common, person: ended };
    }
    if (input.member === actor.id) return { kind: 'self', changed: false, ...common };
    if (!person || person.department !== unit.code) return { kind: 'not-own', changed: false, ...common };
    const { id } = await tx.setting.create({
      data: { ...setting, value: JSON.stringify({ person: person.id, until }) },
    });
    return { kind: 'named', changed: true, memo: { id }, ...common };
  },

  reply({ kind, unit, person, until }) {
    const till = until ? `到${dayInWords(until)}` : '到发“取消代报委托”为止';
    switch (kind) {
      case 'named':
        return `已委托${person?.name ?? ''}代报${unit}月度台账和自检，${till}。受托人提交后由您确认；您请假期间其提交即生效。${TAKE_BACK}`;
      case 'ended':
        return `已取消对${person?.name ?? ''}的代报委托。${TAKE_BACK}`;
      case 'none':
        return `${unit}没有代报委托，不必取消。`;
      case 'self':
        return '您本人就可以提交，不必委托。';
      case 'not-own':
        return `没有委托：受托人须是${unit}的人员。`;
    }
  },
  notify({ kind, unit, person, until, by }) {
    if (!person || (kind !== 'named' && kind !== 'ended')) return [];
    const words =
      kind === 'named'
        ? `${by}委托您代报${unit}月度台账和自检${until ? `，到${dayInWords(until)}` : ''}。填好后发“提交台账”“提交自检”，由${by}确认。`
        : `${by}已取消您代报${unit}月度台账和自检的委托。`;
    return [{ to: person.id, text: words }];
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const data = { closedAt: message.sentAt };
    return (await tx.setting.updateMany({ where: { id, closedAt: null }, data })).count === 1;
  },
});
