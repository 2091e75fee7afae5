import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const understandCommand = (args: string[], input: string) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'bot/understand.ts', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
  });
const said = { from: 'U0503', chat: 'direct', now: '2013-05-14T08:25:00+08:00' };

describe('understand 命令', () => {
  test('every line gets one line in its place, also what is empty, no JSON, incomplete or from a stranger', () => {
    const lines = [
      JSON.stringify({ id: 'a', ...said, text: '签到' }),
      '',
      '{bad',
      'null',
      JSON.stringify({ id: 'b', ...said, now: 'yesterday', text: '签到' }),
      JSON.stringify({ id: 'c', ...said, from: 'nobody', text: '签到' }),
      // A separator that JSON allows inside a string ends no line.
      JSON.stringify({ id: 'd', ...said, text: '3号台账\u2028进展怎么样了' }),
    ];

    const { stdout, stderr, status } = understandCommand(
      ['--fixture', 'tests/language/fixture.json'],
      lines.join('\n'),
    );

    expect(status).toBe(0);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { id: 'a', outcome: 'act', commands: [{ intent: 'attendance.sign_in', session: 'S0514' }] },
      { id: null, outcome: 'none' },
      { id: null, outcome: 'none' },
      { id: null, outcome: 'none' },
      { id: 'b', outcome: 'none' },
      { id: 'c', outcome: 'none' },
      { id: 'd', outcome: 'act', commands: [{ intent: 'query.item' }] },
    ]);
    expect(stderr).toContain('第3行不是 JSON');
    expect(stderr).not.toContain('at ');
  });

  test('without an office, or with an unknown option, it says how it is called', () => {
    const { stderr, status } = understandCommand([], '');

    expect(status).not.toBe(0);
    expect(stderr).toContain('--fixture');
  });
});
