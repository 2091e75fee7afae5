import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { MENU } from '#bot/admin/menu.ts';
import { setUpMenu } from '#bot/admin/wecom.ts';
import { systemClock } from '#bot/calendar.ts';
import { decryptChecked } from '#bot/wecom/crypto.ts';
import { openChats } from '#emulator/chats.ts';
import { startEmulator } from '#emulator/server.ts';
import { wecomApi } from '#emulator/wecom-api.ts';
import { robotOf } from '../support/robot.ts';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';

async function openDoor() {
  const world = await openWorld({ now: MORNING });
  const created = Math.floor(world.now().getTime() / 1000);
  const head = (from: string, type: string, at = created) =>
    `<ToUserName>ww1</ToUserName><FromUserName>${from}</FromUserName><CreateTime>${at}</CreateTime><MsgType>${type}</MsgType>`;
  const hears = async (from: string, xml: string) => {
    const before = world.wecom.sent.length;
    expect((await world.post(`<xml>${xml}</xml>`)).status).toBe(200);
    await world.app.settled();
    return world.wecom.sent.slice(before).flatMap(({ to, text }) => (to === from.toLowerCase() ? [text] : []));
  };
  const event = (from: string, name: string, more = '', at = created) =>
    hears(from, `${head(from, 'event', at)}<Event>${name}</Event>${more}`);
  const message = (from: string, type: string, more: string) =>
    hears(from, `${head(from, type)}${more}<MsgId>${type}</MsgId>`);
  return { world, event, message, created };
}

describe('进门', () => {
  test('whoever opens the app for the first time hears three things to say now; nobody hears it twice', async () => {
    const { event, created } = await openDoor();

    const [greeting = '', ...more] = await event('U0503', 'enter_agent');
    expect(await event('U0503', 'enter_agent', '', created + 1)).toEqual([]);
    expect(await event('stranger', 'enter_agent')).toEqual([]);

    expect(more).toEqual([]);
    expect(greeting).toMatch(/^雷鸣，您好，我是创优助手。您现在可以这样说/);
    expect(greeting.match(/：“/g)).toHaveLength(3);
  });

  test('what it offers works when it is said', async () => {
    const { world, event } = await openDoor();
    const [greeting = ''] = await event('U0503', 'subscribe');

    for (const [, sentence = ''] of greeting.matchAll(/：“([^”]+)”/g))
      expect((await world.says('U0503', sentence)).join(), sentence).not.toMatch(/没有听懂|^$/);
  });

  test('the robot greets whoever opens its chat, at once and without a record', async () => {
    const { world } = await openDoor();
    const robot = robotOf(world);
    const said = { msgtype: 'event', text: undefined, chattype: 'single', chatid: undefined };

    const response = await robot.post({
      ...robot.message('U0503', '', 'e1'),
      ...said,
      event: { eventtype: 'enter_chat' },
    });

    const { encrypt } = (await response.json()) as { encrypt: string };
    expect(JSON.parse(decryptChecked(robot.keys, encrypt))).toMatchObject({
      ...{ msgtype: 'text', text: { content: expect.stringContaining('我是创优助手') } },
    });
    expect(await world.db.client.audit.count()).toBe(0);
  });
});

describe('没有文字的消息', () => {
  test('a voice message gets one polite line; where somebody is stays unasked and unanswered', async () => {
    const { world, event, message } = await openDoor();

    expect(await message('U0503', 'voice', '<MediaId>m</MediaId><Format>amr</Format>')).toEqual([
      '语音暂时听不了，请打字，或用输入法的语音转成文字发来。',
    ]);
    const place = '<Latitude>35.7</Latitude><Longitude>115.0</Longitude>';
    expect(await event('U0503', 'LOCATION', place)).toEqual([]);
    expect(JSON.stringify(await world.db.client.inbox.findMany())).not.toMatch(/35\.7|115\.0/);
  });
});

describe('应用菜单', () => {
  const keys = MENU.button.flatMap(({ sub_button }) => sub_button.map(({ key }) => key));

  test.each(keys)('“%s” is a sentence that is understood when it is tapped', async (key) => {
    const { event } = await openDoor();

    const heard = await event('U0502', 'click', `<EventKey>${key}</EventKey>`);

    // Words too long for a card go ahead of it.
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.join('\n')).not.toContain('没有听懂');
  });

  test('it is set by one command, and the platform takes it', async () => {
    const chats = openChats();
    const judge = { corpId: 'ww1', secret: 's', agentId: 1, members: new Set<string>(), groups: new Map(), chats };
    const api = wecomApi({ ...judge, clock: systemClock });
    const silent = async () => true;
    const parts = { directory: {}, say: silent, sayInGroup: silent, moveClock: async () => undefined };
    const server = await startEmulator({ api, chats, clock: systemClock, ...parts }, 0);
    onTestFinished(() => void server.close());
    const env = {
      ...{ WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1', WECOM_AGENT_SECRET: 's', WECOM_TOKEN: 't' },
      ...{ WECOM_ENCODING_AES_KEY: 'a'.repeat(43) },
      WECOM_API_BASE: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    };

    expect(await setUpMenu(env)).toContain('已设置菜单：学习考勤（签到');
    expect(api.menu()).toMatchObject(MENU);
    await expect(setUpMenu({ ...env, WECOM_AGENT_ID: '2' })).rejects.toThrow(
      'AgentId 与 Secret 不是同一个应用（301002）',
    );
  });
});
