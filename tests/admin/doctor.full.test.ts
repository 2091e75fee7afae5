import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doctor } from '#bot/admin/doctor.ts';
import { systemClock } from '#bot/calendar.ts';
import { appCallbacks } from '#emulator/callbacks.ts';
import { openChats } from '#emulator/chats.ts';
import { robotServer } from '#emulator/robot-socket.ts';
import { startEmulator } from '#emulator/server.ts';
import { wecomApi } from '#emulator/wecom-api.ts';
import { openWorld } from '../support/world.ts';

const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const OTHER_KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const PEOPLE = ['l01', 'l03', 'l04', 'u0501', 'u0502', 'u0503', 'u0702'];

/** A platform with its console, to which a bureau of seven is connected. */
async function openPlatform() {
  const chats = openChats();
  const members = new Set(PEOPLE);
  const api = wecomApi({
    ...{
      corpId: 'ww1',
      secret: 's',
      agentId: 1,
      members,
      groups: new Map([['K1', '全局群']]),
      chats,
      clock: systemClock,
    },
    book: () => ({
      departments: [{ id: 1, name: '局', parentid: 0 }],
      people: PEOPLE.map((userid) => ({ userid, name: userid, departments: [1] })),
    }),
  });
  const silent = async () => true;
  const parts = { directory: {}, say: silent, sayInGroup: silent, moveClock: async () => undefined };
  const server = await startEmulator({ api, chats, clock: systemClock, ...parts }, 0);
  const robot = robotServer({
    botId: 'b1',
    secret: 's1',
    chats,
    cards: api.cards,
    clock: systemClock,
    chatOf: (id) => id,
  });
  robot.attach(server);
  const { port } = server.address() as AddressInfo;
  return { api, members, server, robot, url: `http://127.0.0.1:${port}`, socket: `ws://127.0.0.1:${port}/robot` };
}

describe('接入体检', () => {
  let platform: Awaited<ReturnType<typeof openPlatform>>;
  let server: Server;

  beforeAll(async () => {
    platform = await openPlatform();
    server = platform.server;
  });
  afterAll(() => {
    platform.robot.close();
    server.closeAllConnections();
    server.close();
  });

  /** The service as it runs, and the settings it should have. */
  async function openService(wrong: Record<string, string> = {}) {
    const right = {
      ...{ WECOM_API_BASE: platform.url, WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1', WECOM_AGENT_SECRET: 's' },
      ...{ WECOM_TOKEN: 'token', WECOM_ENCODING_AES_KEY: KEY, WECOM_GROUP_WEBHOOKS: '全局群=K1' },
      ...{ WECOM_ROBOT_TOKEN: '', WECOM_ROBOT_ENCODING_AES_KEY: '' },
    };
    const env = { ...right, ...wrong };
    const world = await openWorld({ now: new Date().toISOString(), env, robotTiming: { reconnectMs: 1 } });
    const { hostname, port } = new URL(world.app.url);
    const settings = { ...env, HOST: hostname, PORT: port, DATABASE_URL: world.url };
    const wrongs = async (change: Record<string, string> = {}) =>
      (await doctor({ ...settings, ...change }))
        .filter(({ ok }) => !ok)
        .map(({ what, remedy }) => `${what}：${remedy}`);
    return { world, wrongs };
  }
  const heardWith = (url: string, token: string, encodingAESKey: string, receiveId = 'ww1') =>
    appCallbacks(
      { token, encodingAESKey, receiveId },
      1,
      () => url,
      systemClock,
      (send) => Promise.race([send(), soon()]),
    );
  // A refused callback is sent again; the first refusal is enough here.
  const soon = () => new Promise<null>((resolve) => setTimeout(() => resolve(null), 300));

  test('where all is right nothing is said to be wrong', async () => {
    const { world, wrongs } = await openService();
    await heardWith(world.app.url, 'token', KEY).say('u0503', '签到');

    expect(await wrongs()).toEqual([]);
  });

  test.each([
    ['a wrong secret', { WECOM_AGENT_SECRET: 'x' }, '企业微信凭证：Secret 不对，或应用已停用（40001）。'],
    ['a wrong corp id', { WECOM_CORP_ID: 'wwx' }, '企业微信凭证：企业ID不对（40013）。请到“我的企业”页核对'],
    ['a wrong agent', { WECOM_AGENT_ID: '2' }, '自建应用：AgentId 与 Secret 不是同一个应用（301002）。'],
    [
      'a wrong webhook key',
      { WECOM_GROUP_WEBHOOKS: '全局群=K2' },
      '群机器人“全局群”：群机器人的 key 不对，或机器人已移出群（93000）。',
    ],
    ['a wrong API address', { WECOM_API_BASE: 'http://127.0.0.1:9' }, '企业微信凭证：连不上 http://127.0.0.1:9'],
    ['a public address that leads nowhere', { PUBLIC_URL: 'http://127.0.0.1:9' }, '打不开：请确认服务已启动'],
    ['a token changed without a restart', { WECOM_TOKEN: 'other' }, '修改 .env 后要重启服务'],
  ])('%s is named with its remedy', async (mistake, change, line) => {
    const { wrongs } = await openService();

    const found = await wrongs(change);

    expect(found.join('\n')).toContain(line);
    // Where nothing of the platform answers, or the corp is another one, one thing follows from the other.
    expect(found.length).toBeLessThanOrEqual(/corp id|API address/.test(mistake) ? 2 : 1);
  });

  test('an address that is not trusted, too many calls, a closed app and an empty range are named', async () => {
    const { wrongs } = await openService();
    const { api, members } = platform;

    api.faults.set('60020');
    expect((await wrongs()).join()).toContain(
      '自建应用：服务器IP不在可信名单（60020）。请到应用详情页“企业可信IP”中加入',
    );
    api.faults.set('45009');
    expect((await wrongs()).join()).toContain('调用过于频繁（45009）');
    api.faults.set('none');
    api.settings.isClosed = true;
    expect(await wrongs()).toEqual(['自建应用：应用已停用（50003）。请到管理后台启用应用。']);
    api.settings.isClosed = false;
    members.clear();
    expect((await wrongs()).join()).toContain('可见范围：收件人都不在应用的可见范围（81013）');
    for (const id of PEOPLE) members.add(id);
    members.delete('u0503');
    expect(await wrongs()).toEqual([
      '可见范围：雷鸣1人收不到消息：成员、部门或标签不在应用的权限内（60011）。请到应用详情页把该成员加入“可见范围”。',
    ]);
    members.add('u0503');
  });

  test('what members’ phones tell of where they are, and callbacks of another app, are named', async () => {
    const { world, wrongs } = await openService();
    platform.api.settings.reportsLocation = true;
    expect(await wrongs()).toEqual([expect.stringContaining('位置上报：应用打开了“上报地理位置”，本系统不用位置')]);
    platform.api.settings.reportsLocation = false;

    const keys = { token: 'token', encodingAESKey: KEY, receiveId: 'ww1' };
    const around: (send: () => Promise<string | null>) => Promise<string | null> = (send) =>
      Promise.race([send(), soon()]);
    await appCallbacks(keys, 2, () => world.app.url, systemClock, around).say('u0503', '签到');

    expect(await wrongs()).toEqual([expect.stringContaining('消息属于别的应用：请核对 WECOM_AGENT_ID')]);
    expect(await world.db.client.inbox.count()).toBe(0);
  });

  test('a group that was imported with a wrong key is named like one of the configuration', async () => {
    const { world, wrongs } = await openService();
    const bound = { name: '高新科群', audience: 'GXK', boundBy: 'import', boundAt: new Date() };
    await world.db.client.groupChat.create({ data: { ...bound, webhook: 'K9' } });

    expect(await wrongs()).toEqual([expect.stringContaining('群机器人“高新科群”：群机器人的 key 不对')]);
  });

  test.each([
    ['Token', 'tokenx', KEY, 'ww1', 'Token 与“接收消息”页填写的不一致，请重新复制到 WECOM_TOKEN'],
    [
      'EncodingAESKey',
      'token',
      OTHER_KEY,
      'ww1',
      'EncodingAESKey 与“接收消息”页填写的不一致，请重新复制到 WECOM_ENCODING_AES_KEY',
    ],
    ['企业ID', 'token', KEY, 'wwx', '消息属于别的企业：请核对 WECOM_CORP_ID'],
  ])('what the platform sends shows that %s differs from the console', async (_, token, key, corp, line) => {
    const { world, wrongs } = await openService();

    await heardWith(world.app.url, token, key, corp).say('u0503', '签到');

    expect(await wrongs()).toEqual([expect.stringContaining(line)]);
  });

  test('both robot modes at once are named, since the platform serves one', async () => {
    const { wrongs } = await openService();

    const found = await wrongs({
      ...{ WECOM_ROBOT_ID: 'r', WECOM_ROBOT_SECRET: 's' },
      ...{ WECOM_ROBOT_TOKEN: 'robot', WECOM_ROBOT_ENCODING_AES_KEY: KEY },
    });

    expect(found.filter((line) => line.startsWith('智能机器人方式'))).toEqual([
      '智能机器人方式：长连接和回调两种方式都填了，企业微信只认其中一种：请只留一种，清空另一种的两项',
    ]);
  });

  test('a clock that is off is named', async () => {
    const { wrongs } = await openService();
    const { now } = Date;
    Date.now = () => now() + 120_000;
    const RealDate = globalThis.Date;
    globalThis.Date = class extends RealDate {
      constructor(...given: [] | [number | string | Date]) {
        super(...((given.length === 0 ? [RealDate.now()] : given) as [number]));
      }
    } as DateConstructor;
    try {
      expect(await wrongs()).toEqual([expect.stringContaining('时钟：与企业微信相差超过一分钟')]);
    } finally {
      globalThis.Date = RealDate;
      Date.now = now;
    }
  });

  test('the robot’s credentials are asked of the running service, and without one of the platform', async () => {
    const robot = { WECOM_ROBOT_ID: 'b1', WECOM_ROBOT_URL: platform.socket };
    const { world, wrongs } = await openService({ ...robot, WECOM_ROBOT_SECRET: 'wrong' });
    const refused = '智能机器人（长连接）：机器人ID或 Secret 不对（853000）。请到机器人配置页重新复制';

    expect.soft(world.app.robot()).not.toBe('ready');
    await expect.poll(() => world.app.robot(), { timeout: 10_000 }).toBe('off');
    expect((await wrongs()).join()).toContain(refused);
    const alone = await wrongs({ PORT: '9', WECOM_ROBOT_SECRET: 'wrong' });
    expect(alone.join()).toContain(refused);
    expect((await wrongs({ PORT: '9', WECOM_ROBOT_SECRET: 's1' })).join()).not.toContain('智能机器人');
  }, 20_000);
});
