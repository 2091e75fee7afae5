import { describe, expect, test } from 'vitest';
import { packOf, unitFigures } from '#bot/store/meeting-pack.ts';
import { loadWorld } from '#bot/store/world.ts';
import { openBureau } from '../support/bureau.ts';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';

const office = bureau('fixture.json');

describe('科室（单位）月报（3.5）', () => {
  test.each([
    'U0501 05-21 本科5月份月报 => month.paper department=GXK month=2013-05',
    'U0501 05-21 生成科室月报 => month.paper department=GXK month=2013-05',
    'U0501 05-21 我科四月份月报 => month.paper department=GXK month=2013-04',
    'U1301 05-21 本单位月报 => month.paper department=YQ month=2013-05',
    'U1301 05-21 起草本单位5月月报 => month.paper department=YQ month=2013-05',
    'U1301 05-03 导出我们单位月报 => month.paper department=YQ month=2013-04',
    'U0201 05-21 生成高新科5月份月报 => month.paper department=GXK month=2013-05',
    'U0201 05-21 高新科5月份月报 => month.paper department=GXK month=2013-05',
    'U0201 05-21 情报所月报 => month.paper department=QBS month=2013-05',
    'L03 05-21 看高新科四月份的月报 => month.paper department=GXK month=2013-04',
    'L03 05-21 打印成果科月度报告 => month.paper department=CGK month=2013-05',
    'L01 05-21 看四月份月报 => query.digest month=2013-04',
    'L01 05-21 月报 => query.digest month=2013-04',
    'U0201 05-21 高新科月报还没报 => none | ask | query.unreported month=2013-05',
    'U0201 05-21 催高新科报月报 => urge.send department=GXK',
    'U0501 05-21 不用生成科室月报 => none | ask | query.digest month=2013-04',
    'U0501g 05-21 本科5月份月报 => none | query.digest month=2013-05',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('a unit’s month as a paper: what was told part by part, problems, plans, and the review of a 局属单位 only', async () => {
    const world = await openBureau({ now: '2013-05-20T10:00:00+08:00', jobs: [] });
    await world.says('U0502', '8号台账累计1个，省厅批了一家');
    await world.says('U0501', '9号台账存在问题：场地没落实；下一步打算：会同开发区选址');
    await world.says('U1301', '活动情况回顾：组织两次集中学习；经验：以会代训');

    expect(await world.says('U0501', '本科5月份月报')).toContain(
      '高新技术发展及产业化科5月份月报随后发来，按已报内容生成，请核对后使用。',
    );
    const [paper] = world.wecom.papers.splice(0);
    expect(paper).toMatchObject({ to: 'u0501', name: '高新技术发展及产业化科2013年5月份月报.docx' });
    const document = JSON.parse(paper?.bytes.toString('utf8') ?? '');
    const text: string[] = document.body.map(({ text }: { text: string }) => text);
    expect(
      document.body
        .filter(({ kind }: { kind: string }) => kind === 'heading')
        .map(({ text }: { text: string }) => text),
    ).toEqual([
      '一、本月工作完成情况',
      '（一）学习教育',
      '（二）台账事项',
      '（三）交办转办',
      '（四）查摆整改',
      '（五）走访服务',
      '二、存在问题',
      '三、下月工作打算',
    ]);
    expect(text).toContain('2. 《新建市级重点实验室3个》1/3个（33.3%）：5月20日，8号台账累计1个，省厅批了一家。');
    expect(text).toContain('1. 《新建市级工程技术研究中心7个》：场地没落实。');
    expect(text).toContain('1. 《新建市级工程技术研究中心7个》：会同开发区选址。');
    expect(document).toMatchObject({ signature: '高新技术发展及产业化科', date: '2013年5月20日' });

    await world.says('U1301', '本单位月报');
    const review = world.wecom.papers.splice(0)[0]?.bytes.toString('utf8') ?? '';
    expect(review).toContain('四、活动情况回顾');
    expect(review).toContain('经验：以会代训。');
  });

  test('its figures are those of the meeting pack, unit by unit', async () => {
    const world = await openBureau({ now: '2013-05-20T10:00:00+08:00', jobs: [] });
    await world.says('U0502', '8号台账累计1个，省厅批了一家');
    await world.says('L01', '交办高新科：5月30日前报孵化器名单');
    await world.says('U0501', '查摆问题：服务企业不及时，措施：限时答复，6月10日前整改');

    await world.db.read(async (tx) => {
      const bureau = await loadWorld(tx);
      const { units } = await packOf(tx, bureau, '2013-05', world.now());
      expect(units.length).toBeGreaterThan(5);
      for (const [index, unit] of bureau.departments.entries())
        expect(units[index]).toMatchObject(await unitFigures(tx, bureau, unit, '2013-05', world.now()));
    });
  });

  test('it is the unit’s own affair and its superiors’; a month to come has none', async () => {
    const world = await openBureau({ now: '2013-05-20T10:00:00+08:00', jobs: [] });

    expect((await world.says('U0901', '高新科5月份月报'))[0]).toContain('没有“科室（单位）月报”权限');
    expect((await world.says('L03', '高新科6月份月报'))[0]).toBe('6月份还没有到，没有月报。');
    expect(world.wecom.papers).toEqual([]);
  });
});
