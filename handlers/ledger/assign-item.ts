import { z } from 'zod';
import { addWorkdays, dayInWords, dayOf, monthDayInWords } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { matterIn, signingOf } from '#bot/domain/assignment.ts';
import { TAKEN_BACK } from '#bot/domain/item-state.ts';
import { aboutInWords, detailsIn, rhythmOf } from '#bot/domain/matter.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { assigning } from '#bot/language/assigning.ts';
import type { World, WorldDepartment } from '#bot/language/reading.ts';
import { has, isHeadOf, officeIds, shortName, signerOf, unitUnder } from '#bot/permission.ts';
import { cautions, giveOut } from '#bot/store/assignment.ts';
import { record } from '#bot/store/facts.ts';
import { helpersOf, namesOf } from '#bot/store/helpers.ts';
import { tieToRecord, untie, withoutMark } from '#bot/store/study-links.ts';

const input = z.object({
  department: z.string().optional(),
  member: z.string().optional(),
  helpers: z.array(z.string()).optional(),
  deadline: day,
  kind: z.enum(['assigned', 'transferred']),
  text: z.string(),
  /** 待办 of a 座谈会 it was drafted from (R21) */
  link: z.number().optional(),
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
        helping: { name: string; person: string | null }[];
        about: string;
        /** nobody of the unit is there to be told */
        headless: boolean;
        /** which of those named in one breath does what had to be supposed */
        supposed: boolean;
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
  examples: [
    '交办高新科：周五前报孵化器名单',
    '交办高新科、成果科：周五前报对接方案',
    '由高新科牵头、成果科配合，周五前报对接方案',
    '交办高新科、成果科各报一份半年小结，周五前报来',
  ],
  offers({ actor, world, now }) {
    const unit = unitUnder(actor, world);
    const by = monthDayInWords(addWorkdays(dayOf(now), 5));
    return unit ? [`交办${shortName(unit)}：${by}前报送工作进展`] : [];
  },
  input,
  allow: {
    doneBy: '局领导、活动办或本科室（单位）负责人',
    // A head gives work to the own unit, and asks no other for help in this way.
    permits({ input, actor, world }) {
      if (has(actor, 'chief', 'leader', 'office')) return true;
      const unit = unitOf(input, world);
      const helpers = unit ? partsOf(input, unit, world).helpers.map(({ code }) => unitCodeOf(code, world)) : [];
      return [unit?.code ?? '', ...helpers].every((code) => isHeadOf(actor, code, world));
    },
  },

  over: 'sentence',
  heedsNotices: true,
  meant: assigning,

  /** What goes to a unit out of a group's talk waits for a word more (requirements 1.1). */
  async confirm({ input, message, world }) {
    const unit = unitOf(input, world);
    if (message.chat === 'direct' || !unit || input.deadline < dayOf(message.sentAt)) return null;
    const { title, helpers } = partsOf(input, unit, world);
    const helped = helpers.length > 0 ? `主办、${namesOf(helpers)}协办` : '';
    return `将${KINDS[input.kind].title}${unit.name}${helped}：${title}，${dayInWords(input.deadline)}前办结。请回复“确认”或“取消”。`;
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
    const { title, level, source, rhythm: said, helpers } = partsOf(input, unit, world);
    const rhythm = rhythmOf(level, source, said);
    const { id, code, no } = await giveOut(tx, {
      ...{ kind: way, title, text: input.text, deadline, department: unit, member: member?.id ?? null, owner },
      ...{ by: actor, at: message.sentAt, inboxKey: message.key },
      ...{ level, source, rhythm, helpers: helpers.map((one) => one.code) },
    });
    await tieToRecord(tx, input, code);
    const about = aboutInWords(level, source, rhythm, helpers);
    const signer = signerOf(unit, world);
    const told = [...new Set(signer || owner ? [signer, owner] : officeIds(world))].filter(
      (one) => one !== null && one !== actor.id,
    );
    const helping = helpers.filter(({ person }) => person !== null && person !== actor.id && !told.includes(person));
    const all = [...told, ...helping.map(({ person }) => person)];
    return {
      ...{ kind: 'assigned', changed: true, memo: { id, told: all }, way, code, no, title, deadline, by: actor.name },
      ...{ unit: unit.name, owner: world.members.find((one) => one.id === owner)?.name ?? null },
      told: told.filter((one) => one !== null),
      helping,
      headless: owner === null && (signer === null || signer === unit.leader),
      supposed: helpers.length > 0 && !/协办|配合|协助|参与|会同|联合|牵头|主办/.test(input.text),
      about: `${about}${await cautions(tx, { owner, deadline, world })}`,
    };
  },

  reply(outcome) {
    switch (outcome.kind) {
      case 'assigned': {
        const { way, unit, no, code, title, deadline, owner, about, supposed } = outcome;
        const each = supposed ? '先写的为主办，其余协办；要各办一件，请撤销后写“各报一份”。' : '';
        return `已${KINDS[way].title}${unit}：${no}号台账（${code}）《${title}》，${dayInWords(deadline)}前办结，${owner ? `责任人${owner}` : '责任人待定'}。${about}${each}${toldInWords(outcome)}${TAKE_BACK}`;
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
    const { way, unit, no, title, deadline, helping } = outcome;
    const helped = helping.length > 0 ? `主办、${namesOf(helping)}协办` : '';
    return `已${KINDS[way].title}${unit}${helped}：${no}号台账《${title}》，${dayInWords(deadline)}前办结。`;
  },
  notify(outcome) {
    if (outcome.kind !== 'assigned') return [];
    const { way, no, code, title, deadline, by, told, helping, unit, about } = outcome;
    const given = `现将下列事项${way === 'assigned' ? '交' : '转'}由你科（单位）办理`;
    const text = `${given}：${no}号台账（${code}）《${title}》，请于${dayInWords(deadline)}前办结并反馈。${KINDS[way].title}人：${by}。${about.replace(/注意：.*$/, '')}`;
    const { words, buttons } = signingOf(code);
    const helps = `${code}《${title}》由${unit}主办，请你科（单位）协办，${dayInWords(deadline)}前办结。${KINDS[way].title}人：${by}。不需签收，办理情况请回复“反馈${code}：……”，有异议请回复“异议${code}，原因”。`;
    return [
      ...told.map((to) => ({ to, text: `${text}${words}`, buttons })),
      ...helping.flatMap(({ person }) => (person ? [{ to: person, text: helps }] : [])),
    ];
  },
  async undo(memo, { actor, message, tx }) {
    const { id, told } = z.object({ id: z.number(), told: z.array(z.string()) }).parse(memo);
    const { itemCode, kind } = await tx.assignment.findUniqueOrThrow({ where: { id } });
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: itemCode } });
    const since = await tx.itemFact.count({ where: { itemCode, kind: { not: 'defined' } } });
    const asked = await tx.extension.count({ where: { itemCode } });
    if (since + asked > 0) return false;
    await tx.assignment.update({ where: { id }, data: { undoneAt: message.sentAt } });
    await untie(tx, itemCode);
    // The number stays taken: there are no gaps, and nothing is deleted (R56).
    await record(tx, itemCode, { kind: 'ended', personId: actor.id, at: message.sentAt, note: TAKEN_BACK.assignment });
    const text = `${actor.name}已收回${kind === 'transferred' ? '转办' : '交办'}：${item.no}号台账《${item.title}》，不必办理。`;
    return told.map((to) => ({ to, text }));
  },
});

/** A unit without a head is said to be so: whoever leads it was told, or the office. */
const toldInWords = ({ headless, told }: { headless: boolean; told: string[] }): string => {
  if (!headless) return '已告知承办人，';
  return told.length > 0
    ? '该科室（单位）没有负责人，已告知分管领导或活动办，'
    : '该科室（单位）没有负责人，请告知承办人，';
};

const unitCodeOf = (code: string, { members }: World): string =>
  members.find(({ id }) => id === code)?.department ?? code;

/** The matter itself, and what was said about it; the unit that has it helps nobody. */
function partsOf(input: Input, unit: WorldDepartment, world: World) {
  const { departments, members } = world;
  const called = (one: WorldDepartment): string[] => [one.name, ...one.aliases];
  const { rest, helpers: named, ...said } = detailsIn(withoutMark(input.text), departments.flatMap(called));
  const codes = [
    ...(input.helpers ?? []),
    ...departments.filter((one) => called(one).some((name) => named.includes(name))).map(({ code }) => code),
  ];
  const others = [...new Set(codes)].filter((code) => code !== unit.code && code !== input.member);
  const helpers = helpersOf(others, world);
  const told = [input.member, ...others].flatMap((code) => members.find(({ id }) => id === code)?.name ?? []);
  const units = departments.filter(({ code }) => code === unit.code || others.includes(code));
  return { ...said, helpers, title: matterIn(rest, [...units.flatMap(called), ...told]) };
}

const unitOf = ({ department, member }: Input, { departments, members }: World) => {
  const code = department ?? members.find(({ id }) => id === member)?.department;
  return departments.find((unit) => unit.code === code);
};
