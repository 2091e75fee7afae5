import { z } from 'zod';
import { dateInWords, dayOf } from '#bot/calendar.ts';
import { FIGURE_KEYS, FIGURES, figureAt, LIGHT_KEYS } from '#bot/domain/figures.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone } from '#bot/permission.ts';

type Shown = Outcome & { kind: 'shown'; lines: string[] };

const LIST = verbose`
  ^\s*(?:请|帮我|我要)?(?:查看?|看看?|列出?|查询)?(?:一下)?(?:现在的|目前的?|当前的?)?(?:
      (?:有哪些)?(?:数值)?设置(?:有哪些|历史|情况)? | 免学(?:的)?(?:工作日)?(?:标准|天数|界线)(?:历史|变更记录)?
      | (?:每周)?集中学习(?:的)?最少工作日(?:数|天数)? | 一周几个工作日(?:才)?(?:要|须)集中学习
      | (?:月度|每月)?(?:台账|总结)?(?:上报|报送)截止时间
    )(?:是多少|是几天|是什么|多少|几天|(?:是)?几[点时]|怎么定的|现在是几天)?[?？。！!]?\s*$
`;

const LIGHTS_LIST = verbose`
  ^\s*(?:请|帮我|我要)?(?:查看?|看看?|列出?|查询)?(?:一下)?(?:现在的|目前的?|当前的?)?(?:
      (?:(?:红黄绿?灯|[红黄]灯|亮灯)(?:的)?(?:亮灯)?(?:标准|规则|界线|门槛|阈值)|(?:临期|快到期)(?:的)?(?:天数|标准))
        (?:的?历史|变更记录)?(?:是多少|是什么|是几天|多少|几天|怎么定的|怎么算的?)?
      | (?:进度)?(?:落后|滞后)(?:多少|几)(?:个)?(?:百分点|点)?(?:才|就|会|算)?(?:亮|是|为)?[红黄]灯
      | (?:什么|哪种|哪些)(?:情况|时候|样的?)(?:下)?(?:才|会|就)?亮[红黄]灯 | 几天内到期(?:才|就|会)?(?:算临期|亮黄灯)
      | (?:红黄灯|[红黄]灯)怎么(?:算|定|判)的?
    )[?？。！!]?\s*$
`;
// What no figure changes.
const LIGHT_RULE = ['亮灯规则：逾期亮红灯，已验收亮蓝灯，待验收和按期推进亮绿灯，未报亮灰灯；活动办写明原因可设定。'];

/** 查数值设置: the figures the office may change, what they are, and who changed them when (R13, R43). */
export default defineHandler({
  name: 'setting.figures',
  title: '查数值设置',
  examples: [
    ...['数值设置', '看看数值设置', '查一下数值设置', '数值设置有哪些', '数值设置历史', '免学标准', '免学标准是几天'],
    ...['现在的免学标准是多少', '查免学标准', '免学的工作日标准是什么', '免学标准怎么定的', '免学天数是多少'],
    ...['集中学习最少工作日是几天', '每周集中学习最少工作日', '一周几个工作日才要集中学习', '月度上报截止时间是几点'],
    ...['亮灯标准', '黄灯标准是多少', '落后多少亮红灯', '临期天数是几天'],
  ],
  input: z.object({ keys: z.array(z.enum(FIGURE_KEYS)).optional() }),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [LIST, LIGHTS_LIST],
  meant(clause) {
    if (cue(clause, LIGHTS_LIST)) return act(clause, 3, { keys: [...LIGHT_KEYS] });
    return cue(clause, LIST) ? act(clause, 3, {}) : null;
  },

  async execute({ input, message, world, tx }): Promise<Shown> {
    const keys = input.keys ?? FIGURE_KEYS;
    const changes = await tx.setting.findMany({ where: { key: { in: keys } }, orderBy: { id: 'asc' } });
    const lines = keys.flatMap((key) => {
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
    return { kind: 'shown', changed: false, lines: input.keys ? [...LIGHT_RULE, ...lines] : lines };
  },

  reply: ({ lines }) => ['数值设置，可由活动办改动：', ...lines].join('\n'),
});
