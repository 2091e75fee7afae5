import { z } from 'zod';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone } from '#bot/permission.ts';
import { topicsStudied } from '#bot/store/topics.ts';

type Shown = Outcome & { kind: 'shown'; topics: { id: number; title: string; kind: string; times: number }[] };

const LISTS = verbose`
  ^\s*(?:请|帮我)?(?:查|查看|看|看看|列|列出)?(?:一下)?(?:
      学习内容(?:库|清单|目录|列表)? | 学习主题(?:库|清单)? | 学什么
      | (?:还有)?(?:哪些|什么)(?:学习)?(?:内容|主题)(?:还)?(?:没|未)(?:有)?学(?:过)?
    )(?:有哪些)?[?？。！]?\s*$
`;

/** 学习内容: the library by class, with how often each topic was studied (R10). */
export default defineHandler({
  name: 'query.topics',
  title: '学习内容',
  examples: ['学习内容'],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [LISTS],
  meant: (clause) => (cue(clause, LISTS) ? act(clause, 2.6, {}) : null),

  execute: async ({ message, tx }): Promise<Shown> => ({
    ...{ kind: 'shown', changed: false },
    topics: await topicsStudied(tx, message.sentAt),
  }),

  reply({ topics }) {
    if (topics.length === 0) return '学习内容库还没有导入，请联系活动办。';
    const kinds = [...new Set(topics.map(({ kind }) => kind))];
    const lines = kinds.map((kind) => {
      const own = topics.filter((topic) => topic.kind === kind);
      return `${kind}：${own.map(({ id, title, times }) => `${id}${title.startsWith('《') ? '' : ' '}${title}${times > 0 ? `（${times}次）` : '（未学）'}`).join('，')}。`;
    });
    const studied = topics.filter(({ times }) => times > 0).length;
    return [`学习内容共${topics.length}项，已学${studied}项。`, ...lines, '查一项请发“学习内容5”这样的编号。'].join(
      '\n',
    );
  },
  inGroup: ({ topics }) => `学习内容共${topics.length}项，已学${topics.filter(({ times }) => times > 0).length}项。`,
});
