import { describe, expect, test } from 'vitest';
import { importSessions } from '#bot/import/sessions.ts';
import { importTopics } from '#bot/import/topics.ts';
import { openWorld } from '../support/world.ts';

const NOW = '2013-05-13T09:20:00+08:00';
const opened = async (now = NOW) => {
  const world = await openWorld({ now });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  const says = async (text: string, from = 'U0702') => (await world.says(from, text))[0] ?? '';
  return { world, says };
};

describe('四落实的来源', () => {
  test('on the card each of the four says who made it so and when, what lacks says so', async () => {
    const { world, says } = await opened();
    await says('安排周五15:00在二楼报告厅学习消防安全常识');

    expect(await says('5月17日场次卡')).toContain(
      [
        '四落实3/4，缺内容（学习材料）。',
        '✗内容：未落实',
        '✓人员：薛冰5月13日09:20安排',
        '✓场地：薛冰5月13日09:20安排',
        '✓时间：薛冰5月13日09:20安排',
      ].join('\n'),
    );
    world.at('2013-05-14T16:05:00+08:00');
    await says('5月17日的学习材料：消防法', 'L03');
    world.at('2013-05-15T10:00:00+08:00');
    expect(await says('5月17日场次卡')).toContain('✓内容：柳文涛5月14日16:05补充');
  });

  test('asked for, each piece says it; taken back, the earlier source stands again; whoever may not hold it is refused', async () => {
    const { world, says } = await opened();
    await says('安排周五15:00在二楼报告厅学习消防安全常识 主讲张三');
    world.at('2013-05-13T15:00:00+08:00');
    await says('5月17日的学习主讲人改为王五', 'L03');

    expect(await says('5月17日的四落实来源')).toContain(
      '✓人员：应到7人（薛冰5月13日09:20安排）；主讲人王五（柳文涛5月13日15:00补充）。',
    );
    expect(await says('5月17日的四落实来源')).toContain('✗内容：《消防安全常识》（薛冰5月13日09:20安排）；材料未定。');
    await says('撤销', 'L03');
    expect(await says('5月17日的四落实是谁定的')).toContain('主讲人张三（薛冰5月13日09:20安排）');
    expect(await says('5月17日的四落实来源', 'U0503')).toContain('您没有“场次卡”权限');
  });

  test('what a topic of the library or a file brought is named as such', async () => {
    const { world, says } = await opened();
    await world.db.write((tx) =>
      importTopics(tx, [
        [
          ['主题', '类别', '材料'],
          ['八项规定', '廉政', '八项规定原文'],
        ],
      ]),
    );
    const rows = [
      ['主题', '形式', '开始时间', '结束时间', '地点', '主持人'],
      ['专利法', '集中学习', '2013-05-16 09:00', '10:30', '二楼报告厅', '龚海波'],
    ];
    await world.db.write((tx) => importSessions(tx, [rows], '2013-05-10'));
    await says('安排周五15:00在三楼会议室学习八项规定');

    expect(await says('5月17日的四落实来源')).toContain('八项规定原文（5月13日09:20由学习内容库带入）');
    expect(await says('5月16日的四落实来源')).toContain('✓场地：二楼报告厅（5月10日表格导入）。');
  });

  test('moved, the new day and room are whose who moved it, the rest stays whose it was', async () => {
    const { world, says } = await opened();
    await says('安排周五15:00在二楼报告厅学习消防安全常识 主讲张三');
    world.at('2013-05-13T16:00:00+08:00');
    await says('周五的学习改到下周一下午3点', 'L03');

    const card = await says('5月20日的四落实来源');
    expect(card).toContain('✓时间：5月20日（星期一）15:00至16:30（柳文涛5月13日16:00改期）。');
    expect(card).toContain('主讲人张三（薛冰5月13日09:20安排）');
    expect(card).toContain('✓场地：二楼报告厅（薛冰5月13日09:20安排）。');
  });
});

describe('学习的改动', () => {
  test('the topic and who presides are changed by message; the new topic finds its place in the library', async () => {
    const { world, says } = await opened();
    await world.db.write((tx) =>
      importTopics(tx, [
        [
          ['主题', '类别', '材料'],
          ['八项规定', '廉政', '八项规定原文'],
        ],
      ]),
    );
    await says('安排周五15:00在二楼报告厅学习消防安全常识');

    expect(await says('5月17日的学习主题改为八项规定')).toBe(
      '已记录：5月17日（星期五）15:00《消防安全常识》主题消防安全常识→八项规定。四落实4/4。十分钟内可发“撤销”收回。',
    );
    expect(await says('5月17日的学习主持人改为龚海波')).toContain('主持人薛冰→龚海波');
    expect(await says('5月17日的学习主持人改为龚海波')).toContain('没有改动');
    await says('撤销');
    await says('撤销');
    expect(await world.db.client.session.findFirst({ where: { venue: '二楼报告厅' } })).toMatchObject({
      ...{ topic: '消防安全常识', topicId: null, material: null, host: '薛冰' },
    });
  });

  test('what others set since is not taken back with it', async () => {
    const { world, says } = await opened();
    const rows = [
      ['主题', '类别', '材料'],
      ['八项规定', '廉政', '八项规定原文'],
    ];
    await world.db.write((tx) => importTopics(tx, [rows]));
    await says('安排周五15:00在二楼报告厅学习消防安全常识');
    await says('5月17日的学习主讲人改为张三');
    await says('5月17日的学习主讲人改为王五', 'L03');

    expect(await says('撤销')).toContain('之后已有人办理');
    expect(await says('5月17日的四落实来源')).toContain('主讲人王五（柳文涛');

    await says('5月17日的学习主题改为八项规定');
    await says('5月17日的学习材料：辅导读本第三章', 'L03');
    expect(await says('撤销')).toContain('已撤销');
    expect(await world.db.client.session.findFirst({ where: { venue: '二楼报告厅' } })).toMatchObject({
      ...{ topic: '消防安全常识', topicId: null, material: '辅导读本第三章' },
    });
  });

  test('a room that others have taken since is not taken back from them', async () => {
    const { world, says } = await opened();
    await says('安排周五15:00社发科在二楼报告厅学习消防安全常识');
    await says('5月17日的学习地点改到三楼会议室');
    expect(await says('安排周五15:00高新科在二楼报告厅学习专利法', 'U0501')).toContain('已安排');

    expect(await says('撤销')).toContain('之后已有人办理');
    expect(await world.db.client.session.findFirst({ where: { topic: '消防安全常识' } })).toMatchObject({
      venue: '三楼会议室',
    });
  });

  test('once people were told, another room is asked about, and everybody expected hears of it and of taking it back', async () => {
    const { world, says } = await opened('2013-05-13T17:00:00+08:00');
    await world.db.client.session.update({ where: { code: 'S0514' }, data: { noticedAt: new Date(NOW) } });

    expect(await says('明天的学习地点改到二楼报告厅')).toContain('并告知应到7人。请回复“确认”');
    expect((await world.db.client.session.findFirstOrThrow({ where: { code: 'S0514' } })).venue).toBe('三楼会议室');
    expect(await says('确认')).toContain('地点三楼会议室→二楼报告厅，已告知应到7人');
    expect(world.toldTo('U0503').at(-1)).toBe(
      '学习变更：5月14日（星期二）08:30《十八大报告专题辅导》地点改为二楼报告厅，请相互转告。',
    );
    await says('撤销');
    expect(world.toldTo('U0503').at(-1)).toContain('地点仍为三楼会议室');
    // Of material nobody has to be told.
    expect(await says('明天的学习材料：辅导读本')).toContain('已记录');
  });
});
