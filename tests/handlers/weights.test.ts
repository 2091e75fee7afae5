import { describe, expect, test } from 'vitest';
import { DEFAULT_WEIGHTS, wrongWeights } from '#bot/domain/weights.ts';
import { weightsAt } from '#bot/store/weights.ts';
import { openBureau } from '../support/bureau.ts';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';

const office = bureau('fixture.json');
const NOON = '2013-05-14T12:00:00+08:00';
const OURS = 'work=45 peers=25 survey=15 commentary=15';

describe('季度评分权重（R48）', () => {
  test.each([
    [DEFAULT_WEIGHTS, null],
    [{ work: 45, peers: 25, survey: 15, commentary: 15 }, null],
    [{ work: 40, peers: 25, survey: 20, commentary: 20 }, 'sum'],
    [{ work: 40, peers: 25, survey: 20, commentary: 10 }, 'sum'],
    [{ work: 30, peers: 40, survey: 15, commentary: 15 }, 'not-largest'],
    [{ work: 35, peers: 35, survey: 15, commentary: 15 }, 'not-largest'],
  ])('%j: %s', (weights, wrong) => expect(wrongWeights(weights)).toBe(wrong));

  test.each([
    `U0201 05-16 季度评分权重：重点工作45、互评25、测评15、点评15 => weights.set ${OURS}`,
    `U0201 05-16 评分权重 重点工作45 互评25 测评15 点评15 => weights.set ${OURS}`,
    `U0201 05-16 评分权重改为重点工作45%，互评25%，测评15%，点评15% => weights.set ${OURS}`,
    `U0201 05-16 权重：台账45分、季度互评25分、社会测评15分、点评15分 => weights.set ${OURS}`,
    `L01 05-16 把权重定为重点工作占45、互评占25、测评占15、点评占15 => weights.set ${OURS}`,
    `U0202 05-16 各项权重：点评15、测评15、互评25、重点工作45 => weights.set ${OURS}`,
    `U0201 05-16 领导小组定了权重：重点工作权重45，互评权重25，测评权重15，点评权重15 => weights.set ${OURS}`,
    'U0201 05-16 重点工作权重改为50 => ask',
    'U0201 05-16 权重：重点工作45、互评25 => ask',
    'U0501 05-16 季度评分权重是多少 => query.weights',
    'U0501 05-16 评分权重 => query.weights',
    'U0501 05-16 互评的权重占多少 => query.weights',
    'U0501 05-16 重点工作权重多少 => query.weights',
    'U0501 05-16 查看权重 => query.weights',
    'U0501 05-16 建议把重点工作权重调高 => none | ask | opinion.send',
    'U0201 05-16 听说权重改为重点工作45、互评25、测评15、点评15 => none | ask',
    'U0201 05-16 要是重点工作权重45、互评25、测评15、点评15呢 => none | ask',
    'U0201g 05-16 评分权重：重点工作45、互评25、测评15、点评15 => none | ask',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('the office enters what the group decided, its leader confirms; then it is a version with its day', async () => {
    const world = await openBureau({ now: NOON, jobs: [] });
    const ask = async () => (await world.says('U0501', '季度评分权重是多少'))[0];

    expect(await ask()).toBe(
      '季度评分权重（第1版，默认）：重点工作40、互评25、测评20、点评15，合计100。重点工作的落实、完成情况是主要标准，权重最大。',
    );
    expect((await world.says('U0201', '季度评分权重：重点工作45、互评25、测评15、点评15'))[0]).toContain(
      '已报局主要领导确认',
    );
    expect(await ask()).toContain('第1版，默认');
    world.at('2013-05-15T09:00:00+08:00');
    await world.says('L01', '同意');

    expect(await ask()).toContain('（第2版，2013年5月15日起）：重点工作45、互评25、测评15、点评15');
    expect(world.toldTo('U0201').at(-1)).toContain('已同意季度评分权重重点工作45');
    const { weights, version } = await world.db.read((tx) => weightsAt(tx, new Date(NOON)));
    expect({ weights, version }, 'what was scored before keeps what held then').toEqual({
      ...{ weights: DEFAULT_WEIGHTS, version: 1 },
    });
  });

  test('weights that do not sum to 100, or where key work is not the largest, are refused with the quote; nobody else sets them', async () => {
    const world = await openBureau({ now: NOON, jobs: [] });

    expect((await world.says('U0201', '评分权重：重点工作40、互评25、测评20、点评20'))[0]).toBe(
      '没有改动：四项权重合计须为100，所写合计105（重点工作40、互评25、测评20、点评20）。',
    );
    expect((await world.says('U0201', '评分权重：重点工作30、互评40、测评15、点评15'))[0]).toContain(
      '活动要求“把重点工作的落实、完成情况作为活动成效的主要标准”',
    );
    expect((await world.says('U0501', '评分权重：重点工作45、互评25、测评15、点评15'))[0]).toBe(
      '您没有“季度评分权重”权限，该操作由活动办录入，局主要领导确认办理。',
    );
    expect(await world.db.client.setting.count({ where: { key: 'weights' } })).toBe(0);
  });

  test('a refusal changes nothing; what waits or what the chief set can be taken back', async () => {
    const world = await openBureau({ now: NOON, jobs: [] });
    const set = '评分权重：重点工作45、互评25、测评15、点评15';

    await world.says('U0201', set);
    expect((await world.says('L01', '不同意'))[0]).toContain('未同意');
    await world.says('U0201', set);
    await world.says('U0201', '撤销');
    await world.says('L01', '同意');
    await world.says('L01', set);
    await world.says('L01', '撤销');

    expect((await world.says('U0501', '评分权重'))[0]).toContain('第1版，默认');
    // What was agreed to by mistake waits again.
    await world.says('U0201', set);
    await world.says('L01', '同意');
    expect((await world.says('U0501', '评分权重'))[0]).toContain('第2版');
    await world.says('L01', '撤销');
    expect((await world.says('U0501', '评分权重'))[0]).toContain('第1版，默认');
    expect(world.toldTo('U0201').at(-1)).toContain('收回了对季度评分权重的决定');
    await world.says('L01', '同意');
    expect((await world.says('U0501', '评分权重'))[0]).toContain('第2版');
  });
});
