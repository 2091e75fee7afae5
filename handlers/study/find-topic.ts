import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { topicSought } from '#bot/language/topics.ts';
import { anyone } from '#bot/permission.ts';
import { findTopics, type StudiedTopic } from '#bot/store/topics.ts';

type Found = Outcome & { kind: 'found'; said: string; topics: StudiedTopic[]; nearest: string[] };

const MOST = 10;
const MOST_SESSIONS = 5;

/** 查学习内容: one topic of the library with its material and when it was studied, or all that fit some words (R10). */
export default defineHandler({
  name: 'query.topic',
  title: '查学习内容',
  examples: [
    ...['学习内容5', '查学习内容5', '看看学习内容第5项', '学习内容第12项学过几次', '学习内容3号情况', '查看学习内容21'],
    ...['查学习内容 八项规定', '找学习内容 党章', '看一下学习内容 工作会议', '搜学习内容 廉政', '查学习内容库 九论'],
    ...[
      '学习内容里有没有党章',
      '学习内容中有没有关于反腐倡廉的内容',
      '学习内容库里有专利法吗',
      '《何平新九论》学过几次',
    ],
  ],
  input: z.object({ no: z.number().int().positive().optional(), title: z.string().optional() }),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [/学/],
  meant(clause) {
    const sought = topicSought(clause.text);
    return sought ? act(clause, 2.8, sought) : null;
  },

  async execute({ input, message, tx }): Promise<Found> {
    const { found, nearest } = await findTopics(tx, input, message.sentAt);
    const said = input.no === undefined ? `“${input.title}”` : `第${input.no}项`;
    return { kind: 'found', changed: false, said, topics: found, nearest };
  },

  reply({ said, topics, nearest }) {
    const [one, ...more] = topics;
    if (!one)
      return `学习内容库中没有${said}${nearest.length > 0 ? `，相近的有：${nearest.join('、')}` : ''}。请发“学习内容”查看全部。`;
    if (more.length > 0)
      return [
        `与${said}有关的学习内容${topics.length}项：`,
        ...topics.slice(0, MOST).map((topic) => `${lineOf(topic)}。`),
        ...(topics.length > MOST ? [`另有${topics.length - MOST}项。`] : []),
      ].join('\n');
    const times = one.sessions.slice(-MOST_SESSIONS).map(({ code, start }) => `${dayInWords(dayOf(start))}（${code}）`);
    const earlier = one.sessions.length > MOST_SESSIONS ? '最近几次：' : '';
    return `${lineOf(one)}。材料${one.material ? `：${one.material}` : '未定'}。${times.length > 0 ? `${earlier}${times.join('、')}。` : ''}`;
  },
  inGroup: ({ said, topics }) =>
    topics.length === 0
      ? `学习内容库中没有${said}。`
      : topics
          .slice(0, MOST)
          .map((topic) => `${lineOf(topic)}。`)
          .join('\n'),
});

const lineOf = ({ id, title, kind, sessions, removedAt }: StudiedTopic): string =>
  `${id}　${title}（${kind}），${sessions.length > 0 ? `已学${sessions.length}次` : '未学'}${removedAt ? '，已停用' : ''}`;
