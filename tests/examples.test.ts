import { describe, expect, test } from 'vitest';
import { offersTo } from '#bot/handler.ts';
import { understand } from '#bot/language/understand.ts';
import { bureau, capabilities } from './support/score.ts';

const world = bureau('fixture.json');
const now = new Date('2013-05-14T08:25+08:00');
const promises = capabilities.flatMap((handler) =>
  handler.examples.map((sentence) => ({ sentence, name: handler.name })),
);

describe('示例句', () => {
  test.each(promises)('$sentence means $name and nothing else', ({ sentence, name }) => {
    // The head of 计划财务科: an item of the own unit is at hand for every example.
    const speaker = world.members.find(({ id }) => id === 'U0401');
    if (!speaker) throw new Error('the sample bureau has this person');

    const understanding = understand({ text: sentence, speaker, now, chat: 'direct' }, world, capabilities);

    // 「高新科、成果科各报一份」 is two of the same.
    const meant = understanding.outcome === 'act' ? understanding.commands.map(({ handler }) => handler.name) : [];
    expect([...new Set(meant)]).toEqual([name]);
  });
});

test('what is looked for in every message starts at its head each time', () => {
  const kept = capabilities.filter(({ cues = [] }) => cues.some(({ global, sticky }) => global || sticky));

  expect(kept.map(({ name }) => name)).toEqual([]);
});

describe('随口可说', () => {
  const occasions = [
    ['fixture.json', '2013-05-14T08:25+08:00'],
    ['fixture.json', '2013-05-21T14:20+08:00'],
    ['fixture.json', '2013-06-25T16:00+08:00'],
    ['fixture.json', '2013-09-30T17:00+08:00'],
    ['second-bureau/fixture.json', '2026-05-12T08:50+08:00'],
    ['second-bureau/fixture.json', '2026-06-25T16:00+08:00'],
  ].map(([file = '', now = '']) => ({ file, now: new Date(now) }));

  test.each(occasions)('whatever $file offers anybody at $now means just that', ({ file, now }) => {
    const office = bureau(file);

    const wrong = office.members.flatMap((actor) =>
      offersTo({ actor, world: office, now }, capabilities).flatMap(({ title, sentence }) => {
        const understood = understand({ text: sentence, speaker: actor, now, chat: 'direct' }, office, capabilities);
        const meant = understood.outcome === 'act' ? understood.commands.map(({ handler }) => handler.title) : [];
        return meant.length === 1 && meant[0] === title
          ? []
          : [`${actor.name} ${sentence}: ${understood.outcome} ${meant}`];
      }),
    );

    expect(wrong).toEqual([]);
  });
});
