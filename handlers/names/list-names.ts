import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { meantInWords } from '#bot/store/synonym.ts';

const ASKS =
  /^\s*(?:请)?(?:看看?|查看?|列一?下|列出)?(?:现在|目前)?(?:都)?(?:有哪些|有什么|所有|全部|设了哪些|设定的)?的?叫法(?:有哪些|都有啥|列一?下|清单)?[?？。!！\s]*$/;
const MOST = 40;

/** 有哪些叫法: the words the office added, and what it has yet to decide (G2). */
export default defineHandler({
  name: 'name.list',
  title: '查看叫法',
  examples: ['有哪些叫法'],
  input: z.object({}),
  reads: true,
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },
  over: 'message',
  cues: [ASKS],
  meant(clause) {
    const span = cue(clause, ASKS);
    return span ? act(span, 2.9, {}) : null;
  },
  async execute({ world, tx }) {
    const known = await tx.synonym.findMany({
      where: { state: { in: ['confirmed', 'asked'] } },
      orderBy: { id: 'asc' },
    });
    const unit = (code: string): string => world.departments.find((one) => one.code === code)?.name ?? '';
    return {
      ...{ kind: 'shown', changed: false },
      names: known.map(({ word, departmentCode, state, ...one }) => ({
        ...{ word, by: unit(departmentCode), meant: meantInWords(one, world), waits: state === 'asked' },
      })),
    };
  },
  reply({ names }) {
    if (names.length === 0) return '还没有设定叫法。可以说“以后“小巨人”就是K3-1”。';
    const lines = names
      .slice(0, MOST)
      .map(({ word, by, meant, waits }) => `· “${word}”${by ? `（${by}）` : ''}指${meant}${waits ? '，待您决定' : ''}`);
    const more = names.length > MOST ? [`另有${names.length - MOST}个，请导出查看。`] : [];
    return [`共${names.length}个叫法：`, ...lines, ...more].join('\n');
  },
});
