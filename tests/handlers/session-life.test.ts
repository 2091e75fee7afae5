import { describe, expect, test } from 'vitest';
import { mayBecome, stateOf } from '#bot/domain/session.ts';
import { codeAt } from '#bot/domain/sign-in-code.ts';
import { openWorld } from '../support/world.ts';

const OPEN = '2013-05-14T08:20:00+08:00';
type Opened = Awaited<ReturnType<typeof openWorld>>;
const convene = (world: Opened, data: object = {}) =>
  world.db.client.session.update({ where: { code: 'S0514' }, data: { convenorId: 'u0501', host: '龚海波', ...data } });
const session = (world: Opened) => world.db.client.session.findUniqueOrThrow({ where: { code: 'S0514' } });

describe('签到码', () => {
  test('the code changes every minute: the present one signs in, one of 61 seconds ago fails', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world);
    const shown = (await world.says('U0501', '签到码'))[0] ?? '';
    const code = /签到码 (\d{4})/.exec(shown)?.[1] ?? '';
    expect(shown).toContain('08:21前有效');

    expect((await world.says('U0503', '签到'))[0]).toContain('须输入会场的签到码');
    expect((await world.says('U0502', `签到 ${code}`))[0]).toContain('已签到 08:20（第1位）');
    world.at('2013-05-14T08:21:01+08:00');
    expect(await world.says('U0503', `签到码${code}`)).toEqual([
      '签到码不对或已过期，请看会场现在显示的签到码再发一次。',
    ]);
    expect(await world.db.client.signIn.findMany()).toMatchObject([{ personId: 'u0502', how: 'code' }]);
  });

  test('three wrong codes make one wait five minutes, then the right one works', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world, { signInCode: 'secret' });
    const right = (at: string) => codeAt('secret', new Date(at));
    const wrong = ['0001', '0002', '0003', '0004'].filter((one) => one !== right(OPEN)).slice(0, 3);
    for (const code of wrong) await world.says('U0503', `签到 ${code}`);

    expect(await world.says('U0503', `签到 ${right(OPEN)}`)).toEqual([
      '签到码已错三次，请08:25以后再试，或请召集人补录。',
    ]);
    world.at('2013-05-14T08:25:30+08:00');
    expect((await world.says('U0503', `签到 ${right('2013-05-14T08:25:30+08:00')}`))[0]).toContain('已签到');
  });

  test('whoever does not hold the session sees no code, and a code nobody asked for is not needed', async () => {
    const world = await openWorld({ now: OPEN });

    expect(await world.says('U0503', '签到码')).toEqual(['您没有“签到码”权限，该操作由召集人、局领导或活动办办理。']);
    expect((await world.says('U0503', '签到码4821'))[0]).toContain('已签到');
  });
});

describe('场次卡', () => {
  const last = (world: Opened) => world.wecom.sent.findLast(({ to, card }) => to === 'u0501' && card)?.card;
  const buttons = (world: Opened) => (last(world)?.['button_list'] ?? []) as { text: string; key: string }[];
  const tap = async (world: Opened, label: string) => {
    const key = buttons(world).find(({ text }) => text === label)?.key ?? '';
    return (await world.taps('U0501', last(world)?.task_id ?? '', key)).join('\n');
  };

  test('one card goes along with the session: conditions, the count so far, closing, the notice; each tap closes the last', async () => {
    const world = await openWorld({ now: '2013-05-14T08:00:00+08:00', env: { QUIET_HOURS: 'none' } });
    await convene(world);

    const before = (await world.says('U0501', '场次卡'))[0];
    expect(before).toContain('三楼会议室，已安排。');
    expect(before).toContain('四落实3/4，缺内容（学习材料）。');
    expect(before).toContain('应到7人，已准假0人，08:15开始签到。');
    await world.says('U0501', '学习材料：十八大报告辅导读本');
    world.at('2013-05-14T08:20:00+08:00');
    await world.says('U0502', '签到');
    const shown = (await world.says('U0501', '场次卡'))[0];
    expect(shown).toContain('四落实4/4。');
    expect(shown).toContain('应到7人，实到1人，请假0人，未签到6人，10:30截止。');
    expect(buttons(world).map(({ text }) => text)).toEqual(['签到码', '会场屏幕', '截止签到', '刷新']);

    await world.says('U0503', '签到');
    expect(await tap(world, '刷新')).toContain('实到2人');
    expect(world.wecom.changed.map(({ label }) => label)).toEqual(['已选刷新 5-14 08:20']);
    world.at('2013-05-14T09:50:00+08:00');
    expect(await tap(world, '截止签到')).toContain('已于09:50截止签到');
    world.at('2013-05-14T09:51:00+08:00');
    expect(await tap(world, '刷新')).toContain('签到已截止');
    expect(await tap(world, '确认考勤')).toContain('已确认');
    expect((await session(world)).confirmedAt).not.toBeNull();
  });

  test('who does not convene the session sees no card of it', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world);

    expect(await world.says('U0503', '场次卡')).toEqual(['您没有“场次卡”权限，该操作由召集人、局领导或活动办办理。']);
  });
});

describe('签到', () => {
  test('30 people within ten seconds are 30 rows, and the same message again is one', async () => {
    const world = await openWorld({ now: OPEN });
    const people = Array.from({ length: 30 }, (_, no) => `p${no}`);
    await world.db.client.person.createMany({
      data: people.map((id) => ({ id, name: `同志${id}`, departmentCode: 'GXK', title: '科员', roles: '["staff"]' })),
    });

    await Promise.all(people.map((id) => world.post(world.textXml(id, '签到', `m-${id}`))));
    await world.post(world.textXml('p7', '签到', 'm-p7'));
    await world.app.settled();

    expect(await world.db.client.signIn.count()).toBe(30);
    const ranks = world.wecom.sent.map(({ text }) => Number(/第(\d+)位/.exec(text)?.[1]));
    expect(ranks.sort((one, other) => one - other)).toEqual(people.map((_, index) => index + 1));
  });

  test('signing for a colleague is refused; a guest is noted as such and changes no figure', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world, { scope: '["GXK"]' });

    expect((await world.says('U0503', '替温静签到'))[0]).toContain('签到要由本人办理');
    expect((await world.says('U0503', '代签到 温静'))[0]).toContain('签到要由本人办理');
    expect((await world.says('U0702', '签到'))[0]).toContain('（第1位，列席）');
    expect((await world.says('U0501', '今天学习签到情况'))[0]).toContain('应到3人，实到0人，请假0人，未签到3人');
  });

  test('no coordinates can be in the database: there is no column for them', async () => {
    const world = await openWorld({ now: OPEN });
    await world.says('U0503', '签到');

    const row = await world.db.client.signIn.findFirstOrThrow();
    expect(Object.keys(row).sort()).toEqual([
      'at',
      'enteredBy',
      'how',
      'id',
      'late',
      'leftAt',
      'personId',
      'sessionCode',
    ]);
  });

  test('a paper sheet entered by the convenor counts the same; an unknown name enters nobody', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world);

    expect((await world.says('U0501', '代签到 温静 王五'))[0]).toContain('花名册中没有“王五”');
    expect(await world.says('U0501', '代签到 温静 雷鸣')).toEqual([
      '已补录纸质签到2人：温静、雷鸣。5月14日（星期二）08:30《十八大报告专题辅导》。十分钟内可发“撤销”收回。',
    ]);
    expect((await world.says('U0502', '签到'))[0]).toContain('不必重复');
    await world.says('U0501', '撤销');
    expect(await world.db.client.signIn.count()).toBe(0);
  });
});

describe('场次', () => {
  test('its state follows what was done and the clock, and nothing leads out of the end', () => {
    const at = (time: string) => new Date(`2013-05-14T${time}:00+08:00`);
    const life = {
      ...{ start: at('08:30'), end: at('10:00'), noticedAt: null, closedAt: null, confirmedAt: null },
      ...{ cancelledAt: null, movedTo: null },
    };

    expect(stateOf(life, at('08:00'))).toBe('planned');
    expect(stateOf({ ...life, noticedAt: at('07:00') }, at('08:00'))).toBe('noticed');
    expect(stateOf(life, at('08:15'))).toBe('open');
    expect(stateOf({ ...life, closedAt: at('09:00') }, at('09:00'))).toBe('closed');
    expect(stateOf(life, at('10:31'))).toBe('closed');
    expect(stateOf({ ...life, confirmedAt: at('10:40') }, at('10:41'))).toBe('confirmed');
    expect(stateOf({ ...life, cancelledAt: at('08:00'), movedTo: 'S2' }, at('08:01'))).toBe('moved');
    expect([mayBecome('open', 'moved'), mayBecome('closed', 'cancelled'), mayBecome('confirmed', 'open')]).toEqual([
      false,
      false,
      false,
    ]);
  });

  test('what lacks of the four conditions is settled by message and then it may be confirmed', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world);
    await world.says('U0503', '签到');
    world.at('2013-05-14T10:35:00+08:00');

    expect((await world.says('U0501', '已组织'))[0]).toContain(
      '没有确认：5月14日（星期二）08:30《十八大报告专题辅导》四落实缺内容（学习材料）',
    );
    world.at('2013-05-14T10:36:00+08:00');
    await world.db.client.session.update({ where: { code: 'S0514' }, data: { material: '辅导读本' } });
    expect(await world.says('U0501', '确认考勤')).toEqual([
      '已确认：5月14日（星期二）08:30《十八大报告专题辅导》应到7人，实到1人，请假0人，缺席6人。随后发到各群，只发人数。十分钟内可发“撤销”收回。',
    ]);
  });

  test.each([
    ['学习材料：辅导读本第三章', 'material', '辅导读本第三章'],
    ['主讲人 柳文涛', 'speaker', '柳文涛'],
    ['明天学习的地点改到二楼报告厅', 'venue', '二楼报告厅'],
  ] as const)('%s settles the %s', async (words, field, value) => {
    const world = await openWorld({ now: '2013-05-13T10:00:00+08:00' });
    await convene(world);

    expect((await world.says('U0501', words))[0]).toContain('已记录：');
    expect((await session(world))[field]).toBe(value);
    await world.says('U0501', '撤销');
    expect((await session(world))[field]).not.toBe(value);
  });

  test('closed early by the convenor nobody else signs in; taken back it is open again', async () => {
    const world = await openWorld({ now: '2013-05-14T08:40:00+08:00' });
    await convene(world);
    await world.says('U0502', '签到');

    expect((await world.says('U0501', '截止签到'))[0]).toContain(
      '已于08:40截止签到。5月14日（星期二）08:30《十八大报告专题辅导》考勤情况：应到7人，实到1人（迟到1人）',
    );
    world.at('2013-05-14T08:41:00+08:00');
    expect(await world.says('U0503', '签到')).toEqual(['签到已于08:40截止，请联系召集人补录。']);
    await world.says('U0501', '撤销');
    expect((await world.says('U0503', '签到'))[0]).toContain('已签到');
  });

  test('a correction after closing needs a reason, is told to whom it concerns, and keeps what was recorded', async () => {
    const world = await openWorld({ now: OPEN });
    await convene(world);
    expect((await world.says('U0501', '更正考勤 雷鸣 请假 补交了假条'))[0]).toContain('签到还没有截止');
    world.at('2013-05-14T10:45:00+08:00');

    expect((await world.says('U0501', '更正考勤 雷鸣 请假'))[0]).toContain('请写明原因');
    expect(await world.says('U0501', '更正考勤 雷鸣 请假 会后补交了假条')).toEqual([
      '已更正：5月14日（星期二）08:30《十八大报告专题辅导》雷鸣缺席→请假，原因：会后补交了假条。十分钟内可发“撤销”收回。',
    ]);
    expect(world.toldTo('U0503').at(-1)).toContain('由“缺席”更正为“请假”');
    expect((await world.says('U0501', '今天学习签到情况'))[0]).toContain('请假1人（未注明1人），缺席6人');
  });
});
