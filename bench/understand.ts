import '#bot/engine.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lexiconOf } from '#bot/language/lexicon.ts';
import type { Said, World } from '#bot/language/reading.ts';
import { understand } from '#bot/language/understand.ts';
import * as handlers from '#handlers/index.ts';
import { BAD_TEXTS } from '../tests/support/bad-texts.ts';
import { type Figure, lineOf } from './figure.ts';
import { percentile } from './load.ts';
import { heapMb, spentMs } from './usage.ts';

const folder = path.resolve(import.meta.dirname, '../tests/language');
const capabilities = Object.values(handlers);

const world = (): World => ({
  enterprises: [],
  ...JSON.parse(readFileSync(path.join(folder, 'fixture.json'), 'utf8')),
});

/** Every labelled message of the sample bureau, as it was said. */
const messages = (of: World): Said[] =>
  ['shared-b', 'shared-c', 'shared-f', 'shared-g', 'own-a', 'own-b'].flatMap((set) =>
    readFileSync(path.join(folder, `labels/${set}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .flatMap((line): Said[] => {
        const { from, chat, now, text } = JSON.parse(line);
        const speaker = of.members.find(({ id }) => id === from);
        return speaker ? [{ text, speaker, chat, now: new Date(now) }] : [];
      }),
  );

const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤',
];
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国海燕文博志远晓东梅婷鹏飞宇欣雨晨佳琪子轩浩然思源立新春生',
];
const ACTS = [...'推进开展完成建设编制修订实施组织落实规范优化提升培育引进搭建清理整治核查'.matchAll(/../g)].map(
  ([one]) => one,
);
const PLACES = [...'城东城西城南城北高铁滨河老城新区开发产业南湖北岭东关西街中原沿黄引黄山前'.matchAll(/../g)].map(
  ([one]) => one,
);
const THINGS =
  '污水管网 雨污分流 农贸市场 口袋公园 健身步道 公交站台 智慧停车 供热管道 老旧电梯 危房改造 学校食堂 医联体 养老驿站 托育机构 文化广场 图书分馆 非遗展厅 博物馆藏 河道清淤 堤防加固 水库除险 灌区改造 高标准农田 粮食仓储 冷链物流 跨境电商 直播基地 专利导航 技术合同 科普基地 孵化载体 中试平台 数据中台 一网通办 电子证照 信用修复 招商推介 项目用地 环评审批 扬尘治理 秸秆禁烧 噪声监测 固废处置 光伏屋顶 充电设施 燃气安全 消防通道 应急演练 地质灾害 森林防火 矿山修复 湿地保护'.split(
    ' ',
  );
const KINDS = '工程 行动 试点 平台 方案 机制 台账 示范点 服务站 项目库 名录 清单 标准 规程'.split(' ');
const UNITS = ['个', '家', '项', '处', '公里', '万元', '亩', '场次'];

/** Some numbers after another, always the same ones. */
function* numbers(): Generator<number> {
  for (let state = 20130514; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield state / 2147483648;
  }
}

/** The sample bureau grown to a ministry: many people of few names, many works of like titles. */
function grown(people: number, items: number): World {
  const of = world();
  const stream = numbers();
  const pick = <T>(list: readonly T[]): T => list[Math.floor((stream.next().value ?? 0) * list.length)] as T;
  const leaders = of.members.filter(({ roles }) => roles.includes('leader')).map(({ id }) => id);
  for (let n = of.departments.length; n < 200; n++)
    of.departments.push({
      ...{ code: `DW${n}`, name: `${pick(PLACES)}${pick(THINGS)}${n}科`, aliases: [], leader: null, head: null },
    });
  for (let n = of.members.length; n < people; n++)
    of.members.push({
      ...{ id: `P${n}`, name: `${pick(SURNAMES)}${pick(GIVEN)}${n % 3 ? pick(GIVEN) : ''}` },
      ...{ department: pick(of.departments).code, title: '科员', roles: ['staff'] },
    });
  for (let n = of.ledger.length; n < items; n++) {
    const unit = n % 2 ? pick(UNITS) : null;
    const target = unit === null ? null : 1 + (n % 40);
    of.ledger.push({
      ...{ code: `X${Math.floor(n / 100)}-${n % 100}`, no: n + 1, target, unit },
      title: `${pick(ACTS)}${pick(PLACES)}${pick(THINGS)}${pick(KINDS)}${target ?? ''}${unit ?? ''}`,
      ...{
        department: pick(of.departments).code,
        leader: pick(leaders),
        owner: pick(of.members).id,
        deadline: '2013-09-30',
      },
    });
  }
  return of;
}

function tookMs(said: readonly Said[], of: World, rounds: number): number[] {
  const took: number[] = [];
  for (let round = 0; round < rounds; round++)
    for (const one of said) {
      const started = spentMs();
      understand(one, of, capabilities);
      took.push(spentMs() - started);
    }
  return took.sort((one, other) => one - other);
}

/** 理解: how long a message takes, the start takes, and what the office's words take of memory. */
export function measureUnderstanding(): Figure[] {
  const figures: Figure[] = [];
  for (const [name, of, mostMs] of [
    ['样例单位', world(), 3],
    ['五千人一万项', grown(5000, 10_000), 15],
  ] as const) {
    const said = messages(of);
    const [before, started] = [heapMb(), spentMs()];
    lexiconOf(of);
    figures.push({ name: `${name}：理解引擎启动`, value: spentMs() - started, unit: '毫秒', aim: { atMost: 200 } });
    tookMs(said, of, 1);
    figures.push({ name: `${name}：词库占用内存`, value: heapMb() - before, unit: 'MB', aim: { atMost: 60 } });
    const took = tookMs(said, of, 3);
    for (const share of [50, 95, 99]) {
      const figure = { name: `${name}：理解一条 p${share}`, value: percentile(took, share), unit: '毫秒' };
      figures.push(share === 95 ? { ...figure, aim: { atMost: mostMs } } : figure);
    }
    const bad = BAD_TEXTS.map((text) => tookMs([{ ...(said[0] as Said), text }], of, 3)[1] ?? 0);
    const worst = Math.max(...bad);
    figures.push({ name: `${name}：坏输入最慢`, value: worst, unit: '毫秒', aim: { atMost: 50 } });
  }
  return figures;
}

if (import.meta.url === `file://${process.argv[1]}`)
  for (const figure of measureUnderstanding()) console.log(lineOf(figure));
