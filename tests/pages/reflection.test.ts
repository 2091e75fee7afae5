import { beforeEach, describe, expect, test } from 'vitest';
import { phone, signedIn } from '../support/phone.ts';
import { openWorld } from '../support/world.ts';

const PAGE = '/pages/reflection';
const long = Array.from(
  { length: 120 },
  (_, no) => `第${no}段：密切联系群众，改进工作作风，从我做起 <b>&“${no}”。`,
).join('\n');

let world: Awaited<ReturnType<typeof openWorld>>;
beforeEach(async () => {
  world = await openWorld({ now: '2013-05-15T09:00:00+08:00', env: { PUBLIC_URL: 'https://bot.example.gov.cn' } });
});

const writer = async (userid: string) => {
  const { mine } = await signedIn(world, userid, PAGE);
  const opens = async () => (await mine.opens(PAGE)).text();
  return {
    opens,
    from: async () => /name="from" value="(\w+)"/.exec(await opens())?.[1] ?? '',
    hands: async (fields: Record<string, string>) => {
      const headers = {
        ...{ 'user-agent': 'wxwork', cookie: `session=${mine.jar.get('session')}` },
        'content-type': 'application/x-www-form-urlencoded',
      };
      const body = new URLSearchParams(fields).toString();
      const response = await fetch(`${world.app.url}${PAGE}`, { method: 'POST', headers, body, redirect: 'manual' });
      return { status: response.status, text: await response.text() };
    },
  };
};
const kept = () => world.db.client.reflection.findMany({ where: { undoneAt: null } });

describe('网页写心得体会', () => {
  test('the reply that begins one gives the address; a long text is kept, gone on with and handed in whole', async () => {
    expect((await world.says('U0503', '心得 从小事做起'))[0]).toContain(
      '或打开网页写：https://bot.example.gov.cn/pages/reflection ；',
    );
    const mine = await writer('U0503');
    expect(await mine.opens()).toContain('value="从小事做起"');

    const saved = await mine.hands({ title: '从小事做起', text: long, from: await mine.from(), act: 'keep' });
    expect(saved.text).toContain('已保存《从小事做起》，共');
    expect(await kept()).toEqual([]);
    expect(await mine.opens()).toContain('从我做起 &lt;b&gt;&amp;“119”。</textarea>');
    const text = `${long}\n最后一段。`;
    const done = await mine.hands({ title: '从小事做起', text, from: await mine.from(), act: 'hand' });

    expect(done.text).toContain('已收到心得体会《从小事做起》');
    expect(text.length).toBeGreaterThan(3000);
    expect(await kept()).toMatchObject([{ personId: 'u0503', title: '从小事做起', text }]);
    expect(await mine.opens()).toContain('<textarea name="text" rows="18" maxlength="60000">\n</textarea>');
  });

  test('it may be begun on the page; without a title or text nothing is kept, and what was written stays', async () => {
    const mine = await writer('U0503');
    const from = await mine.from();

    const untitled = await mine.hands({ title: '', text: long, from, act: 'hand' });
    expect(untitled.text).toContain('没有保存：请写题目');
    expect(untitled.text).toContain('第119段');
    expect((await mine.hands({ title: '读书有感', text: ' ', from, act: 'hand' })).text).toContain('还没有正文');
    expect((await mine.hands({ title: '读书有感', text: '学'.repeat(60_001), from, act: 'keep' })).text).toContain(
      '最多60000字',
    );
    expect(await world.db.client.draft.count()).toBe(0);
    expect((await mine.hands({ title: '读书有感', text: long, from, act: 'hand' })).text).toContain('已收到心得体会');
    await world.says('U0503', '撤销');
    expect(await kept()).toEqual([]);
  });

  test('what was added by message meanwhile is not written over unasked', async () => {
    await world.says('U0503', '心得 从小事做起');
    const mine = await writer('U0503');
    const from = await mine.from();
    await world.says('U0503', '第一段，密切联系群众。');

    const { text } = await mine.hands({ title: '从小事做起', text: '网页上的一段。', from, act: 'hand' });
    expect(text).toContain('没有保存：您已在消息里续写');
    expect(text).toContain('网页上的一段。</textarea>');
    expect((await world.db.client.draft.findFirstOrThrow()).text).toBe('第一段，密切联系群众。');
    const again = /name="from" value="(\w+)"/.exec(text)?.[1] ?? '';
    await mine.hands({ title: '从小事做起', text: '网页上的一段。', from: again, act: 'keep' });
    expect((await world.db.client.draft.findFirstOrThrow()).text).toBe('网页上的一段。');
  });

  test('whoever is not known to WeCom, or on no roster, sees and writes nothing; nothing runs in the page', async () => {
    const stranger = await writer('stranger');
    const fields = { title: '读书有感', text: long, from: '', act: 'hand' };
    expect((await stranger.hands(fields)).text).toContain('您不在花名册里');
    const body = new URLSearchParams(fields).toString();
    const unknown = await fetch(`${world.app.url}${PAGE}`, { method: 'POST', body, redirect: 'manual' });

    expect([unknown.status, (await phone(world).opens(PAGE)).status]).toEqual([403, 302]);
    expect(await (await writer('U0503')).opens()).not.toContain('<script');
    expect(await world.db.client.draft.count()).toBe(0);
  });
});
