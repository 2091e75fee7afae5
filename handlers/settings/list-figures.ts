import { z } from 'zod';
import { dateInWords, dayOf } from '#bot/calendar.ts';
import { FIGURE_KEYS, FIGURES, figureAt } from '#bot/domain/figures.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';

type Shown = Outcome & { kind: 'shown'; lines: string[] };

const LIST =
  /^\s*(?:请|帮我|我要)?(?:查看?|看看?|列出?|查询)?(?:一下)?(?:现在的|目前的?|当前的?)?(?:(?:有哪些)?数值设置(?:有哪些|历史|情况)?|免学(?:的)?(?:工作日)?(?:标准|天数|界线)(?:历史|变更记录)?|(?:每周)?集中学习(?:的)?最少工作日(?:数|天数)?|一周几个工作日(?:才)?(?:要|须)集中学习|(?:月度|每月)?(?:台账|总结)?(?:上报|报送)截止时间)(?:是多少|是几天|是什么|多少|几天|(?:是)?几[点时]|怎么定的|现在是几天)?[?？。！!]?\s*$/;

/** 查数值设置: the figures the office may change, what they are, and who changed them when (R13). */
export default defineHandler({
  name: 'setting.figures',
  title: '查数值设置',
  examples: [
    ...['数值设置', '看看数值设置', '查一下数值设置', '数值设置有哪些', '数值设置历史', '免学标准', '免学标准是几天'],
    ...['现在的免学标准是多少', '查免学标准', '免学的工作日标准是什么', '免学标准怎么定的', '免学天数是多少'],
    ...['集中学习最少工作日是几天', '每周集中学习最少工作日', '一周几个工作日才要集中学习', '月度上报截止时间是几点'],
  ],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [LIST],
  meant: (clause) => (cue(clause, LIST) ? act(clause, 3, {}) : null),

  async execute({ message, world, tx }): Promise<Shown> {
    const changes = await tx.setting.findMany({ where: { key: { in: FIGURE_KEYS } }, orderBy: { id: 'asc' } });
    const lines = FIGURE_KEYS.flatMap((key) => {
      const { name, measure, says, usual } = FIGURES[key];
      const own = changes.filter((one) => one.key === key && one.closedAt === null);
      const now = figureAt(key, own, message.sentAt);
      return [
        `${name}：${now}${measure}（${says(now)}${own.length === 0 ? '，未改过' : `，原为${usual}${measure}`}）。`,
        ...own.map(({ value, byId, at }) => {
          const by = world.members.find(({ id }) => id === byId)?.name ?? '已离任人员';
          return `· ${dateInWords(dayOf(at))}${by}改为${value}${measure}`;
        }),
      ];
    });
    return { kind: 'shown', changed: false, lines };
  },

  reply: ({ lines }) => ['数值设置，可由活动办改动：', ...lines].join('\n'),
});
