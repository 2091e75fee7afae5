import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayOf } from '#bot/calendar.ts';
import { type AttendanceFacts, attend, countOf } from '#bot/domain/attendance.ts';
import { attendanceInWords } from '#bot/domain/attendance-words.ts';
import { placesOn } from '#bot/domain/people.ts';

const start = new Date('2013-05-14T08:30:00+08:00');
const session = { code: 'S1', start };
const day = dayOf(start);
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const minute = (offset: number): Date => new Date(start.getTime() + offset * 60_000);
const nobody: AttendanceFacts = { session, expected: ids, signIns: [], leaves: [], corrections: [] };

const who = fc.constantFrom(...ids, 'guest');
const moment = fc.integer({ min: -3000, max: 200 }).map(minute);
const signIn = fc.record({
  personId: who,
  at: fc.integer({ min: -15, max: 120 }).map(minute),
  how: fc.constant('word'),
});
const leave = fc.record({
  personId: who,
  sessionCode: fc.constantFrom('S1', 'S2', null),
  fromOn: fc.constantFrom(addDays(day, -1), day, addDays(day, 1)),
  toOn: fc.constantFrom(day, addDays(day, 1)),
  half: fc.constantFrom('am', 'pm', null),
  type: fc.constantFrom('business', 'sick', 'personal', null),
  state: fc.constantFrom('pending', 'approved', 'rejected', 'withdrawn'),
  decidedAt: fc.option(moment),
  returnedAt: fc.option(moment),
});
const correction = fc.record({
  personId: who,
  status: fc.constantFrom('present', 'late', 'leave', 'absent'),
  at: fc.integer({ min: 0, max: 5 }).map(minute),
});
const numbered = (all: { personId: string; status: string; at: Date }[]) => all.map((one, id) => ({ ...one, id }));
const history = fc
  .record({ signIns: fc.array(signIn), leaves: fc.array(leave), corrections: fc.array(correction).map(numbered) })
  .map((facts): AttendanceFacts => ({ ...nobody, ...facts }));

describe('考勤', () => {
  test('expected = present + late + leave + absent, whatever happened', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const result = attend(facts);
        const sum = countOf(result, 'present') + countOf(result, 'late') + countOf(result, 'leave');
        expect(sum + countOf(result, 'absent')).toBe(ids.length);
        expect(result.expected.map(({ id }) => id)).toEqual(ids);
      }),
    );
  });

  test('the same facts in any order give the same result', () => {
    const shuffled = history.chain((facts) =>
      fc.tuple(
        fc.constant(facts),
        fc.shuffledSubarray([...facts.signIns], { minLength: facts.signIns.length }),
        fc.shuffledSubarray([...facts.leaves], { minLength: facts.leaves.length }),
        fc.shuffledSubarray([...facts.corrections], { minLength: facts.corrections.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([facts, signIns, leaves, corrections]) => {
        const statuses = (result: ReturnType<typeof attend>) => [
          result.observers,
          result.expected.map(({ id, status, leaveType, grantedLater }) => [id, status, leaveType, grantedLater]),
        ];
        expect(statuses(attend({ ...facts, signIns, leaves, corrections }))).toEqual(statuses(attend(facts)));
      }),
    );
  });

  test('what is said twice counts once, and a guest changes no figure', () => {
    fc.assert(
      fc.property(history, (facts) => {
        const again = attend({ ...facts, signIns: [...facts.signIns, ...facts.signIns] });
        const withGuest = attend({
          ...facts,
          signIns: [...facts.signIns, { personId: 'guest', at: start, how: 'word' }],
        });
        expect(again.expected).toEqual(attend(facts).expected);
        expect(withGuest.expected).toEqual(attend(facts).expected);
      }),
    );
  });

  const granted = (personId: string, decidedAt: Date) => ({
    ...{ personId, sessionCode: 'S1', fromOn: day, toOn: day, half: null, type: 'sick' },
    ...{ state: 'approved', decidedAt, returnedAt: null },
  });

  test('granted a minute before the start it is leave; a minute after, an absence granted later', () => {
    const { expected } = attend({ ...nobody, leaves: [granted('a', minute(-1)), granted('b', minute(1))] });

    expect(expected[0]).toMatchObject({ status: 'leave', leaveType: 'sick', grantedLater: false });
    expect(expected[1]).toMatchObject({ status: 'absent', grantedLater: true });
  });

  test('a leave by days covers its sessions, half a day only that half, and 销假 ends it', () => {
    const days = { ...granted('a', minute(-60)), sessionCode: null };
    const status = (change: object) => attend({ ...nobody, leaves: [{ ...days, ...change }] }).expected[0]?.status;

    expect(status({ fromOn: addDays(day, -3), toOn: addDays(day, 3) })).toBe('leave');
    expect(status({ fromOn: addDays(day, 1), toOn: addDays(day, 3) })).toBe('absent');
    expect([status({ half: 'am' }), status({ half: 'pm' })]).toEqual(['leave', 'absent']);
    expect(status({ returnedAt: minute(-30) })).toBe('absent');
  });

  test('the figures are said in the fixed wording, kinds of leave in brackets', () => {
    const facts = {
      ...nobody,
      signIns: [{ personId: 'b', at: minute(5), how: 'word' }],
      leaves: [granted('a', minute(-9))],
    };

    expect(attendanceInWords(attend(facts))).toBe('应到6人，实到1人（迟到1人），请假1人（病假1人），缺席4人');
  });
});

describe('应到人员', () => {
  const person = (id: string, leftOn: string | null, ...posts: [string, string][]) => ({
    ...{ id, department: 'NOW', leftOn },
    posts: posts.map(([department, from]) => ({ department, from })),
  });

  test('joiners and leavers of the days around are told apart, and a move counts from its day', () => {
    const people = [
      person('there', null, ['A', '2013-03-01']),
      person('joins', null, ['A', '2013-05-15']),
      person('left', '2013-05-13', ['A', '2013-03-01']),
      person('leaves', '2013-05-14', ['A', '2013-03-01']),
      person('moves', null, ['A', '2013-03-01'], ['B', '2013-05-14']),
      person('unrecorded', null),
    ];

    expect([...placesOn('2013-05-14', people, '2013-03-01')]).toEqual([
      ['there', 'A'],
      ['leaves', 'A'],
      ['moves', 'B'],
      ['unrecorded', 'NOW'],
    ]);
    expect(placesOn('2013-02-01', people, '2013-03-01').get('there')).toBe('A');
  });
});
