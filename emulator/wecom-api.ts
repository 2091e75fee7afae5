import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';
import type { Chats } from './chats.ts';

const MOST_BYTES = 2048;
const MINUTE_MS = 60_000;
const TOKEN_LIVES_MS = 7200_000;
const A_MINUTE_PER_MEMBER = 30;
const A_MINUTE_PER_GROUP = 20;

const text = z.object({ content: z.string().min(1) });
const memberMessage = z.object({
  touser: z.string().min(1),
  msgtype: z.literal('text'),
  agentid: z.int(),
  text,
  enable_duplicate_check: z.number().optional(),
  duplicate_check_interval: z.int().min(0).max(14_400).default(1800),
});
const groupMessage = z.object({ msgtype: z.literal('text'), text });
const robotReply = z.object({ msgtype: z.literal('markdown'), markdown: z.object({ content: z.string().min(1) }) });
const MOST_REPLY_BYTES = 20_480;
const REPLY_LIVES_MS = 3_600_000;

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
 * The server API as far as the bot calls it, judging every request as the platform does: tokens, receivers, byte
 * lengths (longer texts are cut silently), repeats within the interval, and rates (a member's excess is dropped silently).
 */
export function wecomApi({ corpId, secret, agentId, members, groups, chats, clock }: Judge) {
  const tokens = new Map<string, number>();
  const repeats = new Map<string, number>();
  const sent = new Map<string, number[]>();
  const replies = new Map<string, { group: string; until: number; used: boolean }>();

  const overRate = (address: string, most: number): boolean => {
    const now = clock.now().getTime();
    const recent = (sent.get(address) ?? []).filter((at) => at > now - MINUTE_MS);
    sent.set(address, [...recent, now]);
    return recent.length >= most;
  };

  return {
    gettoken(query: URLSearchParams): object {
      if (query.get('corpid') !== corpId) return { errcode: 40013, errmsg: 'invalid corpid' };
      if (query.get('corpsecret') !== secret) return { errcode: 40001, errmsg: 'invalid credential' };
      const token = randomBytes(24).toString('base64url');
      tokens.set(token, clock.now().getTime() + TOKEN_LIVES_MS);
      return { errcode: 0, errmsg: 'ok', access_token: token, expires_in: TOKEN_LIVES_MS / 1000 };
    },

    send(query: URLSearchParams, raw: string): object {
      const token = query.get('access_token');
      if (!token) return { errcode: 41001, errmsg: 'access_token missing' };
      const until = tokens.get(token);
      if (!until) return { errcode: 40014, errmsg: 'invalid access_token' };
      if (until < clock.now().getTime()) return { errcode: 42001, errmsg: 'access_token expired' };
      if (raw.includes('\\u')) return { errcode: 40033, errmsg: 'invalid charset' };
      const parsed = memberMessage.safeParse(parseJson(raw));
      if (!parsed.success) return { errcode: 44004, errmsg: 'empty or malformed content' };
      const message = parsed.data;
      if (message.agentid !== agentId) return { errcode: 301002, errmsg: 'not allowed operate another agent' };

      const receivers = message.touser.toLowerCase().split('|');
      const valid = receivers.filter((id) => members.has(id));
      if (valid.length === 0) return { errcode: 81013, errmsg: 'user & party & tag all invalid' };
      const now = clock.now().getTime();
      const repeated = message.enable_duplicate_check === 1 && (repeats.get(raw) ?? 0) > now;
      if (message.enable_duplicate_check === 1) repeats.set(raw, now + message.duplicate_check_interval * 1000);
      for (const id of repeated ? [] : valid)
        if (!overRate(id, A_MINUTE_PER_MEMBER)) chats.add(id, 'bot', cut(message.text.content), clock.now());
      return {
        errcode: 0,
        errmsg: 'ok',
        invaliduser: receivers.filter((id) => !members.has(id)).join('|'),
        msgid: String(now),
      };
    },

    webhook(query: URLSearchParams, raw: string): object {
      const group = groups.get(query.get('key') ?? '');
      if (!group) return { errcode: 93000, errmsg: 'invalid webhook url' };
      const parsed = groupMessage.safeParse(parseJson(raw));
      if (!parsed.success) return { errcode: 93017, errmsg: 'empty body' };
      if (overRate(`group ${group}`, A_MINUTE_PER_GROUP)) return { errcode: 45009, errmsg: 'api freq out of limit' };
      chats.add(group, 'bot', cut(parsed.data.text.content), clock.now());
      return { errcode: 0, errmsg: 'ok' };
    },

    /** A code under which the robot may answer once, within an hour, in the group where it was spoken to. */
    openReply(group: string): string {
      const code = randomBytes(16).toString('base64url');
      replies.set(code, { group, until: clock.now().getTime() + REPLY_LIVES_MS, used: false });
      return code;
    },

    reply(query: URLSearchParams, raw: string): object {
      const open = replies.get(query.get('response_code') ?? '');
      if (!open || open.until < clock.now().getTime()) return { errcode: 846604, errmsg: 'response_code expired' };
      if (open.used) return { errcode: 846606, errmsg: 'already responded' };
      const parsed = robotReply.safeParse(parseJson(raw));
      if (!parsed.success) return { errcode: 40008, errmsg: 'invalid message type' };
      const { content } = parsed.data.markdown;
      if (Buffer.byteLength(content) > MOST_REPLY_BYTES) return { errcode: 45002, errmsg: 'content too long' };
      open.used = true;
      chats.add(open.group, 'bot', content, clock.now());
      return { errcode: 0, errmsg: 'ok' };
    },
  };
}
export type WecomApi = ReturnType<typeof wecomApi>;

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}

/** The platform cuts at the byte, which may leave half a character behind. */
const cut = (content: string): string =>
  Buffer.byteLength(content) <= MOST_BYTES ? content : Buffer.from(content).subarray(0, MOST_BYTES).toString('utf8');
