import { expect, test } from 'vitest';
import { understandAgain } from '#bot/language/again.ts';
import type { Said } from '#bot/language/reading.ts';
import { type Understanding, understand } from '#bot/language/understand.ts';
import { bureau, capabilities, gates, labelsOf } from '../support/score.ts';

const world = bureau('fixture.json');
// In the order of what each would leave behind for the next: units, roles, people of one unit, all of it once more later.
const SPEAKERS = ['U0102', 'U0103', 'U0101', 'L02', 'L03', 'U0201'];
const INSTANTS = ['2013-05-14T14:50:00+08:00', '2013-05-14T14:50:01+08:00', '2013-05-14T18:10:00+08:00'];
const WORDS = [
  ...new Set(
    capabilities.flatMap(({ examples }) => (Array.isArray(examples) ? examples : Object.keys(examples)) as string[]),
  ),
].filter((words) => words.length <= 20);

const meant = (understanding: Understanding): unknown =>
  JSON.stringify(understanding, (key, value) => (key === 'handler' ? (value as { name: string }).name : value));

test('what was read once means the same as read anew, whoever says it and whenever', { timeout: 900_000 }, () => {
  const speakers = SPEAKERS.map((from) => world.members.find(({ id }) => id === from) ?? world.members[0]);
  const wrong: string[] = [];
  let again = 0;
  for (const text of WORDS)
    for (const chat of ['direct', 'group'] as const) {
      const before = new Set<Understanding>();
      for (const now of INSTANTS)
        for (const speaker of speakers) {
          if (!speaker) throw new Error('an empty bureau');
          const said: Said = { text, speaker, now: new Date(now), chat };
          const remembered = understandAgain(said, world, capabilities);
          again += before.has(remembered) ? 1 : 0;
          before.add(remembered);
          if (meant(remembered) !== meant(understand(said, world, capabilities)))
            wrong.push(`${text}, ${speaker.id} ${chat} at ${now}`);
        }
    }

  expect(wrong).toEqual([]);
  // It would also be so if nothing were ever remembered.
  expect(again).toBeGreaterThan(WORDS.length * 4);
});

const LATER_MS = 37 * 60_000;
// Thousands are read twice over.
const WITHIN_MS = 900_000;

test('so do the short messages of every label set, said by others after whoever said them first', {
  timeout: WITHIN_MS,
}, () => {
  const wrong: string[] = [];
  let compared = 0;
  for (const { labels, fixture } of gates) {
    const office = bureau(fixture);
    const [head, chief] = ['head', 'office'].map((role) => office.members.filter(({ roles }) => roles.includes(role)));
    for (const { text, from, now, chat } of labelsOf(labels).filter((one) => one.text.length <= 40)) {
      const [first, second, third] = [
        office.members.find(({ id }) => id === from),
        head?.find(({ id }) => id !== from),
        chief?.find(({ id }) => id !== from),
      ];
      if (!first || !second || !third) throw new Error(`${labels}: nobody else is there`);
      const later = new Date(new Date(now).getTime() + LATER_MS);
      // The first is read like any other.
      understandAgain({ text, speaker: first, now: new Date(now), chat }, office, capabilities);
      for (const said of [
        { text, speaker: second, now: new Date(now), chat },
        { text, speaker: third, now: later, chat },
      ]) {
        compared += 1;
        if (meant(understandAgain(said, office, capabilities)) !== meant(understand(said, office, capabilities)))
          wrong.push(`${text}, ${said.speaker.id} ${chat}`);
      }
    }
  }

  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(5000);
});
