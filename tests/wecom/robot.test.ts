import { describe, expect, test } from 'vitest';
import { seal } from '#bot/wecom/crypto.ts';
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
