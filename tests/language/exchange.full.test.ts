import { describe, expect, test } from 'vitest';
import { lexiconOf } from '#bot/language/lexicon.ts';
import { read, type Said, type World } from '#bot/language/reading.ts';
import type { Label } from '#bot/language/score.ts';
import { understand } from '#bot/language/understand.ts';
import { bureau, capabilities, gates, labelsOf } from '../support/score.ts';

/** Free words: whatever they are, they are what was said. */
const FREE = new Set(['note', 'reason', 'topic', 'text', 'venue', 'title']);
type Slots = Record<string, unknown>;
interface Case {
  label: Label;
  text: string;
  /** what a slot is afterwards that was this before */
  from: unknown;
  to: unknown;
}

const saidIn = (world: World, { from, chat, now }: Label, text: string): Said => {
  const speaker = world.members.find(({ id }) => id === from);
  if (!speaker) throw new Error(`nobody is called ${from}`);
  return { text, speaker, chat, now: new Date(now) };
};

function meaningOf(world: World, label: Label, text: string): [intent: string, slots: Slots][] | null {
  const result = understand(saidIn(world, label, text), world, capabilities);
  if (result.outcome !== 'act') return null;
  return result.commands.map(({ handler, input }) => [
    handler.name,
    Object.fromEntries(Object.entries(input as Slots).filter(([slot]) => !FREE.has(slot))),
  ]);
}

const replacedAt = (text: string, start: number, end: number, by: string): string =>
  text.slice(0, start) + by + text.slice(end);

/** Every thing a message names by its name or number, exchanged for others of its kind in the same office. */
function* exchanged(world: World, label: Label, index: number): Generator<Case> {
  const { message, said } = read(saidIn(world, label, label.text), world);
  const { text } = said;
  const some = <T>(all: readonly T[], count: number): T[] =>
    Array.from({ length: Math.min(count, all.length) }, (_, n) => all[(index + n) % all.length] as T);
  const [department, anotherDepartment] = message.departments.filter(({ how }) => how === 'name');
  if (department && !anotherDepartment)
    for (const other of some(world.departments, 14))
      yield {
        ...{ label, from: department.department.code, to: other.code },
        text: replacedAt(text, department.start, department.end, other.name),
      };
  const [item, anotherItem] = message.items.filter(({ how }) => how !== 'gist');
  const named = item && text.slice(item.start, item.end);
  // 「顺延五天」 counts from the item's own deadline, 「5/7」 holds its own target.
  if (
    item &&
    named &&
    !anotherItem &&
    item.items.length === 1 &&
    !/顺延|\d\/\d/.test(text) &&
    !alsoByTitle(world, label, text, item)
  )
    for (const other of some(world.ledger.filter(alike(item.items[0])), 16))
      yield {
        ...{ label, from: item.items[0]?.code, to: other.code },
        text: replacedAt(text, item.start, item.end, item.how === 'code' ? other.code : `${other.no}号台账`),
      };
  const [person, anotherPerson] = message.people.filter(({ how }) => how === 'name');
  const who = person?.people[0];
  // A person beside a work is named because it is theirs.
  if (
    person &&
    who &&
    !anotherPerson &&
    message.items.length === 0 &&
    !world.pending.leaves.some(({ member }) => member === who.id)
  )
    for (const other of some(world.members.filter(peerOf(who, label.from, world)), 12))
      yield { label, from: who.id, to: other.id, text: replacedAt(text, person.start, person.end, other.name) };
  for (const percent of [3, 7, 12, 35, 48, 66, 80, 95]) {
    const found = /(?<![\d.])(\d{1,2})%/.exec(text);
    if (found && !/由|从|提高|到/.test(text))
      yield {
        ...{ label, from: Number(found[1]), to: percent },
        text: replacedAt(text, found.index, found.index + found[0].length, `${percent}%`),
      };
  }
  for (const minutes of [15, 25, 50, 75, 110, 200]) {
    const found = /(?<![\d.])(\d{1,3})分钟/.exec(text);
    if (found && text.match(/分钟|小时/g)?.length === 1)
      yield {
        ...{ label, from: Number(found[1]), to: minutes },
        text: replacedAt(text, found.index, found.index + found[0].length, `${minutes}分钟`),
      };
  }
}

/** True if the words around the number name the same work: then another number contradicts them. */
const alsoByTitle = (
  world: World,
  label: Label,
  text: string,
  { start, end, items }: { start: number; end: number; items: World['ledger'] },
): boolean => {
  const { speaker } = saidIn(world, label, text);
  const rest = `${text.slice(0, start)}，${text.slice(end)}`;
  return lexiconOf(world)
    .items.namedIn(rest, speaker)
    .some((one) => one.items.some(({ code }) => code === items[0]?.code));
};

/** Works of one kind: with the same measure and owner's unit, figures and what is whose mean the same of them. */
const alike =
  (item: World['ledger'][number] | undefined) =>
  (other: World['ledger'][number]): boolean =>
    other.unit === item?.unit &&
    other.department === item.department &&
    other.owner === item.owner &&
    /[A-Z]/.test(other.code + item.code);

/** Colleagues who can stand for one another: not the speaker, no namesake by ear, as high and in the same unit or not. */
const peerOf =
  (who: World['members'][number], speaker: string, world: World) =>
  (other: World['members'][number]): boolean =>
    other.id !== speaker &&
    other.roles.join() === who.roles.join() &&
    !world.pending.leaves.some(({ member }) => member === other.id);

/** The meaning with one thing of the office exchanged; what depends on it (an item's own unit) is left open. */
const exchangedIn = (meaning: [string, Slots][], { from, to }: Case): string =>
  JSON.stringify(
    meaning.map(([intent, slots]) => [
      intent,
      Object.fromEntries(
        Object.entries(slots).map(([slot, value]) => [
          slot,
          value === from
            ? to
            : value === `department:${from}`
              ? `department:${to}`
              : value === `leader:${from}`
                ? `leader:${to}`
                : value,
        ]),
      ),
    ]),
  );

/** Ways to say the same; each exchanged sentence is said in some of them. */
const WAYS: ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
  (text) => `@创优助手 ${text}`,
  (text) => `您好，${text}`,
  (text) => `${text.replace(/[。！!]$/, '')}，谢谢`,
  (text) => `${text} 🙏`,
  (text) => text.replaceAll('，', ','),
  (text) => `\n${text}\n`,
];
/** Greetings and thanks change what a forwarded text or a list begins with. */
const keeps = (text: string): boolean => !/^\s*[【转@\d①一“]|\n|[“”]|^[\p{P}\p{S}]/u.test(text);

describe('换个单位、人、事项、数', () => {
  test('what people said, about another of the same office, in 10,000 ways, means the same of the other', () => {
    const wrong: string[] = [];
    let cases = 0;
    for (const gate of gates) {
      const world = bureau(gate.fixture);
      for (const [index, label] of labelsOf(gate.labels).entries()) {
        const before = meaningOf(world, label, label.text);
        if (!before) continue;
        const known = JSON.stringify(before);
        for (const one of exchanged(world, label, index)) {
          const isPerson = world.members.some(({ id }) => id === one.from);
          // A person beside a work is named because it is theirs.
          if (!known.includes(String(one.from)) || (isPerson && known.includes('"item"'))) continue;
          const wanted = exchangedIn(before, one);
          for (const way of keeps(one.text) ? WAYS : WAYS.slice(0, 1)) {
            cases += 1;
            const text = way(one.text);
            const after = meaningOf(world, label, text);
            const got = after && JSON.stringify(after);
            if (got !== wanted)
              wrong.push(`${label.id} ${label.text} → ${text}\n   wanted ${wanted}\n   got    ${got}`);
          }
        }
      }
    }

    expect(wrong.slice(0, 20)).toEqual([]);
    expect(cases).toBeGreaterThan(10_000);
  }, 120_000);
});
