import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { understand } from '#bot/language/understand.ts';
import * as handlers from '#handlers/index.ts';
import { bureau } from '../support/score.ts';

const world = bureau('fixture.json');
const now = new Date('2013-05-14T08:25:00+08:00');
const groups = readFileSync(path.join(import.meta.dirname, 'records-nothing.txt'), 'utf8')
  .split(/^# /m)
  .slice(1)
  .map((group) => group.trim().split('\n'))
  .map(([title = '', ...lines]) => ({ title, lines: lines.filter((line) => line.trim() !== '') }));

/** What is written at once for a sentence, `who words`; nothing where it is asked about, only looked at or left alone. */
function written(line: string): string[] {
  const [id = ''] = line.split(' ', 1);
  const speaker = world.members.find((member) => member.id === id);
  if (!speaker) throw new Error(`nobody is called ${id}`);
  const text = line.slice(id.length + 1);
  const meant = understand({ text, speaker, now, chat: 'direct' }, world, Object.values(handlers));
  const writes = meant.outcome === 'act' ? meant.commands.filter(({ handler }) => !handler.reads) : [];
  return writes.map(({ handler, input }) => `${text} → ${handler.name} ${JSON.stringify(input)}`);
}

describe('什么都不记', () => {
  test.each(groups)('$title', ({ lines }) => {
    expect(lines.flatMap(written)).toEqual([]);
  });
});
