import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';
import type { Chats } from './chats.ts';
import { judge } from './judge-message.ts';
import type { MediaStore } from './media.ts';
import { jsonOf, ok, type Routes, refused, type Tokens } from './tokens.ts';

const create = z.object({
  name: z.string().optional(),
  owner: z.string().optional(),
  userlist: z.array(z.string()),
  chatid: z.string().optional(),
});
const update = z.object({
  chatid: z.string(),
  name: z.string().optional(),
  owner: z.string().optional(),
  add_user_list: z.array(z.string()).default([]),
  del_user_list: z.array(z.string()).default([]),
});
interface Group {
  name: string;
  owner: string;
  users: string[];
}

export interface AppchatParts {
  members: ReadonlySet<string>;
  chats: Chats;
  media: MediaStore;
  clock: Clock;
  tokens: Tokens;
}

/** 应用群聊: groups the app made itself (protocol notes 3.7). */
export function appchatApi({ members, chats, media, clock, tokens }: AppchatParts): Routes {
  const groups = new Map<string, Group>();
  const known = (ids: string[]): boolean => ids.every((id) => members.has(id.toLowerCase()));

  return {
    '/cgi-bin/appchat/create': tokens.guard((call) => {
      const parsed = create.safeParse(jsonOf(call));
      if (!parsed.success) return refused(40058);
      const { name = '群聊', userlist, owner = userlist[0] ?? '' } = parsed.data;
      const chatid = parsed.data.chatid ?? randomBytes(12).toString('hex');
      if (!/^[A-Za-z0-9]{1,32}$/.test(chatid)) return refused(86001);
      if (groups.has(chatid)) return refused(86215);
      if (userlist.length < 2 || userlist.length > 2000) return refused(86006);
      if (!known(userlist)) return refused(60011);
      groups.set(chatid, { name: name.slice(0, 50), owner, users: userlist });
      return ok({ chatid });
    }),
    '/cgi-bin/appchat/update': tokens.guard((call) => {
      const parsed = update.safeParse(jsonOf(call));
      if (!parsed.success) return refused(40058);
      const { chatid, name, owner, add_user_list, del_user_list } = parsed.data;
      const group = groups.get(chatid);
      if (!group) return refused(86003);
      if (!known(add_user_list)) return refused(60011);
      const gone = new Set(del_user_list.map((id) => id.toLowerCase()));
      const users = [...new Set([...group.users, ...add_user_list])].filter((id) => !gone.has(id.toLowerCase()));
      if (users.length < 2) return refused(86006);
      groups.set(chatid, { name: (name ?? group.name).slice(0, 50), owner: owner ?? group.owner, users });
      return ok();
    }),
    '/cgi-bin/appchat/get': tokens.guard(({ query }) => {
      const chatid = query.get('chatid') ?? '';
      const group = groups.get(chatid);
      if (!group) return refused(86003);
      const { users: userlist, ...own } = group;
      return ok({ chat_info: { chatid, ...own, userlist, chat_type: 0 } });
    }),
    '/cgi-bin/appchat/send': tokens.guard((call) => {
      const given = jsonOf(call) as { chatid?: string } | null;
      const group = groups.get(given?.chatid ?? '');
      if (!group) return refused(86003);
      const judged = judge(given, 'appchat', (id) => media.find(id) !== undefined);
      if (!('seen' in judged)) return refused(judged.errcode);
      chats.add(group.name, 'bot', judged.seen, clock.now());
      return ok();
    }),
  };
}
