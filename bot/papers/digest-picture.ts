import * as echarts from 'echarts';
import { LIGHT_WORDS, type Light } from '#bot/domain/light.ts';
import { monthInWords } from '#bot/domain/month.ts';
import { cutOffInWords, type MonthFacts, rate } from '#bot/domain/month-facts.ts';
import { FONTS, pngOf } from './picture.ts';

const WIDTH = 540;
const ZOOM = 2;
const ROW = 30;
const HEAD = 118;
const GAP = 78;
const LEFT = 132;
// Ink that is told apart on a phone in daylight; each bar says its number, the legend its word.
const COLOURS: Record<Light, string> = {
  red: '#d9363e',
  yellow: '#f2b01e',
  green: '#2f9e44',
  blue: '#3b7dd8',
  grey: '#a9afb8',
};
const ORDER: Light[] = ['red', 'yellow', 'green', 'blue', 'grey'];
const INK = '#1f2430';
const FAINT = '#667085';
const LONGEST_NAME = 8;

const cut = (name: string): string => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

/** 月报图 (R92): lights by unit, progress by task, study rate; words and numbers beside every colour, readable on a phone. */
export async function digestPicture(facts: MonthFacts): Promise<Buffer> {
  const unitsHeight = Math.max(1, facts.units.length) * ROW;
  const tasksHeight = Math.max(1, facts.tasks.length) * ROW;
  const unitsTop = HEAD + 70;
  const tasksTop = unitsTop + unitsHeight + GAP;
  const studyTop = tasksTop + tasksHeight + GAP;
  const height = studyTop + 92;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: FONTS, color: INK },
    title: [
      heading(`${monthInWords(facts.month)}工作亮灯图`, 18, 22, 'bold'),
      heading(`${cutOffInWords(facts)}　台账${facts.ledger.items}项`, 50, 13, 'normal', FAINT),
      heading(totals(facts), 74, 13, 'normal'),
      heading('各科室（单位）亮灯', unitsTop - 60, 16, 'bold'),
      heading('各项工作平均完成率', tasksTop - 34, 16, 'bold'),
      heading('集中学习到会率', studyTop - 34, 16, 'bold'),
    ],
    legend: { top: unitsTop - 34, left: 16, itemWidth: 14, itemHeight: 10, selectedMode: false, data: legend() },
    grid: [
      { left: LEFT, right: 24, top: unitsTop, height: unitsHeight },
      { left: LEFT, right: 136, top: tasksTop, height: tasksHeight },
      { left: LEFT, right: 136, top: studyTop, height: ROW },
    ],
    xAxis: [hiddenAxis(0), hiddenAxis(1, 100), hiddenAxis(2, 100)],
    yAxis: [
      names(
        0,
        facts.units.map(({ short }) => cut(short)),
      ),
      names(
        1,
        facts.tasks.map(({ name }) => cut(name)),
      ),
      names(2, ['本月']),
    ],
    series: [...unitBars(facts), taskBars(facts), studyBar(facts)],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return pngOf(svg, ZOOM);
}

const heading = (text: string, top: number, fontSize: number, fontWeight: string, color = INK) => ({
  ...{ text, top, left: 16, padding: 0 },
  textStyle: { fontSize, fontWeight, color, fontFamily: FONTS },
});

const totals = ({ lights }: MonthFacts): string =>
  ORDER.map((light) => `${LIGHT_WORDS[light]}${lights[light]}`).join('　');

const legend = () => ORDER.map((light) => ({ name: LIGHT_WORDS[light], itemStyle: { color: COLOURS[light] } }));

const hiddenAxis = (gridIndex: number, max?: number) => ({
  ...{ gridIndex, type: 'value', show: false, min: 0 },
  ...(max !== undefined && { max }),
});

const names = (gridIndex: number, data: string[]) => ({
  ...{ gridIndex, type: 'category', inverse: true, data },
  ...{ axisLine: { show: false }, axisTick: { show: false } },
  axisLabel: { color: INK, fontSize: 13, margin: 10, fontFamily: FONTS },
});

const unitBars = ({ units }: MonthFacts) =>
  ORDER.map((light) => ({
    ...{ type: 'bar', stack: 'lights', name: LIGHT_WORDS[light], xAxisIndex: 0, yAxisIndex: 0, barWidth: 18 },
    itemStyle: { color: COLOURS[light], borderColor: '#fff', borderWidth: 1 },
    label: {
      show: true,
      formatter: `${LIGHT_WORDS[light][0]}{c}`,
      color: light === 'yellow' ? INK : '#fff',
      fontSize: 12,
      fontFamily: FONTS,
    },
    data: units.map(({ lights }) => (lights[light] === 0 ? null : lights[light])),
  }));

const RAIL = { showBackground: true, backgroundStyle: { color: '#eef1f5' } };

const taskBars = ({ tasks }: MonthFacts) => ({
  ...{ type: 'bar', xAxisIndex: 1, yAxisIndex: 1, barWidth: 16, ...RAIL },
  itemStyle: { color: '#3b7dd8' },
  data: tasks.map(({ percent, told, items }) => ({
    value: percent ?? 0,
    label: beside(percent === null ? `未报（0/${items}项）` : `${percent}%（报${told}/${items}项）`),
  })),
});

const studyBar = ({ study }: MonthFacts) => {
  const share = study.expected === 0 ? 0 : (100 * study.came) / study.expected;
  const words = study.expected === 0 ? '本月没有集中学习' : rate(study.came, study.expected);
  return {
    ...{ type: 'bar', xAxisIndex: 2, yAxisIndex: 2, barWidth: 16, ...RAIL },
    itemStyle: { color: '#2f9e44' },
    data: [{ value: share, label: beside(words) }],
  };
};

/** The words stand at the right end of the rail, wherever the bar ends. */
const beside = (formatter: string) => ({
  ...{ show: true, position: [WIDTH - LEFT - 136 + 8, 2], formatter },
  ...{ color: INK, fontSize: 12, fontFamily: FONTS },
});
