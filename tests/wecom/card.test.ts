import { describe, expect, test } from 'vitest';
import { cardOf, choiceOf } from '#bot/wecom/card.ts';
import { decryptChecked } from '#bot/wecom/crypto.ts';
import { cardFault } from '#emulator/judge-card.ts';
import { wordsOf } from '../support/cards.ts';
import { robotOf } from '../support/robot.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';
const ASK = {
  text: '今天有学习：08:30在三楼会议室，请带笔记本，手机静音。到会后请回复“签到”。',
  buttons: [{ label: '签到', says: '签到' }],
};
const options = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: `选${index + 1}`, says: `选${index + 1}〔Q1〕` }));

/** A world in which a member has a card to tap. */
async function openWithCard(words: { text: string; buttons: object[] } = ASK, to = 'u0503') {
  const world = await openWorld({ now: MORNING });
  const row = { key: 'cause#0', kind: 'user', address: to, text: words.text, buttons: JSON.stringify(words.buttons) };
  await world.db.client.outbox.create({ data: { ...row, notBefore: world.now() } });
  await world.app.settled();
  const card = world.wecom.sent.find((one) => one.card)?.card;
  return { world, card: card ?? null, task: card?.task_id ?? '' };
}

describe('卡片', () => {
  test('words with buttons go out as a card that says the same; each button is its sentence', async () => {
    const { world, card } = await openWithCard();

    expect(world.toldTo('u0503')).toEqual([ASK.text]);
    expect(card).toMatchObject({
      ...{ card_type: 'button_interaction', main_title: { title: '今天有学习：' } },
      ...{
        sub_title_text: '08:30在三楼会议室，请带笔记本，手机静音。到会后请回复“签到”。',
        button_list: [{ text: '签到', key: '签到', style: 1 }],
      },
    });
    expect(card?.task_id).toMatch(/^[\w@-]{1,128}$/);
  });

  test.each([
    ['six short ones are buttons', options(6), 'button_interaction'],
    ['seven are a list', options(7), 'vote_interaction'],
    ['long ones are a list', [{ label: '3号台账 制定创新驱动发展配套政策', says: '3号台账' }], 'vote_interaction'],
    ['twenty are a list', options(20), 'vote_interaction'],
    ['more, none, or a sentence too long for a key are text', options(21), undefined],
    ['more, none, or a sentence too long for a key are text', [], undefined],
    ['more, none, or a sentence too long for a key are text', [{ label: '长', says: '一'.repeat(342) }], undefined],
  ])('%s', (_, buttons, type) => {
    expect(cardOf('请选择一项', buttons, 't', 'app')?.card.card_type).toBe(type);
  });

  test.each(['app', 'robot'] as const)(
    'no text is shown cut: what is too long goes ahead of the card (%s)',
    (place) => {
      const starts = ['本周集中学习安排如下：', '5月14日的学习，三楼会议室，'];
      const lengths = [1, 26, 27, 36, 37, 100, 140, 161, 200, 1000];
      for (const [start, length] of starts.flatMap((one) => lengths.map((most) => [one, most] as const))) {
        const text = start.padEnd(length, '一');
        const drawn = cardOf(text, options(2), 't', place);
        if (!drawn) throw new Error('no card');
        const { main_title, sub_title_text = '' } = drawn.card as unknown as {
          main_title: { title: string };
          sub_title_text?: string;
        };

        expect(main_title.title.length).toBeLessThanOrEqual(place === 'app' ? 36 : 26);
        expect(sub_title_text.length).toBeLessThanOrEqual(place === 'app' ? 160 : 112);
        if (sub_title_text) expect(main_title.title).not.toMatch(/[，、；]$/);
        if (drawn.before === null) expect(wordsOf(drawn.card)).toBe(text);
        else expect([drawn.before, sub_title_text]).toEqual([text, '内容见上一条消息。']);
      }
    },
  );

  test('what was chosen from a list is its sentence; what was never offered is none', () => {
    expect(choiceOf(options(7), '提交', ['3'])?.says).toBe('选4〔Q1〕');
    expect(choiceOf(options(7), '提交', ['9'])).toBeUndefined();
    expect(choiceOf(options(2), '全部验收通过', [])).toBeUndefined();
  });

  test('a long text goes ahead, the card after it, and neither is merged with other words', async () => {
    const text = `${'学习材料第一章，'.repeat(30)}请回复“签到”。`;

    const { world, card } = await openWithCard({ text, buttons: ASK.buttons });

    expect(world.toldTo('u0503')).toEqual([
      text,
      '学习材料第一章，学习材料第一章，学习材料第一章，学习材料第一章，内容见上一条消息。',
    ]);
    expect(card?.card_type).toBe('button_interaction');
  });

  test('what the clock has for somebody is merged, but a card stays one', async () => {
    const world = await openWorld({ now: MORNING });
    const row = { kind: 'user', address: 'u0503', notBefore: world.now() };
    await world.db.client.outbox.createMany({
      data: [
        { ...row, key: 'remind-a@1#0', text: '甲' },
        { ...row, key: 'remind-b@1#0', text: ASK.text, buttons: JSON.stringify(ASK.buttons) },
        { ...row, key: 'remind-c@1#0', text: '乙' },
      ],
    });

    await world.app.settled();

    expect(world.toldTo('u0503')).toEqual([ASK.text, '1. 甲\n2. 乙']);
  });
});

describe('多项选择', () => {
  const lists = [1, 2].map((id) => ({
    title: `第${id}件事项的标题很长很长很长很长`,
    options: [
      { label: '同意', says: `同意〔Q${id}〕` },
      { label: '暂不决定', says: '' },
    ],
  }));

  test('several can be chosen of a list, and what they say is said in a row', () => {
    const buttons = ['A', 'B', 'C'].map((says) => ({ label: `${says}. 选项`, says }));
    const card = cardOf('要改进的有', buttons, 't', 'app', { several: true })?.card;

    expect(cardFault(card, 'app')).toBe(0);
    expect(card?.['checkbox']).toMatchObject({ mode: 1, option_list: [{ is_checked: false }, {}, {}] });
    expect(choiceOf(buttons, '提交', ['0', '2'], { several: true })).toEqual({ label: 'A. 选项、C. 选项', says: 'AC' });
    expect(choiceOf(buttons, '提交', ['0', '7'], { several: true })).toBeUndefined();
  });

  test('several questions are lists of one card; what is left open says nothing', () => {
    const card = cardOf('有2件待您决定', [], 't', 'app', { lists })?.card;

    expect([cardFault(card, 'app'), cardFault(card, 'robot')]).toEqual([0, 0]);
    expect(card).toMatchObject({ card_type: 'multiple_interaction', select_list: [{ selected_id: '0-1' }, {}] });
    expect(choiceOf([], '提交', ['0-0', '1-1'], { lists })).toEqual({ label: '同意', says: '同意〔Q1〕' });
    expect(choiceOf([], '提交', ['0-1', '1-1'], { lists })?.says).toBe('');
    expect(choiceOf([], '提交', ['0-0', '9-9'], { lists })).toBeUndefined();
  });

  test('a link is a card of its own behind the words, which opens it', () => {
    const link = { title: '会场屏幕', description: '在会场电脑上打开', url: 'https://x.example/screen/1' };
    const { before, card } = cardOf('名下33项……', [], 't', 'app', { link }) ?? {};

    expect(before).toBe('名下33项……');
    expect(cardFault(card, 'app')).toBe(0);
    expect(card).toMatchObject({ card_type: 'text_notice', card_action: { type: 1, url: link.url } });
  });

  test('who has several to decide decides them on one card, and each decision is carried out', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '请假，到郑州送材料');
    await world.says('U0502', '请假，家里有事');
    await world.says('U0501', '同意');
    const card = world.wecom.sent.findLast(({ to }) => to === 'u0501')?.card;
    expect(card?.card_type).toBe('multiple_interaction');

    const told = await world.taps('U0501', String(card?.task_id), '提交', ['0-0', '1-0']);

    expect(told.join()).toMatch(/已准假：雷鸣[\s\S]*已准假：温静/);
    expect((await world.db.client.leave.findMany()).map(({ state }) => state)).toEqual(['approved', 'approved']);
  });

  test('a card on which nothing was decided decides nothing', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '请假，到郑州送材料');
    await world.says('U0502', '请假，家里有事');
    await world.says('U0501', '同意');
    const task = String(world.wecom.sent.findLast(({ to }) => to === 'u0501')?.card?.task_id);

    expect(await world.taps('U0501', task, '提交', ['0-2', '1-2'])).toEqual(['没有选择，都还待您决定。']);

    expect((await world.db.client.leave.findMany()).map(({ state }) => state)).toEqual(['pending', 'pending']);
  });
});

describe('长的清单', () => {
  test('who has more items than a message holds gets a card that opens the page with all of them', async () => {
    const world = await openWorld({ now: MORNING, env: { PUBLIC_URL: 'https://bot.example.gov.cn' } });
    const item = {
      level: '科室',
      category: '重点工作',
      departmentCode: 'GXK',
      ownerId: 'u0502',
      deadline: '2013-08-31',
    };
    await world.db.client.ledgerItem.createMany({
      data: Array.from({ length: 30 }, (_, one) => ({ ...item, code: `X${one}`, no: 100 + one, title: `第${one}件` })),
    });

    const [words] = await world.says('U0502', '我的台账');

    expect(words).toContain('共32项');
    expect(world.wecom.sent.at(-1)?.card).toMatchObject({
      ...{ card_type: 'text_notice', main_title: { title: '我的台账' }, sub_title_text: '共32项，点开看全部' },
      card_action: { type: 1, url: 'https://bot.example.gov.cn/pages/ledger' },
    });
  });
});

describe('不再有效的卡片', () => {
  test('what was decided by typing has no live button any more', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '请假，到郑州送材料');
    const sent = world.wecom.sent.findIndex(({ to, card }) => to === 'u0501' && card);

    expect((await world.says('U0501', '同意'))[0]).toContain('已准假');

    expect(world.wecom.changed).toEqual([{ userid: 'u0501', code: `R${sent + 1}`, label: '已另行答复 5-14 08:25' }]);
    const task = String(world.wecom.sent[sent]?.card?.task_id);
    expect((await world.taps('U0501', task, '同意〔Q1〕')).join()).toMatch(/点过|过期/);
  });

  test('what several were asked and one decided says to the others who did, and when', async () => {
    const { world, task } = await openWithCard({ text: '请选择', buttons: [{ label: '签到', says: '签到' }] });
    const row = { kind: 'user', text: '请选择', buttons: '[{"label":"签到","says":"签到"}]', notBefore: world.now() };
    await world.db.client.outbox.createMany({
      data: ['u0502', 'u0702'].map((address) => ({ ...row, address, key: `contacts:x#${address}#0` })),
    });
    await world.app.settled();
    const own = world.wecom.sent.find(({ to }) => to === 'u0502')?.card?.task_id ?? task;

    await world.taps('U0502', own, '签到');

    expect(world.wecom.changed.map(({ userid, label }) => [userid, label]).sort()).toEqual([
      ['u0502', '已选签到 5-14 08:25'],
      ['u0702', '温静已选签到 5-14 08:25'],
    ]);
  });

  test('of cards about the same only the newest can be tapped', async () => {
    const { world } = await openWithCard();
    const row = { kind: 'user', address: 'u0503', text: '第1题', style: '{"topic":"exam"}', notBefore: world.now() };
    const buttons = JSON.stringify(ASK.buttons);
    await world.db.client.outbox.create({ data: { ...row, key: 'q#1', buttons } });
    await world.app.settled();
    const old = world.wecom.sent.at(-1)?.card?.task_id ?? '';
    await world.db.client.outbox.create({ data: { ...row, key: 'q#2', buttons } });
    await world.app.settled();

    expect((await world.taps('U0503', old, '签到'))[0]).toContain('已经过期');
    expect(await world.db.client.signIn.count()).toBe(0);
    expect((await world.taps('U0503', world.wecom.sent.at(-2)?.card?.task_id ?? '', '签到'))[0]).toContain('已签到');
  });

  test('撤销 after a tap names its deed: an old card takes back nothing that was done since', async () => {
    const { world, task } = await openWithCard(
      {
        text: '请选择',
        buttons: [{ label: '报进度', says: 'K3-4新增1个' }],
      },
      'u0502',
    );
    await world.taps('U0502', task, 'K3-4新增1个');
    const card = world.wecom.sent.at(-1)?.card;
    const [button] = (card?.['button_list'] ?? []) as { text: string; key: string }[];
    expect(button?.text).toBe('撤销上报台账进度');
    await world.says('U0502', '3号台账完成60%');

    expect(await world.taps('U0502', String(card?.task_id), button?.key ?? '')).toEqual([
      '没有撤销：这一项已超过十分钟，或之后又办了别的。需要更正请联系活动办。',
    ]);
    await world.says('U0502', '撤销');
    world.at('2013-05-14T08:26:00+08:00');
    expect((await world.taps('U0502', String(card?.task_id), button?.key ?? ''))[0]).toContain('已撤销：上报台账进度');
    expect(
      await world.db.client.itemFact.count({ where: { itemCode: 'K3-4', undoneAt: null, kind: 'reported' } }),
    ).toBe(0);
  });
});

describe('点按卡片', () => {
  test('a tap is its sentence, and the card says afterwards what was chosen and when', async () => {
    const { world, task } = await openWithCard();

    expect((await world.taps('U0503', task, '签到', [], 'code-1'))[0]).toContain('已签到 08:25');

    expect(await world.db.client.signIn.count()).toBe(1);
    expect(world.wecom.changed).toEqual([{ userid: 'u0503', code: 'code-1', label: '已选签到 5-14 08:25' }]);
  });

  test('a choice from a list is its sentence', async () => {
    const buttons = [...options(6), { label: '签到', says: '签到' }];
    const { world, task } = await openWithCard({ text: '请选择一项', buttons });

    expect((await world.taps('U0503', task, '提交', ['6']))[0]).toContain('已签到');
  });

  test('a second tap does nothing and says when the first one was', async () => {
    const { world, task } = await openWithCard({
      text: '请选择',
      buttons: [{ label: '请假', says: '请假，到郑州送材料' }],
    });
    await world.taps('U0503', task, '请假，到郑州送材料');
    world.at('2013-05-14T08:26:00+08:00');

    expect(await world.taps('U0503', task, '请假，到郑州送材料')).toEqual([
      '这张卡片已于2013年5月14日08:25点过“请假”，没有重复办理。',
    ]);

    expect(await world.db.client.leave.count()).toBe(1);
    expect(world.wecom.changed).toHaveLength(1);
  });

  test('somebody else’s tap does nothing, and the card stays for whom it was meant', async () => {
    const { world, task } = await openWithCard();

    expect(await world.taps('U0502', task, '签到')).toEqual([
      '这张卡片是发给别人的，没有办理。您可以直接打字，或发送“帮助”。',
    ]);
    expect(await world.taps('stranger', task, '签到')).toEqual([]);

    expect(await world.db.client.signIn.count()).toBe(0);
    expect((await world.taps('U0503', task, '签到'))[0]).toContain('已签到');
  });

  test.each([
    ['after more than a week', '2013-05-22T09:00:00+08:00', (task: string) => task, '签到'],
    ['of a card nobody sent', MORNING, () => '1-000000000000000000000000', '签到'],
    ['of a button it never had', MORNING, (task: string) => task, '验收 3号台账'],
    ['with a name that is none', MORNING, () => 'x', '签到'],
  ])('a tap %s does nothing', async (_, at, name, key) => {
    const { world, task } = await openWithCard();
    world.at(at);

    expect(await world.taps('U0503', name(task), key)).toEqual([
      '这张卡片已经过期，没有办理。请直接打字，或发送“帮助”。',
    ]);

    expect(await world.db.client.audit.count()).toBe(0);
  });

  test('a card that only looks something up can be tapped again', async () => {
    const { world, task } = await openWithCard({
      text: '可以这样问',
      buttons: [{ label: '我的台账', says: '我的台账' }],
    });
    const [first] = await world.taps('U0503', task, '我的台账');
    world.at('2013-05-14T08:26:00+08:00');

    expect(await world.taps('U0503', task, '我的台账')).toEqual([first]);
    expect(world.wecom.changed).toEqual([]);
  });

  test('a code that was spent, or a platform that fails for a while, costs nobody an answer', async () => {
    const { world, task } = await openWithCard();
    world.wecom.refusals.push(0, 60140);

    expect((await world.taps('U0503', task, '签到'))[0]).toContain('已签到');

    expect(await world.db.client.outbox.count({ where: { sentAt: null } })).toBe(0);
  });
});

describe('机器人的卡片', () => {
  async function openGroupWithCard(text = '要签到吗？') {
    const world = await openWorld({ now: MORNING });
    const group = robotOf(world);
    await group.post(group.message('U0503', '@创优助手 今天天气', 'ask'));
    await world.app.settled();
    const row = { key: 'robot:ask#9', kind: 'reply', address: 'robot:ask', text, notBefore: world.now() };
    await world.db.client.outbox.create({ data: { ...row, buttons: JSON.stringify(ASK.buttons) } });
    await world.app.settled();
    const task = world.wecom.replies[0]?.card?.task_id ?? '';
    const tap = async (from: string, id: string) => {
      const said = { msgtype: 'event', text: undefined, event: { eventtype: 'template_card_event' } };
      const template_card_event = { event_key: '签到', task_id: task };
      const event = { ...said.event, template_card_event };
      const response = await group.post({ ...group.message(from, '', id), ...said, event });
      await world.app.settled();
      return response;
    };
    return { world, group, task, tap };
  }

  test('a card is put where it was asked; a tap is answered there and changes the card at once', async () => {
    const { world, group, task, tap } = await openGroupWithCard();

    const response = await tap('U0503', 'tap1');

    const { encrypt, nonce } = (await response.json()) as { encrypt: string; nonce: string };
    expect(JSON.parse(decryptChecked(group.keys, encrypt))).toMatchObject({
      ...{ response_type: 'update_template_card', userids: ['u0503'] },
      template_card: { task_id: task, replace_text: '已选签到 5-14 08:25' },
    });
    expect(nonce).toBe('n1');
    expect(world.wecom.replies.map(({ text }) => text)).toEqual(['要签到吗？', expect.stringContaining('已签到')]);
  });

  test('another member’s tap changes nothing', async () => {
    const { world, tap } = await openGroupWithCard();

    expect(await (await tap('U0502', 'tap2')).text()).toBe('');

    expect(await world.db.client.signIn.count()).toBe(0);
    expect(world.wecom.replies.at(-1)?.text).toContain('发给别人的');
  });

  test('words too long for its card are said without one: the address serves once', async () => {
    const { world } = await openGroupWithCard(`${'一'.repeat(150)}，请回复“签到”。`);

    expect(world.wecom.replies).toMatchObject([{ text: expect.stringContaining('请回复') }]);
    expect(world.wecom.replies[0]?.card).toBeUndefined();
  });
});
