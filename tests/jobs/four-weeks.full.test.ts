import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import { openBureau } from '../support/bureau.ts';
import { inPlace } from '../support/press.ts';

const OFFICE = 'U0201';
/** Four Tuesdays; the last one is arranged by message, the others came with the plan. */
const WEEKS = [
  { week: '2013-W19', day: '2013-05-07', material: '中央八项规定原文', speaker: '柳文涛' },
  { week: '2013-W20', day: '2013-05-14', material: '十八大报告辅导读本', speaker: '郑国栋' },
  { week: '2013-W21', day: '2013-05-21', material: '新党章学习问答', speaker: '孟宪章' },
  { week: '2013-W22', day: '2013-05-28', material: '何平新九论', speaker: '田素芬' },
];

test('四个星期的学习: sessions, leave, late, absence and make-up by message, and the sheet of the month says what was recorded', async () => {
  const world = await openBureau({
    now: '2013-05-06T08:30:00+08:00',
    press: inPlace,
  });
  const people = (await world.db.client.person.findMany({ orderBy: { rank: 'asc' } })).map(({ id }) =>
    id.toUpperCase(),
  );
  const said = async (who: string, text: string): Promise<string> => (await world.says(who, text)).join('\n');

  // The fourth session is not in the plan: the office arranges it in one sentence.
  expect(await said(OFFICE, '安排5月28日上午8点半到10点在三楼会议室学习《何平新九论》，主讲田素芬')).toMatch(/^已安排/);

  for (const [index, { day, material, speaker }] of WEEKS.entries()) {
    // The day before: what the four conditions still lack.
    await world.passUntil(dayBefore(day));
    await said(OFFICE, `学习材料：${material}`);
    expect(await said(OFFICE, `主讲人 ${speaker}`)).toContain('四落实4/4');
    // 雷鸣 asks for leave each week; his head decides.
    expect(
      await said('U0503', `请假 ${Number(day.slice(5, 7))}月${Number(day.slice(8))}日的学习，送材料去郑州`),
    ).toContain('请假');
    expect(await said('U0501', '同意')).toContain('已准假');

    await world.passUntil(`${day}T08:20:00+08:00`);
    const [late = '', absent = ''] = [people[20 + index], people[30 + index]];
    for (const person of people.filter((one) => !['U0503', late, absent].includes(one)))
      expect(await said(person, '签到')).toMatch(/^已签到 08:20/);
    world.at(`${day}T08:45:00+08:00`);
    expect(await said(late, '签到')).toContain('迟到');
    await world.passUntil(`${day}T11:00:00+08:00`);
    expect(await said(OFFICE, '确认考勤')).toContain('应到38人，实到36人（迟到1人），请假1人（公差1人），缺席1人');

    // The next workday both are asked to make up for it; only who was on leave does.
    await world.passUntil(`${addOne(day)}T10:00:00+08:00`);
    const { code } = await world.db.client.session.findFirstOrThrow({
      where: { start: new Date(`${day}T08:30+08:00`) },
    });
    expect(await said('U0503', `补学 ${code} 已通读材料，重点是从小事做起、改进文风会风。`)).toMatch(/^已登记补学/);
  }
  await world.passUntil('2013-06-03T12:00:00+08:00');

  // Every unit has studied in every week, and the groups heard four notices without a name.
  for (const { week } of WEEKS) {
    const results = await world.db.client.weekResult.findMany({ where: { week } });
    expect([week, results.length, new Set(results.map(({ result }) => result))]).toEqual([
      week,
      14,
      new Set(['studied']),
    ]);
  }
  const notices = world.wecom.groups.filter((text) => text.includes('应到38人，实到36人'));
  expect(notices).toHaveLength(4);
  const names = (await world.db.client.person.findMany()).map(({ name }) => name);
  for (const name of names) expect(notices.join()).not.toContain(name);

  // The sheet of the month is what the records say, summed up.
  await said(OFFICE, '5月份学习情况统计表');
  const paper = world.wecom.papers.findLast(({ name }) => name.endsWith('统计表.xlsx'));
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(paper?.bytes as unknown as ExcelJS.Buffer);
  const rows = (book.worksheets[0]?.getSheetValues() ?? []) as unknown[][];
  const total = rows.find((row) => row?.[2] === '合计') ?? [];
  const signedIn = await world.db.client.signIn.count();
  const lecture = 38;
  expect(total.slice(4, 12).map(Number)).toEqual([
    4 * 38 + lecture,
    signedIn,
    4,
    4,
    4 + lecture,
    Number.NaN,
    4 + 4 + lecture,
    4,
  ]);
  expect(total[9]).toBe(`${((100 * signedIn) / (5 * 38)).toFixed(1)}%`);
  expect(await world.db.client.outbox.count({ where: { parkedAt: { not: null } } })).toBe(0);
}, 300_000);

const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const dayBefore = (day: string): string => `${shifted(day, -1)}T15:00:00+08:00`;
const addOne = (day: string): string => shifted(day, 1);
