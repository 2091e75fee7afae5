import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';
import type { Cards } from './cards.ts';
import type { Bubble, Chats } from './chats.ts';
import { judge, type Seen } from './judge-message.ts';
import type { MediaStore } from './media.ts';
import { type Call, jsonOf, ok, type Routes, refused, type Tokens } from './tokens.ts';

const MINUTE_MS = 60_000;
const A_MINUTE_PER_MEMBER = 30;
const A_MINUTE_PER_GROUP = 20;
const REPLY_LIVES_MS = 3_600_000;
const RECALL_MS = 24 * 3_600_000;

const envelope = z.object({
  touser: z.string().optional(),
  toparty: z.string().optional(),
  totag: z.string().optional(),
  agentid: z.int(),
  enable_duplicate_check: z.number().optional(),
  duplicate_check_interval: z.int().min(0).max(14_400).default(1800),
});

export interface MessageParts {
  agentId: number;
  /** the app's visible range */
  members: ReadonlySet<string>;
  /** webhook key → group name */
  groups: ReadonlyMap<string, string>;
  chats: Chats;
  cards: Cards;
  media: MediaStore;
  clock: Clock;
  tokens: Tokens;
  /** false as long as the app has no callback address: it may not send cards to tap then */
  hasCallback(): boolean;
}

/** Everything that sends, changes or takes back a message. */
export function messageApi(parts: MessageParts) {
  const { agentId, members, groups, chats, cards, media, clock, tokens } = parts;
  const repeats = new Map<string, { until: number; answer: object }>();
  const sent = new Map<string, number[]>();
  const replies = new Map<string, { chat: string; until: number; used: boolean }>();
  const messages = new Map<string, { bubbles: Bubble[]; at: number }>();
  const now = (): number => clock.now().getTime();

  const overRate = (address: string, most: number): boolean => {
    const recent = (sent.get(address) ?? []).filter((at) => at > now() - MINUTE_MS);
    sent.set(address, [...recent, now()]);
    return recent.length >= most;
  };

  /** With the file's name, as the client shows it. */
  const named = (seen: Seen): Seen =>
    seen.media ? { ...seen, media: { ...seen.media, name: media.look(seen.media.id)?.name ?? '' } } : seen;

  function send(call: Call): object {
    const raw = call.raw.toString('utf8');
    const given = jsonOf(call);
    const parsed = envelope.safeParse(given);
    if (!parsed.success) return refused(40058);
    const { touser, toparty, totag, agentid, enable_duplicate_check, duplicate_check_interval } = parsed.data;
    if (agentid !== agentId) return refused(301002);
    if (!touser && !toparty && !totag) return refused(82001);
    const judged = judge(given, 'app', (id) => media.find(id) !== undefined);
    if (judged.errcode !== 0) return refused(judged.errcode);
    if (!('seen' in judged)) return refused(-1);
    const seen = named(judged.seen);
    const isTapped = Boolean(seen.card?.task);
    if (isTapped && !parts.hasCallback()) return refused(43012);
    const receivers = touser === '@all' ? [...members] : (touser ?? '').toLowerCase().split('|');
    if (receivers.length > 1000) return refused(40032);
    const valid = receivers.filter((id) => members.has(id));
    if (valid.length === 0) return refused(81013);
    const repeated = enable_duplicate_check === 1 ? repeats.get(raw) : undefined;
    if (repeated && repeated.until > now()) return repeated.answer;
    if (seen.card?.task && !cards.register(seen.card.task)) return refused(42014);

    const msgid = randomBytes(32).toString('base64url');
    const bubbles = valid.flatMap((id) =>
      overRate(id, A_MINUTE_PER_MEMBER) ? [] : [chats.add(id, 'bot', structuredClone(seen), clock.now())],
    );
    messages.set(msgid, { bubbles, at: now() });
    const answer = ok({
      ...{ msgid, invaliduser: receivers.filter((id) => !members.has(id)).join('|') },
      ...(seen.card?.task && { response_code: cards.code(seen.card.task) }),
    });
    if (enable_duplicate_check === 1) repeats.set(raw, { until: now() + duplicate_check_interval * 1000, answer });
    return answer;
  }

  function recall(call: Call): object {
    const found = messages.get((jsonOf(call) as { msgid?: string } | null)?.msgid ?? '');
    if (!found) return refused(40058);
    if (now() - found.at > RECALL_MS) return refused(42052);
    for (const bubble of found.bubbles) chats.change(bubble, { recalled: true });
    return ok();
  }

  function webhook(call: Call): object {
    const key = call.query.get('key') ?? '';
    const group = groups.get(key);
    if (!group) return refused(93000);
    const judged = judge(jsonOf(call), 'webhook', (id) => media.find(id, key) !== undefined);
    if (!('seen' in judged)) return refused(judged.errcode);
    if (overRate(`group ${group}`, A_MINUTE_PER_GROUP)) return refused(45009);
    chats.add(group, 'bot', named(judged.seen), clock.now());
    return ok();
  }

  function reply(call: Call): object {
    const open = replies.get(call.query.get('response_code') ?? '');
    if (!open || open.until < now()) return refused(846604);
    if (open.used) return refused(846606);
    const given = jsonOf(call) as { msgtype?: string } | null;
    // A stream belongs into the answer of a call.
    const errcode = given?.msgtype === 'stream' ? 40008 : answerAtOnce(open.chat, given ?? {});
    if (errcode !== 0) return refused(errcode);
    open.used = true;
    return ok();
  }

  /** What the robot said in answer to the platform's call itself. */
  function answerAtOnce(chat: string, answer: object): number {
    const judged = judge(answer, 'robot', () => false);
    if (!('seen' in judged)) return judged.errcode;
    if (judged.seen.card?.task && !cards.register(judged.seen.card.task)) return 846625;
    chats.add(chat, 'bot', judged.seen, clock.now());
    return 0;
  }

  const routes: Routes = {
    '/cgi-bin/message/send': tokens.guard(send),
    '/cgi-bin/message/recall': tokens.guard(recall),
    '/cgi-bin/message/update_template_card': tokens.guard((call) => cards.update(jsonOf(call), agentId)),
    '/cgi-bin/webhook/send': webhook,
    '/cgi-bin/webhook/upload_media': ({ query, contentType, raw }) =>
      groups.has(query.get('key') ?? '')
        ? media.upload(query.get('type') === 'voice' ? 'voice' : 'file', contentType, raw, query.get('key') ?? '')
        : refused(93000),
    '/cgi-bin/aibot/response': reply,
  };
  return {
    routes,
    answerAtOnce,
    /** A code under which the robot may answer once, within an hour, in the chat where it was spoken to. */
    openReply(chat: string): string {
      const code = randomBytes(16).toString('base64url');
      replies.set(code, { chat, until: now() + REPLY_LIVES_MS, used: false });
      return code;
    },
  };
}
