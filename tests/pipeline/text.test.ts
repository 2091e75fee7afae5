import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitText } from '#bot/pipeline/text.ts';
import { openWorld } from '../support/world.ts';

const marked = /^（(\d+)\/(\d+)）/;
const joined = (parts: string[]): string => parts.map((part) => part.replace(marked, '')).join('');
const bytesOf = (parts: string[]): number => Math.max(...parts.map((part) => Buffer.byteLength(part)));

describe('长消息分段（R90、R92）', () => {
  test('whatever the text: parts of at most 2,048 bytes, numbered, and together the very same text', () => {
    const line = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 900 }), fc.constantFrom('台账'.repeat(600), '\n'));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        const parts = splitText(text);
        expect(bytesOf(parts)).toBeLessThanOrEqual(2048);
        if (parts.length === 1) {
          expect(parts).toEqual([text]);
          return;
        }
        expect(joined(parts)).toBe(text);
        expect(parts.map((part) => marked.exec(part)?.slice(1, 3).map(Number))).toEqual(
          parts.map((_, index) => [index + 1, parts.length]),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('it is cut at line ends; a line that is too long at the end of a sentence; never inside a character', () => {
    const rows = Array.from({ length: 120 }, (_, n) => `${n}号《新建市级重点实验室》推进中\n`);
    for (const part of splitText(rows.join(''))) expect(part.endsWith('推进中\n')).toBe(true);

    const sentences = splitText('本月工作按计划推进，下月继续抓好落实。'.repeat(60));
    for (const part of sentences) expect(part.endsWith('。')).toBe(true);

    const family = '👨‍👩‍👧‍👦';
    for (const part of splitText(family.repeat(200))) expect(part.replace(marked, '').replaceAll(family, '')).toBe('');

    // More marks on one character than a message has room for.
    const heaped = splitText(`e${'\u0301'.repeat(3000)}`);
    expect(bytesOf(heaped)).toBeLessThanOrEqual(2048);
  });

  test('a digest too long for one message reaches every group in numbered parts, none over the platform’s bytes', async () => {
    const world = await openWorld({ now: '2013-05-29T08:30:00+08:00' });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
    const whole = Array.from({ length: 90 }, (_, n) => `${n + 1}. 全局工作平稳推进，逾期事项请抓紧。`).join('\n');
    // Longer than a message to the bot may be, as the office's own words for it are kept.
    await world.says('U0702', '月报改为：五月份全局工作平稳推进，逾期事项请抓紧。');
    await world.db.client.digest.update({ where: { month: '2013-05' }, data: { editedText: whole } });
    await world.passUntil('2013-05-29T09:30:00+08:00');

    const parts = world.wecom.groups.filter((text) => marked.test(text));
    expect(parts).toHaveLength(Math.ceil(Buffer.byteLength(whole) / 2032));
    expect(bytesOf(parts)).toBeLessThanOrEqual(2048);
    expect(joined(parts)).toBe(whole);
  });

  test('a table too long for markdown is told in words instead of being cut', async () => {
    const env = { WECOM_GROUP_WEBHOOKS: '全局群=K1,负责人群=K2' };
    const world = await openWorld({ now: '2013-05-29T08:00:00+08:00', env });
    const units = Array.from({ length: 120 }, (_, n) => ({
      ...{ code: `D${n}`, name: `派出机构第${n}科室（单位）`, aliases: '[]', kind: '科室', rank: 10 + n },
    }));
    await world.db.client.department.createMany({ data: units });
    await world.passUntil('2013-05-29T09:30:00+08:00');

    const bodies = world.wecom.inGroups.map(({ body }) => JSON.stringify(body));
    expect(bodies.filter((body) => body.includes('markdown_v2'))).toEqual([]);
    const closing = world.wecom.groups.filter((text) => marked.test(text) && text.includes('派出机构'));
    expect(closing.length).toBeGreaterThan(1);
    expect(joined(closing)).toContain('派出机构第119科室（单位）');
    expect(bytesOf(world.wecom.groups)).toBeLessThanOrEqual(2048);
  });
});
