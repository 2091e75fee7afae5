import { describe, expect, test } from 'vitest';
import { openBureau } from '../support/bureau.ts';

const MORNING = '2013-05-14T08:20:00+08:00';
const ASK = '开启群内点名，理由：局党组会研究决定';
const [OFFICE, CHIEF] = ['U0201', 'L01'];
type Opened = Awaited<ReturnType<typeof openBureau>>;

/** The morning's session is held and confirmed; what the groups heard of it. */
async function heard(world: Opened): Promise<string> {
  await world.says('U0502', '签到');
  world.at('2013-05-14T10:40:00+08:00');
  await world.db.client.session.updateMany({
    where: { start: new Date('2013-05-14T08:30+08:00') },
    data: { material: '读本', speaker: '郑国栋', confirmedAt: new Date('2013-05-14T10:41+08:00') },
  });
  await world.passUntil('2013-05-14T12:30:00+08:00');
  return world.wecom.groups.findLast((text) => text.includes('考勤情况')) ?? '';
}

describe('减负合规开关', () => {
  test('everything restricted is off by default: no names in a group, no ranking of persons, no coordinates stored', async () => {
    const world = await openBureau({ now: MORNING, env: { QUIET_HOURS: 'none' } });

    expect((await world.says('U0503', '开关状态'))[0]?.match(/：关闭/g)).toHaveLength(5);
    const told = await heard(world);
    expect(told).toMatch(/应到38人，实到1人/);
    for (const { name } of await world.db.client.person.findMany()) expect(told).not.toContain(name);
    expect(Object.keys((await world.db.client.signIn.findMany())[0] ?? {}).join()).not.toMatch(
      /latitude|longitude|location|photo/i,
    );
  });

  test('switching on needs the office, a reason and the chief; then the groups hear who was absent, and since when stands in the list', async () => {
    const world = await openBureau({ now: MORNING, env: { QUIET_HOURS: 'none' } });
    expect((await world.says('U0503', ASK))[0]).toContain('您没有“功能开关”权限');
    expect((await world.says(OFFICE, '开启群内点名'))[0]).toContain('须有书面理由');

    expect(await world.says(OFFICE, ASK)).toEqual([
      '已报局主要领导：开启“群内点名”（考勤通报在群里写明缺席人员姓名），至2013年9月30日。同意后生效，在此之前仍关闭。',
    ]);
    expect((await world.says(OFFICE, '开关状态'))[0]).toContain('群内点名：关闭');
    expect(await world.says(CHIEF, '同意')).toEqual([
      '已同意开启“群内点名”，立即生效，至2013年9月30日自动关闭；活动办可随时关闭。',
    ]);

    expect((await world.says(OFFICE, '开关状态'))[0]).toContain(
      '群内点名：开启（考勤通报在群里写明缺席人员姓名），2013年5月14日起至2013年9月30日，理由：局党组会研究决定，批准人：郑国栋。',
    );
    expect(await heard(world)).toContain('缺席：郑国栋、');
  });

  test('what the chief refuses stays off, and switching off works at once and can be taken back', async () => {
    const world = await openBureau({ now: MORNING });
    await world.says(OFFICE, ASK);
    await world.says(CHIEF, '不同意');
    expect(world.toldTo(OFFICE)).toContain('局主要领导未同意开启“群内点名”，仍为关闭。');

    await world.says(OFFICE, ASK);
    await world.says(CHIEF, '同意');
    expect(await world.says(OFFICE, '关闭群内点名')).toEqual([
      '已关闭：“群内点名”，立即生效。十分钟内可发“撤销”收回。',
    ]);
    expect((await world.says(OFFICE, '开关状态'))[0]).toContain('群内点名：关闭');
    await world.says(OFFICE, '撤销');
    expect((await world.says(OFFICE, '开关状态'))[0]).toContain('群内点名：开启');
    expect(await world.db.client.setting.count()).toBe(3);
  });

  test('@全体 rings everybody in the group for the study notice, and only once it was switched on', async () => {
    const world = await openBureau({ now: '2013-05-13T17:00:00+08:00', env: { QUIET_HOURS: 'none' } });
    const rang = () =>
      world.wecom.inGroups.filter(({ body }) => JSON.stringify(body).includes('学习通知')).at(-1)?.body;
    await world.passUntil('2013-05-14T08:05:00+08:00');
    expect(JSON.stringify(rang())).toContain('学习通知');
    expect(JSON.stringify(rang())).not.toContain('@all');

    await world.says(OFFICE, '开启@全体，理由：局党组会研究决定');
    expect(await world.says(CHIEF, '同意')).toEqual([
      '已同意开启“@全体”，立即生效，至2013年9月30日自动关闭；活动办可随时关闭。',
    ]);
    const start = new Date('2013-05-14T14:30+08:00');
    const end = new Date('2013-05-14T16:00+08:00');
    await world.db.client.session.create({
      data: { code: 'XX2013-W20-9', topic: '党章', kind: '集中学习', venue: '二楼报告厅', start, end },
    });
    await world.passUntil('2013-05-14T14:05:00+08:00');

    expect(rang()).toMatchObject({ text: { mentioned_list: ['@all'] } });
  });

  test('it holds through its last day and ends by itself; the office hears of it once', async () => {
    const world = await openBureau({ now: MORNING, env: { QUIET_HOURS: 'none' } });
    expect(await world.says(OFFICE, '启用个人排名至5月16日，理由：评选学习标兵')).toEqual([
      '已报局主要领导：开启“个人排名”（局领导、活动办和本科室负责人可查集中学习出勤的个人名次），至2013年5月16日。同意后生效，在此之前仍关闭。',
    ]);
    await world.says(CHIEF, '同意');
    const state = async () => (await world.says(OFFICE, '开关状态'))[0];

    world.at('2013-05-16T23:50:00+08:00');
    expect(await state()).toContain('个人排名：开启');
    expect(await state()).toContain('2013年5月14日起至2013年5月16日，理由：评选学习标兵，批准人：郑国栋。');
    await world.passUntil('2013-05-20T12:00:00+08:00');

    expect(await state()).toContain('个人排名：关闭');
    const told = world
      .toldTo(OFFICE)
      .filter((text) => text.includes('“个人排名”开启期限2013年5月16日已到，已自动关闭'));
    expect(told).toHaveLength(1);
  });

  test('a term that has passed or is in no calendar is refused, and a reason is still needed', async () => {
    const world = await openBureau({ now: MORNING });

    expect((await world.says(OFFICE, '开启位置，至5月10日，理由：局党组会研究决定'))[0]).toContain('期限已经过去');
    expect((await world.says(OFFICE, '开启位置，至6月30日'))[0]).toContain('须有书面理由');
    expect((await world.says(OFFICE, '开启位置，至6月31日，理由：局党组会研究决定'))[0]).toContain('没有6月31日这一天');
    expect(await world.db.client.setting.count()).toBe(0);
    await world.says(OFFICE, '6月30日');
    const asked = await world.db.client.setting.findMany();
    expect(asked).toMatchObject([{ until: '2013-06-30', reason: '局党组会研究决定' }]);
  });

  test('without a term it ends with the campaign; what the chief agrees to too late stays off', async () => {
    const world = await openBureau({ now: MORNING });
    expect((await world.says(OFFICE, ASK))[0]).toContain('，至2013年9月30日。');

    await world.says(OFFICE, '开启照片必填，至5月15日，理由：局党组会研究决定');
    await world.says(CHIEF, '同意');
    await world.says(CHIEF, '同意1');
    world.at('2013-05-16T09:00:00+08:00');
    expect((await world.says(CHIEF, '同意'))[0]).toContain('没有开启“照片必填”：申请的期限已过');
    expect((await world.says(OFFICE, '开关状态'))[0]).toContain('照片必填：关闭');
  });
});
