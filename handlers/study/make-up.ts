import { z } from 'zod';
import { sessionName } from '#bot/domain/session-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, sessionMeant } from '#bot/language/evidence.ts';
import { sessionCoded } from '#bot/language/study.ts';
import { anyone } from '#bot/permission.ts';
import { attendancesOf } from '#bot/store/attendance.ts';

type MadeUp = Outcome & { name: string } & (
    | { kind: 'made-up'; words: number; again: boolean }
    | { kind: 'attended' | 'not-over' | 'not-expected' | 'empty' }
  );

const MAKES_UP =
  /^\s*(?:登记|我来)?补学(?:了|完了?|要点|内容)?(?=[:：\s，,《“"A-Za-z\d]|昨|前|上|周|星期|\d|$)[:：\s，,]*/;
const NOT = /怎么|如何|谁|哪|没补|名单|情况|几|多少|[?？]\s*$|安排|组织|通知|提醒|打算|准备/;
const FEWEST_WORDS = 4;

/** 补学: whoever missed a session learns its material and says what it was about (R17). */
export default defineHandler({
  name: 'study.makeup',
  title: '补学',
  examples: ['补学 S0507 轻车简从从我做起，下基层不打招呼'],
  input: z.object({ session: z.string(), text: z.string() }),
  allow: anyone,

  over: 'message',
  cues: [MAKES_UP],
  meant(clause) {
    const match = MAKES_UP.exec(clause.text);
    if (!match || clause.reading.chat !== 'direct' || NOT.test(clause.text.slice(0, 16))) return null;
    const coded = sessionCoded(clause);
    const meant = coded ? { one: coded } : sessionMeant(clause, false);
    const [last] = clause.reading.lexicon.sessions.all.filter(({ to }) => to <= clause.reading.now.getTime()).slice(-1);
    const fit = meant ?? (last && { one: last });
    if (!fit) return ask(clause, 3, '近期没有学习场次。请写成“补学 场次 学习要点”，场次见补学提醒。');
    if (!('one' in fit))
      return ask(
        clause,
        3,
        '您补学的是哪一场？',
        fit.several.slice(0, 4).map(({ code, topic }) => ({ label: `《${topic}》`, input: { session: code } })),
      );
    const code = fit.one.code;
    const text = clause.said
      .slice(match[0].length)
      .replace(new RegExp(code, 'i'), '')
      .replace(`《${fit.one.topic}》`, '')
      .replace(/^[\s，,:：的学习那场]+/, '')
      .trim();
    // The topic alone says which session, not what was learnt.
    return act(clause, 3, { session: code, text: fit.one.topic.includes(text) ? '' : text });
  },

  async execute({ input, actor, message, tx }): Promise<MadeUp> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const name = sessionName(session);
    if (message.sentAt < session.end) return { kind: 'not-over', changed: false, name };
    const found = (await attendancesOf(tx, session)).expected.find(({ id }) => id === actor.id);
    if (!found) return { kind: 'not-expected', changed: false, name };
    if (found.status === 'present' || found.status === 'late') return { kind: 'attended', changed: false, name };
    const words = input.text.replace(/[\s\p{P}]/gu, '').length;
    if (words < FEWEST_WORDS) return { kind: 'empty', changed: false, name };
    const place = { sessionCode: session.code, personId: actor.id };
    const again = (await tx.makeUp.count({ where: { ...place, undoneAt: null } })) > 0;
    const { id } = await tx.makeUp.create({
      data: { ...place, text: input.text, at: message.sentAt, inboxKey: message.key },
    });
    return { kind: 'made-up', changed: true, memo: { id }, name, words, again };
  },

  reply(outcome) {
    const { name } = outcome;
    switch (outcome.kind) {
      case 'made-up':
        return `已登记补学${outcome.again ? '（补充）' : ''}：${name}，要点${outcome.words}字。${TAKE_BACK}`;
      case 'attended':
        return `您已参加${name}，不必补学。`;
      case 'not-over':
        return `没有登记：${name}还没有结束，请按时参加。`;
      case 'not-expected':
        return `没有登记：您不在${name}的应到范围。自己学习请发“自学40分钟八项规定”。`;
      case 'empty':
        return `没有登记：请写上学习要点，如“补学 ${name} 轻车简从从我做起”。`;
    }
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.makeUp.updateMany({ where: { id, undoneAt: null }, data: { undoneAt: message.sentAt } });
    return count === 1;
  },
});
