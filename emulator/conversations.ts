import type { Clock } from '#bot/calendar.ts';
import { type appCallbacks, type robotCallbacks, robotMessage, robotTap } from './callbacks.ts';
import type { Chats } from './chats.ts';
import type { RobotServer } from './robot-socket.ts';
import type { Tapped } from './server.ts';
import type { WecomApi } from './wecom-api.ts';

/** How the robot hears: posted to its callback address, or through its long connection. */
export type RobotMode = 'callback' | 'socket';
const GROUP_PREFIX = 'wr-';
const ROBOT_PREFIX = 'robot:';

/** The conversation on the page for a chat id as the robot knows it: a group's name, or a member's talk with the robot. */
export const chatOf = (chatid: string): string =>
  chatid.startsWith(GROUP_PREFIX) ? chatid.slice(GROUP_PREFIX.length) : `${ROBOT_PREFIX}${chatid.toLowerCase()}`;

export interface ConversationParts {
  api: WecomApi;
  chats: Chats;
  clock: Clock;
  /** what a group's members begin with to be heard by the robot */
  mention: string;
  groups: ReadonlySet<string>;
  nameOf(userid: string): string;
  toApp: ReturnType<typeof appCallbacks>;
  toRobot: ReturnType<typeof robotCallbacks>;
  socket: RobotServer;
  mode: RobotMode;
  /** the stand-in's own address */
  url(): string;
}

/** What members do in the chats of the page, carried to the bot the way the platform would. */
export function openConversations(parts: ConversationParts) {
  const { api, chats, clock, groups, toApp, toRobot, socket, mode } = parts;
  const answerAt = (chat: string): string =>
    `${parts.url()}/cgi-bin/aibot/response?response_code=${api.openReply(chat)}`;
  /** The same talk as the platform names it: group by its id, alone by the member. */
  const placeOf = (chat: string, from: string) => ({
    ...(groups.has(chat) && { chatid: `${GROUP_PREFIX}${chat}` }),
    ...{ from, responseUrl: mode === 'callback' ? answerAt(chat) : '' },
  });

  async function tellRobot(chat: string, from: string, said: object): Promise<boolean> {
    const place = placeOf(chat, from);
    if (mode === 'socket') return socket.say(place.chatid ?? from, { ...robotMessage(place), ...said });
    const answered = await toRobot.say(place, said);
    if (answered && 'msgtype' in answered) api.answerAtOnce(chat, answered);
    return answered !== null;
  }
  const words = (text: string): object => ({ msgtype: 'text', text: { content: text } });

  async function tapAtRobot(chat: string, { from, key, chosen }: Tapped, task: string, type: string): Promise<boolean> {
    const place = placeOf(chat, from);
    if (mode === 'socket') {
      const event = robotTap({ task, type, key, chosen });
      return socket.event(place.chatid ?? from, { ...robotMessage(place), msgtype: 'event', event }, task);
    }
    const changed: { template_card?: object } | null = await toRobot.tap(place, { task, type, key, chosen, code: '' });
    return changed?.template_card ? api.cards.replace(task, changed.template_card) === 0 : true;
  }

  return {
    say: toApp.say,
    /** In a group the platform tells the robot only what mentions it. */
    async sayInGroup(group: string, from: string, text: string): Promise<boolean> {
      chats.add(group, 'member', text, clock.now(), parts.nameOf(from));
      return text.includes(parts.mention) ? tellRobot(group, from, words(text)) : true;
    },
    async sayToRobot(from: string, text: string): Promise<boolean> {
      const chat = chatOf(from);
      chats.add(chat, 'member', text, clock.now());
      return tellRobot(chat, from, words(text));
    },
    /** Opens the app's chat, or taps an entry of its menu. */
    enter: (from: string): Promise<boolean> => toApp.event(from, 'enter_agent', { EventKey: '' }),
    choose: (from: string, key: string): Promise<boolean> => toApp.event(from, 'click', { EventKey: key }),
    async tap(tapped: Tapped): Promise<boolean> {
      const bubble = chats.bubbles.find(({ id }) => id === tapped.bubble);
      if (!bubble?.card || bubble.card.closed) return false;
      const { task, type } = bubble.card;
      if (groups.has(bubble.chat) || bubble.chat.startsWith(ROBOT_PREFIX))
        return tapAtRobot(bubble.chat, tapped, task, type);
      const { from, key, chosen } = tapped;
      return toApp.tap(from, { task, type, key, chosen, code: api.cards.code(task) });
    },
  };
}
