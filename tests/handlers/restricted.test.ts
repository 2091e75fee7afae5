import { describe, expect, test } from 'vitest';
import type { Tx } from '#bot/store/db.ts';
import { looseOf } from '#bot/store/material.ts';
import { openBureau } from '../support/bureau.ts';
import { dumped } from '../support/dump.ts';
import { png } from '../support/files.ts';

const MORNING = '2013-05-14T08:20:00+08:00';
const [OFFICE, CHIEF, HEAD, CLERK] = ['U0201', 'L01', 'U0501', 'U0503'];
/** The room, a phone in it, and one at home 3 km away. */
const [ROOM, INSIDE, HOME] = [[35.76177, 115.02932] as const, [35.76301, 115.02899] as const, [35.79, 115.03] as const];
type World = Awaited<ReturnType<typeof openBureau>>;

async function switchOn(world: World, name: string) {
  await world.says(OFFICE, `开启${name}，至6月30日，理由：局党组会研究决定`);
  await world.says(CHIEF, '同意');
}

/** 位置 is on and the office has said from the room where it is. */
async function opened(): Promise<World> {
  const world = await openBureau({ now: MORNING, env: { QUIET_HOURS: 'none' } });
  await switchOn(world, '位置');
  expect((await world.says(OFFICE, '会场位置'))[0]).toBe(
    '请到三楼会议室，在“创优助手”对话框点“＋”—“位置”，发送当前位置（10分钟内）。',
  );
  expect((await world.sendsPlace(OFFICE, ...ROOM))[0]).toContain('已设定三楼会议室的位置，签到时须在500米以内。');
  return world;
}

/** Every value of the record book that looks like the coordinates of these places. */
const coordinatesIn = (dump: string): string[] => dump.match(/35\.7\d+|115\.0\d+/g) ?? [];

describe('位置', () => {
  test('switched off, signing in needs no place, a place that is sent all the same reaches no disk', async () => {
    const world = await openBureau({ now: MORNING });

    expect((await world.says(CLERK, '签到'))[0]).toContain('已签到 08:20（第1位）');
    expect(await world.sendsPlace(HEAD, ...INSIDE)).toEqual(['位置没有保存：签到不需要位置，发“签到”即可。']);
    expect((await world.says(OFFICE, '会场位置'))[0]).toContain('没有设定：“位置”没有开启');

    expect(coordinatesIn(await dumped(world))).toEqual([]);
  });

  test('switched on, who is in the room signs in; only that it agreed is kept, not where anybody was', async () => {
    const world = await opened();

    expect((await world.says(CLERK, '签到'))[0]).toContain('还没有签到：《十八大报告专题辅导》须核对是否在会场。');
    expect(await world.db.client.signIn.count()).toBe(0);
    world.at('2013-05-14T08:22:00+08:00');
    expect((await world.sendsPlace(CLERK, ...INSIDE))[0]).toContain('已签到 08:22（第1位）');

    expect(await world.db.client.signIn.findFirst()).toMatchObject({ personId: 'u0503', how: 'place', late: false });
    expect(await world.db.client.placeAsked.count()).toBe(0);
    // The room's own place is all there is, in its one table.
    expect(new Set(coordinatesIn(await dumped(world)))).toEqual(new Set([String(ROOM[0]), String(ROOM[1])]));
    expect(coordinatesIn(await dumped(world))).toHaveLength(2);
  });

  test('who is elsewhere is not signed in and may send it again from the room; a place nobody asked for does nothing', async () => {
    const world = await opened();
    expect(await world.sendsPlace(HEAD, ...INSIDE)).toEqual(['收到位置。现在没有要核对位置的事项，位置没有保存。']);

    await world.says(CLERK, '签到');
    expect((await world.sendsPlace(CLERK, ...HOME))[0]).toBe(
      '没有签到：您发的位置距三楼会议室约3.1公里。到会场后请再发一次位置；位置不准的，请召集人补录。',
    );
    expect(await world.db.client.signIn.count()).toBe(0);
    expect((await world.sendsPlace(CLERK, ...INSIDE))[0]).toContain('已签到');
    expect(coordinatesIn(await dumped(world))).toHaveLength(2);
  });

  test('a place later than ten minutes signs nobody in, and a code is asked for before the place', async () => {
    const world = await opened();
    const [code = ''] = /\d{4}/.exec((await world.says(OFFICE, '签到码'))[0] ?? '') ?? [];
    expect((await world.says(CLERK, '签到'))[0]).toContain('须输入会场的签到码');
    expect((await world.says(CLERK, `签到 ${code}`))[0]).toContain('须核对是否在会场');

    world.at('2013-05-14T08:31:00+08:00');
    expect((await world.sendsPlace(CLERK, ...INSIDE))[0]).toContain('现在没有要核对位置的事项');
    expect(await world.db.client.signIn.count()).toBe(0);
  });

  test('paper counts the same, and switching off forgets the room', async () => {
    const world = await opened();
    expect((await world.says(OFFICE, '代签到 雷鸣'))[0]).toContain('雷鸣');
    expect(await world.db.client.signIn.count()).toBe(1);

    await world.says(OFFICE, '关闭位置');
    expect(coordinatesIn(await dumped(world))).toEqual([]);
    expect((await world.says(HEAD, '签到'))[0]).toContain('已签到');
  });

  test('taken back, setting a place and switching off both say that the room has none any more', async () => {
    const world = await opened();
    expect((await world.says(OFFICE, '关闭位置'))[0]).toContain('已关闭');
    expect((await world.says(OFFICE, '撤销'))[0]).toBe(
      '已撤销：功能开关。“位置”仍为开启，但1处会场的位置已经清除，要核对请重新发“会场位置”。',
    );

    await world.says(OFFICE, '会场位置');
    await world.sendsPlace(OFFICE, ...ROOM);
    await world.says(OFFICE, '会场位置');
    await world.sendsPlace(OFFICE, ...INSIDE);
    expect((await world.says(OFFICE, '撤销'))[0]).toBe(
      '已撤销：会场位置。三楼会议室现在没有位置，签到不核对。要核对请重新发“会场位置”。',
    );
    expect(coordinatesIn(await dumped(world))).toEqual([]);
  });

  test('once its term is over the room is forgotten by night, and nobody is asked any more', async () => {
    const world = await opened();
    await world.db.client.setting.updateMany({ data: { until: '2013-05-14' } });

    await world.passUntil('2013-05-15T04:00:00+08:00');

    expect(coordinatesIn(await dumped(world))).toEqual([]);
  });

  test('the convenor hears at the opening that places are compared, or that the room is not known', async () => {
    const world = await openBureau({ now: '2013-05-14T08:00:00+08:00', env: { QUIET_HOURS: 'none' } });
    await switchOn(world, '位置');
    await world.passUntil('2013-05-14T08:16:00+08:00');

    expect(world.toldTo(OFFICE).find((text) => text.startsWith('签到已开始'))).toContain('会场位置还没有设定');
    expect((await world.says(CLERK, '签到'))[0]).toContain('已签到');
  });

  test('only who holds the session says where the room is', async () => {
    const world = await openBureau({ now: MORNING });
    await switchOn(world, '位置');

    expect((await world.says(CLERK, '会场位置'))[0]).toContain('您没有“会场位置”权限');
  });
});

describe('照片必填', () => {
  const READY = { material: '读本', speaker: '郑国栋' };
  async function held(): Promise<World> {
    const world = await openBureau({ now: MORNING, env: { QUIET_HOURS: 'none' } });
    await world.db.client.session.updateMany({ where: { start: new Date('2013-05-14T08:30+08:00') }, data: READY });
    await world.says(CLERK, '签到');
    return world;
  }

  test('switched off, attendance is confirmed without a picture and none is taken', async () => {
    const world = await held();
    world.at('2013-05-14T10:40:00+08:00');

    await world.sends(OFFICE, png());
    expect((await world.says(OFFICE, '刚才的照片是学习现场照片'))[0]).toContain('学习不要求现场照片');
    expect((await world.says(OFFICE, '确认考勤'))[0]).toContain('已确认');
    expect(await world.db.client.material.count({ where: { sessionCode: { not: null } } })).toBe(0);
  });

  test('switched on, attendance waits for a picture of the session, which who holds it can look at', async () => {
    const world = await held();
    await switchOn(world, '照片必填');
    world.at('2013-05-14T10:40:00+08:00');

    expect((await world.says(OFFICE, '确认考勤'))[0]).toContain('须附现场照片');
    const [asked] = await world.sends(OFFICE, png());
    expect(asked).toContain('十八大报告专题辅导');
    expect((await world.says(OFFICE, '刚才的照片是学习现场照片'))[0]).toContain(
      '已存为5月14日（星期二）08:30《十八大报告专题辅导》的现场照片，现有1张。',
    );
    expect((await world.says(OFFICE, '确认考勤'))[0]).toContain('已确认');
    expect((await world.says(OFFICE, '看学习现场照片'))[0]).toContain('有现场照片1张');
    expect((await world.says(CLERK, '看学习现场照片'))[0]).toContain('您没有“看现场照片”权限');
  });

  test('who sends the picture first is asked which session it is of; taken back, it is wanted again', async () => {
    const world = await held();
    await switchOn(world, '照片必填');
    world.at('2013-05-14T10:40:00+08:00');

    const [asked = ''] = await world.sends(OFFICE, png());
    const choice = /(\d)[.、．]\s*[^\n]*现场照片/.exec(asked)?.[1] ?? '1';
    expect((await world.says(OFFICE, choice))[0]).toContain('现有1张');
    await world.says(OFFICE, '撤销');
    expect((await world.says(OFFICE, '确认考勤'))[0]).toContain('须附现场照片');
  });
});

describe('照片只证明一件事', () => {
  test('what was kept for a session is no evidence of an item any more, though an old question still offers it', async () => {
    const world = await openBureau({ now: '2013-05-14T10:40:00+08:00', env: { QUIET_HOURS: 'none' } });
    await switchOn(world, '照片必填');
    await world.sends(OFFICE, png());
    const { client } = world.db;
    const { code } = await client.session.findFirstOrThrow({ where: { start: { lte: world.now() } } });
    await client.material.updateMany({ data: { sessionCode: code } });

    await world.says(OFFICE, '刚才的照片附到32号台账');
    expect(await client.material.count({ where: { itemCode: { not: null } } })).toBe(0);
    const [{ id = 0 } = {}] = await client.material.findMany();
    expect(await looseOf(client as Tx, OFFICE.toLowerCase(), [id], world.now())).toEqual([]);
  });
});

describe('个人排名', () => {
  /** Two sessions are over: 雷鸣 came to both, 温静 to one, 龚海波 was on leave at one and came to the other. */
  async function month(): Promise<World> {
    const world = await openBureau({ now: '2013-05-14T12:00:00+08:00', env: { QUIET_HOURS: 'none' } });
    const { client } = world.db;
    const [first, second] = await client.session.findMany({
      where: { end: { lt: world.now() } },
      orderBy: { start: 'asc' },
    });
    const came = async (personId: string, ...sessions: (typeof first)[]) => {
      for (const one of sessions)
        await client.signIn.create({
          data: { sessionCode: one?.code ?? '', personId, at: one?.start ?? new Date(0), late: false },
        });
    };
    await came('u0503', first, second);
    await came('u0502', first);
    await came('u0501', second);
    await client.leave.create({
      data: {
        ...{ personId: 'u0501', fromOn: '2013-05-07', toOn: '2013-05-07', type: 'business', reason: '出差' },
        ...{ askedAt: new Date('2013-05-06T09:00+08:00'), decidedAt: new Date('2013-05-06T10:00+08:00') },
        ...{ state: 'approved', approverId: 'l03' },
      },
    });
    return world;
  }

  test('by default nobody is ranked, whoever asks', async () => {
    const world = await month();
    for (const who of [OFFICE, CHIEF, HEAD])
      expect((await world.says(who, '本月个人出勤排名'))[0]).toContain('没有排名：“个人排名”没有开启');
    expect((await world.says(CLERK, '本月个人出勤排名'))[0]).toContain('您没有“个人出勤名次”权限');
  });

  test('switched on, a head sees the own unit by attendance, equals sharing a place and leave left out; minutes never count', async () => {
    const world = await month();
    await switchOn(world, '个人排名');
    await world.says('U0502', '昨晚自学党章十个小时');

    expect(await world.says(HEAD, '本月个人出勤排名')).toEqual([
      [
        '5月1日（星期三）至5月14日（星期二）集中学习2场，个人出勤名次（请假不计，并列同名次，只发给您）：',
        '1. 龚海波：100.0%（1/1），请假1次',
        '1. 雷鸣：100.0%（2/2）',
        '3. 温静：50.0%（1/2）',
      ].join('\n'),
    ]);
    expect((await world.says(CHIEF, '本月个人出勤排名'))[0]?.split('\n')).toHaveLength(39);
    expect((await world.says(CLERK, '本月个人出勤排名'))[0]).toContain('您没有“个人出勤名次”权限');
  });

  test('after its last day nobody is ranked again', async () => {
    const world = await month();
    await switchOn(world, '个人排名');
    world.at('2013-07-01T09:00:00+08:00');

    expect((await world.says(HEAD, '5月份个人出勤名次'))[0]).toContain('没有排名');
  });
});
