import type { Clock } from '#bot/calendar.ts';
import { appchatApi } from './appchat-api.ts';
import { openCards } from './cards.ts';
import type { Chats } from './chats.ts';
import { type AddressBook, directoryApi } from './directory-api.ts';
import { openFaults } from './faults.ts';
import { openMedia } from './media.ts';
import { messageApi } from './message-api.ts';
import { openTokens, type Routes, refused } from './tokens.ts';

export interface Judge {
  corpId: string;
  secret: string;
  agentId: number;
  members: ReadonlySet<string>;
  /** webhook key → group name */
  groups: ReadonlyMap<string, string>;
  chats: Chats;
  clock: Clock;
  /** the secret of the contact sync assistant, which reads the address book */
  contactsSecret?: string;
  /** the address book; those in the visible range if absent */
  book?: () => AddressBook;
}

/** What the company's administrator may have set otherwise in the console. */
export interface Console {
  isClosed: boolean;
  hasCallback: boolean;
  reportsLocation: boolean;
}

/**
 * The server API as far as the bot calls it, judging every request as the platform does: tokens, receivers, required
 * fields, byte lengths (longer texts are cut silently), counts, repeats within the interval, and rates (a member's
 * excess is dropped silently).
 */
export function wecomApi({ corpId, secret, agentId, members, groups, chats, clock, ...more }: Judge) {
  const secrets = new Map([[secret, 'app']]);
  if (more.contactsSecret) secrets.set(more.contactsSecret, 'contacts');
  const tokens = openTokens(corpId, secrets, clock);
  const settings: Console = { isClosed: false, hasCallback: true, reportsLocation: false };
  const everybody = (): AddressBook => ({
    departments: [{ id: 1, name: '局', parentid: 0 }],
    people: [...members].map((userid) => ({ userid, name: userid, departments: [1] })),
  });
  const directory = directoryApi({
    ...{
      agentId,
      members,
      book: more.book ?? everybody,
      clock,
      tokens,
      isClosed: () => settings.isClosed,
      reportsLocation: () => settings.reportsLocation,
    },
  });
  const cards = openCards(chats, clock);
  const media = openMedia(clock);
  const messages = messageApi({
    agentId,
    members,
    groups,
    chats,
    cards,
    media,
    clock,
    tokens,
    hasCallback: () => settings.hasCallback,
  });
  const routes: Routes = {
    '/cgi-bin/gettoken': tokens.route,
    ...messages.routes,
    ...directory.routes,
    ...appchatApi({ members, chats, media, clock, tokens }),
    '/cgi-bin/media/upload': tokens.guard(({ query, contentType, raw }) =>
      media.upload(query.get('type') ?? '', contentType, raw),
    ),
    '/cgi-bin/media/get': tokens.guard(({ query }) => {
      const found = media.find(query.get('media_id') ?? '');
      return found ? { file: found.bytes, name: found.name } : refused(40007);
    }),
  };
  const { menu, oauthCode } = directory;
  return {
    routes,
    tokens,
    cards,
    media,
    settings,
    faults: openFaults(),
    menu,
    oauthCode,
    openReply: messages.openReply,
    answerAtOnce: messages.answerAtOnce,
  };
}
export type WecomApi = ReturnType<typeof wecomApi>;
