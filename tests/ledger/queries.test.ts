import { describe, expect, test } from 'vitest';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const office = bureau('fixture.json');
const NOON = '2013-05-14T12:00:00+08:00';

describe('情况、本月、比上月', () => {
  test.each([
    'L01 05-16 情况 => query.standing scope=bureau month=2013-05',
    'L03 05-16 看看情况 => query.standing scope=leader:L03 month=2013-05',
    'U0501 05-16 目前情况。 => query.standing scope=department:GXK month=2013-05',
    'U0502 05-16 概况 => query.standing scope=me month=2013-05',
    'L01 05-16 高新科本月 => query.standing scope=department:GXK month=2013-05',
    'L01 05-16 高新科这个月怎么样 => query.standing scope=department:GXK month=2013-05',
    'L01 05-16 全局4月份情况 => query.standing scope=bureau month=2013-04',
    'U0201 05-16 上个月全局怎么样？ => query.standing scope=bureau month=2013-04',
    'L03 05-16 我分管的上个月怎么样 => query.standing scope=leader:L03 month=2013-04',
    'U0501 05-16 本科这个月怎么样 => query.standing scope=department:GXK month=2013-05',
    'L01 05-16 比上月 => query.standing scope=bureau month=2013-05 against=2013-04',
    'L01 05-16 跟上个月比怎么样 => query.standing scope=bureau month=2013-05 against=2013-04',
    'L01 05-16 高新科和上月相比有什么变化 => query.standing scope=department:GXK month=2013-05 against=2013-04',
    'U0501 05-16 本科本月比4月怎么样 => query.standing scope=department:GXK month=2013-05 against=2013-04',
    'L01g 05-16 高新科这个月怎么样？ => query.standing scope=department:GXK month=2013-05',
    'U0501 05-16 比上月多签了两家合同 => none | ask | ledger.progress item=K3-1 increment=2',
    'U0501 05-16 本月情况已经报给局办了 => none | ask',
    'L01g 05-16 情况 => none',
    'U0501g 05-16 这个月情况特殊，大家体谅 => none',
    'U0502 05-16 天气比上月热多了 => none',
    'U0502 05-16 情况是这样的，我明天说 => none',
    'U0501 05-16 本月工作总结：培育1家，存在问题是人手不足，下月继续 => report.month month=2013-05',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('the same question by chief, deputy, head and staff gives four answers, each of the own scope', async () => {
    const world = await openWorld({ now: NOON });
    await world.db.client.ledgerItem.create({
      data: {
        ...{ code: 'K3-2', no: 6, title: '节能减排示范企业2家', target: 2, unit: '家', deadline: '2013-12-31' },
        ...{ level: '科室', category: '重点工作', departmentCode: 'SFK', leaderId: 'l04', ownerId: 'u0702' },
      },
    });
    await world.says('U0502', 'K3-4累计1个');

    const [chief, deputy, head, staff] = await Promise.all(
      ['L01', 'L04', 'U0501', 'U0502'].map(async (id) => (await world.says(id, '情况'))[0]),
    );

    expect(chief).toContain('全局共3项，已验收0.0%（0/3）');
    expect(chief).toContain('逾期33.3%（1/3）');
    expect(chief, 'of several units those without a summary are named').toContain('未报：办公室');
    expect(deputy).toContain('您分管的共1项');
    expect(head).toContain('高新技术发展及产业化科共2项');
    expect(staff).toContain('您名下共2项');
    for (const answer of [chief, deputy, head, staff]) {
      expect(answer).toMatch(/^截至5月14日（星期二）12:00，/);
      expect(Buffer.byteLength(answer ?? '')).toBeLessThanOrEqual(2048);
    }
  });

  test('a month that is over is shown as it stood at its end, and compared with what stands now', async () => {
    const world = await openWorld({ now: '2013-04-10T12:00:00+08:00' });
    await world.says('U0502', '3号台账完成100%');
    world.at(NOON);
    await world.says('U0502', '3号台账申请验收');
    await world.says('L03', '3号台账验收通过');
    await world.says('L03', '确认');

    expect((await world.says('L01', '高新科4月份怎么样'))[0]).toContain(
      '截至4月30日（星期二），高新技术发展及产业化科共2项，已验收0.0%（0/2），待验收0项，推进中1项，未报1项，逾期0.0%（0/2）。',
    );
    expect((await world.says('L01', '比上月'))[0]).toContain('比4月30日（星期二）：已验收0→1项。');
    expect((await world.says('L01', '全局6月份情况'))[0]).toBe('6月份还没有到，没有数字。');
  });

  test('outside the own scope it is refused and nothing of it is said', async () => {
    const world = await openWorld({ now: NOON });

    expect(await world.says('L04', '高新科这个月怎么样')).toEqual([
      '您没有“查看情况”权限，该操作由该科室（单位）负责人、分管领导或活动办办理。',
    ]);
  });
});
