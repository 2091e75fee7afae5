import type { Clock } from '#bot/calendar.ts';
import { openCards } from './cards.ts';
import type { Chats } from './chats.ts';
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
}

/**
 * The server API as far as the bot calls it, judging every request as the platform does: tokens, receivers, required
 * fields, byte lengths (longer texts are cut silently), counts, repeats within the interval, and rates (a member's
 * excess is dropped silently).
 */
export function wecomApi({ corpId, secret, agentId, members, groups, chats, clock }: Judge) {
  const tokens = openTokens(corpId, new Map([[secret, 'app']]), clock);
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
    hasCallback: () => true,
  });
  const routes: Routes = {
    '/cgi-bin/gettoken': tokens.route,
    ...messages.routes,
    '/cgi-bin/media/upload': tokens.guard(({ query, contentType, raw }) =>
      media.upload(query.get('type') ?? '', contentType, raw),
    ),
    '/cgi-bin/media/get': tokens.guard(({ query }) => {
      const found = media.find(query.get('media_id') ?? '');
      return found ? { file: found.bytes, name: found.name } : refused(40007);
    }),
  };
  return { routes, tokens, cards, media, openReply: messages.openReply };
}
export type WecomApi = ReturnType<typeof wecomApi>;
