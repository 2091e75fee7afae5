import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { addDays } from '#bot/calendar.ts';
import { STAGES, stageOf, whyNoSlip } from '#bot/domain/slip.ts';
import { understand } from '#bot/language/understand.ts';
import type { Press } from '#bot/papers/press.ts';
import showLeadersLights from '#jobs/show-leaders-lights.ts';
import { inPlace } from '../support/press.ts';
import { bureau, capabilities } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const office = async (now: string, drawn?: Press) => {
  const world = await openWorld({ now, ...(drawn && { press: drawn }) });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  return world;
};

describe('督办单 (R58)', () => {
  test('waits for a 确认, gets a number without gaps, and reaches the unit with the form', async () => {
    const world = await office('2013-05-13T09:00:00+08:00', inPlace);

    expect(await world.says('U0702', '给3号台账发督办单')).toEqual([
      '将对3号台账《制定创新驱动发展配套政策并分解任务》签发红色督办单（逾期），发给高新技术发展及产业化科，发出后不能撤销。请回复“确认”或“取消”。',
    ]);
    expect(await world.db.client.slip.count()).toBe(0);
    expect(await world.says('U0702', '确认')).toEqual([
      '已签发红色督办单DB2013-001：3号台账《制定创新驱动发展配套政策并分解任务》，已发高新技术发展及产业化科，督办单文件随后发来。',
    ]);
    const text =
      '活动办签发红色督办单DB2013-001（逾期）：3号台账《制定创新驱动发展配套政策并分解任务》，完成时限5月10日（星期五）。请抓紧办理，并报告办理情况。';
    expect([world.toldTo('U0501'), world.toldTo('U0502')]).toEqual([[text], [text]]);
    const forms = world.wecom.papers;
    expect(forms.map(({ to, name }) => [to, name])).toEqual(
      ['u0501', 'u0502', 'u0702'].map((to) => [to, '督办单DB2013-001.docx']),
    );
    const zip = await JSZip.loadAsync(forms[0]?.bytes ?? Buffer.alloc(0));
    const xml = (await zip.file('word/document.xml')?.async('text')) ?? '';
    const places = ['编号', '督办事项标题', '督办依据', '督办内容', '承办（牵头）单位', '协办单位', '分管领导'].concat([
      '督办人及电话',
      '紧急程度',
      '完成时限',
      '汇报频次',
      '办理情况',
      '附件',
      '批示',
      '签发',
    ]);
    const found = places.map((field) => xml.indexOf(`>${field}<`));
    expect(found.every((place) => place > 0)).toBe(true);
    expect([...found].sort((one, other) => one - other)).toEqual(found);
    expect(xml).toContain('DB2013-001');
    expect(xml).toContain('2013年5月10日');
    expect(xml).toContain('FFC7CE');
  });

  test('stages follow each other, each issued once (R58)', async () => {
    const world = await office('2013-05-08T09:00:00+08:00');
    const issue = async (): Promise<string> => {
      const [first = ''] = await world.says('U0702', '给3号台账发督办单');
      return first.startsWith('将对') ? ((await world.says('U0702', '确认'))[0] ?? '') : first;
    };

    expect(await issue()).toMatch(/^已签发蓝色督办单DB2013-001/);
    expect(await issue()).toBe(
      '没有签发：3号台账《制定创新驱动发展配套政策并分解任务》的蓝色督办单已发过，每个阶段只发一次。',
    );
    world.at('2013-05-13T09:00:00+08:00');
    expect(await issue()).toMatch(/^已签发红色督办单DB2013-002/);
    // A later term makes it near its term again; the matter has had that stage.
    await world.db.client.ledgerItem.update({ where: { code: 'K1-3' }, data: { deadline: '2013-05-16' } });
    expect(await issue()).toMatch(/^没有签发/);
    expect(await world.db.client.slip.findMany({ select: { stage: true } })).toEqual([
      { stage: 'blue' },
      { stage: 'red' },
    ]);
  });

  test('no slip for a closed matter (R58), for one without cause, at another stage, or by anybody but the office', async () => {
    const world = await office('2013-05-02T09:00:00+08:00');

    expect(await world.says('U0702', '给3号台账发红色督办单')).toEqual([
      expect.stringContaining('没有签发：3号台账《制定创新驱动发展配套政策并分解任务》没有临期、滞后或逾期'),
    ]);
    world.at('2013-05-13T09:00:00+08:00');
    expect(await world.says('U0702', '给3号台账发蓝色督办单')).toEqual([expect.stringContaining('目前应发红色督办单')]);
    expect(await world.says('U0501', '给3号台账发督办单')).toEqual(['您没有“签发督办单”权限，该操作由活动办办理。']);
    await world.says('U0502', '3号台账申请验收');
    expect(await world.says('U0702', '给3号台账发督办单')).toEqual([
      expect.stringContaining('已申请验收，不再发督办单'),
    ]);
    expect(await world.db.client.slip.count()).toBe(0);
  });

  test('a stage is never issued after itself or a later one', () => {
    for (const stage of STAGES)
      for (const issued of STAGES)
        expect(whyNoSlip(stage, [issued]) === null).toBe(STAGES.indexOf(stage) > STAGES.indexOf(issued));
    expect(whyNoSlip(null, [])).toBe('no-cause');
  });

  test('behind pace is yellow, overdue red, near its term blue, on pace nothing', () => {
    const item = { acceptedAt: null, completedAt: null, target: 100, unit: '家', updatedAt: new Date() };
    const year = { startOn: '2013-01-01', deadline: '2013-12-31', departmentCode: 'GXK' };
    const at = (quantity: number, deadline = year.deadline) =>
      stageOf({ ...item, ...year, quantity, percent: quantity, deadline } as never, '2013-07-01', {
        ...{ behind: 10, farBehind: 30, soon: 7 },
      });

    expect([at(35), at(40), at(95, '2013-07-05'), at(40, '2013-06-30')]).toEqual(['yellow', null, 'blue', 'red']);
  });
});

describe('督办单的说法', () => {
  const world = bureau('fixture.json');
  const meaningOf = (text: string): string => {
    const speaker = world.members.find(({ roles }) => roles.includes('office'));
    if (!speaker) throw new Error('no office');
    const now = new Date('2013-05-14T08:25+08:00');
    const understanding = understand({ text, speaker, now, chat: 'direct' }, world, capabilities);
    if (understanding.outcome !== 'act') return understanding.outcome;
    return understanding.commands.map(({ handler }) => handler.name).join(' ');
  };

  test.each([
    '给3号台账发督办单',
    '对8号台账下发督办单',
    'K3-4发督办单',
    '请对K3-4下达黄色督办单',
    '给3号台账出一张督办单',
    '给8号台账开督办单',
    '对3号台账印发红色督办单',
    '向3号台账发一份督办单',
    '3号台账签发督办单',
    '请给K1-3发出督办单',
  ])('「%s」 issues one', (text) => expect(meaningOf(text)).toBe('slip.issue'));

  test.each([
    '3号台账发督办单了吗',
    '先别给3号台账发督办单',
    '3号台账不用发督办单',
    '如果3号台账再拖就发督办单',
    '准备给3号台账发督办单',
    '听说3号台账要发督办单',
    '3号台账的督办单收到了',
    '谁给3号台账发的督办单',
    '催办3号台账',
    '督办3号台账',
    '已经给3号台账发了督办单',
  ])('「%s」 issues none', (text) => expect(meaningOf(text)).not.toContain('slip.issue'));

  test('without a matter it asks which', () => expect(meaningOf('发督办单')).toBe('ask'));
});

describe('红黄灯周报 (R44, R58, J10)', () => {
  test('comes on Mondays, on the workday after where that is a day off', () => {
    const days = Array.from({ length: 61 }, (_, index) => addDays('2013-04-01', index));

    expect(days.filter((day) => showLeadersLights.slotsOn(day, { sessions: [] }).length > 0)).toEqual([
      ...['2013-04-01', '2013-04-08', '2013-04-15', '2013-04-22', '2013-05-02'],
      ...['2013-05-06', '2013-05-13', '2013-05-20', '2013-05-27'],
    ]);
  });

  test('a leader sees the own line’s red and yellow items, the chief what is under 督办, nobody else anything', async () => {
    const world = await office('2013-05-17T16:00:00+08:00');
    await world.says('U0702', '给3号台账发督办单');
    await world.says('U0702', '确认');

    await world.passUntil('2013-05-20T09:30:00+08:00');

    const weekly = (id: string) => world.toldTo(id).filter((text) => /督办中|分管红灯/.test(text));
    expect(weekly('L03')).toEqual([
      '分管红灯1项、黄灯0项，共1项：\n1. 3号台账《制定创新驱动发展配套政策并分解任务》（红灯，已逾期6个工作日）',
    ]);
    expect(weekly('L01')).toEqual([
      '督办中1项：\n1. 3号台账《制定创新驱动发展配套政策并分解任务》（红色督办单DB2013-001，已逾期6个工作日）',
    ]);
    for (const id of ['L04', 'U0501', 'U0502', 'U0702']) expect(weekly(id)).toEqual([]);
  });
});
