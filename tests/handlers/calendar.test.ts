import { describe, expect, test } from 'vitest';
import { openBureau } from '../support/bureau.ts';
import { robotOf } from '../support/robot.ts';

const NOW = '2013-05-14T08:20:00+08:00';
const [OFFICE, HEAD, CLERK, CHIEF] = ['U0201', 'U0501', 'U0503', 'L01'];
const open = (now = NOW) => openBureau({ now, env: { QUIET_HOURS: 'none' } });

describe('日程 (R64)', () => {
  test('the calendar of July 2013 shows 26 July as the last day on which hand-in is reminded of, none on the 28th (R64)', async () => {
    const world = await open('2013-07-01T08:00:00+08:00');
    const lines = ((await world.says(OFFICE, '日程')).join('\n') ?? '').split('\n');

    const reminders = lines.filter((line) => line.includes('月度台账上报') && line.includes('提醒'));
    expect(reminders).toEqual([
      '7月23日（星期二）09:00　月度台账上报提醒',
      '7月25日（星期四）16:00　月度台账上报提醒',
      '7月26日（星期五）09:00　月度台账上报提醒',
      '7月26日（星期五）15:00　月度台账上报最后提醒',
    ]);
    expect(lines).toContain('7月28日（星期日）24:00　月度工作台账上报截止');
    expect(lines).toContain('7月1日（星期一）09:00　汇报会材料备好');
    expect(lines).toContain('7月31日（星期三）16:00　印发下月日程');
    expect(lines.find((line) => line.startsWith('每周　安排本周学习'))).toBe(
      '每周　安排本周学习（1、8、15、22、29日09:00）',
    );
    expect(lines).toContain('每周　集中学习“四落实”检查（2、9、16、23、30日10:00）');
  });

  test('every round the clock opens stands in it on the days the clock keeps, what is the office’s own only for the office (R64, J11–J23)', async () => {
    const world = await open('2013-06-03T08:00:00+08:00');
    const linesFor = async (who: string) => ((await world.says(who, '6月日程'))[0] ?? '').split('\n');
    const [office, clerk] = [await linesFor(OFFICE), await linesFor(CLERK)];

    for (const line of [
      '6月20日（星期四）08:30　问题查摆开始',
      '6月20日（星期四）09:00　交办转办事项自检开始',
      '6月25日（星期二）08:30　问题查摆截止',
      '6月25日（星期二）09:00　交办转办事项自检截止',
      '6月26日（星期三）08:30　问题查摆结果',
      '6月17日（星期一）09:00　“讲谈读写”月中提醒',
      '6月28日（星期五）16:00　“讲谈读写”当月结果',
    ]) {
      expect(office).toContain(line);
      expect(clerk).toContain(line);
    }
    for (const line of [
      '6月3日（星期一）08:30　安排本月督查',
      '6月3日（星期一）09:00　汇报会材料备好',
      '6月7日（星期五）09:00　核对汇报会、点评是否已录入',
      '6月13日（星期四）09:00　回头看抽查',
      '6月28日（星期五）08:30　核对本季督查',
    ]) {
      expect(office).toContain(line);
      expect(clerk).not.toContain(line);
    }
    expect(((await world.says(OFFICE, '7月日程'))[0] ?? '').split('\n')).toContain(
      '7月1日（星期一）00:10　上月未完成事项转入本月',
    );
  });

  test('the office puts days in, moves and cancels them; each stands in the calendar by its number, and what it was before is kept', async () => {
    const world = await open();

    expect(await world.says(OFFICE, '新增日程：7月10日上午9点 上报半年总结')).toEqual([
      '已新增日程1：7月10日（星期三）09:00上报半年总结。改期发“日程1改到……”，取消发“取消日程1”；十分钟内可发“撤销”收回。',
    ]);
    expect((await world.says(CLERK, '7月日程'))[0]).toContain('7月10日（星期三）09:00　上报半年总结（日程1）');
    expect(await world.says(OFFICE, '日程1改到7月12日下午3点')).toEqual([
      '已改日程1：7月10日（星期三）09:00上报半年总结→7月12日（星期五）15:00上报半年总结。十分钟内可发“撤销”收回。',
    ]);
    expect(await world.says(OFFICE, '日程1内容改为上报半年总结和下步打算')).toEqual([
      '已改日程1：7月12日（星期五）15:00上报半年总结→7月12日（星期五）15:00上报半年总结和下步打算。十分钟内可发“撤销”收回。',
    ]);
    await world.says(OFFICE, '撤销');
    expect((await world.says(CLERK, '7月日程'))[0]).toContain('7月12日（星期五）15:00　上报半年总结（日程1）');
    expect(await world.says(OFFICE, '取消日程1')).toEqual([
      '已取消日程1：7月12日（星期五）15:00上报半年总结。十分钟内可发“撤销”收回。',
    ]);
    expect((await world.says(CLERK, '7月日程'))[0]).not.toContain('上报半年总结');
    await world.says(OFFICE, '撤销');
    expect((await world.says(CLERK, '7月日程'))[0]).toContain('上报半年总结（日程1）');
    expect(await world.db.client.timeNodeChange.count()).toBe(3);
  });

  test('a day outside the campaign, a past one, one in no calendar, none at all, and nothing to do are each refused with what to write', async () => {
    const world = await open();

    expect(await world.says(OFFICE, '新增日程：10月10日 汇总材料')).toEqual([
      '没有安排：活动时间为2013年3月1日至2013年9月30日，请写其中的日期。',
    ]);
    expect((await world.says(OFFICE, '新增日程：5月10日 汇总材料'))[0]).toContain('已经过去');
    expect((await world.says(OFFICE, '新增日程：汇总材料'))[0]).toContain('请写明日期');
    await world.says(OFFICE, '取消');
    expect((await world.says(OFFICE, '新增日程：7月10日'))[0]).toContain('要办什么');
    await world.says(OFFICE, '取消');
    expect((await world.says(OFFICE, '新增日程：6月31日 汇总材料'))[0]).toContain('没有6月31日这一天');
    await world.says(OFFICE, '取消');
    expect((await world.says(OFFICE, '新增日程：7月10日和7月12日 汇总材料'))[0]).toContain('只写一天');
    await world.says(OFFICE, '取消');
    expect((await world.says(OFFICE, '日程9改到7月12日'))[0]).toContain('没有日程9');
    expect((await world.says(OFFICE, '取消日程9'))[0]).toContain('没有日程9');
    expect(await world.db.client.timeNode.count()).toBe(0);
    expect((await world.says(CLERK, '10月日程'))[0]).toContain('不在活动时间');
  });

  test('only the office changes it; a rest day is asked about; the same twice stands once', async () => {
    const world = await open();

    for (const who of [CLERK, HEAD, CHIEF])
      expect((await world.says(who, '新增日程：7月10日 上报半年总结'))[0]).toContain('您没有“安排日程”权限');
    expect((await world.says(OFFICE, '新增日程：7月13日 上报半年总结'))[0]).toContain('7月13日（星期六）是休息日');
    expect(await world.db.client.timeNode.count()).toBe(0);
    expect((await world.says(OFFICE, '确认'))[0]).toContain('已新增日程1');
    expect((await world.says(OFFICE, '新增日程：7月13日 上报半年总结'))[0]).toContain('没有重复添加');
    expect(await world.db.client.timeNode.count()).toBe(1);
  });

  test('what is changed in a month that was sent already waits for a yes, and the heads hear of it', async () => {
    const world = await open();

    const [asked = ''] = await world.says(OFFICE, '新增日程（高新科）：5月22日 报项目进展');
    expect(asked).toContain('当月日程已经发出，将同时告知1位负责人。请回复“确认”');
    await world.says(OFFICE, '确认');
    expect(world.toldTo(HEAD).at(-1)).toBe('日程新增：5月22日（星期三）报项目进展（日程1）。');
    expect((await world.says('U0601', '日程'))[0]).not.toContain('报项目进展');

    await world.says(OFFICE, '日程1改到5月24日');
    await world.says(OFFICE, '确认');
    expect(world.toldTo(HEAD).at(-1)).toBe(
      '日程调整：5月22日（星期三）报项目进展改为5月24日（星期五）报项目进展（日程1）。',
    );
    await world.says(OFFICE, '取消日程1');
    await world.says(OFFICE, '确认');
    expect(world.toldTo(HEAD).at(-1)).toBe('日程取消：5月24日（星期五）报项目进展（日程1）。');
  });

  test('heads who heard of a new day hear as well that it is taken back; one changed since is not (R64, G11)', async () => {
    const world = await open();
    await world.says(OFFICE, '新增日程（高新科）：5月22日 报项目进展');
    await world.says(OFFICE, '确认');

    expect((await world.says(OFFICE, '撤销'))[0]).toContain('已撤销');

    expect(world.toldTo(HEAD).at(-1)).toBe('日程更正：5月22日（星期三）报项目进展已收回，不再安排（日程1）。');
    expect(world.toldTo('U0601').some((text) => text.includes('报项目进展'))).toBe(false);
    expect((await world.says(HEAD, '5月日程'))[0]).not.toContain('报项目进展');

    await world.says(OFFICE, '新增日程：7月10日 上报半年总结');
    await world.db.client.timeNodeChange.create({
      data: { nodeId: 2, before: '{}', byId: 'u0202', at: new Date('2013-05-14T08:21:00+08:00') },
    });
    await world.says(OFFICE, '撤销');
    expect((await world.says(CLERK, '7月日程'))[0]).toContain('上报半年总结（日程2）');
  });

  test('on the last workday at 16:00 heads and office have the result of 讲谈读写 and the next month, each with what is of the own unit (R64, J23)', async () => {
    const world = await open('2013-05-30T09:00:00+08:00');
    await world.says(OFFICE, '新增日程：6月20日 报典型材料');
    await world.db.client.session.create({
      data: {
        ...{ code: 'XX2013-W23-1', topic: '专利法', kind: '集中学习', venue: '三楼会议室', scope: '["GXK"]' },
        ...{ start: new Date('2013-06-05T09:00+08:00'), end: new Date('2013-06-05T11:00+08:00') },
      },
    });
    const unit = await world.db.client.person.findUniqueOrThrow({ where: { id: HEAD.toLowerCase() } });
    await world.db.client.session.updateMany({
      where: { code: 'XX2013-W23-1' },
      data: { scope: JSON.stringify([unit.departmentCode]) },
    });

    await world.passUntil('2013-05-31T16:30:00+08:00');

    const sent = world.toldTo(HEAD).filter((text) => text.includes('6月份活动日程'));
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('6月20日（星期四）　报典型材料（日程1）');
    expect(sent[0]).toContain('6月5日（星期三）09:00　集中学习《专利法》，三楼会议室');
    expect(sent[0]).toContain('6月28日（星期五）15:00　月度台账上报最后提醒');
    expect(sent[0]).toContain('5月份“讲谈读写”：未开展');
    expect(sent[0]).not.toContain('月度简报预览');
    expect(world.toldTo('U0601').find((text) => text.includes('6月份活动日程'))).not.toContain('专利法');
    expect(world.toldTo(OFFICE).some((text) => text.includes('6月份活动日程'))).toBe(true);
    expect(world.toldTo(OFFICE).at(-1)).toContain('要改动请发');
    expect(world.toldTo(CLERK).some((text) => text.includes('6月份活动日程'))).toBe(false);
  });

  test('a group reads nobody’s calendar, however short it is; whoever asked there has it in private, once', async () => {
    const world = await open('2013-05-31T08:00:00+08:00');
    const before = world.toldTo(OFFICE).length;

    expect(await robotOf(world).says(OFFICE, '日程')).toEqual(['活动日程已私信发给您。']);
    const own = world.toldTo(OFFICE).slice(before);
    expect(own).toHaveLength(1);
    expect(own[0]).toContain('印发下月日程');
  });

  test('after the last month of the campaign no calendar follows', async () => {
    const world = await open('2013-09-30T15:00:00+08:00');

    await world.passUntil('2013-09-30T16:30:00+08:00');

    expect(world.toldTo(OFFICE).some((text) => text.includes('活动日程'))).toBe(false);
  });

  test('it comes as a sheet to print and as a file for other calendars, in which an entry taken in twice stays one', async () => {
    const world = await open();
    await world.says(OFFICE, '新增日程：7月10日上午9点 上报半年总结，含附件');

    expect(await world.says(HEAD, '导出日程 7月')).toEqual(['7月份日程表（xlsx）和日历文件（ics）随后私下发给您。']);
    await expect
      .poll(() => world.wecom.papers.map(({ name }) => name))
      .toEqual(['2013年7月活动日程.xlsx', '2013年7月活动日程.ics']);
    expect((await world.says(HEAD, '导出10月日程'))[0]).toContain('没有导出');
  });
});
