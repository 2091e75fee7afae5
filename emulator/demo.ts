import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { setUpMenu } from '#bot/admin/wecom.ts';
import { startApp } from '#bot/app.ts';
import { readConfig } from '#bot/config.ts';
import { offersTo } from '#bot/handler.ts';
import { slotsBetween } from '#bot/pipeline/scheduler.ts';
import { type Db, openDb } from '#bot/store/db.ts';
import { ownShared } from '#bot/store/shared.ts';
import { loadWorld } from '#bot/store/world.ts';
import * as handlers from '#handlers/index.ts';
import * as jobs from '#jobs/index.ts';
import { appCallbacks, robotCallbacks } from './callbacks.ts';
import { openChats } from './chats.ts';
import { movableClock } from './clock.ts';
import { chatOf, openConversations, type RobotMode } from './conversations.ts';
import { robotServer } from './robot-socket.ts';
import { BEFORE, seed } from './seed.ts';
import { startEmulator } from './server.ts';
import { openStore } from './store.ts';
import { wecomApi } from './wecom-api.ts';

const PORT = 8090;
const KEYS = { token: 'demo', encodingAESKey: 'DemoKeyDemoKeyDemoKeyDemoKeyDemoKeyDemoKey0', receiveId: 'wwdemo' };
const AGENT_ID = 1000002;
const GROUPS = new Map([['demo-key', '全局群']]);
const ROBOT_KEYS = { token: 'robot', encodingAESKey: 'RobotKeyRobotKeyRobotKeyRobotKeyRobotKeyRob', receiveId: '' };
const MENTION = '@创优助手';
const ROBOT = { botId: 'demo-robot', secret: 'demo-robot-secret' };
/** What to try in a group. */
const GROUP_TALK = ['签到', '哪些逾期了', '今天学习谁没签到', '帮助'];

/**
 * Starts bot and stand-in together; gives back what stops them.
 * @param port 0 takes any free one
 * @param robot how the robot is connected
 */
export async function startDemo(
  port: number,
  robot: RobotMode = 'socket',
): Promise<{ url: string; db: Db; stop(): Promise<void> }> {
  const clock = movableClock(new Date('2013-05-14T08:25:00+08:00'));
  const databaseUrl = `file:${path.join(mkdtempSync(path.join(tmpdir(), 'chuangyou-demo-')), 'demo.db')}`;
  const db = await openDb(databaseUrl);
  await seed(db, clock.now());
  const world = await db.read(loadWorld);

  const chats = openChats();
  const groupNames = new Set(GROUPS.values());
  const members = new Set(world.members.map(({ id }) => id));
  const api = wecomApi({ corpId: 'wwdemo', secret: 'demo', agentId: AGENT_ID, members, groups: GROUPS, chats, clock });
  let botUrl = '';
  const toApp = appCallbacks(KEYS, AGENT_ID, () => botUrl, clock, api.faults.around);
  const toRobot = robotCallbacks(ROBOT_KEYS, () => botUrl, clock);
  const socket = robotServer({ ...ROBOT, chats, cards: api.cards, clock, chatOf });
  const store = openStore();
  const conversations = openConversations({
    ...{ api, chats, clock, mention: MENTION, groups: groupNames, toApp, toRobot, socket, mode: robot },
    nameOf: (userid) => world.members.find(({ id }) => id === userid.toLowerCase())?.name ?? userid,
    url: () => url,
    ...{ store, robotKey: robot === 'callback' ? ROBOT_KEYS.encodingAESKey : null },
  });
  const nameOf = new Map(world.departments.map(({ code, name }) => [code, name]));
  const suggestions = async (chat: string): Promise<string[]> => {
    if (groupNames.has(chat)) return GROUP_TALK.map((text) => `${MENTION} ${text}`);
    const office = await db.read(loadWorld);
    const actor = office.members.find(({ id }) => id === chat);
    const offers = actor ? offersTo({ actor, world: office, now: clock.now() }, Object.values(handlers)) : [];
    return [...offers.map(({ sentence }) => sentence), '帮助'];
  };
  const directory = {
    groups: [...groupNames].map((name) => ({ name })),
    mention: MENTION,
    members: world.members.map((member) => ({
      ...{ id: member.id, name: member.name, title: member.title, department: nameOf.get(member.department) ?? '' },
    })),
  };

  const moveClock = async (to: Date): Promise<void> => {
    const sessions = await db.read((client) => client.session.findMany());
    const quietEnds = slotsBetween([MORNING], clock.now(), to, []);
    const stops = [...slotsBetween(Object.values(jobs), clock.now(), to, sessions), ...quietEnds].map(({ at }) => at);
    for (const at of [...stops.sort((one, other) => one.getTime() - other.getTime()), to]) {
      clock.moveTo(at);
      await app.tick();
    }
  };
  const server = await startEmulator(
    { api, chats, clock, directory, suggestions, store, ...conversations, moveClock, botUrl: () => botUrl },
    port,
  );
  socket.attach(server);
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`;

  const settings = {
    PUBLIC_URL: url,
    ...{
      PORT: '0',
      DATABASE_URL: databaseUrl,
      BACKUP_DIR: 'none',
      MEDIA_DIR: `${databaseUrl.replace(/^file:/, '')}.media`,
      WECOM_API_BASE: url,
      WECOM_CORP_ID: KEYS.receiveId,
      WECOM_AGENT_SECRET: 'demo',
    },
    ...{ WECOM_AGENT_ID: String(AGENT_ID), WECOM_TOKEN: KEYS.token, WECOM_ENCODING_AES_KEY: KEYS.encodingAESKey },
    ...(robot === 'callback'
      ? { WECOM_ROBOT_TOKEN: ROBOT_KEYS.token, WECOM_ROBOT_ENCODING_AES_KEY: ROBOT_KEYS.encodingAESKey }
      : {
          ...{ WECOM_ROBOT_ID: ROBOT.botId, WECOM_ROBOT_SECRET: ROBOT.secret },
          WECOM_ROBOT_URL: `${url.replace('http', 'ws')}/robot`,
        }),
    WECOM_GROUP_WEBHOOKS: [...GROUPS].map(([key, group]) => `${group}=${key}`).join(','),
  };
  const config = readConfig(settings);
  const log = pino({ level: 'silent' });
  const app = await startApp({
    config,
    db,
    shared: ownShared(clock),
    clock,
    log,
    handlers: Object.values(handlers),
    jobs: Object.values(jobs),
  });
  botUrl = app.url;
  await setUpMenu(settings);
  for (const [from, text] of BEFORE) {
    chats.add(from.toLowerCase(), 'member', text, clock.now());
    await toApp.say(from, text);
  }
  await app.settled();
  return {
    url,
    db,
    async stop() {
      socket.close();
      server.closeAllConnections();
      server.close();
      await app.stop();
      await db.close();
    },
  };
}

// What waited for the end of the quiet hours goes out at eight, which the moved clock has to pass through.
const MORNING = {
  ...{ name: 'morning', title: '', rule: '', graceMs: 0 },
  slotsOn: (day: string) => [new Date(`${day}T08:00:00+08:00`)],
  run: async () => [],
};

if (import.meta.url === `file://${process.argv[1]}`) {
  try {
    const { url } = await startDemo(PORT);
    process.stdout.write(`创优助手演示已就绪，请用浏览器打开 ${url}/\n按 Ctrl+C 结束。\n`);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    process.stderr.write(taken ? `端口 ${PORT} 已被占用，请关闭占用它的程序后再试。\n` : `${String(error)}\n`);
    process.exit(1);
  }
}
