import { z } from 'zod';
import { addWorkdays, dayInWords, dayOf, monthDayInWords } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { matterIn } from '#bot/domain/assignment.ts';
import { aboutInWords, detailsIn, rhythmOf } from '#bot/domain/matter.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, cueBesideNames, givesOrders } from '#bot/language/evidence.ts';
import { HEARSAY } from '#bot/language/mood.ts';
import {
  ASKS_FOR,
  CALLED,
  DELIVER,
  dueDay,
  HANDED_ON,
  HANDS_TO,
  LEADS,
  LED,
  NO_ORDER,
  ORDERLY,
  ORDERS,
  TOLD,
} from '#bot/language/orders.ts';
import type { World } from '#bot/language/reading.ts';
import { overlaps } from '#bot/language/text.ts';
import { has, isHeadOf, shortName, unitUnder } from '#bot/permission.ts';
import { cautions, giveOut } from '#bot/store/assignment.ts';
import { record } from '#bot/store/facts.ts';

const input = z.object({
  department: z.string().optional(),
  member: z.string().optional(),
  deadline: day,
  kind: z.enum(['assigned', 'transferred']),
  text: z.string(),
});
type Input = z.infer<typeof input>;
type Assigned = Outcome &
  (
    | {
        kind: 'assigned';
        way: Input['kind'];
        code: string;
        no: number;
        title: string;
        deadline: string;
        unit: string;
        owner: string | null;
        by: string;
        told: string[];
        about: string;
      }
    | { kind: 'past'; deadline: string }
    | { kind: 'elsewhere'; name: string; unit: string }
    | { kind: 'nobody' }
  );

const KINDS = { assigned: { title: '交办' }, transferred: { title: '转办' } } as const;

/** 交办转办: a matter goes to a unit or a member and becomes a ledger item with its number and term (R56, R57). */
export default defineHandler({
  name: 'ledger.assign',
  title: '交办转办',
  examples: ['交办高新科：周五前报孵化器名单'],
  offers({ actor, world, now }) {
    const unit = unitUnder(actor, world);
    const by = monthDayInWords(addWorkdays(dayOf(now), 5));
    return unit ? [`交办${shortName(unit)}：${by}前报送工作进展`] : [];
  },
  input,
  allow: {
    doneBy: '局领导、活动办或本科室（单位）负责人',
    permits: ({ input, actor, world }) =>
      has(actor, 'chief', 'leader', 'office') || isHeadOf(actor, unitOf(input, world)?.code ?? '', world),
  },

  over: 'sentence',
  heedsNotices: true,
  meant(clause) {
    const { reading, text, mood } = clause;
    if (NO_ORDER.test(text) || HEARSAY.test(text) || mood.supposes || (mood.asks && !/能不能|能否|可否/.test(text)))
      return null;
    const all = reading.message.text;
    const dismissed = [...all.matchAll(/(?:不用|不要|别让|不必|不让)[^，,。；;]*/g)].map(({ index, 0: words }) => ({
      start: index,
      end: index + words.length,
    }));
    const free = <T extends { start: number; end: number }>(found: T[]): T[] =>
      found.filter((one) => !dismissed.some((other) => overlaps(one, other)));
    const outright =
      cue(clause, ORDERS) ??
      cueBesideNames(clause, HANDS_TO) ??
      (LED.test(reading.lead) ? { start: clause.start, end: clause.start } : null);
    const units = free(clause.departments);
    const colleagues = free(clause.people).filter(({ people }) => people.every(({ id }) => id !== reading.speaker.id));
    const days = clause.days('ahead');
    const after = outright ?? cue(clause, ASKS_FOR);
    const called = (one: { start: number }): boolean => CALLED.test(all.slice(clause.start, one.start));
    const leads = (one: { start: number; end: number }): boolean =>
      LEADS.test(all.slice(clause.start, one.start)) &&
      givesOrders(reading.speaker) &&
      !/^(?:说|讲|已|正在|刚|反映|报得|表示|答应)/.test(all.slice(one.end));
    // Who follows the very word that gives the order; else whoever is named after it; else who stands at the head.
    const unit =
      units.find(called) ??
      units.find(leads) ??
      (outright ? (units.find(({ start }) => start >= outright.start) ?? units[0]) : undefined);
    const person =
      colleagues.find(called) ??
      colleagues.find((one) => unit !== undefined && one.start - unit.end >= 0 && one.start - unit.end <= 1) ??
      (unit
        ? undefined
        : ((ORDERLY.test(text) && !TOLD.test(text) ? colleagues.find(leads) : undefined) ??
          (outright ? colleagues[0] : undefined)));
    if (!unit && !person && days.length > 0 && DELIVER.test(text) && reading.chat === 'direct') {
      // 「跟于佳讲一下……」: nobody is written so, somebody sounds so.
      const heard = reading.lexicon.people.heardIn(text).find(({ start }) => CALLED.test(text.slice(0, start)));
      if (heard) return ask(clause, 2, '要交给哪一位办？请写全名。');
    }
    if (!unit && !person)
      return outright && days.length > 0 && reading.chat === 'direct' && /交办|转办|责成|布置/.test(text)
        ? ask(clause, 2, '要交给哪个科室（单位）办？请写成“交办高新科：周五前报名单”。')
        : null;
    if (!outright && (!DELIVER.test(text) || (!after && !leads(unit ?? person ?? clause)))) return null;
    if (clause.toAll && !outright) return null;
    if (unit?.how === 'own' && !outright) return null;
    if (
      unit &&
      reading.speaker.roles.includes('staff') &&
      unit.department.code === reading.speaker.department &&
      !outright &&
      !person
    )
      return null;
    if (
      unit &&
      !outright &&
      !unit.how.startsWith('own') &&
      unit.department.code === reading.speaker.department &&
      !has(reading.speaker, 'chief', 'leader') &&
      leads(unit)
    )
      return null;
    const claimed = { start: clause.start, end: clause.end };
    // Told by name what to do by when: more than a wish to be shown something.
    const weight = [unit, person].some((one) => one && (called(one) || leads(one))) ? 2.65 : 2.3;
    const kind = HANDED_ON.test(text) ? ('transferred' as const) : ('assigned' as const);
    const common = { kind, text: clause.said.trim() };
    if (person && person.people.length > 1) return ask(claimed, 2, '交给哪一位办？请写全名。');
    const namesake = person?.people.flatMap((one) => reading.lexicon.people.soundingLike(one)) ?? [];
    if (clause.items.some(({ items }) => items.some(({ owner }) => namesake.some(({ id }) => id === owner))))
      return ask(claimed, 2, '交给哪一位办？同音的不止一人，请写明科室和姓名。');
    if (!person && unit?.how === 'sound') return ask(claimed, 2, `是交给${unit.department.name}办吗？`);
    const deadline = dueDay(text, clause.start, days);
    // 「上周五前就该报的」 complains.
    if (deadline && deadline < reading.today)
      return outright && reading.chat === 'direct' ? ask(claimed, 2, '完成时限已经过去，请写明今天以后的日期。') : null;
    // 「高新科六月十五号前报甲，成果科六月二十号前报乙」: each its own.
    const each = units.filter(
      (one) =>
        one !== unit &&
        /[，,；;。]\s*(?:让|请)?$/.test(all.slice(clause.start, one.start)) &&
        DELIVER.test(all.slice(one.end, one.end + 20)),
    );
    if (unit && each.length > 0 && days.length > 0 && !person) {
      const heads = [unit, ...each];
      return act(
        claimed,
        weight,
        ...heads.map((one, index) => {
          const until = heads[index + 1]?.start ?? clause.end;
          const own = days.find(({ start }) => start >= one.end && start < until);
          return { department: one.department.code, deadline: own?.day ?? days.at(-1)?.day ?? '', ...common };
        }),
      );
    }
    if (!deadline)
      return outright || givesOrders(reading.speaker)
        ? reading.chat === 'direct' && (outright || /把|报|交|拿|弄|做|写|搞|出|整|查|核|理|备/.test(text))
          ? ask(claimed, 2, '请写明完成时限，如“周五前报”。')
          : null
        : null;
    if (person) {
      const [member] = person.people;
      const whose =
        unit && unit.end <= person.start && person.start - unit.end <= 1 ? { department: unit.department.code } : {};
      const together = colleagues
        .slice(colleagues.indexOf(person))
        .filter(
          (one, index, row) =>
            index === 0 || /^(?:、|和|与|及|跟|，)+$/.test(all.slice(row[index - 1]?.end, one.start)),
        );
      if (together.length > 1 && together.every(({ people }) => people.length === 1))
        return act(claimed, weight, ...together.map(({ people: [one] }) => ({ member: one?.id, deadline, ...common })));
      return act(claimed, weight, { ...whose, member: member?.id, deadline, ...common });
    }
    const at = unit ? units.indexOf(unit) : 0;
    const together = units
      .slice(at)
      .filter(
        (one, index, row) => index === 0 || /^(?:、|和|与|及|跟|，)+$/.test(all.slice(row[index - 1]?.end, one.start)),
      );
    return act(
      claimed,
      weight,
      ...together.map(({ department }) => ({ department: department.code, deadline, ...common })),
    );
  },

  /** What goes to a unit out of a group's talk waits for a word more (requirements 1.1). */
  async confirm({ input, message, world }) {
    const unit = unitOf(input, world);
    if (message.chat === 'direct' || !unit || input.deadline < dayOf(message.sentAt)) return null;
    return `将${KINDS[input.kind].title}${unit.name}：${matterIn(detailsIn(input.text).rest, unit)}，${dayInWords(input.deadline)}前办结。请回复“确认”或“取消”。`;
  },

  async execute({ input, actor, message, world, tx }): Promise<Assigned> {
    const unit = unitOf(input, world);
    const member = world.members.find(({ id }) => id === input.member) ?? null;
    if (!unit) return { kind: 'nobody', changed: false };
    if (member && input.department && member.department !== input.department)
      return { kind: 'elsewhere', changed: false, name: member.name, unit: unit.name };
    if (input.deadline < dayOf(message.sentAt)) return { kind: 'past', changed: false, deadline: input.deadline };

    const { deadline, kind: way } = input;
    const owner = member?.id ?? unit.head;
    const { rest, level, source, helpers: helping, rhythm: said } = detailsIn(input.text);
    const title = matterIn(rest, unit, member?.name);
    const helpers = world.departments.filter(
      (one) => one.code !== unit.code && [one.name, ...one.aliases].some((name) => helping.includes(name)),
    );
    const rhythm = rhythmOf(level, source, said);
    const { id, code, no } = await giveOut(tx, {
      ...{ kind: way, title, text: input.text, deadline, department: unit, member: member?.id ?? null, owner },
      ...{ by: actor, at: message.sentAt, inboxKey: message.key },
      ...{ level, source, rhythm, helpers: helpers.map((one) => one.code) },
    });
    const about = aboutInWords(level, source, rhythm, helpers);
    const told = [...new Set([unit.head, owner])].filter((one) => one !== null && one !== actor.id);
    return {
      ...{ kind: 'assigned', changed: true, memo: { id, told }, way, code, no, title, deadline, by: actor.name },
      ...{ unit: unit.name, owner: world.members.find((one) => one.id === owner)?.name ?? null },
      told: told.filter((one) => one !== null),
      about: `${about}${await cautions(tx, { owner, deadline, world })}`,
    };
  },

  reply(outcome) {
    switch (outcome.kind) {
      case 'assigned': {
        const { way, unit, no, code, title, deadline, owner, about } = outcome;
        return `已${KINDS[way].title}${unit}：${no}号台账（${code}）《${title}》，${dayInWords(deadline)}前办结，${owner ? `责任人${owner}` : '责任人待定'}。${about}已告知承办人，十分钟内可发“撤销”收回。`;
      }
      case 'past':
        return `没有交办：${dayInWords(outcome.deadline)}已过，请写今天以后的时限。`;
      case 'elsewhere':
        return `没有交办：${outcome.name}不在${outcome.unit}，请核对姓名或科室（单位）。`;
      case 'nobody':
        return '没有交办：请写明交给哪个科室（单位）或哪一位，如“交办高新科：周五前报孵化器名单”。';
    }
  },
  inGroup(outcome) {
    if (outcome.kind !== 'assigned') return '没有交办，原因已私信发给您。';
    const { way, unit, no, title, deadline } = outcome;
    return `已${KINDS[way].title}${unit}：${no}号台账《${title}》，${dayInWords(deadline)}前办结。`;
  },
  notify(outcome) {
    if (outcome.kind !== 'assigned') return [];
    const { way, no, code, title, deadline, by, told, about } = outcome;
    const given = `现将下列事项${way === 'assigned' ? '交' : '转'}由你科（单位）办理`;
    const text = `${given}：${no}号台账（${code}）《${title}》，请于${dayInWords(deadline)}前办结并反馈。${KINDS[way].title}人：${by}。${about.replace(/注意：.*$/, '')}`;
    const buttons = [
      { label: '签收', says: `签收${code}` },
      { label: '提出异议', says: `异议${code}` },
    ];
    return told.map((to) => ({ to, text: `${text}请回复“签收${code}”，有异议请回复“异议${code}，原因”。`, buttons }));
  },
  async undo(memo, { actor, message, tx }) {
    const { id, told } = z.object({ id: z.number(), told: z.array(z.string()) }).parse(memo);
    const { itemCode, kind } = await tx.assignment.findUniqueOrThrow({ where: { id } });
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: itemCode } });
    const since = await tx.itemFact.count({ where: { itemCode, kind: { not: 'defined' } } });
    const asked = await tx.extension.count({ where: { itemCode } });
    if (since + asked > 0) return false;
    await tx.assignment.update({ where: { id }, data: { undoneAt: message.sentAt } });
    // The number stays taken: there are no gaps, and nothing is deleted (R56).
    await record(tx, itemCode, { kind: 'ended', personId: actor.id, at: message.sentAt, note: '交办已收回' });
    const text = `${actor.name}已收回${kind === 'transferred' ? '转办' : '交办'}：${item.no}号台账《${item.title}》，不必办理。`;
    return told.map((to) => ({ to, text }));
  },
});

const unitOf = ({ department, member }: Input, { departments, members }: World) => {
  const code = department ?? members.find(({ id }) => id === member)?.department;
  return departments.find((unit) => unit.code === code);
};
