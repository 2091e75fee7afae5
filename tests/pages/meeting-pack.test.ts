import { describe, expect, test } from 'vitest';
import { signedIn } from '../support/phone.ts';
import { openWorld } from '../support/world.ts';

const openPages = async () => {
  const world = await openWorld({
    now: '2013-06-03T09:05:00+08:00',
    env: { PUBLIC_URL: 'https://bot.example.gov.cn' },
  });
  await world.db.client.campaign.create({
    data: { id: 1, name: '一创双优', from: '2013-03-01', to: '2013-09-30', office: '濮阳市科学技术局' },
  });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  return world;
};
const pageFor = async (world: Awaited<ReturnType<typeof openPages>>, who: string, query = '') => {
  const { mine } = await signedIn(world, who);
  const response = await mine.opens(`/pages/meeting${query}`);
  return { status: response.status, text: await response.text() };
};

describe('汇报会材料网页 (R61)', () => {
  test('the office and the chief see every unit of last month, a leader those in charge, a head the own, others nothing', async () => {
    const world = await openPages();
    const units = ['【办公室】', '【高新技术发展及产业化科】', '【社会发展科技科】'];
    const seenBy = async (who: string) => {
      const { text } = await pageFor(world, who);
      return units.filter((unit) => text.includes(unit));
    };

    expect(await seenBy('U0702')).toEqual(units);
    expect(await seenBy('L01')).toEqual(units);
    expect(await seenBy('L04')).toEqual(['【社会发展科技科】']);
    expect(await seenBy('U0501')).toEqual(['【高新技术发展及产业化科】']);
    expect((await pageFor(world, 'U0501')).text).not.toContain('台账共');
    expect((await pageFor(world, 'U0503')).status).toBe(403);
    const { text } = await pageFor(world, 'U0702');
    expect(text).toContain('“一创双优”活动2013年5月份汇报会材料');
    expect(text).toContain('月度总结：未报。');
    expect(text).not.toMatch(/<script/);
  });

  test('another month is asked for by its name; one to come, or no month, is last month’s', async () => {
    const world = await openPages();

    expect((await pageFor(world, 'U0702', '?month=2013-04')).text).toContain('2013年4月份汇报会材料');
    for (const query of ['?month=2013-07', '?month=2013-13', '?month[]=2013-04'])
      expect((await pageFor(world, 'U0702', query)).text).toContain('2013年5月份汇报会材料');
  });
});
