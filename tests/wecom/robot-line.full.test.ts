import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { InboundMessage } from '#bot/message.ts';
import { robotSocket } from '#bot/wecom/robot-socket.ts';
import { openCards } from '#emulator/cards.ts';
import { openChats } from '#emulator/chats.ts';
import { robotServer } from '#emulator/robot-socket.ts';

const NOW = new Date('2013-05-14T08:25:00+08:00');
const clock = { now: () => NOW };
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 5 });

/** The platform's end of the line, and instances of the service that may connect to it. */
async function openLine() {
  const chats = openChats();
  const robot = robotServer({
    ...{ botId: 'bot1', secret: 's1', chats, cards: openCards(chats, clock), clock, chatOf: (id: string) => id },
  });
  const server = createServer();
  robot.attach(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    robot.close();
    server.close();
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/robot`;
  function instance() {
    const kept: InboundMessage[] = [];
    const socket = robotSocket({
      ...{ url, id: 'bot1', secret: 's1', name: '创优助手', clock, log: pino({ level: 'silent' }) },
      ...{ keep: async (message: InboundMessage) => void kept.push(message), cardAfterTap: async () => null },
      ...{ onError: () => undefined, timing: { againMs: 0, reconnectMs: 1 } },
    });
    onTestFinished(() => socket.stop());
    const placeOf = (message: InboundMessage | undefined) => ({ url: message?.replyTo?.url ?? '', chat: 'wr1' });
    return { kept, socket, placeOf };
  }
  const say = (id: string) =>
    robot.say('wr1', {
      ...{ msgid: id, chattype: 'group', chatid: 'wr1', from: { userid: 'u0503' }, msgtype: 'text' },
      text: { content: '@创优助手 签到' },
    });
  return { chats, robot, instance, say };
}

describe('长连接交接', () => {
  test('the instance that leads has the one connection; the next one takes it over, and they do not fight', async () => {
    const { instance, say } = await openLine();
    const [first, second] = [instance(), instance()];
    const tend = (leads: boolean) => {
      first.socket.tend(leads);
      second.socket.tend(!leads);
    };
    tend(true);
    await soon(() => expect(first.socket.state()).toBe('ready'));
    say('1');
    await soon(() => expect(first.kept).toHaveLength(1));
    expect(second.socket.state()).toBe('off');

    tend(false);
    await soon(() => expect(second.socket.state()).toBe('ready'));
    for (let look = 0; look < 50; look++) tend(false);
    say('2');
    await soon(() => expect(second.kept).toHaveLength(1));

    expect([first.socket.state(), second.socket.state()]).toEqual(['off', 'ready']);
    expect(first.kept).toHaveLength(1);
    // What the first was asked is answered by whoever leads now, in the chat.
    await second.socket.reply(first.placeOf(first.kept[0]), '已签到');
  });
});

describe('流式答复中断', () => {
  test('an acknowledgement that is lost is no second answer: the stream takes its own place', async () => {
    const { instance, say, robot, chats } = await openLine();
    const { kept, socket, placeOf } = instance();
    socket.tend(true);
    await soon(() => expect(socket.state()).toBe('ready'));
    say('1');
    await soon(() => expect(kept).toHaveLength(1));
    robot.fail('aibot_respond_msg', 'unacknowledged');

    await expect(socket.reply(placeOf(kept[0]), '已签到')).rejects.toMatchObject({ retryable: true });
    await socket.reply(placeOf(kept[0]), '已签到').catch((error) => expect(error.errcode).toBe(846_606));

    expect(chats.bubbles.map(({ text }) => text)).toEqual(['已签到']);
  }, 20_000);

  test('a line that dies while an answer goes out is mended, and the answer is said: at most once more', async () => {
    const { instance, say, robot, chats } = await openLine();
    const { kept, socket, placeOf } = instance();
    socket.tend(true);
    await soon(() => expect(socket.state()).toBe('ready'));
    say('1');
    await soon(() => expect(kept).toHaveLength(1));
    robot.fail('aibot_respond_msg', 'dying');

    await expect(socket.reply(placeOf(kept[0]), '已签到')).rejects.toMatchObject({ retryable: true });
    await soon(() => expect(socket.state()).toBe('ready'));
    await socket.reply(placeOf(kept[0]), '已签到');

    // Nobody can know whether the first was heard; an answer twice is better than none.
    expect(chats.bubbles.map(({ text }) => text)).toEqual(['已签到', '已签到']);
  }, 20_000);
});
