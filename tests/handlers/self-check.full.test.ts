import { describe, expect, test } from 'vitest';
import { roundDueOn, roundOpensOn, roundToldOn } from '#bot/domain/round.ts';
import { understand } from '#bot/language/understand.ts';
import openSelfCheck from '#jobs/open-self-check.ts';
import { bureau, capabilities } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

/** A bureau whose chief gave two matters to 高新科 on the 14th; 薛冰 is the office. */
const given = async () => {
  const world = await openWorld({ now: '2013-05-14T09:00:00+08:00' });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  const matter = { level: '科室', target: null, unit: null, departmentCode: 'GXK', leaderId: 'l03', ownerId: 'u0502' };
  for (const [code, no, title, category] of [
    ['JB2013-001', 21, '报孵化器名单', '交办'],
    ['ZB2013-001', 22, '答复企业来信', '转办'],
  ] as const)
    await world.db.client.ledgerItem.create({
      data: { ...matter, code, no, title, category, deadline: '2013-06-20', openedOn: '2013-05-14' },
    });
  return world;
};
type World = Awaited<ReturnType<typeof given>>;
const about = (world: World, id: string) => world.toldTo(id).filter((text) => text.includes('自检'));

describe('月度自检 (R60, J18, J19)', () => {
  test('opens on the 20th, is due on the 25th, told on the 26th, moved by rest days each its own way', () => {
    expect(
      ['2013-04', '2013-05', '2013-07', '2013-08'].map((month) => [
        roundOpensOn(month),
        roundDueOn(month),
        roundToldOn(month),
      ]),
    ).toEqual([
      ['2013-04-22', '2013-04-25', '2013-04-26'],
      ['2013-05-20', '2013-05-24', '2013-05-27'],
      ['2013-07-22', '2013-07-25', '2013-07-26'],
      ['2013-08-20', '2013-08-23', '2013-08-26'],
    ]);
    expect(openSelfCheck.slotsOn('2013-05-25', { sessions: [] })).toEqual([]);
  });

  test('only a unit with matters is asked; what it answered and handed in reaches the office', async () => {
    const world = await given();
    await world.passUntil('2013-05-20T09:10:00+08:00');

    expect(about(world, 'U0501')).toEqual([
      expect.stringContaining(
        '5月份交办转办事项自检开始，请高新技术发展及产业化科于5月24日（星期五）前完成，共2件：JB2013-001《报孵化器名单》、ZB2013-001《答复企业来信》。',
      ),
    ]);
    expect(await world.says('U0501', '自检JB2013-001按期推进')).toEqual([
      '已记录5月份自检：JB2013-001《报孵化器名单》按期推进。还有1件未填：ZB2013-001《答复企业来信》。十分钟内可发“撤销”收回。',
    ]);
    expect(await world.says('U0501', '提交自检')).toEqual([
      expect.stringContaining('没有提交：5月份自检还有1件未填：ZB2013-001《答复企业来信》。'),
    ]);
    await world.passUntil('2013-05-24T09:10:00+08:00');
    expect(about(world, 'U0501').at(-1)).toContain('5月份自检今日截止');
    await world.says('U0501', '自检ZB2013-001滞后，原因：等企业材料');
    expect(await world.says('U0501', '提交自检')).toEqual([
      '已提交：高新技术发展及产业化科5月份自检，共2件，5月24日（星期五）09:10，按时提交。十分钟内可发“撤销”收回。',
    ]);
    await world.passUntil('2013-05-27T09:10:00+08:00');
    expect(about(world, 'U0702').at(-1)).toContain(
      [
        '5月份交办转办事项自检：3个科室（单位）中已提交1个，无事项2个，未提交0个。已提交2件：已办结0件，按期推进1件，滞后1件，需协调0件。',
        '· 高新技术发展及产业化科ZB2013-001《答复企业来信》滞后：等企业材料',
      ].join('\n'),
    );
  });

  test('a unit without matters gets 「无事项，无需自检」 and counts as done; one that did not hand in is named missing (R60)', async () => {
    const world = await given();
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["head","office"]' } });
    world.at('2013-05-21T09:00:00+08:00');

    expect(await world.says('U0702', '提交自检')).toEqual(['无事项，无需自检。']);
    await world.passUntil('2013-05-27T09:10:00+08:00');
    expect(about(world, 'U0702').at(-1)).toContain('未提交1个（高新技术发展及产业化科）');
  });

  test('a matter unanswered is named; handed in late it is 逾期 and still of its month, and no month begins early (R60, G9)', async () => {
    const world = await given();
    world.at('2013-06-21T09:00:00+08:00');

    expect((await world.says('U0501', '提交5月份自检'))[0]).toContain('没有提交：5月份自检还有2件未填：JB2013-001');
    await world.says('U0501', '5月份自检JB2013-001按期推进');
    await world.says('U0501', '5月自检ZB2013-001按期推进');
    expect(await world.says('U0501', '提交5月份自检')).toEqual([
      '已提交：高新技术发展及产业化科5月份自检，共2件，6月21日（星期五）09:00，逾期提交（应于5月24日（星期五）前）。十分钟内可发“撤销”收回。',
    ]);
    expect(await world.db.client.selfCheckHandIn.findMany()).toMatchObject([{ month: '2013-05' }]);
    expect((await world.says('U0501', '提交自检'))[0]).toContain('6月份自检还有2件未填');
    expect((await world.says('U0501', '提交7月份自检'))[0]).toBe(
      '没有提交：7月份自检还没有开始，7月22日（星期一）起填报。',
    );
    expect((await world.says('U0501', '7月份自检JB2013-001按期推进'))[0]).toContain('7月份自检还没有开始');
  });

  test('no delay without a reason, no 已办结 of what is open, nobody answers for another unit, undo takes it back', async () => {
    const world = await given();
    world.at('2013-05-21T09:00:00+08:00');

    expect(await world.says('U0501', '自检JB2013-001滞后')).toEqual([
      expect.stringContaining('没有记录：请写明滞后原因'),
    ]);
    expect(await world.says('U0501', '自检JB2013-001已办结')).toEqual([
      expect.stringContaining('没有记录：JB2013-001《报孵化器名单》还没有申请验收或办结'),
    ]);
    expect(await world.says('U0501', '自检K3-4按期推进')).toEqual([expect.stringContaining('不在5月份自检')]);
    expect(await world.says('U0502', '自检JB2013-001按期推进')).toEqual([
      '您没有“填报自检”权限，该操作由承办科室（单位）负责人或其委托的人办理。',
    ]);
    expect(await world.db.client.selfCheck.count()).toBe(0);
    await world.says('U0501', '自检JB2013-001需协调，请国土局出具意见');
    expect(await world.db.client.selfCheck.findFirst()).toMatchObject({
      ...{ answer: 'needs_help', reason: '请国土局出具意见', month: '2013-05', undoneAt: null },
    });
    await world.says('U0501', '撤销');
    expect(await world.db.client.selfCheck.count({ where: { undoneAt: null } })).toBe(0);
  });
});

describe('受托人填报自检（R60、R70）', () => {
  const answered = async () => {
    const world = await given();
    world.at('2013-05-21T09:00:00+08:00');
    await world.says('U0501', '委托温静代报台账');
    await world.says('U0502', '自检JB2013-001按期推进');
    await world.says('U0502', '自检ZB2013-001按期推进');
    return world;
  };
  const handIns = (world: World) => world.db.client.selfCheckHandIn.findMany({ where: { undoneAt: null } });

  test("what a delegate sends is handed in by the head's confirm, and both times are kept", async () => {
    const world = await answered();

    expect(await world.says('U0502', '提交自检')).toEqual([
      '已送科室（单位）负责人确认：高新技术发展及产业化科5月份自检2件，负责人确认后即为提交。十分钟内可发“撤销”收回。',
    ]);
    expect(await handIns(world)).toEqual([]);
    world.at('2013-05-22T09:00:00+08:00');
    expect(await world.says('U0501', '同意')).toEqual([
      '已提交：高新技术发展及产业化科5月份自检，共2件，5月22日（星期三）09:00，按时提交。十分钟内可发“撤销”收回。',
    ]);

    expect(await handIns(world)).toMatchObject([
      { personId: 'u0501', at: new Date('2013-05-22T01:00:00Z'), draftedBy: 'u0502' },
    ]);
    expect(world.toldTo('U0502').at(-1)).toBe('龚海波已确认提交高新技术发展及产业化科5月份自检。');
  });

  test('declined, taken back, or an answer taken back meanwhile: nothing is handed in that the head did not confirm', async () => {
    const world = await answered();
    await world.says('U0502', '提交自检');
    expect((await world.says('U0501', '不同意'))[0]).toContain('没有提交：');
    expect(world.toldTo('U0502').at(-1)).toContain('没有同意提交');
    await world.says('U0501', '撤销');
    expect(world.toldTo('U0502').at(-1)).toContain('提交继续等待确认');
    await world.says('U0501', '同意');
    expect(await handIns(world)).toHaveLength(1);
    await world.says('U0501', '撤销');
    expect(await handIns(world)).toEqual([]);

    await world.db.client.selfCheck.updateMany({ where: { itemCode: 'ZB2013-001' }, data: { undoneAt: world.now() } });
    expect((await world.says('U0501', '同意'))[0]).toContain('还有1件未填：ZB2013-001');
    expect(await handIns(world)).toEqual([]);
  });

  test('while the head is on leave it counts at once; nobody unnamed hands in', async () => {
    const world = await answered();
    expect((await world.says('U0503', '提交自检'))[0]).toContain('没有“提交自检”权限');
    await world.db.client.leave.create({
      data: {
        ...{ personId: 'u0501', fromOn: '2013-05-21', toOn: '2013-05-31', reason: '公差', state: 'approved' },
        askedAt: world.now(),
      },
    });

    expect((await world.says('U0502', '提交自检'))[0]).toContain('负责人请假期间由受托人代报');
    expect(await handIns(world)).toMatchObject([{ personId: 'u0502', draftedBy: null }]);
  });
});

describe('自检的说法', () => {
  const world = bureau('fixture.json');
  const meaningOf = (text: string): string => {
    const speaker = world.members.find(({ roles }) => roles.includes('head'));
    if (!speaker) throw new Error('no head');
    const now = new Date('2013-05-21T08:25+08:00');
    const understanding = understand({ text, speaker, now, chat: 'direct' }, world, capabilities);
    if (understanding.outcome !== 'act') return understanding.outcome;
    return understanding.commands.map(({ handler }) => handler.name).join(' ');
  };

  test.each([
    '自检J-1按期推进',
    '自检 J-1 正常推进',
    '自检J-1已办结',
    '自检：J-1按计划推进',
    '自检J-1滞后，原因：缺场地',
    '自检J-1滞后（原因：等上级批复）',
    '自检J-1需协调，请国土局出具意见',
    '填报自检J-1按期推进',
    '自检J-1，滞后，理由是人手不足',
    '自检J-1和J-2按期推进',
  ])('「%s」 answers for it', (text) => expect(meaningOf(text)).toMatch(/^check\.answer( check\.answer)?$/));

  test.each(['提交自检', '提交自检。', '上报自检情况', '提交本月自检', '报送5月份自检表'])(
    '「%s」 hands it in',
    (text) => expect(meaningOf(text)).toBe('check.submit'),
  );

  test.each([
    '自检怎么填',
    '谁没提交自检',
    '自检J-1按期推进了吗',
    '如果自检J-1滞后怎么办',
    '别提交自检',
    '提交自检了吗',
    '各科室要认真自检，按期推进',
    'J-1按期推进',
    '听说自检J-1滞后',
    '明天提交自检',
  ])('「%s」 does neither', (text) => expect(meaningOf(text)).not.toContain('check.'));

  test.each(['自检J-1', '自检J-1没有按期推进'])('「%s」 asks', (text) => expect(meaningOf(text)).toBe('ask'));
});
