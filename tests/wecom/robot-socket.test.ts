import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WSClient } from '@wecom/aibot-node-sdk';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { openCards } from '#emulator/cards.ts';
import { openChats } from '#emulator/chats.ts';
import { robotServer } from '#emulator/robot-socket.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';
const SIGNED_IN = '已签到 08:25（第1位）：5月14日（星期二）08:30《十八大报告专题辅导》。';
const QUICK = { againMs: 0, reconnectMs: 1, replacedMs: 0, refusedMs: 60_000, subscribeMs: 0 };

/** Until it is so; the machine may be busy with something else. */
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 5 });

/** The platform's end of the line, on a port of its own. */
async function openPlatform() {
  const chats = openChats();
  const clock = { now: () => new Date(MORNING) };
  const cards = openCards(chats, clock);
  const robot = robotServer({ botId: 'bot1', secret: 's1', chats, cards, clock, chatOf: (id) => id });
  const server = createServer();
  robot.attach(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    robot.close();
    server.close();
  });
  return { chats, robot, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/robot` };
}

async function openConnected(timing: Partial<typeof QUICK> = {}, secret = 's1') {
  const platform = await openPlatform();
  const env = { WECOM_ROBOT_ID: 'bot1', WECOM_ROBOT_SECRET: secret, WECOM_ROBOT_URL: platform.url };
  const world = await openWorld({
    ...{ now: MORNING, env: { ...env, WECOM_ROBOT_TOKEN: '', WECOM_ROBOT_ENCODING_AES_KEY: '' } },
    robotTiming: { ...QUICK, subscribeMs: 5000, ...timing },
  });
  const heard = () => platform.chats.bubbles.map(({ chat, text }) => `${chat}: ${text}`);
  const said = (from: string, text: string, more: object = {}) => ({
    ...{ msgid: randomUUID(), chattype: 'group', chatid: 'wr1', from: { userid: from }, msgtype: 'text' },
    ...{ text: { content: text }, ...more },
  });
  const isReady = () => soon(() => expect(world.app.robot()).toBe('ready'));
  return { ...platform, world, heard, said, isReady };
}

describe('长连接机器人', () => {
  test('what is said in a group is carried out and answered there, the same message once', async () => {
    const { robot, heard, said, isReady, world } = await openConnected();
    await isReady();
    const words = said('U0503', '@创优助手 签到');

    robot.say('wr1', words);
    robot.say('wr1', words);

    await soon(() => expect(heard()).toEqual([`wr1: ${SIGNED_IN}`]));
    expect(await world.db.client.signIn.count()).toBe(1);
    expect(await world.db.client.inbox.count()).toBe(1);
    expect(world.wecom.sent).toEqual([]);
  });

  test('said alone to the robot, it is answered there as well', async () => {
    const { robot, heard, said, isReady } = await openConnected();
    await isReady();

    robot.say('U0503', said('U0503', '签到', { chattype: 'single', chatid: undefined }));

    await soon(() => expect(heard()).toEqual([`U0503: ${SIGNED_IN}`]));
  });

  test('a card that is tapped changes at once, and the words follow in the chat', async () => {
    const { robot, chats, said, isReady, world } = await openConnected();
    await isReady();
    robot.say('wr1', said('U0503', '@创优助手 今天天气', { msgid: 'ask' }));
    await soon(async () => expect(await world.db.client.inbox.count()).toBe(1));
    const row = { key: 'robot:ask#9', kind: 'reply', address: 'robot:ask', text: '要签到吗？', notBefore: world.now() };
    await world.db.client.outbox.create({ data: { ...row, buttons: '[{"label":"签到","says":"签到"}]' } });
    await world.app.settled();
    const task = chats.bubbles[0]?.card?.task ?? '';

    const tap = { event_key: '签到', task_id: task, card_type: 'button_interaction' };
    const event = { eventtype: 'template_card_event', template_card_event: tap };
    robot.event('wr1', said('U0503', '', { msgtype: 'event', text: undefined, event }), task);

    await soon(() => expect(chats.bubbles.map(({ text }) => text)).toEqual(['要签到吗？', SIGNED_IN]));
    expect(chats.bubbles[0]?.card?.closed).toBe('已选签到 5-14 08:25');
  });

  test('a line that breaks is mended, and what waits is said in the chat: the old address is gone', async () => {
    const { robot, heard, said, isReady, world } = await openConnected();
    await isReady();
    robot.fail('aibot_respond_msg', 'silent');
    robot.say('wr1', said('U0503', '@创优助手 签到'));
    await soon(() => expect(robot.left()).toBe(0));

    robot.drop();
    await soon(async () => expect(await world.db.client.outbox.count({ where: { tries: 1 } })).toBe(1));
    await isReady();
    world.at('2013-05-14T08:26:00+08:00');
    await world.app.settled();

    expect(heard()).toEqual([`wr1: ${SIGNED_IN}`]);
  }, 20_000);

  test.each([
    [846_605, 'the address is unknown: the chat is told'],
    [846_604, 'the address ran out: the chat is told'],
  ])('refused with %i, %s', async (errcode) => {
    const { robot, heard, said, isReady } = await openConnected();
    await isReady();
    robot.fail('aibot_respond_msg', errcode);

    robot.say('wr1', said('U0503', '@创优助手 签到'));

    await soon(() => expect(heard()).toEqual([`wr1: ${SIGNED_IN}`]));
  });

  test('where the robot may not answer, whoever asked is told by the app', async () => {
    const { robot, heard, said, isReady, world } = await openConnected();
    await isReady();
    robot.fail('aibot_respond_msg', 40_058);

    robot.say('wr1', said('U0503', '@创优助手 签到'));

    await soon(() => expect(world.toldTo('u0503')).toEqual([SIGNED_IN]));
    expect(heard()).toEqual([]);
  });

  test('another connection takes the robot over: this one rests instead of throwing it out again', async () => {
    const { url, robot, said, world, isReady } = await openConnected({ replacedMs: 60_000 });
    await isReady();

    const other = new WSClient({ botId: 'bot1', secret: 's1', wsUrl: url, logger: silent });
    onTestFinished(() => other.disconnect());
    const taken = new Promise((resolve) => other.on('authenticated', () => resolve(null)));
    const heardOther = new Promise((resolve) => other.on('message.text', (frame) => resolve(frame.body?.text.content)));
    other.connect();
    await taken;

    await soon(() => expect(world.app.robot()).toBe('off'));
    robot.say('wr1', said('U0503', '签到'));
    expect(await heardOther).toBe('签到');
    expect(await world.db.client.inbox.count()).toBe(0);
  });

  test('a wrong secret is asked about a few times and then left alone', async () => {
    const { world } = await openConnected({}, 'wrong');

    await soon(() => expect(world.app.robot()).toBe('off'));

    expect(await (await fetch(`${world.app.url}/metrics`)).text()).toMatch(/853000/);
  }, 10_000);

  test('a subscription that nobody answers is given up and begun again', async () => {
    const { robot, world, isReady } = await openConnected({ subscribeMs: 50 });
    await isReady();
    robot.fail('aibot_subscribe', 'silent');
    robot.drop();

    await soon(() => expect(world.app.robot()).not.toBe('ready'));
    await isReady();
  }, 10_000);

  test('what makes no sense is left alone, and the robot goes on', async () => {
    const { robot, heard, said, isReady, world } = await openConnected();
    await isReady();

    robot.say('wr1', { msgtype: 'text' });
    robot.say('wr1', said('U0503', '', { msgtype: 'event', event: { eventtype: 'feedback_event' } }));
    robot.say('wr1', said('U0503', '@创优助手 签到'));

    await soon(() => expect(heard()).toEqual([`wr1: ${SIGNED_IN}`]));
    expect(await world.db.client.audit.count()).toBe(1);
  });
});

describe('官方 SDK 与演示平台', () => {
  async function openSdk() {
    const platform = await openPlatform();
    const client = new WSClient({ botId: 'bot1', secret: 's1', wsUrl: platform.url, logger: silent });
    onTestFinished(() => client.disconnect());
    await new Promise((resolve) => client.on('authenticated', () => resolve(null)).connect());
    const words = {
      msgid: 'm1',
      chattype: 'single',
      from: { userid: 'u1' },
      msgtype: 'text',
      text: { content: '你好' },
    };
    const frame = new Promise<{ headers: { req_id: string } }>((resolve) => client.on('message.text', resolve));
    platform.robot.say('u1', words);
    return { ...platform, client, frame: await frame };
  }

  test('streams, cards, files and messages of the unmodified client are taken and judged', async () => {
    const { client, frame, chats, robot } = await openSdk();
    const card = { card_type: 'button_interaction', task_id: 't1', main_title: { title: '选' }, button_list: [] };

    await expect(client.replyTemplateCard(frame, card as never)).rejects.toMatchObject({ errcode: 42_038 });
    await client.sendMessage('u1', { msgtype: 'markdown', markdown: { content: '早上好' } });
    await expect(
      client.sendMessage('u2', { msgtype: 'markdown', markdown: { content: '早上好' } }),
    ).rejects.toMatchObject({ errcode: 846_607 });
    const { media_id } = await client.uploadMedia(Buffer.alloc(1_200_000, 'x'), {
      type: 'file',
      filename: '简报.docx',
    });
    await client.replyMedia(frame, 'file', media_id);
    robot.fail('aibot_send_msg', 45_009);
    await expect(
      client.sendMessage('u1', { msgtype: 'markdown', markdown: { content: '又一条' } }),
    ).rejects.toMatchObject({ errcode: 45_009 });

    expect(chats.bubbles).toMatchObject([{ text: '早上好' }, { media: { kind: 'file', id: media_id } }]);
  });
});

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
