import { describe, expect, test } from 'vitest';
import { readSheets } from '#bot/import/table.ts';
import { importTopics } from '#bot/import/topics.ts';
import { openWorld } from '../support/world.ts';

const NOW = '2013-05-15T09:00:00+08:00';
const opened = async () => {
  const world = await openWorld({ now: NOW });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  const sheets = await readSheets('emulator/sample/学习内容.csv');
  await world.db.write((tx) => importTopics(tx, sheets));
  const says = async (text: string, from = 'U0702') => (await world.says(from, text))[0] ?? '';
  const topic = (id: number) => world.db.client.studyTopic.findUnique({ where: { id } });
  return { world, says, topic };
};

describe('学习内容维护', () => {
  test('the office adds one with class and material; without a class it is asked, and the answer adds it', async () => {
    const { world, says, topic } = await opened();

    expect(await says('增加学习内容《科技进步法》 业务 材料：科技进步法原文')).toBe(
      '已增加学习内容22《科技进步法》（业务），材料：科技进步法原文。十分钟内可发“撤销”收回。',
    );
    expect(await says('增加学习内容 技术合同认定')).toContain('技术合同认定属于哪一类？');
    expect(await says('业务')).toContain('已增加学习内容23“技术合同认定”（业务），材料未定');
    expect(await topic(23)).toMatchObject({ title: '技术合同认定', kind: '业务', material: null });
    expect(await says('学习内容')).toContain('学习内容共23项');
    // It is there at once: a plan on it finds its material.
    expect((await world.says('L03', '安排下周二上午9点在二楼报告厅学习《科技进步法》'))[0]).toContain('四落实4/4');
  });

  test('doubles are refused, also in other marks, one that was retired is named, and a new name may be nobody’s', async () => {
    const { world, says } = await opened();

    expect(await says('增加学习内容 新党章 政治理论')).toBe(
      '没有改动：学习内容2新《党章》（政治理论）已在库中，不必重复。',
    );
    expect(await says('学习内容3改名为《濮兴九评》')).toMatch(/^没有改动：学习内容\d+《濮兴九评》（.+）已在库中/);
    await says('停用学习内容2');
    expect(await says('增加学习内容 新党章 政治理论')).toBe(
      '没有增加：学习内容2新《党章》已在库中，现已停用。需要恢复请发“恢复学习内容2”。',
    );
    expect(await world.db.client.studyTopic.count()).toBe(21);
  });

  test('an unknown number or title is refused, of a title the nearest are named', async () => {
    const { says } = await opened();

    expect(await says('停用学习内容99')).toBe('没有改动：学习内容库中没有第99项。请发“学习内容”查看编号。');
    expect(await says('学习内容99类别改为业务')).toContain('没有第99项');
    expect(await says('撤下学习内容《九论》')).toMatch(/没有《九论》，相近的有：[^、]*《何平新九论》/);
    expect(await says('学习内容99')).toBe('学习内容库中没有第99项。请发“学习内容”查看全部。');
  });

  test('changed is said before and after, taken back it is as before, and only the office may', async () => {
    const { says, topic } = await opened();

    expect(await says('学习内容5类别改为业务')).toMatch(/^已改：学习内容5.+类别廉政→业务。/);
    expect(await says('学习内容5类别改为业务')).toContain('没有改动');
    await says('撤销');
    expect((await topic(5))?.kind).toBe('廉政');
    expect(await says('学习内容3的材料：讲话汇编')).toContain('材料未定→讲话汇编');
    expect(await says('停用学习内容5', 'U0501')).toContain('您没有“学习内容维护”权限，该操作由活动办办理');
    expect((await topic(5))?.removedAt).toBeNull();
  });

  test('retired, it is in no list and no plan, keeps what was studied, and comes back', async () => {
    const { world, says } = await opened();
    const held = { kind: '集中学习', venue: '三楼会议室', end: new Date('2013-05-10T10:30+08:00') };
    const no = Number(/(\d+)《何平新九论》/.exec(await says('学习内容'))?.[1]);
    await world.db.client.session.create({
      data: { ...held, code: 'S1', topic: '《何平新九论》', start: new Date('2013-05-10T09:00+08:00') },
    });

    expect(await says(`停用学习内容${no}`)).toContain('以往的学习记录都保留');
    expect(await says('学习内容')).toContain('学习内容共20项，已学1项');
    expect(await says(`学习内容${no}`)).toContain(`${no}　《何平新九论》（政治理论），已学1次，已停用。`);
    expect((await world.says('L03', '安排下周三上午9点在二楼报告厅学习《何平新九论》'))[0]).toContain(
      '学习内容库中没有这个主题',
    );
    await says(`恢复学习内容${no}`);
    expect(await says('学习内容')).toContain('《何平新九论》（1次）');
  });

  test('a topic given another name keeps its count, and the import keeps its numbers', async () => {
    const { world, says } = await opened();
    await world.says('L03', '安排下周二上午9点在二楼报告厅学习《何平新九论》');
    const no = (await world.db.client.session.findFirstOrThrow({ where: { topicId: { not: null } } })).topicId;
    world.at('2013-05-22T09:00:00+08:00');

    expect(await says(`学习内容${no}改名为《市委工作九论》`)).toContain('由《何平新九论》改为《市委工作九论》');
    expect(await says(`学习内容${no}`)).toContain('《市委工作九论》（政治理论），已学1次');
    await says('增加学习内容《专利法》 业务');
    const added = await world.db.write((tx) =>
      importTopics(tx, [
        [
          ['主题', '类别'],
          ['商标法', '业务'],
        ],
      ]),
    );
    expect(added).toMatchObject({ added: 1 });
    expect((await world.db.client.studyTopic.findMany({ where: { id: { gt: 21 } } })).map(({ id }) => id)).toEqual([
      22, 23,
    ]);
  });

  test('an added topic taken back leaves no gap; one that a plan uses stays', async () => {
    const { world, says } = await opened();

    await says('增加学习内容《专利法》 业务');
    await says('撤销');
    expect(await says('增加学习内容《商标法》 业务')).toContain('已增加学习内容22《商标法》');
    await world.says('L03', '安排下周二上午9点在二楼报告厅学习《商标法》');
    expect(await says('撤销')).not.toContain('已撤销');
    expect(await world.db.client.studyTopic.count({ where: { title: '《商标法》' } })).toBe(1);
  });
});

describe('查学习内容', () => {
  test('words of a title find it; several are listed with their numbers; in a group nothing more is said', async () => {
    const { world, says } = await opened();

    expect(await says('查学习内容 何平新九论', 'U0503')).toMatch(/^\d+　《何平新九论》（政治理论），未学。材料/);
    const many = await says('查学习内容 工作会议', 'U0503');
    expect(many).toMatch(/^与“工作会议”有关的学习内容\d项：\n\d+　/);
    expect(await says('学习内容里有没有消防安全', 'U0503')).toContain('没有“消防安全”，相近的有：');
    expect(await world.db.client.audit.count()).toBe(0);
  });
});
