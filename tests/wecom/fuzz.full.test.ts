import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDb } from '#bot/store/db.ts';
import { seal } from '#bot/wecom/crypto.ts';
import { deploy, KEYS } from '../support/deployment.ts';
import { openHeap } from '../support/heap.ts';
import { ROBOT_KEY } from '../support/world.ts';

/** FUZZ=100000 for the long run; the short one is for every day. */
const ROUNDS = Number(process.env['FUZZ'] ?? 600);
const AT_ONCE = 16;
// What is warm after a tenth of them: the rest must leave the heap as it is.
const WARM = Math.ceil(ROUNDS / 10);
const MOST_GROWTH_BYTES = 8 * 1024 * 1024;

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

/** The service in a process of its own, which tells how much of its heap is in use after a collection. */
async function openService() {
  const deployment = await deploy(['u1']);
  const folder = mkdtempSync(path.join(tmpdir(), 'chuangyou-fuzz-'));
  const heap = openHeap();
  onTestFinished(async () => {
    await deployment.close();
    rmSync(folder, { recursive: true });
    heap.remove();
  });
  const robot = { WECOM_ROBOT_TOKEN: 'robot', WECOM_ROBOT_ENCODING_AES_KEY: ROBOT_KEY };
  const service = await deployment.start({ env: { ...robot, ...heap.env, MEDIA_DIR: folder } });
  return {
    ...{ deployment, url: service.url },
    async heap(): Promise<number> {
      const { heapUsed, external } = await heap.held(service.process);
      return heapUsed + external;
    },
  };
}

describe('乱改的回调', () => {
  test(
    `${ROUNDS} mutated callbacks: each is answered as it should be, none leaves a trace it may not leave, and the heap stays`,
    async () => {
      const { deployment, url, heap } = await openService();
      const random = dice(20130514);
      const keys = { app: KEYS, robot: { token: 'robot', encodingAESKey: ROBOT_KEY, receiveId: '' } };
      const seconds = (): string => String(Math.floor(Date.now() / 1000));
      const xml = (at: string) =>
        `<xml><ToUserName>ww1</ToUserName><FromUserName>stranger</FromUserName><CreateTime>${at}</CreateTime><MsgType>event</MsgType><Event>template_card_event</Event><EventKey>签到</EventKey><TaskId>1-abc</TaskId><ResponseCode>r</ResponseCode><SelectedItems><SelectedItem><QuestionKey>q</QuestionKey><OptionIds><OptionId>1</OptionId></OptionIds></SelectedItem></SelectedItems><AgentID>1</AgentID></xml>`;
      const json = JSON.stringify({
        ...{ msgid: 'm', aibotid: 'b', chattype: 'group', chatid: 'wr1', from: { userid: 'stranger' } },
        ...{
          msgtype: 'mixed',
          mixed: { msg_item: [{ text: { content: '@创优助手 签到' } }, { image: { url: 'http://127.0.0.1:9/x' } }] },
        },
        ...{ response_url: 'http://127.0.0.1:9/x', quote: { msgtype: 'text', text: { content: '签到' } } },
      });
      const forgedKept: string[] = [];
      const statuses = new Map<number, number>();

      async function one(number: number): Promise<void> {
        const channel = number % 2 === 0 ? 'app' : 'robot';
        const timestamp = seconds();
        const plain = channel === 'app' ? xml(timestamp) : json;
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
        const address = channel === 'app' ? '/wecom/callback' : '/wecom/robot';
        const response = await fetch(`${url}${address}?${sentQuery}`, { method: 'POST', body });
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        expect(await response.text(), `number ${number}`).toBe('');
        // What was changed after it was sealed is taken only if what was signed is still the same.
        if (response.status === 200 && !isSealedLast && !body.includes(sealed.encrypted)) forgedKept.push(body);
      }

      const until = async (from: number, to: number): Promise<void> => {
        for (let number = from; number < to; number += AT_ONCE)
          await Promise.all(Array.from({ length: Math.min(AT_ONCE, to - number) }, (_, index) => one(number + index)));
      };
      await until(0, WARM);
      const before = await heap();
      await until(WARM, ROUNDS);
      const db = await openDb(deployment.url);
      onTestFinished(() => db.close());
      await expect
        .poll(() => db.client.inbox.count({ where: { closedAt: null, parkedAt: null } }), { timeout: 60_000 })
        .toBe(0);
      const growth = (await heap()) - before;

      expect([...statuses.keys()].sort()).toEqual([200, 400, 403]);
      expect(forgedKept).toEqual([]);
      expect(deployment.chats.bubbles).toEqual([]);
      expect(await db.client.audit.count()).toBe(0);
      expect(await db.client.material.count()).toBe(0);
      expect(await db.client.inbox.count({ where: { parkedAt: { not: null } } })).toBe(0);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      expect(growth).toBeLessThan(MOST_GROWTH_BYTES);
      if (process.env['FUZZ'])
        process.stdout.write(
          `${JSON.stringify({ statuses: [...statuses], heapMb: before / 1e6, growthMb: growth / 1e6 })}\n`,
        );
    },
    60 * 60_000,
  );
});
