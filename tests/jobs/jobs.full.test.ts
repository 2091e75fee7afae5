import { describe, expect, test } from 'vitest';
import { readConfig } from '#bot/config.ts';
import { runSlot } from '#bot/pipeline/scheduler.ts';
import sendMonthlyDigest from '#jobs/send-monthly-digest.ts';
import { openWorld } from '../support/world.ts';

describe('定时任务', () => {
  test('the workday before a session everybody expected hears where and when, once', async () => {
    const world = await openWorld({ now: '2013-05-13T15:00:00+08:00' });

    await world.passUntil('2013-05-13T16:30:00+08:00');
    await world.app.tick();

    expect(world.toldTo('U0503')).toEqual([
      '学习提醒：5月14日（星期二）08:30在三楼会议室学习《十八大报告专题辅导》，请准时参加。不能参加请回复“请假，原因”。',
    ]);
    expect(world.wecom.sent).toHaveLength(7);
  });

  test('several reminders of a morning reach a person as one message, none on a rest day', async () => {
    const world = await openWorld({ now: '2013-05-10T17:00:00+08:00' });
    await world.db.client.ledgerItem.update({ where: { code: 'K3-4' }, data: { deadline: '2013-05-13' } });
    await world.db.client.ledgerItem.update({ where: { code: 'K1-3' }, data: { deadline: '2013-05-10' } });

    await world.passUntil('2013-05-12T20:00:00+08:00');
    expect(world.toldTo('U0502')).toEqual([]);
    await world.passUntil('2013-05-13T09:00:00+08:00');

    expect(world.toldTo('U0502')).toEqual([
      '1. 高新技术发展及产业化科3号台账《制定创新驱动发展配套政策并分解任务》已逾期1个工作日，请说明原因并提出完成时间。\n2. 8号台账《新建市级重点实验室3个》今日到期，未报进度，请抓紧办理并反馈进展。',
    ]);
  });

  test('what stays overdue climbs: head after one workday, leader after three, chief after five, each once', async () => {
    const world = await openWorld({ now: '2013-05-10T17:00:00+08:00' });

    await world.passUntil('2013-05-20T12:00:00+08:00');

    const days = (id: string) =>
      world
        .toldTo(id)
        .filter((text) => text.includes('请说明原因'))
        .map((text) => /逾期(\d+)个/.exec(text)?.[1]);
    expect([days('U0501'), days('L03'), days('L01')]).toEqual([['1'], ['3'], ['5']]);
  });

  test('work handed in or accepted is not chased', async () => {
    const world = await openWorld({ now: '2013-05-10T17:00:00+08:00' });
    await world.says('U0502', '3号台账申请验收');

    await world.passUntil('2013-05-20T12:00:00+08:00');

    expect(world.toldTo('U0501').filter((text) => text.includes('逾期'))).toEqual([]);
  });

  test('after the 28th the group gets the figures with numerator and denominator, once, and no name', async () => {
    const world = await openWorld({ now: '2013-05-14T08:20:00+08:00' });
    await world.says('U0503', '签到');

    await world.passUntil('2013-05-30T12:00:00+08:00');

    expect(world.wecom.groups.filter((text) => text.includes('简报'))).toEqual([
      [
        '“一创双优”活动5月份工作简报',
        '截至5月28日18时，',
        '一、学习：集中学习1次，到会率14.3%（1/7）。',
        '二、台账：共2项，已验收0.0%（0/2），待验收0项，推进中0项，未报1项，逾期1项。',
        '　　亮灯：🟢绿灯0项，🟡黄灯0项，🔴红灯1项，🔵蓝灯0项，⚪灰灯1项。',
        '三、督办：交办转办0项，办结—，逾期0项。',
        '四、查摆：问题0项，销号—。',
        '五、走访：本月走访重点企业0次。',
        '六、月度总结：应报3个科室（单位），按时0个，逾期0个，未报3个（办公室、高新技术发展及产业化科、社会发展科技科）。',
        '七、比上月：没有上月数字可比。',
        '八、关注：1. 高新技术发展及产业化科逾期1项；2. 本月有2项未报进展；3. 3个科室（单位）未报月度总结。',
      ].join('\n'),
    ]);
  });

  test('when sign-in closes the figures add up', async () => {
    const world = await openWorld({ now: '2013-05-14T08:20:00+08:00' });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
    await world.says('U0503', '签到');

    await world.passUntil('2013-05-14T10:30:00+08:00');

    expect(world.toldTo('U0702').at(-1)).toContain('应到7人，实到1人，请假0人，缺席6人。');
  });

  test('a slot asked for again does nothing, and outside the campaign a job tells nobody', async () => {
    const world = await openWorld({ now: '2013-05-14T08:20:00+08:00' });
    const config = { QUIET_HOURS: null, WECOM_GROUP_WEBHOOKS: new Map([['全局群', 'K1']]) };
    const at = new Date('2013-05-29T09:00:00+08:00');
    const run = (slot: Date) => world.db.write((tx) => runSlot(tx, sendMonthlyDigest, slot, 'done', slot, config));

    expect([await run(at), await run(at)]).toEqual([6, null]);
    await world.db.client.campaign.create({ data: { id: 1, name: '一创双优', from: '2013-03-01', to: '2013-09-30' } });
    expect(await run(new Date('2013-11-29T09:00:00+08:00'))).toBe(0);
  });

  test('a slot slept over is made up for if it is still wanted, else noted as missed', async () => {
    const world = await openWorld({ now: '2013-05-13T15:00:00+08:00' });

    world.at('2013-05-13T17:00:00+08:00');
    await world.app.tick();
    world.at('2013-05-14T16:00:00+08:00');
    await world.app.tick();

    const outcome = async (slot: string) =>
      (await world.db.client.jobRun.findMany({ where: { slot: new Date(slot) } })).map(
        ({ name, outcome: how }) => `${name} ${how}`,
      );
    expect(await outcome('2013-05-13T16:00:00+08:00')).toEqual(['close-exams late', 'remind-study late']);
    expect(await outcome('2013-05-14T08:30:00+08:00')).toEqual([
      'ask-feedback missed',
      'chase-acceptances missed',
      'chase-changes missed',
      'chase-unsigned missed',
      'escalate-overdue missed',
      'remind-again missed',
      'remind-ledger-due missed',
      'show-worse-lights missed',
    ]);
  });
});

describe('配置', () => {
  test('every missing or malformed variable is named with what it should look like', () => {
    expect(() => readConfig({ PORT: 'x', QUIET_HOURS: 'night', WECOM_GROUP_WEBHOOKS: '全局群' })).toThrow(
      /PORT: 应为端口号[\s\S]*QUIET_HOURS: 应为[\s\S]*WECOM_GROUP_WEBHOOKS: 应为 群名=KEY[\s\S]*WECOM_CORP_ID: 请填企业ID/,
    );
  });
});
