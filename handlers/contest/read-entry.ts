import { z } from 'zod';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { verbose } from '#bot/language/verbose.ts';
import { isShownAsPicture } from '#bot/materials/kind.ts';
import { anyone } from '#bot/permission.ts';
import { blanked, entriesOf, judgesOf, openContest } from '#bot/store/contest.ts';
import { filesOf } from '#bot/store/draft.ts';

interface Sheet {
  hash: string;
  name: string;
  kind: 'image' | 'file';
}
type Read = Outcome &
  (
    | { kind: 'read'; no: number; title: string; text: string; sheets: Sheet[]; to: string; scale: number }
    | { kind: 'none' | 'not-judge' | 'no-entry' | 'own' }
  );

const READS = verbose`
  ^\s*(?:请|帮我|我要|我想)?(?:看|查看|看看|读|阅读|打开|调阅|审阅|发)(?:一下|下|我)?(?:参评|参赛|待评)?作品\s*(?:第)?\s*
    (?<no>\d{1,3})\s*(?:号|篇)?(?:的?(?:全文|正文|原文|内容))?[。.!！]?\s*$
  | ^\s*(?:参评|参赛|待评)?作品\s*(?<of>\d{1,3})\s*(?:号)?的?(?:全文|正文|原文|内容)[。.!！]?\s*$
`;

/** 看作品: a judge reads one entry whole, words and pictures, and never whose it is (R24). */
export default defineHandler({
  name: 'contest.read',
  title: '看参评作品',
  examples: ['看作品1', '作品2全文'],
  input: z.object({ no: z.number() }),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [READS],
  meant(clause) {
    const found = READS.exec(clause.text)?.groups;
    const no = found?.['no'] ?? found?.['of'];
    return no && clause.reading.chat === 'direct' ? act(clause, 3, { no: Number(no) }) : null;
  },

  async execute({ input, actor, world, tx }): Promise<Read> {
    const contest = await openContest(tx);
    if (!contest) return { kind: 'none', changed: false };
    if (!judgesOf(contest).includes(actor.id)) return { kind: 'not-judge', changed: false };
    const entry = (await entriesOf(tx, contest)).find(({ no }) => no === input.no);
    if (!entry) return { kind: 'no-entry', changed: false };
    if (entry.personId === actor.id) return { kind: 'own', changed: false };
    const shown = (text: string) => blanked(text, entry.personId, world);
    const pictures = (await filesOf(tx, entry.draftId)).filter(({ text }) => text === '');
    return {
      ...{ kind: 'read', changed: false, no: entry.no, title: shown(entry.title), text: shown(entry.text) },
      // Under a name of ours: a file's own may say whose it is.
      sheets: pictures.map(({ hash, type }, index) => ({
        ...{ hash, name: `作品${entry.no}-${index + 1}.${type}` },
        kind: isShownAsPicture(type) ? 'image' : 'file',
      })),
      ...{ to: actor.id, scale: contest.scale },
    };
  },

  reply(outcome) {
    switch (outcome.kind) {
      case 'read': {
        const { no, title, text, sheets, scale } = outcome;
        const pictures = sheets.length > 0 ? [`照片${sheets.length}张随后发来。`] : [];
        return [
          ...[`作品${no}《${title}》`, ...(text ? [text] : []), ...pictures],
          `请发“评分 作品${no} ${Math.round(scale * 0.85)}分 评语”。`,
        ].join('\n');
      }
      case 'none':
        return '现在没有进行中的评比。';
      case 'not-judge':
        return '您不是这次评比的评委，作品在评比结束后公布。';
      case 'own':
        return '这是您自己的作品，不由您评分。';
      case 'no-entry':
        return '没有这个编号的作品。请发“待评作品”查看编号。';
    }
  },
  notify: (outcome) =>
    outcome.kind === 'read'
      ? outcome.sheets.map(({ kind, name, hash }) => ({
          ...{ to: outcome.to, text: '' },
          paper: { kind, drawnBy: 'material', name, facts: { hash } },
        }))
      : [],
});
