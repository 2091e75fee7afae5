import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, others } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';

const URGES = /催(?!化|生|眠)|督促|督办一下|提醒(?!大家|各|我|自己)|(?:敲打|盯)一?下|过问一下/;
const NO = /别催|不用催|不必催|甭催|不要催|催了|催过|被催|在催|老催|天天催|催得|催命|催什么|催我|还催|没催|催不动|催也/;

/** 催办 */
export default defineHandler({
  name: 'urge.send',
  title: '催办',
  examples: ['催一下知识产权科', '3号台账催一下'],
  input: z.object({
    item: z.string().optional(),
    department: z.string().optional(),
    member: z.string().optional(),
    text: z.string(),
  }),
  allow: anyone,

  over: 'sentence',
  meant(clause) {
    const { reading } = clause;
    const called = clause.parts.filter((part) => !NO.test(part));
    const text = called.join('，');
    const span = URGES.test(text) ? cue(clause, URGES) : null;
    const off = clause.parts.filter((part) => NO.test(part));
    const meantHere = ({ start, end }: { start: number; end: number }) =>
      !off.some(
        (part) =>
          clause.text.indexOf(part) + clause.start <= start &&
          end <= clause.text.indexOf(part) + part.length + clause.start,
      );
    if (!span || clause.mood.asks || clause.mood.supposes || clause.mood.hears || /打算|准备催|要不要/.test(text))
      return null;
    const soft = !/催|督促|督办/.test(text);
    if (soft && !/抓紧|尽快|赶紧|别忘|按时|到期|还没|加快|快/.test(text)) return null;
    const people = others(clause);
    const sure = clause.items.filter(({ how, items }) => how !== 'gist' && items.length === 1);
    if (sure.length > 1)
      return act(
        clause,
        2.5,
        ...sure.flatMap(({ items }) => items.map(({ code }) => ({ item: code, text: clause.said.trim() }))),
      );
    const theirs = reading.world.ledger.filter(({ owner }) => people.some(({ id }) => id === owner));
    const [mention] = clause.items.length > 0 ? clause.items : reading.lexicon.items.among(theirs, text, clause.start);
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
      return act(claimed, 2.5, { item: item.code, ...(member && { member: member.id }), text: note });
    }
    if (people.length > 1 && new Set(people.map(({ id }) => id)).size > 1 && clause.people.length === 1)
      return ask(claimed, 2, '您要催哪一位？请写全名。');
    const [member] = people;
    if (member)
      return act(claimed, 2.5, ...[...new Set(people.map(({ id }) => id))].map((id) => ({ member: id, text: note })));
    if (unit?.how === 'sound')
      return ask(claimed, 2, `是催办${unit.department.name}吗？请写科室（单位）全称再发一次。`, [
        { label: unit.department.name, input: { department: unit.department.code } },
      ]);
    const units2 = [...new Set(named.filter(({ how }) => how !== 'own').map(({ department }) => department.code))];
    if (units2.length > 0) return act(claimed, 2.5, ...units2.map((department) => ({ department, text: note })));
    if (soft || reading.chat === 'group') return null;
    return ask(claimed, 2, '您要催办谁、哪一项？请写明科室（单位）或台账编号，如“催一下知识产权科”。');
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
