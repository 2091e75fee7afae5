import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayOf } from '#bot/calendar.ts';
import { type Attendances, attend, countOf, type SignInFacts, type Status } from '#bot/domain/attendance.ts';
import type { LeaveFacts } from '#bot/domain/leave.ts';
import { placesOn } from '#bot/domain/people.ts';

const START = new Date('2013-05-14T08:30:00+08:00');
const DAY = dayOf(START);
const BEGUN = '2013-03-01';
const SESSION = { code: 'S1', start: START };
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const minute = (offset: number): Date => new Date(START.getTime() + offset * 60_000);

/** Anything that may be recorded about somebody around a session of unit A. */
type Fact = { personId: string } & (
  | { kind: 'post'; department: string; from: string }
  | { kind: 'left'; on: string }
  | { kind: 'leave'; leave: Omit<LeaveFacts, 'personId'> }
  | { kind: 'sign-in'; signIn: Omit<SignInFacts, 'personId'> }
  | { kind: 'correction'; id: number; status: Status; at: Date }
);

const who = fc.constantFrom(...NAMES);
const day = fc.constantFrom(-1, 0, 1).map((count) => addDays(DAY, count));
const leave = fc
  .record({
    sessionCode: fc.constantFrom('S1', 'S2', null),
    half: fc.constantFrom('am', 'pm', null),
    type: fc.constantFrom('business', 'sick', 'personal', null),
    // Granted before the start, in the minute of it, after it; refused; taken back; still waiting.
    decision: fc.oneof(
      fc.integer({ min: -600, max: 90 }).map((at) => ({ state: 'approved', decidedAt: minute(at) })),
      fc.constantFrom(
        { state: 'pending', decidedAt: null },
        { state: 'rejected', decidedAt: minute(-60) },
        { state: 'withdrawn', decidedAt: null },
      ),
    ),
    returnedAt: fc.option(fc.integer({ min: -300, max: 300 }).map(minute)),
    days: fc.tuple(day, day).map((both) => both.sort()),
  })
  .map(({ decision, days, ...rest }) => ({ ...rest, ...decision, fromOn: days[0] ?? DAY, toOn: days[1] ?? DAY }));
// On time, late, on paper (which counts from the start); perhaps left before the end.
const signIn = fc.record({
  at: fc.oneof(fc.integer({ min: -15, max: 120 }), fc.constant(0)).map(minute),
  how: fc.constantFrom('word', 'code', 'qr', 'card', 'paper'),
  leftAt: fc.option(fc.integer({ min: 10, max: 80 }).map(minute)),
});
const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({
    ...{ kind: fc.constant('post' as const), personId: who, department: fc.constantFrom('A', 'B') },
    from: fc.constantFrom(BEGUN, addDays(DAY, -1), DAY, addDays(DAY, 1)),
  }),
  fc.record({ kind: fc.constant('left' as const), personId: who, on: day }),
  fc.record({ kind: fc.constant('leave' as const), personId: who, leave }),
  fc.record({ kind: fc.constant('sign-in' as const), personId: who, signIn }),
  fc.record({
    ...{ kind: fc.constant('correction' as const), personId: who, id: fc.nat(), at: fc.nat(5).map(minute) },
    status: fc.constantFrom<Status>('present', 'late', 'leave', 'absent'),
  }),
);
/** One post of a person a day, one last day, each correction with a number of its own: what the record book holds. */
const history = fc.uniqueArray(fact, {
  minLength: 1,
  maxLength: 40,
  selector: (one) =>
    one.kind === 'post'
      ? `${one.personId} ${one.from}`
      : one.kind === 'left'
        ? one.personId
        : one.kind === 'correction'
          ? `no. ${one.id}`
          : one,
});
const shuffled = history.chain((facts) =>
  fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
);

/** 考勤 of unit A's session after these facts, told in this order. */
function after(facts: Fact[]): Attendances {
  const of = <K extends Fact['kind']>(kind: K) =>
    facts.filter((one): one is Extract<Fact, { kind: K }> => one.kind === kind);
  const serving = NAMES.map((id) => ({
    ...{ id, department: 'A', leftOn: of('left').find(({ personId }) => personId === id)?.on ?? null },
    posts: of('post').filter(({ personId }) => personId === id),
  }));
  const places = placesOn(DAY, serving, BEGUN);
  return attend({
    session: SESSION,
    expected: NAMES.filter((id) => places.get(id) === 'A'),
    signIns: of('sign-in').map(({ personId, signIn: one }) => ({ personId, ...one })),
    leaves: of('leave').map(({ personId, leave: one }) => ({ personId, ...one })),
    corrections: of('correction'),
  });
}

/** What of a result a sheet shows. */
const shown = ({ expected, observers }: Attendances) => ({
  observers,
  rows: expected.map(({ id, status, leaveType, grantedLater, signIn: one }) => [
    ...[id, status, leaveType, grantedLater],
    one?.at.getTime(),
  ]),
});
const statusOf = (facts: Fact[], id: string): Status | 'not expected' =>
  after(facts).expected.find((one) => one.id === id)?.status ?? 'not expected';

describe('考勤，无论发生过什么', () => {
  test('应到 = 实到 + 请假 + 缺席, with people coming, moving and leaving on the days around', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const result = after(facts);
        const sum = countOf(result, 'present', 'late') + countOf(result, 'leave') + countOf(result, 'absent');
        expect(sum).toBe(result.expected.length);
        expect(new Set(result.expected.map(({ id }) => id)).size).toBe(result.expected.length);
        expect(result.observers.filter((id) => result.expected.some((one) => one.id === id))).toEqual([]);
      }),
    );
  });

  test('the same facts told in any order give the same sheet', () => {
    fc.assert(
      fc.property(shuffled, ([facts, other]) => {
        expect(shown(after(other))).toEqual(shown(after(facts)));
      }),
    );
  });

  test('what is recorded of one person changes nothing for another', () => {
    fc.assert(
      fc.property(history, who, (facts, id) => {
        const own = facts.filter(({ personId }) => personId === id);
        expect(statusOf(facts, id)).toBe(statusOf(own, id));
      }),
    );
  });

  test('present only by signing in, on leave only if granted before the start and neither taken back nor ended, else corrected', () => {
    fc.assert(
      fc.property(history, (facts) => {
        for (const { id, status } of after(facts).expected) {
          const own = facts.filter(({ personId, kind }) => personId === id && kind !== 'post' && kind !== 'left');
          if (own.some(({ kind }) => kind === 'correction')) continue;
          const signs = own.flatMap((one) => (one.kind === 'sign-in' ? [one.signIn.at] : []));
          const inTime = own.some(
            (one) =>
              one.kind === 'leave' &&
              one.leave.state === 'approved' &&
              Number(one.leave.decidedAt) < START.getTime() &&
              !(one.leave.returnedAt && one.leave.returnedAt <= START) &&
              (one.leave.sessionCode === 'S1' ||
                (one.leave.sessionCode === null &&
                  one.leave.fromOn <= DAY &&
                  DAY <= one.leave.toOn &&
                  one.leave.half !== 'pm')),
          );
          const came = signs.some((at) => at < minute(1)) ? 'present' : 'late';
          expect(status).toBe(signs.length > 0 ? came : inTime ? 'leave' : 'absent');
        }
      }),
    );
  });

  test('the newest correction stands above everything, once the person is expected at all', () => {
    fc.assert(
      fc.property(history, (facts) => {
        for (const { id, status } of after(facts).expected) {
          const corrections = facts.flatMap((one) => (one.kind === 'correction' && one.personId === id ? [one] : []));
          const [newest] = corrections.sort((one, other) => +other.at - +one.at || other.id - one.id);
          if (newest) expect(status).toBe(newest.status);
        }
      }),
    );
  });

  test('these histories hold every kind of fact, each of which alone decides somebody’s row', () => {
    const decided = new Set<string>();
    const rows = new Set<string>();
    for (const facts of fc.sample(history, { numRuns: 400, seed: 14 })) {
      const before = shown(after(facts));
      for (const { status, grantedLater, leaveType, signIn: one } of after(facts).expected)
        rows.add([status, grantedLater && 'later', leaveType && 'typed', one?.leftAt && 'left'].filter(Boolean).join());
      for (const one of facts)
        if (JSON.stringify(shown(after(facts.filter((other) => other !== one)))) !== JSON.stringify(before))
          decided.add(one.kind);
    }

    expect([...decided].sort()).toEqual(['correction', 'leave', 'left', 'post', 'sign-in']);
    for (const row of ['present', 'late', 'leave', 'absent', 'absent,later', 'leave,typed', 'present,left'])
      expect(rows).toContain(row);
  });
});
