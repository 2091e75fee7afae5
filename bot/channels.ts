import type Router from '@koa/router';
import type { Logger } from 'pino';
import type { Clock } from './calendar.ts';
import type { Config } from './config.ts';
import type { InboundMessage } from './message.ts';
import { cardAfterTap } from './pipeline/tap.ts';
import type { Db } from './store/db.ts';
import type { Shared } from './store/shared.ts';
import { callbackRoutes } from './wecom/callback.ts';
import { type ReplyPlace, type WecomClient, wecomClient } from './wecom/client.ts';
import { robotRoutes } from './wecom/robot.ts';
import type { RobotSocket, RobotSocketParts } from './wecom/robot-socket.ts';

export interface ChannelParts {
  config: Config;
  db: Db;
  shared: Shared;
  clock: Clock;
  log: Logger;
  keep(message: InboundMessage): Promise<void>;
  onError(errcode: number): void;
  robotTiming?: RobotSocketParts['timing'] | undefined;
}

interface Channels {
  routes: Router[];
  wecom: WecomClient;
  robot: RobotSocket | null;
}

/** Every way in and out, as configured: what listens, what speaks, and the robot's connection if there is one. */
export async function openChannels(parts: ChannelParts): Promise<Channels> {
  const { config, db, clock, log, keep, onError } = parts;
  const afterTap = (message: InboundMessage) => db.read((client) => cardAfterTap(client, message));
  const client = wecomClient({
    ...{ apiBase: config.WECOM_API_BASE, corpId: config.WECOM_CORP_ID, agentId: config.WECOM_AGENT_ID },
    ...{ agentSecret: config.WECOM_AGENT_SECRET, groups: config.WECOM_GROUP_WEBHOOKS, shelf: parts.shared, onError },
    contactsSecret: config.WECOM_CONTACTS_SECRET,
    robotKey: config.WECOM_ROBOT_ENCODING_AES_KEY,
  });
  const appKeys = {
    ...{ token: config.WECOM_TOKEN, encodingAESKey: config.WECOM_ENCODING_AES_KEY, receiveId: config.WECOM_CORP_ID },
  };
  const routes = [callbackRoutes({ keys: appKeys, clock, keep })];
  const { WECOM_ROBOT_TOKEN: token, WECOM_ROBOT_ENCODING_AES_KEY: encodingAESKey } = config;
  const name = config.WECOM_ROBOT_NAME;
  if (token && encodingAESKey)
    routes.push(
      robotRoutes({
        // A robot of one's own corporation has an empty receive id (protocol notes 5.2).
        keys: { token, encodingAESKey, receiveId: '' },
        ...{ name, apiBase: config.WECOM_API_BASE, clock, keep, cardAfterTap: afterTap },
      }),
    );
  const { WECOM_ROBOT_ID: id, WECOM_ROBOT_SECRET: secret, WECOM_ROBOT_URL: url } = config;
  if (!id || !secret) return { routes, wecom: client, robot: null };
  // Loaded by those who have one: it takes a tenth of the start.
  const { robotSocket } = await import('./wecom/robot-socket.ts');
  const robot = robotSocket({
    ...{ url, id, secret, name, clock, log, keep, onError, cardAfterTap: afterTap },
    ...(parts.robotTiming && { timing: parts.robotTiming }),
  });
  return { routes, wecom: spokenThrough(client, robot), robot };
}

/** Answers go back the way their question came. */
const spokenThrough = (client: WecomClient, robot: RobotSocket): WecomClient => ({
  ...client,
  reply: (place: ReplyPlace, content) => (robot.serves(place) ? robot : client).reply(place, content),
  replyCard: (place: ReplyPlace, card) => (robot.serves(place) ? robot : client).replyCard(place, card),
});
