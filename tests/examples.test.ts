import { describe, expect, test } from 'vitest';
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

    expect(understanding).toMatchObject({ outcome: 'act', commands: [{ handler: { name } }] });
  });
});
