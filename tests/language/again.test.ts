import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { understandAgain } from '#bot/language/again.ts';
import { act } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { anyone } from '#bot/permission.ts';
import { bureau } from '../support/score.ts';

const TEXT = '甲乙';
const NOW = new Date('2013-05-14T14:50:00+08:00');

test('what one capability worked out of a speaker and left with the reading is another’s for that speaker alone', () => {
  const office = bureau('fixture.json');
  const kept = new WeakMap<Clause, string>();
  const nameOf = (clause: Clause): string => {
    const name = kept.get(clause) ?? clause.reading.speaker.name;
    kept.set(clause, name);
    return name;
  };
  const capabilities = [0, 1].map((at) =>
    defineHandler({
      ...{ name: `test.${at}`, title: '测试', examples: [], input: z.object({ name: z.string() }), allow: anyone },
      ...{ reads: true, over: 'message' },
      meant: (clause) => act({ start: at, end: at + 1 }, 2, { name: nameOf(clause) }),
      execute: async () => ({ kind: 'shown', changed: false }),
      reply: () => '',
    }),
  );

  for (const speaker of office.members.slice(0, 5)) {
    const understanding = understandAgain({ text: TEXT, speaker, now: NOW, chat: 'direct' }, office, capabilities);

    expect(understanding.outcome === 'act' && understanding.commands.map(({ input }) => input)).toEqual([
      { name: speaker.name },
      { name: speaker.name },
    ]);
  }
});
