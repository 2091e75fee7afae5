import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { underwayOf } from '#bot/language/underway.ts';
import { anyone, has } from '#bot/permission.ts';
import { type KeptReflection, keepReflection } from '#bot/store/reflection.ts';

type Finished = Outcome &
  (
    | {
        kind: 'finished';
        title: string;
        month: string;
        kept: KeptReflection;
        name: string;
        other: string;
        office: string[];
      }
    | { kind: 'dropped'; title: string }
    | { kind: 'empty' | 'none' }
  );

/** 完成、放弃: ends a long text; finished it is handed in whole (R22). */
export default defineHandler({
  name: 'reflection.finish',
  title: '交心得体会',
  examples: [],
  input: z.object({ keep: z.boolean() }),
  allow: anyone,

  over: 'message',
  meant(clause) {
    const ends = /^\s*(?:写?完成?了?|完毕|写完了?|放弃|不写了)[。！!]?\s*$/.test(clause.text);
    if (!ends || clause.reading.chat !== 'direct' || !underwayOf(clause, 'reflection')) return null;
    return act(clause, 6, { keep: !/放弃|不写/.test(clause.text) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Finished> {
    const draft = await tx.draft.findFirst({ where: { personId: actor.id, closedAt: null }, orderBy: { id: 'desc' } });
    if (!draft) return { kind: 'none', changed: false };
    const { id, title, text } = draft;
    if (input.keep && text.trim() === '') return { kind: 'empty', changed: false };
    const at = message.sentAt;
    await tx.draft.update({ where: { id }, data: { closedAt: at } });
    if (!input.keep) return { kind: 'dropped', changed: true, memo: { draft: id, reflection: null }, title };
    const kept = await keepReflection(tx, actor, { title, text, at, inboxKey: message.key });
    const office = world.members.filter((member) => has(member, 'office')).map((one) => one.id);
    const other = world.members.find((one) => one.id === kept.copyOf?.personId)?.name ?? '';
    const memo = { draft: id, reflection: kept.id };
    return {
      kind: 'finished',
      changed: true,
      memo,
      title,
      month: monthOf(dayOf(at)),
      kept,
      name: actor.name,
      other,
      office,
    };
  },

  reply(outcome) {
    if (outcome.kind === 'finished')
      return `已收到心得体会《${outcome.title}》（${outcome.kept.words}字），计入${monthInWords(outcome.month)}。十分钟内可发“撤销”继续修改。`;
    if (outcome.kind === 'dropped') return `已放弃《${outcome.title}》，没有提交。十分钟内可发“撤销”接着写。`;
    return outcome.kind === 'empty' ? '还没有正文。请先发来正文，再发“完成”。' : '没有正在写的心得体会。';
  },
  notify: (outcome) =>
    outcome.kind === 'finished' && outcome.kept.copyOf
      ? outcome.office.map((to) => ({
          to,
          text: `${outcome.name}的心得体会《${outcome.title}》与${outcome.other}的相似${(100 * (outcome.kept.copyOf?.share ?? 0)).toFixed(1)}%，请核对。此消息只发活动办。`,
        }))
      : [],
  async undo(memo, { message, tx }) {
    const { draft, reflection } = z.object({ draft: z.number(), reflection: z.number().nullable() }).parse(memo);
    if (reflection !== null)
      await tx.reflection.update({ where: { id: reflection }, data: { undoneAt: message.sentAt } });
    await tx.draft.update({ where: { id: draft }, data: { closedAt: null, startedAt: message.sentAt } });
    return true;
  },
});
