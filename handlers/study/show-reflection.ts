import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { verbose } from '#bot/language/verbose.ts';
import { isShownAsPicture, nameOf } from '#bot/materials/kind.ts';
import { departmentsUnder } from '#bot/permission.ts';
import { filesOf } from '#bot/store/draft.ts';

interface Kept {
  id: number;
  name: string;
  type: string;
  hash: string;
}
type Shown = Outcome & { name: string } & (
    | { kind: 'none' }
    | { kind: 'shown'; title: string; day: string; version: number; text: string; files: Kept[]; to: string }
  );

const SHOWS = verbose`
  ^\s*(?:请|帮我|我要|我想)?(?:看看|看一?下?|查看|调阅|打开|读)
    (?:(?<mine>我的?|本人的?|自己的?)|(?<whose>[^，。的交写看我]{2,6}?)的?)(?:最近|上次|最新)?(?:那篇|一篇)?的?(?:学习)?心得
    (?:体会)?(?:全文|正文|原文|内容)?[。.!！]?\s*$
`;

// 「我交过心得吗」: the last one, or that there is none.
const HANDED_IN =
  /^\s*我(?:这个月|本月|上个月|最近)?(?:有没有)?[交写报](?:过|了|没交?)?(?:学习)?心得(?:体会)?了?(?:没有?|吗|呢)?[?？。]?\s*$/;

/** 看心得: the last 心得体会 of one's own or of somebody in one's line, whole and with what was sent for it (R22). */
export default defineHandler({
  name: 'reflection.show',
  title: '看心得体会',
  examples: ['看我的心得'],
  input: z.object({ person: z.string().optional() }),
  reads: true,
  allow: {
    doneBy: '本人、上级或活动办',
    permits({ input, actor, world }) {
      const person = world.members.find(({ id }) => id === input.person);
      return !person || person.id === actor.id || departmentsUnder(actor, world).includes(person.department);
    },
  },

  over: 'message',
  cues: [SHOWS, HANDED_IN],
  meant(clause) {
    const found = SHOWS.exec(clause.text)?.groups;
    if (clause.reading.chat === 'direct' && clause.mood.asks && HANDED_IN.test(clause.text))
      return act(clause, 2.9, {});
    if (!found || clause.reading.chat !== 'direct') return null;
    if (found['mine']) return act(clause, 2.9, {});
    const [person, ...others] = clause.people.flatMap(({ people }) => people);
    if (!person) return null;
    if (others.length > 0)
      return ask(
        ...([clause, 2.9, '您要看哪位的心得？'] as const),
        [person, ...others]
          .slice(0, 4)
          .map(({ id, name, title }) => ({ label: `${name}${title}`, input: { person: id } })),
      );
    return act(clause, 2.9, { person: person.id });
  },

  async execute({ input, actor, world, tx }): Promise<Shown> {
    const personId = input.person ?? actor.id;
    const name = world.members.find(({ id }) => id === personId)?.name ?? '';
    const last = await tx.reflection.findFirst({ where: { personId, undoneAt: null }, orderBy: { id: 'desc' } });
    if (!last) return { kind: 'none', changed: false, name };
    const { title, version, text } = last;
    return {
      ...{ kind: 'shown', changed: false, name, title, version, text, to: actor.id, day: dayInWords(dayOf(last.at)) },
      files: await filesOf(tx, last.draftId),
    };
  },

  reply(outcome) {
    const { name } = outcome;
    if (outcome.kind === 'none') return `${name}还没有交过心得体会。`;
    const { title, day, version, text, files } = outcome;
    const head = `${name}${day}的心得体会${title && `《${title}》`}${version > 1 ? `（第${version}稿）` : ''}：`;
    return [head, ...(text ? [text] : []), ...(files.length > 0 ? [`所附材料${files.length}份随后发来。`] : [])].join(
      '\n',
    );
  },
  notify: (outcome) =>
    outcome.kind === 'shown'
      ? outcome.files.map((file) => ({
          ...{ to: outcome.to, text: '' },
          paper: {
            kind: isShownAsPicture(file.type) ? 'image' : 'file',
            ...{ drawnBy: 'material', name: nameOf(file), facts: { hash: file.hash } },
          },
        }))
      : [],
});
