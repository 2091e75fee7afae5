import type { Clock } from '#bot/calendar.ts';
import { type appCallbacks, type robotCallbacks, robotMessage, robotTap } from './callbacks.ts';
import type { Chats } from './chats.ts';
import type { ShownCard } from './judge-card.ts';
import { isPicture } from './judge-message.ts';
import type { RobotServer } from './robot-socket.ts';
import type { SentFile, Tapped } from './server.ts';
import type { Store } from './store.ts';
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
  store: Store;
  /** what seals files for the robot where it is called; null where each file has its own key */
  robotKey: string | null;
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

  async function tapAtRobot(chat: string, { from, key, chosen: ids }: Tapped, card: ShownCard): Promise<boolean> {
    const place = placeOf(chat, from);
    const { task, type } = card;
    const chosen = chosenOn(card, ids);
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
    /** Sends a picture or file: to the app, which hears of pictures alone, to the robot, or beside words in a group. */
    async sendFile({ from, group, robot, name, bytes, text }: SentFile): Promise<boolean> {
      const kind = isPicture(bytes) ? 'image' : 'file';
      const id = api.media.keep(name, kind, bytes);
      const chat = group ?? (robot ? chatOf(from) : from.toLowerCase());
      chats.add(chat, 'member', { text: '', media: { kind, id, name } }, clock.now(), group && parts.nameOf(from));
      if (!group && !robot)
        return kind === 'image' && toApp.send(from, 'image', { PicUrl: `${parts.url()}/x`, MediaId: id });
      const { path, aeskey } = parts.store.put(name, bytes, parts.robotKey);
      const address = { url: `${parts.url()}${path}`, ...(aeskey && { aeskey }) };
      if (group === undefined) return tellRobot(chat, from, { msgtype: kind, [kind]: address });
      if (kind !== 'image' || !text.includes(parts.mention)) return true;
      const items = [words(text), { msgtype: 'image', image: address }];
      return tellRobot(group, from, { msgtype: 'mixed', mixed: { msg_item: items } });
    },
    /** Opens the app's chat, or taps an entry of its menu. */
    enter: (from: string): Promise<boolean> => toApp.event(from, 'enter_agent', { EventKey: '' }),
    choose: (from: string, key: string): Promise<boolean> => toApp.event(from, 'click', { EventKey: key }),
    async tap(tapped: Tapped): Promise<boolean> {
      const bubble = chats.bubbles.find(({ id }) => id === tapped.bubble);
      if (!bubble?.card || bubble.card.closed) return false;
      const { task, type } = bubble.card;
      if (groups.has(bubble.chat) || bubble.chat.startsWith(ROBOT_PREFIX))
        return tapAtRobot(bubble.chat, tapped, bubble.card);
      const { from, key } = tapped;
      const chosen = chosenOn(bubble.card, tapped.chosen);
      return toApp.tap(from, { task, type, key, chosen, code: api.cards.code(task) });
    },
  };
}

/** What was chosen, question by question, as the platform tells it. */
const chosenOn = ({ lists }: ShownCard, ids: string[]): { question: string; ids: string[] }[] => {
  if (ids.length === 0) return [];
  if (!lists) return [{ question: 'choice', ids }];
  return lists.map(({ question, options }) => ({
    question,
    ids: ids.filter((id) => options.some((one) => one.id === id)),
  }));
};
