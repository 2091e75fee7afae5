import { z } from 'zod';
import { clashOf, FIGURE_KEYS, FIGURES, type FigureKey, LIGHT_KEYS } from '#bot/domain/figures.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { FIGURES_SET, figureSaid } from '#bot/language/figure-set.ts';
import { has } from '#bot/permission.ts';
import { figureOf } from '#bot/store/figures.ts';

type Changed = Outcome & {
  kind: 'set' | 'same' | 'out-of-range' | 'clash';
  key: FigureKey;
  before: number;
  value: number;
  /** which other figure it does not go with */
  clash: string;
};

/** 数值设置: the office changes a figure the rules go by; what lies behind is judged by what held then (R13, R43, R45). */
export default defineHandler({
  name: 'setting.figure',
  title: '数值设置',
  examples: [
    ...[
      '每周工作日不足3天免学',
      '一周少于2个工作日的免学',
      '一周不满三个工作日的可以免学',
      '每周不到2天的就不用集中学习',
    ],
    ...['以后每周工作日低于3天的一律免学', '从下周起，一周不足两个工作日的免学', '每周满3个工作日就要集中学习'],
    ...[
      '一周有1个工作日就必须学习',
      '免学标准改为3天',
      '把免学标准调到1天',
      '免学的工作日标准设为2',
      '免学天数改成四天',
    ],
    '每季督查每个科室2次',
    ...['黄灯标准改为15个百分点', '落后40个百分点以上的亮红灯', '临期天数改为5天', '红灯标准恢复默认'],
    ...['月度上报截止时间改为18时', '台账上报截止改到每月28日下午6点', '上报截止时间恢复默认'],
    ...['集中学习最少工作日设为2天', '最少工作日改为3', '免学标准恢复默认', '免学标准改回2天'],
  ],
  input: z.object({ key: z.enum(FIGURE_KEYS), value: z.number() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: FIGURES_SET,
  meant(clause) {
    if (clause.reading.chat !== 'direct' || clause.mood.asks || clause.mood.hears) return null;
    const said = figureSaid(clause.text);
    if (!said) return null;
    const { key, value } = said;
    if (value !== undefined) return act(clause, 3.2, { key, value });
    return ask(clause, 3.2, `改为几${FIGURES[key].measure}？请写成“${FIGURES[key].example}”。`);
  },

  async execute({ input, actor, message, tx }): Promise<Changed> {
    const { key, value } = input;
    const at = message.sentAt;
    const before = await figureOf(tx, key, at);
    const { least, most } = FIGURES[key];
    if (!Number.isInteger(value) || value < least || value > most)
      return { kind: 'out-of-range', changed: false, key, before, value, clash: '' };
    if (value === before) return { kind: 'same', changed: false, key, before, value, clash: '' };
    const now = new Map<FigureKey, number>();
    for (const other of LIGHT_KEYS) now.set(other, await figureOf(tx, other, at));
    const clash = clashOf(key, value, (other) => now.get(other) ?? FIGURES[other].usual);
    if (clash) return { kind: 'clash', changed: false, key, before, value, clash };
    const { id } = await tx.setting.create({ data: { key, value: String(value), reason: '', byId: actor.id, at } });
    return { kind: 'set', changed: true, memo: { id }, key, before, value, clash: '' };
  },

  reply({ kind, key, before, value, clash }) {
    const { name, measure, least, most, example, from, says } = FIGURES[key];
    if (kind === 'out-of-range')
      return `没有改动：${name}应为${least}至${most}${measure}${Number.isInteger(value) ? '' : '的整数'}，请写成“${example}”。现在是${before}${measure}。`;
    if (kind === 'clash') return `没有改动：${clash}。`;
    if (kind === 'same') return `没有改动：${name}现在就是${before}${measure}（${says(before)}）。`;
    return `已改：${name}${before}→${value}${measure}，${says(value)}，${from}。${TAKE_BACK}`;
  },
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const where = { id, closedAt: null };
    return (await tx.setting.updateMany({ where, data: { closedAt: message.sentAt } })).count === 1;
  },
});
