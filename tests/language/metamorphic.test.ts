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
