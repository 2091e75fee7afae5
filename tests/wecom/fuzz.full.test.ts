import { describe, expect, test } from 'vitest';
import { seal } from '#bot/wecom/crypto.ts';
import { openWorld, ROBOT_KEY } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';
/** FUZZ=100000 for the long run; the short one is for every day. */
const ROUNDS = Number(process.env['FUZZ'] ?? 600);
const AT_ONCE = 16;
const MOST_GROWTH_BYTES = 150 * 1024 * 1024;

/** The same numbers every time, so that what fails can be looked at again. */
function dice(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (most: number): number => Math.floor(next() * most);
  return { below, pick: <T>(of: readonly T[]): T => of[below(of.length)] as T };
}
type Dice = ReturnType<typeof dice>;

const NASTY = [
  '',
  '\0',
  ']]>',
  '<',
  '&#x0;',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '__proto__',
  '1'.repeat(5000),
  '\ud800',
  '签到',
  '-1',
  'NaN',
  '9'.repeat(30),
  '{"a":',
  'null',
  '"',
  '\\u0000',
  '<xml>',
  '</xml>',
  '+/=',
  '%00',
];

/** One change somewhere: cut, doubled, swapped, replaced, flipped. */
function mutated(text: string, { below, pick }: Dice): string {
  const at = below(text.length + 1);
  const to = Math.min(text.length, at + 1 + below(40));
  switch (below(6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, to) + text.slice(at);
    case 2:
      return text.slice(0, at) + pick(NASTY) + text.slice(to);
    case 3:
      return text.slice(0, at) + [...text.slice(at, to)].reverse().join('') + text.slice(to);
    case 4:
      return text.slice(0, at) + pick(NASTY) + text.slice(at);
    default:
      return text.slice(0, at) + String.fromCharCode(below(0xffff)) + text.slice(at + 1);
  }
}

describe('乱改的回调', () => {
  test(
    `${ROUNDS} mutated callbacks: each is answered as it should be, none leaves a trace it may not leave, and memory stays`,
    async () => {
      const world = await openWorld({ now: MORNING });
      const random = dice(20130514);
      const keys = { app: world.keys, robot: { token: 'robot', encodingAESKey: ROBOT_KEY, receiveId: '' } };
      const timestamp = String(Math.floor(world.now().getTime() / 1000));
      const xml = `<xml><ToUserName>ww1</ToUserName><FromUserName>stranger</FromUserName><CreateTime>${timestamp}</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event><EventKey>签到</EventKey><TaskId>1-abc</TaskId><ResponseCode>r</ResponseCode><SelectedItems><SelectedItem><QuestionKey>q</QuestionKey><OptionIds><OptionId>1</OptionId></OptionIds></SelectedItem></SelectedItems><AgentID>1</AgentID></xml>`;
      const json = JSON.stringify({
        ...{
          msgid: 'm',
          aibotid: 'b',
          chattype: 'group',
          chatid: 'wr1',
          from: { userid: 'stranger' },
          msgtype: 'text',
        },
        ...{ text: { content: '@创优助手 签到' }, response_url: 'http://127.0.0.1:9/x', quote: { msgtype: 'text' } },
      });
      const forgedKept: string[] = [];
      const statuses = new Map<number, number>();

      async function one(number: number): Promise<void> {
        const channel = number % 2 === 0 ? 'app' : 'robot';
        const plain = channel === 'app' ? xml : json;
        // Every third is sealed after it was changed: whoever has the keys may still send nonsense.
        const isSealedLast = number % 3 === 0;
        const sealed = seal(keys[channel], isSealedLast ? mutated(plain, random) : plain, timestamp, `n${number}`);
        const envelope =
          channel === 'app'
            ? `<xml><ToUserName>ww1</ToUserName><Encrypt><![CDATA[${sealed.encrypted}]]></Encrypt></xml>`
            : JSON.stringify({ encrypt: sealed.encrypted });
        const query = `msg_signature=${sealed.signature}&timestamp=${timestamp}&nonce=n${number}`;
        const isQuery = !isSealedLast && random.below(3) === 0;
        const sentQuery = isQuery ? encodeURI(mutated(query, random).replace(/\p{Cs}/gu, '')) : query;
        const body = isSealedLast || isQuery ? envelope : mutated(envelope, random);
        const path = channel === 'app' ? '/wecom/callback' : '/wecom/robot';
        const response = await fetch(`${world.app.url}${path}?${sentQuery}`, { method: 'POST', body });
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        expect(await response.text(), `number ${number}`).toBe('');
        // What was changed after it was sealed is taken only if what was signed is still the same.
        if (response.status === 200 && !isSealedLast && !body.includes(sealed.encrypted)) forgedKept.push(body);
      }

      await one(0);
      const before = process.memoryUsage().rss;
      for (let number = 1; number < ROUNDS; number += AT_ONCE)
        await Promise.all(
          Array.from({ length: Math.min(AT_ONCE, ROUNDS - number) }, (_, index) => one(number + index)),
        );
      await world.app.settled();
      const growth = process.memoryUsage().rss - before;

      expect([...statuses.keys()].sort()).toEqual([200, 400, 403]);
      expect(forgedKept).toEqual([]);
      expect(world.wecom.sent).toEqual([]);
      expect(await world.db.client.audit.count()).toBe(0);
      expect(await world.db.client.inbox.count({ where: { parkedAt: { not: null } } })).toBe(0);
      expect((await fetch(`${world.app.url}/healthz`)).status).toBe(200);
      expect(growth).toBeLessThan(MOST_GROWTH_BYTES);
      if (process.env['FUZZ'])
        process.stdout.write(`${JSON.stringify({ statuses: [...statuses], growthMb: Math.round(growth / 1e6) })}\n`);
    },
    30 * 60_000,
  );
});
