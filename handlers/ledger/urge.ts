import { z } from 'zod';
import { type Day, dayInWords, dayOf, instantAt, timeOf } from '#bot/calendar.ts';
import { type ItemInWords, itemName } from '#bot/domain/item-words.ts';
import { overdueInWords } from '#bot/domain/light.ts';
import { monthInWords, monthOf, monthToReport } from '#bot/domain/month.ts';
import { defineHandler, type Notification, type Outcome } from '#bot/handler.ts';
import { act, around, ask, cue, itemChoices, itemLabel, others, partWith } from '#bot/language/evidence.ts';
import { moodOf } from '#bot/language/mood.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { verbose } from '#bot/language/verbose.ts';
import { itemsOf } from '#bot/language/world.ts';
import { has, isHeadOf, shortName, unitUnder } from '#bot/permission.ts';
import type { Tx } from '#bot/store/db.ts';
import { helpersParts } from '#bot/store/helpers.ts';
import { unreportedUnits } from '#bot/store/month.ts';

const input = z.object({
  item: z.string().optional(),
  department: z.string().optional(),
  member: z.string().optional(),
  text: z.string(),
});
type Input = z.infer<typeof input>;
type Urged = Outcome &
  (
    | { kind: 'urged'; whom: string; letters: Notification[]; named: string[]; by: string }
    | { kind: 'already'; at: string; by: string }
    | { kind: 'nothing-open'; whom: string }
  );

const MOST_ITEMS = 10;

const URGES = verbose`
  催(?!化|生|眠) | 督促 | 督办一下 | 提醒(?!大家|各|我|自己) | (?:敲打|盯)(?:一下|敲打|一盯|下|紧) | 过问一下 | 提个醒
  | 紧[一紧]?[紧下]?弦 | 上[上紧]?弦 | 加把劲 | 敲[一敲]敲 | 拧[紧拧]?[紧拧]?发条
  | (?:让|叫|给|跟|对|请|要求|告诉|通知)[^，。]{2,16}(?:
      快点 | 快着点 | 麻利点? | 利索点 | 快些 | 抓[点些]?紧 | 赶紧 | 尽快 | 加快 | 上[点些]?心 | 提提?速 | 动起来
    )
`;
// 「逐一提醒：1.高新科 2.社发科」
const LEAD = /催[一办促]?|提醒|督促/;
const OTHER_ACT =
  /退[回给了]|打回|通过|同意|[延展]期|延到|看看|看一|查(?:一下|查|询)|列|排名|月报|撤|准假|批|新增|累计|\d%/;
const NO =
  /不是(?:要)?催|别再?催|不用再催|不用催|不必催|甭催|不要催|催了|催过|被催|在催|老催|天天催|催得|催命|催什么|催我|还催|没催|催不动|催也|催[^，。]{1,14}这种/;

const POINTED = /(?:^|[，,：:□的])([〇㐀-鿿]{2,4})[那这]一?[项件个桩档]/;
// Told of, put off or not wished: no urge, or not now.
const NOT_NOW =
  /(?:[不没未勿莫休]|已经?|刚刚?|[让叫]我|谁|为什么|怎么|老是?|把)[^，。]{0,6}催|催[^，。]{0,12}过[了吗]?|催[^，。]{0,8}的(?:时候|人)|(?:明[天早]|后天|下周|回头|改天|待会|等会)[^，。]{0,8}催/;

/** 催办: a superior reminds whoever is to act, once a day for the same matter (R59). */
export default defineHandler({
  name: 'urge.send',
  title: '催办',
  examples: ['催一下知识产权科', '3号台账催一下'],
  offers({ actor, world }) {
    const unit = unitUnder(actor, world);
    return unit ? [`催一下${shortName(unit)}`] : [];
  },
  input,
  allow: {
    doneBy: '局领导、活动办或本科室（单位）负责人',
    permits({ input, actor, world }) {
      const unit =
        world.ledger.find(({ code }) => code === input.item)?.department ??
        world.members.find(({ id }) => id === input.member)?.department ??
        input.department;
      return has(actor, 'chief', 'leader', 'office') || isHeadOf(actor, unit ?? '', world);
    },
  },

  account: {
    rests: [URGES],
    words: /提醒|再|帮忙?|[发打]|条|[声通]|通知|电话|[下该交]|到期|没动静|那边|麻烦|不用/,
    ahead: 2,
  },
  over: 'sentence',
  cues: [URGES, LEAD],
  meant(sentence) {
    const clause = around(sentence, URGES, OTHER_ACT);
    const { reading } = clause;
    const called = clause.parts.filter((part) => !NO.test(part));
    const text = called.join('，');
    const led = LEAD.test(reading.lead);
    // 催生产力促进中心 is no 催生.
    const nameless = called.map((part) => {
      const at = clause.text.indexOf(part);
      return clause.nameless.slice(at, at + part.length);
    });
    const span = nameless.some((part) => URGES.test(part)) ? cue(clause, URGES) : led ? clause : null;
    const off = clause.parts.filter((part) => NO.test(part));
    const meantHere = ({ start, end }: { start: number; end: number }) =>
      !off.some(
        (part) =>
          clause.text.indexOf(part) + clause.start <= start &&
          end <= clause.text.indexOf(part) + part.length + clause.start,
      );
    if (
      !span ||
      (clause.mood.asks && moodOf(partWith(clause, URGES)).asks) ||
      clause.mood.supposes ||
      clause.mood.hears ||
      /打算|准备催|要不要/.test(text)
    )
      return null;
    const doubtful = called.filter((part) => URGES.test(part)).some((part) => NOT_NOW.test(part));
    if (doubtful)
      return reading.chat === 'group'
        ? null
        : ask(clause, 2.5, '现在就催办吗？要催请写成“催一下高新科”或“催一下3号台账”。');
    const soft = !/催|督促|督办|敲打|过问|弦|发条/.test(text) && !/逐一提醒|提醒以下/.test(reading.lead);
    if (
      soft &&
      !/抓[点些]?紧|快点|快着点|麻利|利索|快些|上[点些]?心|提提?速|尽快|赶紧|别忘|按时|到期|还没|加快|快/.test(text)
    )
      return null;
    const people = others(clause);
    const sure = clause.items.filter((one) => one.how !== 'gist' && one.items.length === 1 && meantHere(one));
    if (sure.length > 1)
      return act(
        clause,
        2.5,
        ...sure.flatMap(({ items }) => items.map(({ code }) => ({ item: code, text: clause.said.trim() }))),
      );
    const asked = new Set(people.map(({ id }) => id));
    const theirs = [...asked].flatMap((owner) => itemsOf(reading.world, { owner }));
    const here = clause.items.filter(meantHere);
    const [mention] = here.length > 0 ? here : reading.lexicon.items.among(() => theirs, text, clause.start);
    const found = mention?.items ?? [];
    const named = clause.departments.filter(meantHere);
    const unit = named.find(({ how }) => how !== 'own') ?? named[0];
    const claimed = { start: clause.start, end: clause.end };
    const whose = found.filter(({ owner }) => people.some(({ id }) => id === owner));
    const units = found.filter(({ department }) => named.some((one) => one.department.code === department));
    const items = whose.length > 0 ? whose : units.length > 0 ? units : found;
    const [item, other] = items;
    const note = clause.said.trim();
    if (item && other && people.length === 0) return ask(claimed, 2, '您要催办哪一项？', itemChoices(items));
    if (item && !other && mention) {
      const words = reading.message.text.slice(mention.start, mention.end);
      const unitToo =
        mention.how === 'gist' &&
        words.length <= 2 &&
        reading.world.departments.some(({ name, aliases }) => [name, ...aliases].some((one) => one.endsWith(words)));
      if (unitToo) return ask(claimed, 2, '您要催办哪一项、哪个单位？请写明编号或单位名称。', itemChoices([item]));
      const [member] = people;
      // 「催一下张三的……」 which is another's: one of the two is wrong.
      if (member && people.every((one) => one.id !== item.owner && one.department !== item.department))
        return ask(claimed, 2, `${itemName(item)}不由${member.name}承办，您要催办哪一项？`, [
          { label: itemLabel(item), input: { item: item.code, text: note } },
        ]);
      return act(claimed, 2.5, { item: item.code, ...(member && { member: member.id }), text: note });
    }
    if (people.length > 1 && new Set(people.map(({ id }) => id)).size > 1 && clause.people.length === 1)
      return ask(claimed, 2, '您要催哪一位？请写全名。');
    const [member] = people;
    // 「催张三，欠薪那件抓紧办」: of the person's works the one that has a character of what points at it.
    const [, about] = POINTED.exec(nameless.join('，')) ?? [];
    if (member && about && theirs.length > 0) {
      const pointed = theirs.filter(({ title }) => [...about].some((char) => title.includes(char)));
      const [one, another] = pointed;
      return one && !another
        ? act(claimed, 2.5, { item: one.code, member: member.id, text: note })
        : ask(claimed, 2.5, '您要催办哪一项？', itemChoices(another ? pointed : theirs));
    }
    if (member)
      return act(claimed, 2.5, ...[...new Set(people.map(({ id }) => id))].map((id) => ({ member: id, text: note })));
    if (unit?.how === 'sound')
      return ask(claimed, 2, `是催办${unit.department.name}吗？`, [
        { label: unit.department.name, input: { department: unit.department.code } },
      ]);
    const units2 = [...new Set(named.filter(({ how }) => how !== 'own').map(({ department }) => department.code))];
    if (units2.length > 0) return act(claimed, 2.5, ...units2.map((department) => ({ department, text: note })));
    if (soft || reading.chat === 'group') return null;
    return ask(claimed, 2, '您要催办谁、哪一项？请写明科室（单位）或台账编号，如“催一下知识产权科”。');
  },

  async execute({ input, actor, message, world, tx }): Promise<Urged> {
    const today = dayOf(message.sentAt);
    const target = {
      itemCode: input.item ?? null,
      departmentCode: input.item ? null : (input.department ?? null),
      memberId: input.member ?? null,
    };
    const since = instantAt(today, '00:00');
    const before = await tx.urge.findFirst({ where: { ...target, at: { gte: since } }, orderBy: { id: 'asc' } });
    if (before) {
      const by = world.members.find(({ id }) => id === before.byId)?.name ?? '';
      return { kind: 'already', changed: false, at: timeOf(before.at), by };
    }
    const here = ({ to }: Notification): boolean => to !== actor.id && world.members.some(({ id }) => id === to);
    const letters = (await lettersFor(input, actor, today, world, tx)).filter(here);
    if (letters.length === 0) return { kind: 'nothing-open', changed: false, whom: whomOf(input, world) };
    await tx.urge.create({ data: { ...target, byId: actor.id, at: message.sentAt, text: input.text } });
    const named = letters.map(({ to }) => world.members.find(({ id }) => id === to)?.name ?? to);
    return { kind: 'urged', changed: true, whom: whomOf(input, world), letters, named, by: actor.name };
  },

  reply(outcome) {
    if (outcome.kind === 'already') return `今日已催办（${outcome.at}，${outcome.by}），不再重复。`;
    if (outcome.kind === 'nothing-open') return `${outcome.whom}没有需要催办的事项，未发催办。`;
    return `已催办${outcome.whom}，已告知${outcome.named.join('、')}。`;
  },
  inGroup(outcome) {
    if (outcome.kind === 'already') return '今日已催办，不再重复。';
    return outcome.kind === 'urged' ? '已催办，已私信告知承办人。' : '没有需要催办的事项，未发催办。';
  },
  notify: (outcome) =>
    outcome.kind === 'urged'
      ? outcome.letters.map(({ to, text }) => ({ to, text: `催办：${text}催办人：${outcome.by}。` }))
      : [],
});

function whomOf({ item, department, member }: Input, { departments, ledger, members }: World): string {
  const found = ledger.find(({ code }) => code === item);
  if (found) return itemName(found);
  return (members.find(({ id }) => id === member) ?? departments.find(({ code }) => code === department))?.name ?? '';
}

/** Whom an urge reaches with what: an item its owner and head, a person the own items, a unit its head (R59). */
async function lettersFor(
  { item, department, member }: Input,
  actor: WorldPerson,
  today: Day,
  world: World,
  tx: Tx,
): Promise<Notification[]> {
  const open = { acceptedAt: null, completedAt: null, endedAt: null };
  const whose = item ? { code: item } : member ? { ownerId: member } : { departmentCode: department ?? '' };
  const items = await tx.ledgerItem.findMany({ where: { ...open, ...whose }, orderBy: { deadline: 'asc' } });
  const headOf = (code: string) => world.departments.find((unit) => unit.code === code)?.head ?? null;
  if (item) {
    const people = [member, ...items.flatMap((one) => [one.ownerId, headOf(one.departmentCode)])];
    const told = [...new Set(people)].filter((id) => id !== null && id !== undefined);
    if (items.length === 0) return [];
    const helping = (await helpersParts(tx, item, world)).filter(
      ({ done, person }) => !done && !told.includes(person ?? ''),
    );
    return [
      ...told.map((to) => ({ to, text: listed(items, today) })),
      ...helping.flatMap(({ person }) => (person ? [{ to: person, text: `（协办）${listed(items, today)}` }] : [])),
    ];
  }
  if (member) return items.length === 0 ? [] : [{ to: member, text: listed(items, today) }];
  const head = headOf(department ?? '');
  // A head urges the own people, each about what is theirs.
  if (head === null || head === actor.id) {
    const owners = [...new Set(items.flatMap(({ ownerId }) => ownerId ?? []))];
    return owners.map((to) => ({
      to,
      text: listed(
        items.filter(({ ownerId }) => ownerId === to),
        today,
      ),
    }));
  }
  const month = monthToReport(today);
  const asked = !world.campaign || month >= monthOf(world.campaign.from);
  const units = world.departments.filter(({ code }) => code === department);
  const missing = asked && (await unreportedUnits(tx, month, units)).length > 0;
  const summary = missing ? `${monthInWords(month)}总结尚未上报，请尽快报送。` : '';
  return items.length === 0 && !missing ? [] : [{ to: head, text: `${listed(items, today)}${summary}` }];
}

const EXPLAIN = '请说明原因并提出完成时间';
const HURRY = '请抓紧办理并反馈进展';
const askedFor = (item: ItemInWords, today: Day): string => (item.deadline < today ? EXPLAIN : HURRY);

/** One matter in the words for it; of several each with its day, and once at the end what is asked of them. */
function listed(items: ItemInWords[], today: Day): string {
  const [first, second] = items;
  if (!first) return '';
  if (!second) return `${itemName(first)}，该事项${dueInWords(first.deadline, today)}，${askedFor(first, today)}。`;
  const lines = items
    .slice(0, MOST_ITEMS)
    .map((item, index) => `${index + 1}. ${itemName(item)}，${dueInWords(item.deadline, today)}\n`);
  const more = items.length > MOST_ITEMS ? `另有${items.length - MOST_ITEMS}项。\n` : '';
  const asked = new Set(items.map((item) => askedFor(item, today)));
  const ask = asked.size === 2 ? `已逾期的${EXPLAIN}；未到期的${HURRY}` : [...asked].join('');
  return `您处有${items.length}项未办结：\n${lines.join('')}${more}${ask}。`;
}

function dueInWords(deadline: Day, today: Day): string {
  return deadline >= today ? `将于${dayInWords(deadline)}到期` : overdueInWords(deadline, today);
}
