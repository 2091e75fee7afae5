import { describe, expect, test } from 'vitest';
import { openBureau } from '../support/bureau.ts';

describe('28日之后（R45、R92，J21、J22）', () => {
  test('on the next workday at nine the office hears who is late and who is missing, each deputy of the own line, the heads’ group units only', async () => {
    const world = await openBureau({ now: '2013-05-27T10:00:00+08:00' });
    await world.says('U0501', '提交台账，其余未报');
    await world.says('U0801', '五月份总结：完成技术合同登记12项，存在人手不足，下月抓紧推进。');
    await world.passUntil('2013-05-29T08:59:00+08:00');
    await world.says('U0401', '提交台账，其余未报');
    const told = (id: string) => world.toldTo(id).filter((text) => text.includes('28日24时截止'));
    expect(told('U0201')).toEqual([]);

    await world.passUntil('2013-05-29T09:00:00+08:00');

    expect(told('U0201').join()).toContain(
      '5月份总结已于5月28日24时截止：应报14个科室（单位），按时2个，逾期1个，未报11个：办公室、活动办、人事科、农村科技科、',
    );
    expect(told('L03').join()).toContain(
      '应报5个科室（单位），按时2个，逾期1个，未报2个：生产力促进中心、科技企业孵化器。',
    );
    expect(told('L02').join()).toContain('应报2个科室（单位），按时0个，逾期0个，未报2个：办公室、活动办。');
    expect(told('L01')).toEqual([]);
    expect(told('U0501')).toEqual([]);
    const digest = world.wecom.groups.find((text) => text.includes('工作简报')) ?? '';
    expect(digest).toContain('六、月度总结：应报14个科室（单位），按时2个，逾期1个，未报11个');
    expect(digest).not.toMatch(/龚海波|贺志强|倪卫国/);
  });

  test('when nobody handed in the digest goes out all the same, after the office saw it a workday before; its figures are kept', async () => {
    const world = await openBureau({ now: '2013-05-27T10:00:00+08:00' });
    await world.passUntil('2013-05-28T09:00:00+08:00');
    expect(world.toldTo('U0201').join()).toContain('5月份月报预览，5月29日（星期三）09:00按届时数字发到各群');
    await world.passUntil('2013-05-29T09:30:00+08:00');

    const digest = world.wecom.groups.find((text) => text.includes('工作简报')) ?? '';
    expect(digest).toContain('未报14个');
    const kept = await world.db.client.digest.findUniqueOrThrow({ where: { month: '2013-05' } });
    const { reports, ledger } = JSON.parse(kept.facts ?? '');
    expect([reports.due, reports.missing.length]).toEqual([14, 14]);
    expect(digest).toContain(`共${ledger.items}项`);
    expect(kept.text).toBe(digest);
  });
});
