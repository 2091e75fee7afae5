import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { latestOf, type Source, type StepField, sourceInWords } from './session-source.ts';
import { titled } from './session-words.ts';

/** What 四落实 is read from (R12). */
export interface Readiness {
  topic: string;
  material: string | null;
  speaker: string | null;
  /** 主持人 */
  host: string | null;
  venue: string;
  start: Date;
  end: Date;
  expected: number;
}

/** One of the four: settled or what it lacks, by whom, and piece by piece. */
export interface Tick {
  name: string;
  /** 「内容（学习材料）」; null where it is settled */
  lacks: string | null;
  /** who made it so, when; of several pieces the last one */
  source: string;
  /** what it consists of, each piece with its own source */
  pieces: string[];
}

/** 四落实 (N12): which of 内容、人员、场地、时间 are settled, what lacks, and who settled each (R12). */
export function ticksOf(session: Readiness, sources: readonly Source[] = []) {
  const { topic, material, speaker, host, venue, start, end, expected } = session;
  const by = (...fields: StepField[]): string => sourceInWords(latestOf(sources, ...fields));
  const piece = (words: string | null, none: string, ...fields: StepField[]): string =>
    words ? `${words}（${by(...fields)}）` : none;
  // Without a speaker whoever presides is enough.
  const person: StepField = speaker ? 'speaker' : 'host';
  const hours = `${dayInWords(dayOf(start))}${timeOf(start)}至${timeOf(end)}`;
  const ticks: Tick[] = [
    {
      ...{ name: '内容', lacks: topic && material ? null : '内容（学习材料）', source: by('topic', 'material') },
      pieces: [piece(topic && titled(topic), '主题未定', 'topic'), piece(material, '材料未定', 'material')],
    },
    {
      ...{ name: '人员', source: by('scope', person) },
      lacks: expected > 0 && (speaker || host) ? null : expected > 0 ? '人员（主讲人）' : '人员（应到范围）',
      pieces: [
        piece(expected > 0 ? `应到${expected}人` : null, '应到范围未定', 'scope'),
        piece(speaker ? `主讲人${speaker}` : host && `主持人${host}`, '主讲人未定', person),
      ],
    },
    {
      ...{ name: '场地', lacks: venue ? null : '场地', source: by('venue') },
      pieces: [piece(venue, '地点未定', 'venue')],
    },
    {
      name: '时间',
      lacks: end > start ? null : '时间',
      source: by('time'),
      pieces: [piece(hours, '时间未定', 'time')],
    },
  ];
  const lacks = ticks.flatMap((tick) => tick.lacks ?? []);
  return { settled: 4 - lacks.length, lacks, ticks };
}

/** 「四落实3/4，缺内容（学习材料）」 */
export const ticksInWords = ({ settled, lacks }: Pick<ReturnType<typeof ticksOf>, 'settled' | 'lacks'>): string =>
  `四落实${settled}/4${lacks.length > 0 ? `，缺${lacks.join('、')}` : ''}`;

/** 「✓场地：温静5月13日09:20安排」, one line a tick; what lacks has no source yet. */
export const tickLines = ({ ticks }: ReturnType<typeof ticksOf>): string[] =>
  ticks.map(({ name, lacks, source }) => (lacks === null ? `✓${name}：${source}` : `✗${name}：未落实`));

/** The same piece by piece, for whoever asks where it comes from. */
export const tickPieces = ({ ticks }: ReturnType<typeof ticksOf>): string[] =>
  ticks.map(({ name, lacks, pieces }) => `${lacks === null ? '✓' : '✗'}${name}：${pieces.join('；')}。`);
