import { describe, expect, test } from 'vitest';
import { importQuestions } from '#bot/import/questions.ts';
import { openWorld } from '../support/world.ts';

const NOW = '2013-05-15T09:00:00+08:00';
const BANK = [
  ['题库', '题号', '题型', '题目', 'A', 'B', 'C', '答案'],
  ['八项规定', '1', '单选', '八项规定由谁通过', '中央政治局', '国务院', '全国人大', 'A'],
  ['八项规定', '2', '多选', '要改进的有', '文风', '会风', '门风', 'AB'],
  ['八项规定', '3', '判断', '可以层层陪同', '', '', '', '错'],
  ['八项规定', '4', '填空', '厉行____', '', '', '', '勤俭节约'],
];
type Opened = Awaited<ReturnType<typeof openWorld>>;
const prepare = async (world: Opened) => {
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  await world.db.write((tx) => importQuestions(tx, [BANK]));
  await world.says('U0702', '组织测试 八项规定知识测试 题库 八项规定 4题 5月17日截止');
};

describe('知识测试', () => {
  test('one question a message, marked at the end, told to that person only, and not a second time', async () => {
    const world = await openWorld({ now: NOW });
    await prepare(world);

    expect((await world.says('U0503', '开始答题'))[0]).toContain('第1/4题：八项规定由谁通过\nA. 中央政治局');
    expect((await world.says('U0503', 'D'))[0]).toContain('不是这道题的选项');
    await world.says('U0503', 'A');
    await world.says('U0503', 'B、A');
    await world.says('U0503', '对');
    expect(await world.says('U0503', '答：勤俭节约')).toEqual([
      '《八项规定知识测试》答完：对3题，共4题，75分。成绩只告诉本人。',
    ]);
    expect((await world.says('U0503', '开始答题'))[0]).toContain('不能重复作答');
    expect(JSON.stringify(await world.db.client.audit.findMany({ where: { intent: 'exam.answer' } }))).not.toContain(
      '勤俭节约',
    );
  });

  test('while it runs nobody hears a figure; closing gives mean and pass rate with the denominator', async () => {
    const world = await openWorld({ now: NOW });
    await prepare(world);
    for (const id of ['U0503', 'U0502'])
      for (const text of ['开始答题', 'A', id === 'U0503' ? 'AB' : 'C', id === 'U0503' ? '错' : '对', '答：节约'])
        await world.says(id, text);
    expect((await world.says('U0501', '测试结果'))[0]).not.toContain('平均');

    await world.passUntil('2013-05-20T10:00:00+08:00');

    expect(world.toldTo('U0702').find((text) => text.includes('已截止'))).toBe(
      '《八项规定知识测试》已截止：应考7人，已考2人，平均50.0分，及格率50.0%（1/2）。',
    );
    expect((await world.says('U0501', '测试结果'))[0]).toContain('高新技术发展及产业化科应考3人，已考2人，平均50.0分');
    expect(world.toldTo('U0501').some((text) => text.includes('您还没有答完'))).toBe(true);
  });

  test('rows without a right answer are listed at import, and nothing is taken in', async () => {
    const world = await openWorld({ now: NOW });
    const bad = [
      ...BANK,
      ['八项规定', '5', '单选', '无答案', '甲', '乙', '', ''],
      ['八项规定', '6', '单选', '错答案', '甲', '乙', '', 'E'],
    ];

    await expect(world.db.write((tx) => importQuestions(tx, [bad]))).rejects.toThrow(
      /第6行 答案: 没有正确答案[\s\S]*第7行 答案: “E”不是这道题的选项/,
    );
    expect(await world.db.client.testQuestion.count()).toBe(0);
  });
});

describe('题库', () => {
  const choice = (no: string, ...cells: string[]) => ['八项规定', no, '单选', `第${no}题`, ...cells];

  test('every flaw is listed by row: options with a hole, the same twice, a number twice, a kind that is none', async () => {
    const world = await openWorld({ now: NOW });
    const bad = [
      ...BANK,
      choice('5', '甲', '', '丙', 'B'),
      choice('6', '甲', '甲', '', 'A'),
      choice('1', '甲', '乙', '', 'A'),
      ['八项规定', '七', '简答', '', '', '', '', '略'],
    ];

    const refused = world.db.write((tx) => importQuestions(tx, [bad]));

    await expect(refused).rejects.toThrow(
      [
        '第6行 选项: 中间缺B项，请依次填写',
        '第7行 选项: 有两项内容相同',
        '第8行 题号: 与第2行重复',
        '第9行 题型: 应为单选、多选、判断或填空',
        '第9行 题号: 应为数字',
        '第9行 题目: 不能为空',
      ].join('\n'),
    );
    expect(await world.db.client.testQuestion.count()).toBe(0);
  });

  test('a bank is not changed while a test is made of it, so that everybody is asked and marked alike', async () => {
    const world = await openWorld({ now: NOW });
    await prepare(world);
    const changed = BANK.map((row, index) => (index === 1 ? [...row.slice(0, 7), 'B'] : row));

    await expect(world.db.write((tx) => importQuestions(tx, [changed]))).rejects.toThrow(
      '题库“八项规定”正用于《八项规定知识测试》，截止后再导入',
    );
    expect(await world.db.write((tx) => importQuestions(tx, [BANK]))).toEqual({ added: 0, changed: 0, unchanged: 4 });
    await world.passUntil('2013-05-20T10:00:00+08:00');
    expect(await world.db.write((tx) => importQuestions(tx, [changed]))).toMatchObject({ changed: 1 });
  });
});

describe('意见', () => {
  test('an opinion reaches the office, is brought up after three workdays, and its answer reaches who sent it', async () => {
    const world = await openWorld({ now: NOW });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
    await world.db.client.person.update({ where: { id: 'u0502' }, data: { roles: '["staff","admin"]' } });

    expect(await world.says('U0503', '意见：提醒太多，能不能合并成一条')).toEqual([
      '已转活动办和系统管理员：意见1，没有署名，要署名请写“实名意见：”，5个工作日内答复您。十分钟内可发“撤销”收回。',
    ]);
    // The administrator hears it too; nobody hears whose it is, and the log keeps no word of it.
    expect(world.toldTo('U0702').at(-1)).toBe('收到意见1：提醒太多，能不能合并成一条。请发“答复意见1 内容”。');
    expect(world.toldTo('U0502').at(-1)).toBe('收到意见1：提醒太多，能不能合并成一条。由活动办答复。');
    expect((await world.db.client.audit.findFirstOrThrow({ where: { intent: 'opinion.send' } })).command).not.toContain(
      '提醒太多',
    );
    await world.says('U0503', '实名意见：会议室的投影仪该换了');
    expect(world.toldTo('U0702').at(-1)).toContain('收到雷鸣的意见2：会议室的投影仪该换了。');
    await world.says('U0503', '撤销');
    await world.passUntil('2013-05-20T10:00:00+08:00');
    expect(world.toldTo('U0702').find((text) => text.includes('未答复'))).toContain('意见1“提醒太多');
    expect((await world.says('U0503', '答复意见1 已合并'))[0]).toContain('该操作由活动办办理');
    await world.says('U0702', '答复意见1 早上的提醒已合并成一条');
    expect(world.toldTo('U0503').at(-1)).toBe('您的意见“提醒太多，能不能合并成一条”已答复：早上的提醒已合并成一条。');
  });
});
