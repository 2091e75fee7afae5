import { expect, test } from 'vitest';
import { understandAgain } from '#bot/language/again.ts';
import type { Said } from '#bot/language/reading.ts';
import { type Understanding, understand } from '#bot/language/understand.ts';
import { bureau, capabilities } from '../support/score.ts';

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

test('what was read once means the same as read anew, whoever says it and whenever', () => {
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
