import { describe, expect, test } from 'vitest';
import type { Handler } from '#bot/handler.ts';
import { mayMatch } from '#bot/language/pattern.ts';
import { type Reading, read, type World } from '#bot/language/reading.ts';
import { claimsBy } from '#bot/language/understand.ts';
import { bureau, capabilities, gates, labelsOf } from '../support/score.ts';

const cued = capabilities.filter(({ cues }) => cues !== undefined);

/** What a capability makes of a message though none of its cues may stand in it, by what it says. */
const missedIn = (reading: Reading): string[] =>
  cued
    .filter(({ cues = [] }) => !cues.some((one) => mayMatch(one, reading.raw)))
    .filter(({ cues: _, ...handler }) => claimsBy(handler as Handler, reading).length > 0)
    .map(({ name }) => `${name}: ${reading.said.text}`);

const readings = (labels: string, world: World): Reading[] =>
  labelsOf(labels).flatMap(({ from, chat, now, text }, index, all) => {
    const speaker = world.members.find(({ id }) => id === from);
    if (!speaker) throw new Error(`nobody is called ${from}`);
    // Two messages in one, and half of one: what is said seldom must not be missed either.
    const other = all[(index * 7 + 3) % all.length]?.text ?? '';
    const texts = [text, `${text}；${other}`, text.slice(Math.floor(text.length / 2))];
    return texts.map((one) => read({ text: one, speaker, chat, now: new Date(now) }, world));
  });

describe('a capability is asked only where one of its cues can stand', () => {
  test.each(gates)('$labels: it would have meant nothing elsewhere', { timeout: 120_000 }, ({ labels, fixture }) => {
    expect(readings(labels, bureau(fixture)).flatMap(missedIn)).toEqual([]);
  });

  test('cues leave most capabilities unasked', () => {
    const world = bureau('fixture.json');
    const shares = readings('labels/own-a.jsonl', world).map(
      ({ raw }) => cued.filter(({ cues = [] }) => cues.some((one) => mayMatch(one, raw))).length / cued.length,
    );

    expect(shares.reduce((sum, one) => sum + one, 0) / shares.length).toBeLessThan(0.25);
  });

  test('every cue finds what it would find anyway', () => {
    const texts = gates.flatMap(({ labels }) => labelsOf(labels).map(({ text }) => text));
    const patterns = cued
      .flatMap(({ cues = [] }) => cues)
      .map(({ source, flags }) => new RegExp(source, flags.replace('g', '')));
    const examples = capabilities.flatMap((one) => one.examples);

    expect(
      patterns.flatMap((one) => [...texts, ...examples].filter((text) => one.test(text) && !mayMatch(one, text))),
    ).toEqual([]);
  });
});
