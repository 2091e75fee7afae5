import { describe, expect, test } from 'vitest';
import { inboundMessage } from '#bot/message.ts';
import { addressed } from '#bot/pipeline/answer.ts';

const member = (id: string, name: string) => ({ id, name, department: 'GXK', title: '科员', roles: [] });
const MEMBERS = [member('a', '雷鸣'), member('b', '薛冰')];
const message = (chat: 'direct' | 'group', url?: string) =>
  inboundMessage.parse({
    ...{ key: 'k', from: 'a', chat, sentAt: '2013-05-14T08:25:00+08:00', content: { kind: 'text', text: '签到' } },
    ...(url && { replyTo: { url, until: '2013-05-14T09:20:00+08:00' } }),
  });
const answer = (text: string) => ({ kind: 'answer' as const, address: 'a', text });

describe('答复发到哪里', () => {
  test('what came by the app is answered in private', () => {
    expect(addressed(message('direct'), [answer('好')], MEMBERS)).toEqual([{ kind: 'user', address: 'a', text: '好' }]);
  });

  test('what came by the robot is answered where it was said, one’s own name included', () => {
    const letters = addressed(message('group', 'https://x'), [answer('雷鸣已签到')], MEMBERS);

    expect(letters).toEqual([{ kind: 'reply', address: 'k', text: '雷鸣已签到' }]);
  });

  test.each([
    ['names somebody else', '薛冰没有签到'],
    ['is long', '一'.repeat(401)],
  ])('an answer that %s goes to whoever asked; the group hears only that it did', (_, text) => {
    expect(addressed(message('group', 'https://x'), [answer(text)], MEMBERS)).toEqual([
      { kind: 'reply', address: 'k', text: '已私信答复您。' },
      { kind: 'user', address: 'a', text },
    ]);
  });

  test('without an address to answer at, a group’s message is answered in private; nothing is nothing', () => {
    expect(addressed(message('group'), [answer('好'), answer('')], MEMBERS)).toEqual([
      { kind: 'user', address: 'a', text: '好' },
    ]);
  });

  test('words for others go their own way', () => {
    const told = { kind: 'user' as const, address: 'b', text: '雷鸣请假' };

    expect(addressed(message('group', 'https://x'), [told], MEMBERS)).toEqual([told]);
  });
});
