import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { World } from '#bot/language/reading.ts';
import { understand } from '#bot/language/understand.ts';
import { bureau, capabilities } from '../support/score.ts';

type Said = { from: string; chat: 'direct' | 'group'; now: string; text: string };

const first = bureau('fixture.json');
const second = bureau('second-bureau/fixture.json');
const messagesOf = (file: string): Said[] =>
  readFileSync(path.join(import.meta.dirname, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const SOURCES: [World, Said[]][] = [
  [
    first,
    ['shared-b', 'shared-c', 'shared-f', 'shared-g', 'own-a', 'own-b'].flatMap((set) =>
      messagesOf(`labels/${set}.jsonl`),
    ),
  ],
  [second, messagesOf('second-bureau/labels.jsonl')],
];

/** What was understood, without the free words. */
function meaning({ from, chat, now, text }: Said, world: World): string {
  const speaker = world.members.find(({ id }) => id === from);
  if (!speaker) throw new Error(`nobody is called ${from}`);
  const result = understand({ text, speaker, now: new Date(now), chat }, world, capabilities);
  if (result.outcome !== 'act') return result.outcome;
  return JSON.stringify(
    result.commands.map(({ handler, input }) => [
      handler.name,
      Object.entries(input as object).filter(
        ([slot]) => !['note', 'reason', 'topic', 'text', 'venue', 'kind_of'].includes(slot),
      ),
    ]),
  );
}

const wide = (text: string): string =>
  text.replace(/[0-9]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
/** Ways to say the same that change nothing. */
const SAME: [name: string, change: (text: string) => string][] = [
  ['full-width figures', wide],
  [
    'full-width letters and signs',
    (text) => text.replace(/[A-Za-z%-]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  ],
  ['blanks around', (text) => `  ${text} `],
  ['a line break at the end', (text) => `${text}\n`],
  ['thanks at the end', (text) => `${text.replace(/[。！!]$/, '')}，谢谢`],
  ['a full stop', (text) => (/[。！!？?，…\p{Emoji_Presentation}]$/u.test(text) ? text : `${text}。`)],
  ['no full stop', (text) => text.replace(/。$/, '')],
  ['half-width commas', (text) => text.replaceAll('，', ',')],
  ['half-width colons', (text) => text.replaceAll('：', ':')],
  ['a greeting', (text) => `您好，${text}`],
  ['the other spelling of 台账', (text) => text.replaceAll('台账', '台帐')],
  ['an emoji at the end', (text) => `${text}🙏`],
];

/** Greetings and thanks change what a forwarded text or a list begins with. */
const keeps = (text: string): boolean => !/^\s*[【转@\d①一“]|\n|[“”]|^[\p{P}\p{S}]/u.test(text);

describe('换个说法', () => {
  test.each(SAME)('%s: means the same', (_, change) => {
    const changed: string[] = [];
    let cases = 0;
    for (const [world, messages] of SOURCES)
      for (const message of messages.filter(({ text }) => keeps(text))) {
        cases += 1;
        const before = meaning(message, world);
        const text = change(message.text);
        const after = meaning({ ...message, text }, world);
        if (before !== after) changed.push(`${message.text} → ${text}\n    ${before}\n    ${after}`);
      }

    expect(cases).toBeGreaterThan(400);
    expect(changed).toEqual([]);
  });
});

/** Sentences in which one noun or figure of the office is exchanged, and what each must mean. */
function* exchanged(world: World): Generator<[by: string, text: string, intent: string, slots: object]> {
  const at = (list: readonly { id: string }[], index: number): string => list[index % list.length]?.id ?? '';
  const chief = world.members.find(({ roles }) => roles.includes('chief'))?.id ?? '';
  for (const [index, item] of world.ledger.entries()) {
    const by = item.owner ?? at(world.members, index);
    for (const percent of [5, 12, 37, 60, 85, 100]) {
      yield [by, `${item.no}号台账完成${percent}%`, 'ledger.progress', { item: item.code, percent }];
      yield [by, `${item.code}进度百分之${percent}`, 'ledger.progress', { item: item.code, percent }];
    }
    for (const [month, date] of [
      [9, 12],
      [10, 31],
      [11, 5],
      [12, 20],
    ])
      yield [
        by,
        `申请把${item.no}号台账延到${month}月${date}日`,
        'ledger.extend',
        {
          item: item.code,
          deadline: `${item.deadline.slice(0, 4)}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`,
        },
      ];
    yield [by, `${item.no}号台账申请验收`, 'ledger.complete', { item: item.code }];
    yield [chief, `${item.no}号台账验收通过`, 'ledger.accept', { item: item.code }];
    yield [chief, `${item.no}号台账退回，材料不全`, 'ledger.return', { item: item.code }];
    yield [chief, `催一下${item.no}号台账`, 'urge.send', { item: item.code }];
    yield [chief, `${item.no}号台账进展怎么样了`, 'query.item', { item: item.code }];
    if (item.target === null || item.unit === null) continue;
    for (const count of [2, 3, 7, 15, 48, 120]) {
      yield [by, `${item.no}号台账累计${count}${item.unit}`, 'ledger.progress', { item: item.code, quantity: count }];
      yield [
        by,
        `${item.no}号台账又新增${count}${item.unit}`,
        'ledger.progress',
        { item: item.code, increment: count },
      ];
      yield [
        by,
        `${item.code}新增${count}${item.unit}，累计${count + 9}${item.unit}`,
        'ledger.progress',
        { item: item.code, quantity: count + 9 },
      ];
    }
  }
  for (const department of world.departments)
    for (const name of [department.name, ...department.aliases]) {
      yield [chief, `催一下${name}`, 'urge.send', { department: department.code }];
      yield [
        chief,
        `${name}逾期的有哪些`,
        'query.ledger',
        { scope: `department:${department.code}`, status: 'overdue' },
      ];
      yield [
        chief,
        `交办${name}：6月20日前报材料清单`,
        'ledger.assign',
        { department: department.code, kind: 'assigned' },
      ];
      yield [chief, `点评${name}五月：抓得紧，成效好`, 'commentary.give', { department: department.code }];
      yield [
        chief,
        `互评 ${name} 台账95 效率90`,
        'review.score',
        { department: department.code, scores: { ledger: 95, efficiency: 90 } },
      ];
    }
  for (const person of world.members.filter(({ id }) => id !== chief))
    yield [chief, `催一下${person.name}`, 'urge.send', { member: person.id }];
  for (const enterprise of world.enterprises)
    for (const name of [enterprise.name, ...enterprise.aliases])
      yield [chief, `昨天走访了${name}，反映用工难`, 'liaison.visit', { enterprise: enterprise.code }];
  for (let minutes = 5; minutes <= 600; minutes += 5)
    yield [chief, `自学党章${minutes}分钟`, 'study.self', { minutes }];
}

describe('换个对象', () => {
  test.each([
    ['first', first, '2013-06-04T10:00:00+08:00'],
    ['second', second, '2026-06-04T10:00:00+08:00'],
  ] as const)(
    '%s bureau: every item, unit, person, enterprise and figure is understood in its place',
    (_, world, now) => {
      const wrong: string[] = [];
      let cases = 0;
      for (const [from, text, intent, slots] of exchanged(world))
        for (const [, change] of SAME.slice(0, 4)) {
          cases += 1;
          const speaker = world.members.find(({ id }) => id === from);
          if (!speaker) throw new Error(`nobody is called ${from}`);
          const result = understand(
            { text: change(text), speaker, now: new Date(now), chat: 'direct' },
            world,
            capabilities,
          );
          const [order, another] = result.outcome === 'act' ? result.commands : [];
          const input = (order?.input ?? {}) as Record<string, unknown>;
          const right =
            order?.handler.name === intent &&
            !another &&
            Object.entries(slots).every(([slot, value]) => JSON.stringify(input[slot]) === JSON.stringify(value));
          if (!right) wrong.push(`${text} → ${result.outcome} ${order?.handler.name} ${JSON.stringify(input)}`);
        }

      expect(cases).toBeGreaterThan(4000);
      expect(wrong).toEqual([]);
    },
  );
});
