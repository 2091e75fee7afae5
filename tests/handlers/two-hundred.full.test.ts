import { describe, expect, test } from 'vitest';
import { timeOf } from '#bot/calendar.ts';
import { codeAt } from '#bot/domain/sign-in-code.ts';
import { signedIn } from '../support/phone.ts';
import { openWorld } from '../support/world.ts';

const START = Date.parse('2013-05-14T08:20:00+08:00');
const WITHIN_MS = 10_000;
const SECRET = 'f'.repeat(32);
const PEOPLE = Array.from({ length: 200 }, (_, no) => `p${String(no).padStart(3, '0')}`);

/** A bureau of two hundred more, all expected at the session, at the first of ten seconds. */
async function hall() {
  const now = new Date(START).toISOString();
  const world = await openWorld({ now, jobs: [], env: { PUBLIC_URL: 'https://bot.example.gov.cn' } });
  const common = { departmentCode: 'GXK', title: '科员', roles: '["staff"]' };
  await world.db.client.person.createMany({
    data: PEOPLE.map((id, no) => ({ ...common, id, userid: id.toUpperCase(), name: `干部${no}`, rank: 100 + no })),
  });
  return world;
}
type World = Awaited<ReturnType<typeof hall>>;
/** The instant at which one of them comes in: fifty milliseconds after the one before. */
const instantOf = (no: number): string => new Date(START + (no * WITHIN_MS) / PEOPLE.length).toISOString();

async function checkRows(world: World, how: string) {
  const rows = await world.db.client.signIn.findMany({ orderBy: { id: 'asc' } });
  expect(rows).toHaveLength(PEOPLE.length);
  expect(new Set(rows.map(({ personId }) => personId))).toEqual(new Set(PEOPLE));
  expect(new Set(rows.map((row) => `${row.sessionCode} ${row.late} ${row.how}`))).toEqual(
    new Set([`S0514 false ${how}`]),
  );
  expect(await world.db.client.audit.count({ where: { intent: 'attendance.sign_in' } })).toBe(PEOPLE.length);
}
/** Each place in the row of arrivals was told to somebody, once. */
const placesIn = (answers: string[]) =>
  answers.map((text) => Number(/^已签到 08:20（第(\d+)位）/.exec(text)?.[1])).sort((one, other) => one - other);
const EVERY_PLACE = PEOPLE.map((_, no) => no + 1);

describe('200人同时签到', () => {
  test('two hundred people within ten seconds are two hundred rows and two hundred answers, each one place in the row', async () => {
    const world = await hall();
    const callbacks = PEOPLE.map((id, no) => {
      world.at(instantOf(no));
      return world.post(world.textXml(id.toUpperCase(), '签到', `m${no}`));
    });

    expect(new Set((await Promise.all(callbacks)).map(({ status }) => status))).toEqual(new Set([200]));
    await world.app.settled();

    expect(world.now().getTime() - START).toBeLessThan(WITHIN_MS);
    await checkRows(world, 'word');
    const told = PEOPLE.map((id) => world.toldTo(id));
    expect(told.filter((answers) => answers.length !== 1)).toEqual([]);
    expect(placesIn(told.flat())).toEqual(EVERY_PLACE);
  });

  test('the platform sends each of them again: nothing more is recorded and nothing more is said', async () => {
    const world = await hall();
    const all = () => PEOPLE.map((id, no) => world.post(world.textXml(id.toUpperCase(), '签到', `m${no}`)));

    await Promise.all([...all(), ...all()]);
    await world.app.settled();
    await Promise.all(all());
    await world.app.settled();

    await checkRows(world, 'word');
    expect(PEOPLE.filter((id) => world.toldTo(id).length !== 1)).toEqual([]);
  });

  test('two hundred scan the screen within ten seconds: each page says one place, each is one row', async () => {
    const world = await hall();
    await world.db.client.session.update({ where: { code: 'S0514' }, data: { signInCode: SECRET } });
    const link = `/pages/arrive?s=S0514&c=${codeAt(SECRET, world.now())}`;
    const phones = [];
    for (const id of PEOPLE) phones.push((await signedIn(world, id.toUpperCase(), link)).mine);

    const pages = phones.map((mine, no) => {
      world.at(instantOf(no));
      return mine.opens(link);
    });
    const opened = await Promise.all(pages);
    const words = await Promise.all(opened.map((page) => page.text()));

    expect(new Set(opened.map(({ status }) => status))).toEqual(new Set([200]));
    await checkRows(world, 'qr');
    expect(placesIn(words.map((page) => /已签到[^<]*/.exec(page)?.[0] ?? ''))).toEqual(EVERY_PLACE);
    expect(timeOf(world.now())).toBe('08:20');
    // The page is the answer.
    expect(PEOPLE.flatMap((id) => world.toldTo(id))).toEqual([]);
  });
});
