import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

const NOON = '2013-05-14T12:00:00+08:00';
type World = Awaited<ReturnType<typeof openWorld>>;

/** Two laboratories in the ledger of 温静, so that 「实验室」 fits both. */
async function withTwins(file?: string) {
  const world = await openWorld({ now: NOON, ...(file && { file }) });
  const common = { level: '科室', category: '重点工作', departmentCode: 'GXK', leaderId: 'l03', ownerId: 'u0502' };
  await world.db.client.ledgerItem.createMany({
    data: [
      { ...common, code: 'K3-5', no: 9, title: '新建省级重点实验室2个', target: 2, unit: '个', deadline: '2013-09-30' },
    ],
  });
  return world;
}
const quantityOf = async (world: World, code: string) =>
  (await world.db.client.ledgerItem.findUniqueOrThrow({ where: { code } })).quantity;
const buttonsOf = async (world: World): Promise<{ label: string; says: string }[]> => {
  const row = await world.db.client.outbox.findFirst({ where: { buttons: { not: null } }, orderBy: { id: 'desc' } });
  return JSON.parse(row?.buttons ?? '[]');
};

describe('反问与回答', () => {
  test('a question lists what can be meant, numbered, and each is a button', async () => {
    const world = await withTwins();

    await world.says('U0502', '重点实验室又新增1个');

    expect((await world.db.client.outbox.findFirst({ orderBy: { id: 'desc' } }))?.text).toBe(
      '您报的是哪一项的进度？\n1. 8号《新建市级重点实验室3个》\n2. 9号《新建省级重点实验室2个》\n请回复序号或名称。',
    );

    expect(await buttonsOf(world)).toMatchObject([
      { label: '8号《新建市级重点实验室3个》', says: expect.stringMatching(/^选1〔Q\d+〕$/) },
      { label: '9号《新建省级重点实验室2个》', says: expect.stringMatching(/^选2〔Q\d+〕$/) },
    ]);
    expect(await world.db.client.itemFact.count({ where: { kind: 'reported' } })).toBe(0);
  });

  test.each([
    ['第二个', 'K3-5'],
    ['2', 'K3-5'],
    ['２', 'K3-5'],
    ['后一个', 'K3-5'],
    ['第一个吧', 'K3-4'],
    ['K3-5', 'K3-5'],
    ['是k3-4', 'K3-4'],
    ['9号', 'K3-5'],
    ['8号台账', 'K3-4'],
    ['省级的', 'K3-5'],
    ['市级那个', 'K3-4'],
    ['不是，是省级的', 'K3-5'],
  ])('%s answers it and what was meant goes on', async (answer, code) => {
    const world = await withTwins();
    await world.says('U0502', '重点实验室又新增1个');

    expect((await world.says('U0502', answer))[0]).toContain('0→1/');

    expect(await quantityOf(world, code)).toBe(1);
    expect(await world.db.client.itemFact.count({ where: { kind: 'reported' } })).toBe(1);
  });

  test.each(['第三个', '是的', '县级的', '哈哈'])(
    '%s fits nothing: it is asked again and nothing is recorded',
    async (answer) => {
      const world = await withTwins();
      await world.says('U0502', '重点实验室又新增1个');

      expect((await world.says('U0502', answer))[0]).toContain('1. 8号');
      expect(await world.db.client.itemFact.count({ where: { kind: 'reported' } })).toBe(0);

      await world.says('U0502', '1');
      expect(await quantityOf(world, 'K3-4')).toBe(1);
    },
  );

  test.each(['确认', '取消', '不是。'])('%s where nothing was asked is told so and does nothing', async (answer) => {
    const world = await withTwins();
    expect(await world.says('U0502', answer)).toEqual([
      '现在没有等您回答的问题，没有办理。请直接说要办的事，或发送“帮助”。',
    ]);
    expect(await world.db.client.audit.count()).toBe(0);
    expect(await world.db.client.unheard.count()).toBe(0);
  });

  test('a tap answers its own question only, once, and not after ten minutes', async () => {
    const world = await withTwins();
    await world.says('U0502', '重点实验室又新增1个');
    const [, old] = await buttonsOf(world);
    await world.says('U0502', '重点实验室又新增2个');

    expect(await world.says('U0502', old?.says ?? '')).toEqual(['这个问题已经答过或已过期，没有办理。请重新说一次。']);
    const [, current] = await buttonsOf(world);
    expect((await world.says('U0502', current?.says ?? ''))[0]).toContain('0→2/2个');
    expect((await world.says('U0502', current?.says ?? ''))[0]).toContain('已经答过');
    await world.says('U0502', '重点实验室又新增1个');
    world.at('2013-05-14T12:11:00+08:00');

    expect((await world.says('U0502', '1'))[0]).toContain('已过期');
    expect((await world.says('U0502', (await buttonsOf(world))[0]?.says ?? ''))[0]).toContain('已过期');
    expect(await quantityOf(world, 'K3-4')).toBeNull();
  });

  test("nobody answers another one's question", async () => {
    const world = await withTwins();
    await world.says('U0502', '重点实验室又新增1个');
    const [tap] = await buttonsOf(world);

    expect((await world.says('U0503', tap?.says ?? ''))[0]).toContain('没有办理');
    await world.says('U0503', '1');

    expect(await world.db.client.itemFact.count({ where: { kind: 'reported' } })).toBe(0);
  });

  test('a wholly new message drops the question, a no as well', async () => {
    const world = await withTwins();
    await world.says('U0502', '重点实验室又新增1个');
    expect((await world.says('U0502', '3号台账完成60%'))[0]).toContain('已记录：3号台账');
    await world.says('U0502', '2');
    await world.says('U0502', '重点实验室又新增1个');
    expect(await world.says('U0502', '算了')).toEqual(['好的，没有办理。']);
    await world.says('U0502', '2');

    expect(await quantityOf(world, 'K3-5')).toBeNull();
  });

  test('a day within what names a work answers no question about a day', async () => {
    const world = await withTwins();

    expect(await world.says('U0502', '请假，6月31号')).toEqual(['没有6月31号这一天，请写明正确的日期。']);
    await world.says('U0502', '8号台账完成120%');

    expect(await world.db.client.leave.count()).toBe(0);
    expect(await quantityOf(world, 'K3-4')).toBeNull();
    expect((await world.says('U0502', '6月28号'))[0]).not.toContain('没有6月31号');
  });

  test('a question survives a restart', async () => {
    const world = await withTwins();
    await world.says('U0502', '重点实验室又新增1个');
    await world.app.stop();
    await world.db.close();
    const after = await openWorld({ now: '2013-05-14T12:05:00+08:00', file: world.url });

    expect((await after.says('U0502', '第二个', 'after-1'))[0]).toContain('9号台账');
  });

  test.each([
    ['U0502', '3号台账完成八九成', '85%', '3号台账', '未报→85%'],
    ['U0502', 'K3-4新增两三个', '2个', '8号台账', '0→2/3个'],
    ['U0502', '申请验收', '3号', '3号台账', '已申请验收'],
    ['U0501', '3号台账申请延期', '6月10日', '3号台账', '6月10日'],
    ['U0502', '99号台账完成60%', '3号', '3号台账', '未报→60%'],
  ])('%s: %s, then only 「%s」, goes on', async (from, text, answer, item, fact) => {
    const world = await openWorld({ now: NOON });
    await world.says(from, text);

    const [reply = ''] = await world.says(from, answer);

    expect(reply).toContain(item);
    expect(reply).toContain(fact);
  });

  test('a unit that only sounds so is asked about with a yes or no, and a yes goes on', async () => {
    const world = await openWorld({ now: NOON });

    const [question] = await world.says('L01', '催一下高薪科');
    expect(question).toContain('是催办高新技术发展及产业化科吗？');
    expect(await buttonsOf(world)).toMatchObject([{ label: '是' }, { label: '不是' }]);

    expect((await world.says('L01', '是的'))[0]).toContain('高新技术发展及产业化科');
    await world.says('L01', '交办高薪科：周五前报名单');
    expect((await world.says('L01', '是'))[0]).toContain('5月17日');
    await world.says('L01', '交办高薪科：周五前报经费表');
    expect(await world.says('L01', '不是')).toEqual(['好的，没有办理。']);

    expect(await world.db.client.assignment.count()).toBe(1);
  });

  test('what is clear in the message waits for what is not, and both are done in order', async () => {
    const world = await withTwins();
    await world.says('U0502', '3号台账完成60%。重点实验室又新增1个');
    expect(await world.db.client.itemFact.count({ where: { kind: 'reported' } })).toBe(0);

    const [reply = ''] = await world.says('U0502', '2');

    expect(reply.split('\n')).toMatchObject([expect.stringContaining('3号台账'), expect.stringContaining('9号台账')]);
  });

  test('what one may not do is not offered', async () => {
    const world = await withTwins();

    expect(await world.says('U0702', '重点实验室那项退回，缺批文')).toEqual([
      '您没有“退回验收”权限，该操作由分管领导办理。',
    ]);
  });
});

describe('更正上一条', () => {
  test.each([
    ['K3-4新增1个', '刚才那个应该是2个', '已更正：1个→2个。', '0→2/3个'],
    ['K3-4新增1个', '不对，是2个', '已更正：1个→2个。', '0→2/3个'],
    ['K3-4新增1个', '不是1个，是2个', '已更正：1个→2个。', '0→2/3个'],
    ['3号台账完成60%', '刚才报错了，应该是50%', '已更正：60%→50%。', '未报→50%'],
    ['3号台账完成60%', '上一条改成五成', '已更正：60%→五成。', '未报→50%'],
    ['3号台账完成60%', '刚才那个应该是8号台账', '已更正：3号台账→8号台账。', '8号台账'],
    ['K1-3完成60%', '报错了，是K3-4', '已更正：K1-3→K3-4。', '8号台账'],
  ])('%s, then 「%s」: taken back and done anew, before and after said', async (first, then, verdict, fact) => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', first);

    const [reply = ''] = await world.says('U0502', then);

    expect(reply).toContain(verdict);
    expect(reply).toContain(fact);
    expect(await world.db.client.itemFact.count({ where: { kind: 'reported', undoneAt: null } })).toBe(1);
    expect(await world.db.client.audit.count()).toBe(3);
  });

  test('corrected twice, and what is corrected can be taken back', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', 'K3-4新增1个');
    await world.says('U0502', '刚才那个应该是2个');
    expect((await world.says('U0502', '不对，是3个'))[0]).toContain('0→3/3个');

    expect(await world.says('U0502', '撤销')).toEqual([expect.stringContaining('已撤销：上报台账进度。')]);
    expect(await quantityOf(world, 'K3-4')).toBeNull();
  });

  test('a correction that cannot be recorded leaves the record as it was', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', '3号台账完成60%');
    await world.says('U0503', '3号台账完成70%');

    expect((await world.says('U0502', '刚才那个应该是65%'))[0]).toContain('不能更正');

    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K1-3' } })).toMatchObject({ percent: 70 });
    expect(await world.db.client.itemFact.count({ where: { kind: 'reported', undoneAt: null } })).toBe(2);
  });

  test('after ten minutes, or with nothing before it, nothing is corrected', async () => {
    const world = await openWorld({ now: NOON });
    await world.says('U0502', '刚才那个应该是50%');
    await world.says('U0502', '3号台账完成60%');
    world.at('2013-05-14T12:11:00+08:00');
    await world.says('U0502', '刚才那个应该是50%');

    expect(await world.db.client.ledgerItem.findUnique({ where: { code: 'K1-3' } })).toMatchObject({ percent: 60 });
  });
});

describe('请人决定', () => {
  const asked = async () => {
    const world = await withTwins();
    await world.says('U0501', '申请把8号台账延到9月10日，评审推迟');
    const [first] = await buttonsOf(world);
    await world.says('U0501', '申请把9号台账延到10月10日，材料在路上');
    return { world, first };
  };
  const states = async (world: World) =>
    (await world.db.client.extension.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state);

  test('a tap decides what its card is about, whatever else waits, and only once', async () => {
    const { world, first } = await asked();

    expect(first).toMatchObject({ label: '同意', says: expect.stringMatching(/^同意〔Q\d+〕$/) });
    expect((await world.says('L03', first?.says ?? ''))[0]).toContain('已同意延期：8号');
    expect((await world.says('L03', first?.says ?? ''))[0]).toContain('已经决定过');

    expect(await states(world)).toEqual(['approved', 'pending']);
  });

  test('with several waiting a bare 同意 decides nothing; a place means what stood there when it was shown', async () => {
    const { world, first } = await asked();

    expect((await world.says('L03', '同意'))[0]).toContain('有2件待您决定');
    await world.says('L03', first?.says.replace('同意', '不同意') ?? '');
    expect((await world.says('L03', '同意1'))[0]).not.toContain('已同意');
    expect(await states(world)).toEqual(['rejected', 'pending']);
    await world.says('L03', '同意1');

    expect(await states(world)).toEqual(['rejected', 'approved']);
  });

  test('a tap by somebody else decides nothing', async () => {
    const { world, first } = await asked();

    await world.says('L01', first?.says ?? '');
    await world.says('L04', '同意');

    expect(await states(world)).toEqual(['pending', 'pending']);
  });
});
