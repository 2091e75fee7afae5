import { describe, expect, test } from 'vitest';
import { importSynonyms } from '#bot/import/synonyms.ts';
import { understand } from '#bot/language/understand.ts';
import { bureau, capabilities } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const NOON = '2013-05-14T12:00:00+08:00';
const sample = bureau('fixture.json');

/** What somebody of the sample bureau's office means by a text: intent and the slots that count. */
function meantBy(text: string) {
  const speaker = sample.members.find(({ roles }) => roles.includes('office'));
  if (!speaker) throw new Error('the bureau has an office');
  const result = understand({ text, speaker, now: new Date(NOON), chat: 'direct' }, sample, capabilities);
  if (result.outcome !== 'act') return result.outcome;
  return result.commands
    .map(({ handler, input }) => [handler.name, ...Object.values(input as object)].join(' '))
    .join(';');
}

describe('叫法的说法', () => {
  test.each([
    ['以后“小巨人”就是K3-1', 'name.set 小巨人 item K3-1'],
    ['“小巨人”就是K3-1', 'name.set 小巨人 item K3-1'],
    ['「小巨人」指的是3号台账', 'name.set 小巨人 item K1-3'],
    ['以后说“产权”就是指知识产权科', 'name.set 产权 department ZCQ'],
    ['今后，“产权”指知识产权科。', 'name.set 产权 department ZCQ'],
    ['以后大家说“质押”，就是知识产权质押融资那项', 'name.set 质押 item K6-6'],
    ['以后把K3-1叫作“小巨人”', 'name.set 小巨人 item K3-1'],
    ['“小巨人”代表K3-1这项', 'name.set 小巨人 item K3-1'],
    ['以后“小巨人”就是', 'ask'],
    ['以后“小巨人”就是那个谁', 'ask'],
    ['取消叫法“小巨人”', 'name.drop 小巨人'],
    ['“小巨人”不再指K3-1', 'name.drop 小巨人'],
    ['“小巨人”这个叫法作废', 'name.drop 小巨人'],
    ['有哪些叫法', 'name.list'],
    ['看看所有的叫法', 'name.list'],
  ])('%s: %s', (text, wanted) => {
    expect(meantBy(text)).toBe(wanted);
  });

  test.each([
    '“小巨人”就是好',
    '局长说：“以后小巨人就是K3-1”',
    '以后K3-1就是重点了',
    '“小巨人”企业培训会开完了',
    '“小巨人”是K3-1吗',
    '如果“小巨人”就是K3-1呢',
    '这就是K3-1',
    'K3-1又新增1家“小巨人”',
    '学习“两会”精神40分钟',
    '大家对他的叫法不一样',
  ])('%s sets no name', (text) => {
    expect(meantBy(text)).not.toMatch(/^name\./);
  });
});

async function withOffice() {
  const world = await openWorld({ now: NOON });
  const common = { departmentCode: 'BGS', title: '主任', userid: 'U0201' };
  await world.db.client.person.create({ data: { ...common, id: 'u0201', name: '苗青', roles: '["office"]' } });
  return world;
}

describe('叫法', () => {
  test('what the office calls an item is understood from then on, until it is taken away', async () => {
    const world = await withOffice();
    expect((await world.says('U0502', '小巨人完成60%'))[0]).not.toContain('已记录');

    expect((await world.says('U0201', '以后“小巨人”就是K1-3'))[0]).toContain('“小巨人”指3号台账');
    expect((await world.says('U0502', '小巨人完成60%'))[0]).toContain('已记录：3号台账');
    expect((await world.says('U0201', '有哪些叫法'))[0]).toContain('“小巨人”指3号台账');
    expect((await world.says('U0201', '取消叫法“小巨人”'))[0]).toContain('不再指3号台账');

    expect((await world.says('U0502', '小巨人完成60%'))[0]).not.toContain('已记录');
  });

  test('units and topics may be called otherwise too', async () => {
    const world = await withOffice();
    await world.says('U0201', '以后“环保口”就是社会发展科技科');
    await world.says('U0201', '“政治课”就是十八大报告');

    expect((await world.says('L01', '催一下环保口'))[0]).toContain('社会发展科技科');
    world.at('2013-05-14T08:25:00+08:00');
    expect((await world.says('U0503', '政治课签到'))[0]).toContain('十八大报告专题辅导');
  });

  test('only the office may; a word that means something already is refused; it can be taken back', async () => {
    const world = await withOffice();

    expect(await world.says('U0502', '以后“小巨人”就是K3-4')).toEqual(['您没有“设定叫法”权限，该操作由活动办办理。']);
    expect((await world.says('U0201', '以后“签到”就是K3-4'))[0]).toContain('没有设定');
    expect((await world.says('U0201', '以后“高新科”就是K3-4'))[0]).toContain('没有设定');
    await world.says('U0201', '以后“小巨人”就是K1-3');
    await world.says('U0201', '以后“小巨人”就是K3-4');
    await world.says('U0201', '撤销');

    expect((await world.says('U0502', '小巨人完成60%'))[0]).toContain('已记录：3号台账');
  });
});

describe('导入叫法', () => {
  const load = (world: Awaited<ReturnType<typeof withOffice>>, rows: string[][]) =>
    world.db.write((tx) => importSynonyms(tx, [[['词', '类别', '所指'], ...rows]], '2013-05-14'));

  test('a sheet of names is taken over once; importing it again changes nothing', async () => {
    const world = await withOffice();
    const rows = [
      ['小巨人', '', 'K1-3'],
      ['环保口', '科室', '社发科'],
      ['政治课', '主题', '十八大报告'],
    ];

    expect(await load(world, rows)).toEqual({ added: 3, changed: 0, unchanged: 0 });
    expect(await load(world, rows)).toEqual({ added: 0, changed: 0, unchanged: 3 });

    expect((await world.says('U0502', '小巨人完成60%'))[0]).toContain('已记录：3号台账');
  });

  test('every bad cell is listed and nothing is taken over', async () => {
    const world = await withOffice();
    const rows = [
      ['签到', '', 'K1-3'],
      ['小巨人', '人', 'K9-9'],
    ];

    await expect(load(world, rows)).rejects.toThrow(
      '第2行 词: “签到”是常用词，不能作叫法\n第3行 类别: 应为事项、科室、主题\n第3行 所指: 没有“K9-9”',
    );
    expect(await world.db.client.synonym.count()).toBe(0);
  });
});

describe('从使用中学', () => {
  const twins = async () => {
    const world = await withOffice();
    const common = { level: '科室', category: '重点工作', departmentCode: 'GXK', leaderId: 'l03', ownerId: 'u0502' };
    await world.db.client.ledgerItem.create({
      data: {
        ...common,
        code: 'K3-5',
        no: 9,
        title: '新建省级重点实验室5个',
        target: 5,
        unit: '个',
        deadline: '2013-09-30',
      },
    });
    return world;
  };
  const chooses = async (world: Awaited<ReturnType<typeof twins>>, id: string) => {
    await world.says(id, '重点实验室又新增1个');
    await world.says(id, '2');
  };

  test('what a unit chose twice is put to the office, and holds for that unit only once it agreed', async () => {
    const world = await twins();
    await chooses(world, 'U0502');
    expect(world.toldTo('U0201')).toEqual([]);
    await chooses(world, 'U0503');
    expect(world.toldTo('U0201').join()).toContain('2次选的都是9号台账');
    expect((await world.says('U0502', '重点实验室又新增1个'))[0]).toContain('哪一项');

    expect((await world.says('U0201', '同意'))[0]).toContain('已设定叫法');

    expect((await world.says('U0502', '重点实验室又新增1个'))[0]).toContain('已记录：9号台账');
    expect(await world.db.client.synonym.findMany()).toMatchObject([{ departmentCode: 'GXK', state: 'confirmed' }]);
  });

  test('refused, it is asked about as before and not suggested again', async () => {
    const world = await twins();
    await chooses(world, 'U0502');
    await chooses(world, 'U0502');
    await world.says('U0201', '不同意');
    await chooses(world, 'U0502');

    expect((await world.says('U0502', '重点实验室又新增1个'))[0]).toContain('哪一项');
    expect(world.toldTo('U0201')).toHaveLength(2);
  });

  test('words nobody understood are kept without names and numbers; private ones are not', async () => {
    const world = await twins();
    await world.says('U0502', '雷鸣那边第3批红头盖好戳没得13800138000');
    await world.says('U0503', '温静那边第5批红头盖好戳没得13900139000');
    await world.says('U0502', '最近心情很糟糕孩子又闹腾');
    await world.says('U0502', '谢谢');

    const kept = await world.db.client.unheard.findMany();
    expect(kept).toMatchObject([{ times: 2 }]);
    expect(kept[0]?.words).not.toMatch(/雷鸣|温静|\d/);
  });
});
