import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { type Draft, draftName } from '#bot/domain/draft.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { draftOf } from '#bot/language/underway.ts';
import { materialsInWords } from '#bot/materials/kind.ts';
import { anyone, officeIds } from '#bot/permission.ts';
import { contestName, type Entry, enterContest, WHY_NOT_ENTERED, withdrawEntry } from '#bot/store/contest.ts';
import { filesOf, openDraft } from '#bot/store/draft.ts';
import { copyInWords, type KeptReflection, keepReflection } from '#bot/store/reflection.ts';

type Finished = Outcome &
  (
    | {
        kind: 'finished';
        draft: Draft;
        month: string;
        kept: KeptReflection;
        files: string;
        copy: string;
        office: string[];
      }
    | { kind: 'entered'; draft: Draft; entry: Entry; files: string }
    | { kind: 'not-entered'; why: string }
    | { kind: 'dropped'; draft: Draft }
    | { kind: 'empty' | 'none' | 'waiting' }
  );

/** 完成、放弃: ends a long text; finished it is handed in or entered whole (R22, R24). */
export default defineHandler({
  name: 'reflection.finish',
  title: '交心得体会',
  examples: [],
  input: z.object({ keep: z.boolean() }),
  allow: anyone,

  over: 'message',
  meant(clause) {
    const ends = /^\s*(?:写?完成?了?|完毕|写完了?|放弃|不写了)[。！!]?\s*$/.test(clause.text);
    if (!ends || clause.reading.chat !== 'direct' || !draftOf(clause)) return null;
    return act(clause, 6, { keep: !/放弃|不写/.test(clause.text) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Finished> {
    const draft = await openDraft(tx, actor.id);
    if (!draft) return { kind: 'none', changed: false };
    const { id, title, text } = draft;
    const at = message.sentAt;
    const close = () => tx.draft.update({ where: { id }, data: { closedAt: at } });
    if (!input.keep) {
      await close();
      return { kind: 'dropped', changed: true, memo: { draft: id }, draft };
    }
    const sent = await filesOf(tx, id);
    if (sent.some(({ state }) => state === 'waiting')) return { kind: 'waiting', changed: false };
    if (text.trim() === '' && sent.length === 0) return { kind: 'empty', changed: false };
    const files = materialsInWords(sent.filter((one) => one.text === ''));
    const common = { title, text, at, draftId: id };
    if (draft.kind === 'entry') {
      const entry = await enterContest(tx, actor.id, common);
      if (entry.kind !== 'entered') return { kind: 'not-entered', changed: false, why: WHY_NOT_ENTERED[entry.kind] };
      await close();
      return { kind: 'entered', changed: true, memo: { draft: id, entry: entry.id }, draft, entry, files };
    }
    const kept = await keepReflection(tx, actor, { ...common, inboxKey: message.key });
    await close();
    return {
      ...{
        kind: 'finished',
        changed: true,
        memo: { draft: id, reflection: kept.id },
        draft,
        month: monthOf(dayOf(at)),
      },
      ...{ kept, files, copy: copyInWords(kept, actor, title, world) },
      office: officeIds(world),
    };
  },

  reply(outcome) {
    switch (outcome.kind) {
      case 'finished': {
        const { draft, kept, files, month } = outcome;
        const version = kept.version > 1 ? `第${kept.version}稿，` : '';
        return `已收到心得体会${draftName(draft)}（${version}${kept.words}字${files ? `，原样保存${files}` : ''}），计入${monthInWords(month)}。十分钟内可发“撤销”继续修改。`;
      }
      case 'entered': {
        const { entry, files } = outcome;
        return `已参评${contestName(entry.contest)}：《${outcome.draft.title}》（${entry.words}字${files ? `，原样保存${files}` : ''}），评委看不到您的姓名。十分钟内可发“撤销”继续修改。`;
      }
      case 'not-entered':
        return `没有参评：${outcome.why}写好的正文还在，不交了发“放弃”。`;
      case 'dropped':
        return `已放弃${draftName(outcome.draft)}，没有提交。十分钟内可发“撤销”接着写。`;
      case 'waiting':
        return '您发的文件还在收取，请等收到回复后再发“完成”。';
      case 'empty':
        return '还没有正文。请先发来正文，再发“完成”。';
      case 'none':
        return '没有正在写的心得体会。';
    }
  },
  notify: (outcome) =>
    outcome.kind === 'finished' && outcome.copy ? outcome.office.map((to) => ({ to, text: outcome.copy })) : [],
  async undo(memo, { message, tx }) {
    const { draft, reflection, entry } = z
      .object({ draft: z.number(), reflection: z.number().nullish(), entry: z.number().nullish() })
      .parse(memo);
    if (entry && !(await withdrawEntry(tx, entry, message.sentAt))) return false;
    if (reflection) await tx.reflection.update({ where: { id: reflection }, data: { undoneAt: message.sentAt } });
    await tx.draft.update({ where: { id: draft }, data: { closedAt: null, startedAt: message.sentAt } });
    return true;
  },
});
