import { describe, expect, test } from 'vitest';
import { decryptChecked, seal } from '#bot/wecom/crypto.ts';
import { openAnswers, streamOf } from '#bot/wecom/robot-answers.ts';
import { robotOf } from '../support/robot.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';
const SIGNED_IN = '已签到 08:25（第1位）：5月14日（星期二）08:30《十八大报告专题辅导》。';

async function openGroup() {
  const world = await openWorld({ now: MORNING });
  return { world, group: robotOf(world) };
}

describe('群里的机器人', () => {
  test('the address is verified with the decrypted word and nothing else', async () => {
    const { world, group } = await openGroup();
    const timestamp = String(Math.floor(world.now().getTime() / 1000));
    const { signature, nonce, encrypted } = seal(group.keys, '回声', timestamp, 'n1');
    const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce, echostr: encrypted });

    const response = await fetch(`${world.app.url}/wecom/robot?${query}`);

    expect([response.status, await response.text()]).toEqual([200, '回声']);
  });

  test.each(['@创优助手 签到', '@创优助手签到', '  @创优助手\u2005签到', '签到 @创优助手'])(
    '“%s” is carried out and answered in the group, not in private',
    async (text) => {
      const { world, group } = await openGroup();

      expect(await group.says('U0503', text)).toEqual([SIGNED_IN]);

      expect(await world.db.client.signIn.count()).toBe(1);
      expect(world.wecom.sent).toEqual([]);
      expect(JSON.parse((await world.db.client.inbox.findFirstOrThrow()).message)).toMatchObject({
        ...{ chat: 'group', group: 'wr1', from: 'u0503', content: { kind: 'text', text: '签到' } },
      });
    },
  );

  test('the same message three times is answered 200 each time and done once', async () => {
    const { world, group } = await openGroup();

    expect(await group.says('U0503', '@创优助手 签到', {}, 'same')).toEqual([SIGNED_IN]);
    expect(await group.says('U0503', '@创优助手 签到', {}, 'same')).toEqual([]);
    expect(await group.says('U0503', '@创优助手 签到', {}, 'same')).toEqual([]);

    expect(await world.db.client.signIn.count()).toBe(1);
  });

  test('what is not for it, pictures and strangers get no word', async () => {
    const { world, group } = await openGroup();

    expect(await group.says('U0503', '@创优助手 今天中午吃什么好呢')).toEqual([]);
    expect(await group.says('U0503', '', { msgtype: 'image', text: undefined, image: { url: 'x' } })).toEqual([]);
    expect(await group.says('stranger', '@创优助手 签到')).toEqual([]);

    expect(world.wecom.sent).toEqual([]);
    expect(await world.db.client.audit.count()).toBe(0);
  });

  test('text between pictures, spoken words and a tapped button are understood as text', async () => {
    const { group } = await openGroup();
    const single = { chattype: 'single', chatid: undefined, text: undefined };
    const items = [
      { msgtype: 'image', image: { url: 'x' } },
      { msgtype: 'text', text: { content: '@创优助手 签到' } },
    ];
    const tapped = { eventtype: 'template_card_event', template_card_event: { event_key: '签到' } };

    expect(await group.says('U0503', '', { msgtype: 'mixed', text: undefined, mixed: { msg_item: items } })).toEqual([
      SIGNED_IN,
    ]);
    expect((await group.says('U0502', '', { ...single, msgtype: 'voice', voice: { content: '签到' } }))[0]).toContain(
      '第2位',
    );
    expect((await group.says('U0702', '', { ...single, msgtype: 'event', event: tapped }))[0]).toContain('第3位');
  });

  test('a refresh of a stream is answered and not kept', async () => {
    const { world, group } = await openGroup();

    expect(await group.says('U0503', '', { msgtype: 'stream', stream: { id: 's' } })).toEqual([]);

    expect(await world.db.client.inbox.count()).toBe(0);
  });
});

describe('即时答复', () => {
  async function openPatient() {
    const world = await openWorld({ now: MORNING, answerWithinMs: 10_000 });
    const group = robotOf(world);
    const answered = async (response: Response) => {
      const text = await response.text();
      return text && JSON.parse(decryptChecked(group.keys, JSON.parse(text).encrypt));
    };
    return { world, group, answered };
  }

  test('what is ready in time is the answer to the call itself: a finished stream, and no second way', async () => {
    const { world, group, answered } = await openPatient();

    const answer = await answered(await group.post(group.message('U0503', '@创优助手 签到', 'now')));
    await world.app.settled();

    expect(answer).toEqual({
      msgtype: 'stream',
      stream: {
        id: expect.stringMatching(/^.{1,64}$/),
        finish: true,
        content: SIGNED_IN,
        feedback: { id: 'robot:now' },
      },
    });
    expect([world.wecom.replies, world.wecom.sent]).toEqual([[], []]);
    expect(await world.db.client.outbox.count({ where: { sentAt: null } })).toBe(0);
  });

  test('the call again gets the same answer again, and nothing is done twice', async () => {
    const { world, group, answered } = await openPatient();
    const first = await answered(await group.post(group.message('U0503', '@创优助手 签到', 'now')));

    expect(await answered(await group.post(group.message('U0503', '@创优助手 签到', 'now')))).toEqual(first);

    expect(await world.db.client.signIn.count()).toBe(1);
    expect(world.wecom.replies).toEqual([]);
  });

  test('what the robot has no word for does not keep the platform waiting', async () => {
    const { group, answered } = await openPatient();
    const begun = performance.now();

    expect(await answered(await group.post(group.message('U0503', '@创优助手 今天中午吃什么好呢', '1')))).toBe('');
    expect(await answered(await group.post(group.message('stranger', '@创优助手 签到', '2')))).toBe('');

    expect(performance.now() - begun).toBeLessThan(9000);
  });

  test('an answer whose call was given up meanwhile goes another way, and so does one nobody waits for', async () => {
    const answers = openAnswers(10_000);
    const call = answers.wait('k', 'u');
    const given = answers.give('u', streamOf('s', '已签到'));

    (await call)?.arrived(false);

    expect(await given).toBe(false);
    expect(await answers.give('u', streamOf('s', '已签到'))).toBeNull();
  });
});

describe('引用和反馈', () => {
  test('words that are only quoted are nobody’s here', async () => {
    const { world, group } = await openGroup();
    const quote = { msgtype: 'text', text: { content: 'K3-4新增1个' } };

    expect(await group.says('U0502', '@创优助手 这事大家看一下', { quote })).toEqual([]);
    expect(await group.says('U0503', '@创优助手 签到', { quote })).toEqual([SIGNED_IN]);

    expect(await world.db.client.itemFact.count()).toBe(0);
  });

  test('an answer marked as wrong shows the office which words were taken wrongly, once for each time', async () => {
    const { world, group } = await openGroup();
    const single = { chattype: 'single', chatid: undefined };
    await group.says('U0503', '本周学习安排给我看看', single, 'ask');
    const thought = (type: number, id: string) =>
      group.says(
        'U0503',
        '',
        {
          ...{ ...single, msgtype: 'event', text: undefined },
          event: { eventtype: 'feedback_event', feedback_event: { id: 'robot:ask', type } },
        },
        id,
      );

    expect(await thought(1, 'f1')).toEqual([]);
    expect(await thought(2, 'f2')).toEqual([]);

    expect(await world.db.client.unheard.findMany()).toMatchObject([{ words: '本周学习安排给我看看', times: 1 }]);
  });
});

describe('群里的答复', () => {
  test('a decision about somebody is told in private; the group hears no name', async () => {
    const { world, group } = await openGroup();
    await world.says('U0503', '请假，到郑州送材料');

    const heard = await group.says('U0501', '@创优助手 准假 雷鸣');

    expect(heard.join()).not.toContain('雷鸣');
    expect(world.toldTo('U0501').at(-1)).toContain('雷鸣');
  });

  test('a busy platform is asked again with the same address', async () => {
    const { world, group } = await openGroup();
    world.wecom.refusals.push(-1);

    expect(await group.says('U0503', '@创优助手 签到')).toEqual([]);
    world.at('2013-05-14T08:26:00+08:00');
    await world.app.settled();

    expect(world.wecom.replies.map(({ text }) => text)).toEqual([SIGNED_IN]);
  });

  test('once the address has run out, or is refused, whoever asked is told in private', async () => {
    const { world, group } = await openGroup();
    world.wecom.refusals.push(-1);
    await group.says('U0503', '@创优助手 签到');
    world.at('2013-05-14T09:30:00+08:00');
    await world.app.settled();
    expect(world.toldTo('U0503')).toEqual([SIGNED_IN]);

    world.wecom.refusals.push(40008);
    expect(await group.says('U0503', '@创优助手 签到')).toEqual([]);
    expect(world.toldTo('U0503')).toHaveLength(2);
    expect(world.wecom.replies).toEqual([]);
  });

  test('an answer that arrived although nobody noted it is not given again', async () => {
    const { world, group } = await openGroup();
    await group.says('U0503', '@创优助手 签到', {}, 'once');
    await world.db.client.outbox.updateMany({ data: { sentAt: null } });

    await world.app.settled();

    expect(world.wecom.replies).toHaveLength(1);
    expect(world.wecom.sent).toEqual([]);
    expect(await world.db.client.outbox.count({ where: { sentAt: null } })).toBe(0);
  });

  test('an address elsewhere is never called', async () => {
    const { world, group } = await openGroup();

    await group.says('U0503', '@创优助手 签到', { response_url: 'http://127.0.0.1:9/cgi-bin/x?response_code=1' });

    expect(world.toldTo('U0503')).toEqual([SIGNED_IN]);
  });

  test('what members write makes no headings, links or code on its way back', async () => {
    const { world, group } = await openGroup();
    await group.says('U0502', '@创优助手 3号台账完成60% <a href="http://x">点我</a> `rm`');

    expect(world.wecom.replies.map(({ text }) => text).join()).not.toMatch(/[<>`]/);
  });
});

describe('坏的机器人回调', () => {
  type Group = ReturnType<typeof robotOf>;
  const cases: [string, number, (group: Group) => Promise<Response>][] = [
    ['a wrong signature', 403, (group) => group.post(group.message('a', '签到', '1'), { signature: '0'.repeat(40) })],
    [
      'a receive id where there is none',
      403,
      (group) => group.post(group.message('a', 'b', '1'), { receiveId: 'ww1' }),
    ],
    [
      'a timestamp eleven minutes off',
      403,
      (group) => group.post(group.message('a', 'b', '1'), { timestamp: '1368490440' }),
    ],
    ['XML instead of JSON', 400, (group) => group.post({}, { body: '<xml><Encrypt>a</Encrypt></xml>' })],
    ['JSON without an envelope', 400, (group) => group.post({}, { body: 'null' })],
    ['a message without sender', 400, (group) => group.post({ msgid: '1', chattype: 'group', msgtype: 'text' })],
    ['two megabytes', 413, (group) => group.post({}, { body: 'x'.repeat(2 * 1024 * 1024) })],
  ];

  test.each(cases)('%s is answered %i without detail and leaves no trace', async (_, status, send) => {
    const { world, group } = await openGroup();

    const response = await send(group);

    expect([response.status, await response.text()]).toEqual([status, '']);
    expect(await world.db.client.inbox.count()).toBe(0);
  });

  test('without its keys there is no such address', async () => {
    const world = await openWorld({
      now: MORNING,
      env: { WECOM_ROBOT_TOKEN: '', WECOM_ROBOT_ENCODING_AES_KEY: '' },
    });

    expect((await robotOf(world).post({})).status).toBe(404);
  });
});
