import { z } from 'zod';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, itemChoices } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { normalise } from '#bot/language/text.ts';
import { has } from '#bot/permission.ts';
import { meantInWords, type Named, setName, whyNotName } from '#bot/store/synonym.ts';

type Set = Outcome &
  ({ kind: 'named'; word: string; meant: string; was: string | null } | { kind: 'refused'; why: string });

const QUOTE = '[“”"「」『』‘’]';
const WORD = `${QUOTE}([^“”"「」『』‘’]{1,16})${QUOTE}`;
const FROM_NOW = '(?:以后|今后|往后|从今往后)?[，,]?(?:凡是?|只要)?(?:大家|有人)?(?:说|提到|讲)?(?:的)?';
const MEANS = '(?:这个词|这个叫法)?[，,]?(?:就|都|也)?(?:是指|指的(?:就)?是|指|就是|等于|代表|算)';
const FORWARD = new RegExp(`^\\s*${FROM_NOW}${WORD}${MEANS}`);
const BACKWARD = new RegExp(
  `^\\s*(?:以后|今后|往后)[，,]?(?:把|将)?(?<target>.{2,30}?)(?:就|都|也)?(?:叫作?|称为?|简称)(?:作|为)?${WORD}[。!！\\s]*$`,
);
const ENDS = /(?:那[项个件]|这[项个件])?(?:台账|事项|工作)?(?:了|的意思|吧)?[。!！\s]*$/;

/** 设定叫法: the office lets a word mean an item, a unit or the topic of sessions (G2). */
export default defineHandler({
  name: 'name.set',
  title: '设定叫法',
  examples: ['以后“小巨人”就是K3-1', '“产权”指的是知识产权科'],
  input: z.object({ word: z.string(), kind: z.enum(['item', 'department', 'topic']), target: z.string() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  heedsNotices: true,
  cues: [FORWARD, BACKWARD],
  meant(clause) {
    // As it was typed: what stands in quotation marks after a 说 is else another's words.
    const text = normalise(clause.said);
    if (clause.reading.chat === 'group' || clause.mood.supposes || /[?？]|[吗么呢][。!！\s]*$/.test(text)) return null;
    const forward = FORWARD.exec(text);
    const backward = forward ? null : BACKWARD.exec(text);
    const word = forward?.[1] ?? backward?.[2];
    if (!word) return null;
    const start = forward ? forward[0].length : text.indexOf(backward?.groups?.['target'] ?? '');
    const end = forward ? text.length : start + (backward?.groups?.['target'] ?? '').length;
    return meantBy(clause, word, start, end);
  },

  async execute({ input, actor, message, world, tx }): Promise<Set> {
    const why = await whyNotName(tx, input.word, world);
    if (why) return { kind: 'refused', changed: false, why };
    const before = await setName(tx, input, actor.id, message.sentAt);
    const was = before?.state === 'confirmed' ? meantInWords(before, world) : null;
    return {
      ...{ kind: 'named', changed: true, word: input.word, meant: meantInWords(input, world), was },
      memo: { word: input.word, before },
    };
  },
  reply: (outcome) =>
    outcome.kind === 'refused'
      ? `没有设定：${outcome.why}。`
      : `已设定叫法：“${outcome.word}”${outcome.was ? `原指${outcome.was}，现` : ''}指${outcome.meant}。十分钟内可发“撤销”收回，以后可发“取消叫法“${outcome.word}””。`,
  async undo(memo, { tx }) {
    const { word, before } = z
      .object({
        word: z.string(),
        before: z.object({ kind: z.string(), target: z.string(), state: z.string() }).nullable(),
      })
      .parse(memo);
    const data = before ?? { state: 'withdrawn' };
    await tx.synonym.update({ where: { word_departmentCode: { word, departmentCode: '' } }, data });
    return true;
  },
});

/** What is named between the two places, and nothing besides: an item, a unit, or else the words of a topic. */
function meantBy(clause: Clause, word: string, start: number, end: number) {
  const within = <T extends { start: number; end: number }>(all: T[]): T | undefined =>
    all.find((one) => one.start >= start && one.end <= end);
  const rest = (one: { start: number; end: number }): string =>
    (clause.text.slice(start, one.start) + clause.text.slice(one.end, end)).replace(ENDS, '').trim();
  const named = (kind: Named['kind'], target: string) => act(clause, 2.9, { word, kind, target });
  const unit = within(clause.departments.filter(({ how }) => how === 'name'));
  if (unit && rest(unit) === '') return named('department', unit.department.code);
  const target = clause.text.slice(start, end).replace(ENDS, '').trim();
  const { lexicon, said } = clause.reading;
  const mention = lexicon.items.numberedIn(target, said.speaker)[0] ?? lexicon.items.namedIn(target, said.speaker)[0];
  const [item, other] = mention?.items ?? [];
  if (item && !other) return named('item', item.code);
  if (other)
    return ask(
      clause,
      2.9,
      `“${word}”指哪一项？`,
      itemChoices(mention?.items ?? []).map((one) => ({
        ...one,
        input: { word, kind: 'item', target: (one.input as { item: string }).item },
      })),
    );
  const topic = lexicon.sessions.all.some((session) => session.topic.includes(target));
  if (topic && target.length >= 2) return named('topic', target);
  return ask(clause, 2.9, `“${word}”指什么？请写明台账编号、科室（单位）名称或学习主题，如“以后“${word}”就是K3-1”。`);
}
