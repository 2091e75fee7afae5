import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Clock } from './calendar.ts';
import type { Config } from './config.ts';
import type { InboundMessage } from './message.ts';
import { cardAfterTap } from './pipeline/tap.ts';
import type { Db } from './store/db.ts';
import type { Shared } from './store/shared.ts';
import { callbackEntrance } from './wecom/callback.ts';
import { type ReplyPlace, type WecomClient, wecomClient } from './wecom/client.ts';
import type { Entrance } from './wecom/envelope.ts';
import { robotEntrance } from './wecom/robot.ts';
import { type Answers, openAnswers, type Passive, streamOf } from './wecom/robot-answers.ts';
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
  /** how long a call of the robot is kept waiting for its answer */
  answerWithinMs: number;
}

interface Channels {
  entrances: Entrance[];
  wecom: WecomClient;
  robot: RobotSocket | null;
  /** Hears of every message that is done with, and whether something is said where it was said. */
  onHandled(key: string, isAnswered: boolean): void;
}

/** Every way in and out, as configured: what listens, what speaks, and the robot's connection if there is one. */
export async function openChannels(parts: ChannelParts): Promise<Channels> {
  const { config, db, clock, log, keep, onError } = parts;
  const afterTap = (message: InboundMessage) => db.read((client) => cardAfterTap(client, message));
  let connected: RobotSocket | null = null;
  const client = wecomClient({
    ...{ apiBase: config.WECOM_API_BASE, corpId: config.WECOM_CORP_ID, agentId: config.WECOM_AGENT_ID },
    ...{ agentSecret: config.WECOM_AGENT_SECRET, shelf: parts.shared, onError },
    contactsSecret: config.WECOM_CONTACTS_SECRET,
    robotKey: config.WECOM_ROBOT_ENCODING_AES_KEY,
    robot: () => connected,
  });
  const appKeys = {
    ...{ token: config.WECOM_TOKEN, encodingAESKey: config.WECOM_ENCODING_AES_KEY, receiveId: config.WECOM_CORP_ID },
  };
  const entrances = [callbackEntrance({ keys: appKeys, agentId: config.WECOM_AGENT_ID, clock, keep })];
  const { WECOM_ROBOT_TOKEN: token, WECOM_ROBOT_ENCODING_AES_KEY: encodingAESKey } = config;
  const name = config.WECOM_ROBOT_NAME;
  const answers = openAnswers(parts.answerWithinMs);
  const onHandled = (key: string, isAnswered: boolean): void => {
    if (!isAnswered) answers.release(key);
  };
  const atOnce = spokenAtOnce(client, answers);
  if (token && encodingAESKey)
    entrances.push(
      robotEntrance({
        // A robot of one's own corporation has an empty receive id (protocol notes 5.2).
        keys: { token, encodingAESKey, receiveId: '' },
        ...{ name, apiBase: config.WECOM_API_BASE, clock, keep, cardAfterTap: afterTap, answers },
      }),
    );
  const { WECOM_ROBOT_ID: id, WECOM_ROBOT_SECRET: secret, WECOM_ROBOT_URL: url } = config;
  if (!id || !secret) return { entrances, wecom: atOnce, robot: null, onHandled };
  // Loaded by those who have one: it takes a tenth of the start.
  const { robotSocket } = await import('./wecom/robot-socket.ts');
  const robot = robotSocket({
    ...{ url, id, secret, name, clock, log, keep, onError, cardAfterTap: afterTap },
    ...(parts.robotTiming && { timing: parts.robotTiming }),
  });
  connected = robot;
  return { entrances, wecom: spokenThrough(atOnce, robot), robot, onHandled };
}

/** Answers go back the way their question came. */
const spokenThrough = (client: WecomClient, robot: RobotSocket): WecomClient => ({
  ...client,
  reply: (place: ReplyPlace, content) => (robot.serves(place) ? robot : client).reply(place, content),
  replyCard: (place: ReplyPlace, card) => (robot.serves(place) ? robot : client).replyCard(place, card),
});

/** What is said while its call still waits is said in it; else at the address it came with. */
function spokenAtOnce(client: WecomClient, answers: Answers): WecomClient {
  const through = async (place: ReplyPlace, answer: Passive, later: () => Promise<void>): Promise<void> => {
    const arrived = await answers.give(place.url, answer);
    if (!arrived) await later();
  };
  return {
    ...client,
    reply: (place, content) =>
      through(place, streamOf(randomUUID(), content, place.about), () => client.reply(place, content)),
    replyCard: (place, card) =>
      through(place, { msgtype: 'template_card', template_card: card }, () => client.replyCard(place, card)),
  };
}
