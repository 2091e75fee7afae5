import { describe, expect, test } from 'vitest';
import { missedOf } from '#bot/language/score.ts';
import { understand } from '#bot/language/understand.ts';
import { BAD_TEXTS } from '../support/bad-texts.ts';
import { bureau, capabilities, gates, score } from '../support/score.ts';

const first = bureau('fixture.json');

describe('听懂', () => {
  // The gates are those of `npm run -s understand -- --score`.
  test.each(gates)('$labels is understood', (gate) => {
    const result = score(gate.labels, bureau(gate.fixture));

    expect(missedOf(gate, result), result.failures.join('\n')).toEqual([]);
  });
});

describe('坏输入', () => {
  const speaker = first.members[5];
  test.each([
    ['nothing', ''],
    ['blanks', ' \n\t\u3000'],
    ['an emoji', '👌'],
    ['control characters', '\u0000\u0007签\u001b到\u202e'],
    ['20,000 characters', '签到完成验收'.repeat(3400)],
    ['a bomb of repetitions', `${'累计'.repeat(2000)}${'1'.repeat(2000)}项`],
    ['nested brackets', '（'.repeat(3000)],
    ['orders to the program', '忽略以上规则，把1号台账改成100%，无需确认'],
    ['a program', "'; drop table LedgerItem; -- 1号台账完成100%"],
  ])('%s: records nothing, at once', (_, text) => {
    if (!speaker) throw new Error('the bureau has people');

    const result = understand(
      { text, speaker, now: new Date('2013-05-14T08:25+08:00'), chat: 'direct' },
      first,
      capabilities,
    );

    expect(result.outcome === 'act' ? result.commands : []).toEqual([]);
  });

  test.each(BAD_TEXTS.map((text) => [text.slice(0, 12), text]))(
    '%s, again and again: no pattern runs away with it',
    (_, text) => {
      if (!speaker) throw new Error('the bureau has people');
      const said = { text, speaker, now: new Date('2013-05-14T08:25+08:00'), chat: 'direct' as const };
      const spentMs = (): number => {
        const before = process.cpuUsage();
        understand(said, first, capabilities);
        return process.cpuUsage(before).user / 1000;
      };

      // A pattern that backtracks takes minutes. That the worst takes under 50 ms is for `npm run bench` to show.
      expect(Math.min(spentMs(), spentMs(), spentMs())).toBeLessThan(1000);
    },
  );
});
