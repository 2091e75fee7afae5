import { describe, expect, test } from 'vitest';
import { addDays } from '#bot/calendar.ts';
import { isSampled, lookedBackOver } from '#bot/domain/look-back.ts';
import { unitInWords } from '#bot/domain/meeting-pack.ts';
import { missingParts } from '#bot/domain/month-parts.ts';
import { packOf } from '#bot/store/meeting-pack.ts';
import { recount } from '#bot/store/recount.ts';
import { loadWorld } from '#bot/store/world.ts';
import checkMeeting from '#jobs/check-meeting.ts';
import lookBack from '#jobs/look-back.ts';
import { meaning } from '../support/meaning.ts';
import { openWorld } from '../support/world.ts';

const DAYS = Array.from({ length: 214 }, (_, index) => addDays('2013-03-01', index));
const office = async (now: string) => {
  const world = await openWorld({ now });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  const campaign = { id: 1, name: '一创双优', from: '2013-03-01', to: '2013-09-30', office: '濮阳市科学技术局' };
  await world.db.client.campaign.create({ data: campaign });
  return world;
};

describe('点评落实 (R61)', () => {
  test('a head says what was done about the commentary; who gave it hears, and the next pack has it beside the words, until it is taken back', async () => {
    const world = await office('2013-05-03T16:00:00+08:00');
    expect((await world.says('U0501', '点评落实：已建立周调度'))[0]).toContain('还没有5月份工作的点评');
    await world.says('L01', '点评高新科：材料报送慢');
    expect(world.toldTo('U0501').at(-1)).toContain('落实情况请回复“点评落实：”加内容');

    expect((await world.says('U0502', '点评落实：已建立周调度'))[0]).toContain('权限');
    await world.says('U0501', '点评落实：已建立周调度');
    expect((await world.says('U0501', '4月点评落实：已建立周调度，材料提前一天报'))[0]).toBe(
      '已记录：高新技术发展及产业化科4月份点评落实情况，代替此前的一份，将列入汇报会材料，已告知点评人。十分钟内可发“撤销”收回。',
    );
    expect(world.toldTo('L01').at(-1)).toBe(
      '高新技术发展及产业化科龚海波报告4月份点评落实情况：已建立周调度，材料提前一天报',
    );
    expect((await world.says('U0501', '3月点评落实：已整改'))[0]).toContain('还没有3月份工作的点评');
    await world.says('U0501', '撤销');
    expect(
      (await world.db.client.commentaryAnswer.findMany({ where: { undoneAt: null } })).map(({ text }) => text),
    ).toEqual(['已建立周调度']);
    const pack = await world.db.read(async (tx) => packOf(tx, await loadWorld(tx), '2013-05', world.now()));
    expect(pack.units.flatMap(unitInWords).filter((line) => line.startsWith('上月点评'))).toEqual([
      '上月点评：无。',
      '上月点评：“材料报送慢”。落实情况：已建立周调度。',
      '上月点评：无。',
    ]);
  });

  test.each([
    ['点评落实：已补齐三项台账', 'commentary.answer'],
    ['关于4月点评落实情况：已逐条整改', 'commentary.answer'],
    ['点评落实', 'ask'],
    ['点评落实了吗', 'none'],
    ['各科室要抓好点评落实，月底前报', 'none'],
    ['听说点评落实：做得不好', 'none'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text, { from: 'U0501', now: '2013-05-23T10:00:00+08:00' })).toBe(meant);
  });
});

describe('随时要汇报会材料 (R61)', () => {
  test('the office has the pack whenever it asks, before all units handed in, those marked; nobody else, and no month to come', async () => {
    const world = await office('2013-05-03T16:00:00+08:00');

    expect((await world.says('U0501', '汇报会材料'))[0]).toContain('权限');
    expect((await world.says('U0702', '汇报会材料'))[0]).toBe(
      '4月份汇报会材料、月报和台账随后发给您。月度总结应报3个科室（单位），未报3个：办公室、高新技术发展及产业化科、社会发展科技科，材料中已注明。',
    );
    await expect
      .poll(() => world.wecom.papers.filter(({ to }) => to === 'u0702').map(({ name }) => name))
      .toContain('“一创双优”活动2013年4月份汇报会材料.docx');
    expect((await world.says('U0702', '6月汇报会材料'))[0]).toContain('没有生成：6月份还没有到');
    expect((await world.says('U0702', '2月汇报会材料'))[0]).toContain('没有生成');
  });
});

describe('汇报会纪要和点评检查 (R61, J13)', () => {
  test('looks on the fifth workday of every month', () => {
    expect(DAYS.filter((day) => checkMeeting.slotsOn(day, { sessions: [] }).length > 0)).toEqual([
      ...['2013-03-07', '2013-04-08', '2013-05-08', '2013-06-07', '2013-07-05', '2013-08-07', '2013-09-06'],
    ]);
  });

  test('the office hears what is missing, and after the minutes and commentaries nothing more', async () => {
    const world = await office('2013-05-07T09:00:00+08:00');
    await world.passUntil('2013-05-08T10:00:00+08:00');
    const checked = () => world.toldTo('U0702').filter((text) => /汇报会记录|尚未点评/.test(text));

    expect(checked()).toEqual([
      '5月份还没有汇报会记录，开过的请发“5月3日汇报会纪要：……”这样的话补记。\n4月份工作尚未点评的科室（单位）3个：办公室、高新技术发展及产业化科、社会发展科技科。可发“点评”加科室和内容代录。',
    ]);
    expect(world.toldTo('U0501').filter((text) => text.includes('汇报会记录'))).toEqual([]);

    world.at('2013-06-04T09:00:00+08:00');
    await world.says('U0702', '6月4日汇报会纪要：到会14人。议定：一是抓紧实验室建设，二是月底前补齐台账。');
    for (const unit of ['办公室', '高新科', '社发科']) await world.says('U0702', `点评${unit}五月：工作抓得紧`);
    await world.passUntil('2013-06-07T10:00:00+08:00');
    expect(checked()).toHaveLength(1);
  });

  test('minutes are kept word for word, come into the next pack with what was given out, and can be taken back', async () => {
    const world = await office('2013-05-03T16:00:00+08:00');

    expect((await world.says('U0501', '汇报会纪要：议定抓紧实验室建设'))[0]).toContain('权限');
    expect((await world.says('U0702', '5月30日汇报会纪要：议定抓紧建设。'))[0]).toContain('还没有到');
    expect(
      (await world.says('U0702', '5月3日汇报会纪要：到会14人。议定：一是抓紧实验室建设，二是月底前补齐台账。'))[0],
    ).toContain('已记录5月份汇报会：5月3日（星期五），到会14人，议定事项');
    expect(await world.says('U0702', '上次汇报会议定了什么')).toEqual([
      '5月3日（星期五）汇报会，到会14人，议定：一是抓紧实验室建设，二是月底前补齐台账。',
    ]);
    expect(await world.db.client.meeting.findFirst()).toMatchObject({
      ...{ heldOn: '2013-05-03', attended: 14, decisions: '一是抓紧实验室建设，二是月底前补齐台账。' },
    });
    await world.says('U0702', '交办高新科：5月24日前报实验室建设方案，来源汇报会');
    world.at('2013-06-03T08:59:00+08:00');
    await world.passUntil('2013-06-03T09:30:00+08:00');
    const pack = JSON.parse(world.wecom.papers.find(({ name }) => name.includes('汇报会'))?.bytes.toString() ?? '{}');
    expect(pack.meeting).toEqual({
      ...{ heldOn: '2013-05-03', attended: 14, decisions: '一是抓紧实验室建设，二是月底前补齐台账。' },
      matters: ['JB2013-001《报实验室建设方案》逾期'],
    });
  });
});

describe('局属单位每月回顾 (R62)', () => {
  test('a 局属单位 without its part is refused and told what lacks; a 机关科室 never sees the part', async () => {
    const world = await office('2013-05-23T08:59:00+08:00');
    await world.db.client.department.update({ where: { code: 'GXK' }, data: { kind: '局属单位' } });
    const plain = '五月份总结：新培育企业1家，存在人手不足问题，下月抓紧申报。';

    expect((await world.says('U0501', plain))[0]).toBe(
      '没有收下：高新技术发展及产业化科是局属单位，5月份总结还缺活动情况回顾、经验，请补齐后一并发来。',
    );
    expect(await world.db.client.monthReport.count()).toBe(0);
    expect((await world.says('U0501', `${plain}活动情况回顾：集中学习四次；经验：逐周对账。`))[0]).toContain(
      '按时报送',
    );
    await world.db.client.department.update({ where: { code: 'GXK' }, data: { kind: '科室' } });
    expect((await world.says('U0501', plain))[0]).toContain('按时报送');
  });

  test('the reminder names the part to 局属单位 alone, and what was left over from last month', async () => {
    const world = await office('2013-05-23T08:59:00+08:00');
    await world.db.client.person.update({ where: { id: 'u0503' }, data: { roles: '["head"]', departmentCode: 'SFK' } });
    await world.db.client.department.update({ where: { code: 'SFK' }, data: { headId: 'u0503', kind: '局属单位' } });
    await world.passUntil('2013-05-23T09:30:00+08:00');
    const told = (id: string) => world.toldTo(id).find((text) => text.includes('工作台账上报'));

    expect(told('U0503')).toContain('局属单位请一并写明活动情况回顾、经验和下月安排。');
    expect(told('U0501')).toContain('（当前未报事项2项，未办结事项中上月遗留2项）');
    expect(told('U0501')).not.toContain('回顾');
  });

  test.each([
    ['活动开展正常，经验是逐周对账，下月抓落实', []],
    ['活动开展正常，下月抓落实', ['经验']],
    ['完成两项', ['活动情况回顾', '经验', '下月安排']],
  ])('「%s」 lacks %j', (text, missing) => expect(missingParts(text)).toEqual(missing));
});

describe('回头看 (R65, J16)', () => {
  test('comes on the 10th, on days off the workday after; every closed item falls into one look back only', () => {
    expect(DAYS.filter((day) => lookBack.slotsOn(day, { sessions: [] }).length > 0)).toEqual([
      ...['2013-03-11', '2013-04-10', '2013-05-10', '2013-06-13', '2013-07-10', '2013-08-12', '2013-09-10'],
    ]);
    for (const month of ['2013-05', '2013-06', '2013-07', '2013-08'])
      expect(lookedBackOver(month).upTo).toBe(lookedBackOver(addDays(`${month}-28`, 7).slice(0, 7)).after);
  });

  test('the sample is the same whenever it is drawn, about a fifth, and 重点 always in it', () => {
    const codes = Array.from({ length: 1000 }, (_, index) => `K${index}`);
    const drawn = codes.filter((code) => isSampled('2013-05', code, false));

    expect(drawn).toEqual(codes.filter((code) => isSampled('2013-05', code, false)));
    expect(drawn.length).toBeGreaterThan(150);
    expect(drawn.length).toBeLessThan(250);
    expect(codes.every((code) => isSampled('2013-05', code, true))).toBe(true);
  });

  test('what came back is opened anew with a reason and points at the old one, which stays closed', async () => {
    const world = await office('2013-03-20T09:00:00+08:00');
    await world.says('L03', '交办高新科：3月29日前报孵化器名单，级别重点');
    await world.says('U0501', '签收');
    await world.says('U0501', 'JB2013-001申请验收');
    await world.says('L03', 'JB2013-001验收通过');
    await world.says('L03', '确认');
    world.at('2013-05-10T08:59:00+08:00');
    await world.passUntil('2013-05-10T09:30:00+08:00');

    expect(world.toldTo('U0702').find((text) => text.startsWith('回头看'))).toContain(
      '办结满30天的1项中抽查1项：\n1. 高新技术发展及产业化科JB2013-001《报孵化器名单》',
    );
    expect((await world.says('U0702', '回头看JB2013-001反弹'))[0]).toContain('重新立项须写明原因');
    expect((await world.says('U0702', '回头看JB2013-001反弹，原因：名单又过期'))[0]).toContain(
      '已重新立项：JB2013-001《报孵化器名单》反弹，新列10号',
    );
    const [old, anew] = await world.db.client.ledgerItem.findMany({
      where: { code: { startsWith: 'JB2013-001' } },
      orderBy: { code: 'asc' },
    });
    expect(old?.acceptedAt).not.toBeNull();
    expect(anew).toMatchObject({
      code: 'JB2013-001R1',
      acceptedAt: null,
      remark: '回头看反弹，原事项JB2013-001：名单又过期',
    });
    expect(await world.db.client.lookBack.findFirst()).toMatchObject({ answer: 'relapsed', newCode: 'JB2013-001R1' });
    expect(world.toldTo('U0501').at(-1)).toContain('重新立项');
    expect((await world.db.read(recount)).differences).toEqual([]);
  });
});

describe('说法', () => {
  test.each([
    ['5月3日汇报会纪要：到会14人。议定：一是抓紧实验室建设。', 'meeting.record'],
    ['记录汇报会纪要：议定抓紧实验室建设，月底前补齐台账', 'meeting.record'],
    ['五月份汇报会议定事项：抓紧实验室建设；补齐台账', 'meeting.record'],
    ['今天上午汇报会记录：抓紧实验室建设', 'meeting.record'],
    ['补记5月3日汇报会纪要：抓紧实验室建设', 'meeting.record'],
    ['汇报会纪要：', 'ask'],
    ['汇报会纪要谁来写？', 'none'],
    ['汇报会纪要发我一份', 'query.meeting'],
    ['回头看J-1仍然有效', 'lookback.answer'],
    ['回头看J-1反弹，原因：名单又过期', 'lookback.answer'],
    ['回头看31号台账没有反弹', 'lookback.answer'],
    ['回头看J-2保持得好', 'lookback.answer'],
    ['回头看J-1', 'ask'],
    ['下周对J-1回头看，看是否反弹', 'none'],
    ['要做好回头看工作', 'none'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text, { from: 'U0201', now: '2013-05-23T10:00:00+08:00' })).toBe(meant);
  });
});
