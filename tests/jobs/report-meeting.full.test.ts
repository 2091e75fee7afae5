import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { addDays } from '#bot/calendar.ts';
import { type MeetingPack, monthsOpen, packTitle } from '#bot/domain/meeting-pack.ts';
import type { Press } from '#bot/papers/press.ts';
import prepareReportMeeting from '#jobs/prepare-report-meeting.ts';
import { inPlace } from '../support/press.ts';
import { openWorld } from '../support/world.ts';

const bureau = async (now: string, press?: Press) => {
  const world = await openWorld({ now, ...(press && { press }) });
  await world.db.client.campaign.create({
    data: { id: 1, name: '一创双优', from: '2013-03-01', to: '2013-09-30', office: '濮阳市科学技术局' },
  });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  return world;
};
const wordsIn = async (bytes: Buffer | undefined): Promise<string> => {
  const zip = await JSZip.loadAsync(bytes ?? Buffer.alloc(0));
  const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
  return xml.replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '');
};

describe('汇报会材料 (R61, J12)', () => {
  test('comes on the first workday of a month and on no other day: May’s on 2 May, September’s on 2 September (R61)', () => {
    const days = Array.from({ length: 214 }, (_, index) => addDays('2013-03-01', index));

    expect(days.filter((day) => prepareReportMeeting.slotsOn(day, { sessions: [] }).length > 0)).toEqual([
      '2013-03-01',
      '2013-04-01',
      '2013-05-02',
      '2013-06-03',
      '2013-07-01',
      '2013-08-01',
      '2013-09-02',
    ]);
  });

  test('the office gets pack and ledger at nine, nobody else, once, with who handed in nothing', async () => {
    const world = await bureau('2013-05-31T17:00:00+08:00');
    await world.says('U0501', '五月份总结：新培育企业1家，存在人手不足问题，下月抓紧申报。');

    await world.passUntil('2013-06-04T12:00:00+08:00');

    const packs = world.wecom.papers.filter(({ name }) => name.includes('汇报会'));
    expect(packs.map(({ to, name }) => [to, name])).toEqual([['u0702', '“一创双优”活动2013年5月份汇报会材料.docx']]);
    expect(world.toldTo('U0702').filter((text) => text.includes('汇报会材料'))).toEqual([
      expect.stringContaining(
        '5月份工作汇报会材料、月报和台账已备好，请查收。月度总结应报3个科室（单位），未报2个：办公室、社会发展科技科，材料中已注明。',
      ),
    ]);
  });

  test('the paper has every unit in its order, 未报 marked, the words of the last commentary, and what is unfinished for three months (R53, R61)', async () => {
    const world = await bureau('2013-04-28T09:00:00+08:00', inPlace);
    await world.db.client.commentary.create({
      data: { month: '2013-04', departmentCode: 'GXK', byId: 'l01', at: world.now(), text: '工作抓得紧' },
    });
    await world.says('U0501', '点评落实：已建立周调度');
    await world.says('U0502', 'K3-4累计1个');
    await world.db.client.ledgerItem.update({ where: { code: 'K1-3' }, data: { deadline: '2013-05-20' } });
    world.at('2013-05-27T09:00:00+08:00');
    await world.says('U0501', '五月份总结：新培育企业1家，存在人手不足问题，下月抓紧申报。');
    world.at('2013-06-03T08:59:00+08:00');
    await world.passUntil('2013-06-03T09:30:00+08:00');

    const text = await wordsIn(world.wecom.papers.find(({ name }) => name.endsWith('.docx'))?.bytes);

    expect(text).toContain('“一创双优”活动2013年5月份汇报会材料');
    expect(text).toContain('截至5月28日18时，台账共2项，已验收0.0%（0/2）');
    const places = ['（一）办公室', '（二）高新技术发展及产业化科', '（三）社会发展科技科'].map((name) =>
      text.indexOf(name),
    );
    expect(places.every((place) => place > 0)).toBe(true);
    expect([...places].sort((one, other) => one - other)).toEqual(places);
    expect(text).toContain('上月点评：“工作抓得紧”。落实情况：已建立周调度。');
    expect(text).toContain('新培育企业1家，存在人手不足问题');
    expect(text.match(/月度总结：未报。/g)).toHaveLength(2);
    expect(text).toMatch(/3号《制定创新驱动发展配套政策并分解任务》（已?逾期[^）]*，连续3个月未完成）/);
    expect(text).toMatch(/濮阳市科学技术局\n2013年6月3日/);
  }, 60_000);

  test('its figures are those the groups were told', async () => {
    const world = await bureau('2013-05-14T08:20:00+08:00');
    await world.says('U0503', '签到');
    await world.says('U0502', 'K3-4累计1个');
    await world.passUntil('2013-06-03T09:30:00+08:00');

    const sent = await world.db.client.digest.findUniqueOrThrow({ where: { month: '2013-05' } });
    const drawn = world.wecom.papers.find(({ name }) => name.includes('汇报会'));
    const pack = JSON.parse(drawn?.bytes.toString() ?? '{}');

    const { reports: _then, ...figures } = JSON.parse(sent.facts ?? '{}');
    expect(pack.facts).toMatchObject(figures);
    const sum = (of: (unit: { items: number; study: { came: number; expected: number } }) => number): number =>
      pack.units.map(of).reduce((total: number, one: number) => total + one, 0);
    expect(sum(({ items }) => items)).toBe(figures.ledger.items);
    expect([sum(({ study }) => study.came), sum(({ study }) => study.expected)]).toEqual([1, 7]);
  });

  test.each([
    ['2013-03-04', '2013-05', 3],
    ['2013-05-31', '2013-05', 1],
    [null, '2013-04', 2],
    ['2012-01-01', '2013-06', 4],
    ['2013-06-02', '2013-05', 0],
  ])('what came into the ledger on %s, by the end of %s has been open %i months', (opened, month, months) => {
    expect(monthsOpen(opened, '2013-03-01', month)).toBe(months);
  });

  test('a campaign whose name says it is one is not called 活动 twice', () => {
    const titled = (campaign: string) => packTitle({ campaign, facts: { month: '2013-05' } } as MeetingPack);

    expect(titled('2013年度一创双优活动')).toBe('“2013年度一创双优”活动2013年5月份汇报会材料');
    expect(titled('一创双优')).toBe('“一创双优”活动2013年5月份汇报会材料');
  });
});
