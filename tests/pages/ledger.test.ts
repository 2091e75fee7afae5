import { describe, expect, test } from 'vitest';
import { phone, signedIn, stateOf } from '../support/phone.ts';
import { openWorld } from '../support/world.ts';

const NOW = '2013-05-14T09:25:00+08:00';
const openPages = () => openWorld({ now: NOW, env: { PUBLIC_URL: 'https://bot.example.gov.cn' } });
describe('台账网页', () => {
  test('inside WeCom one is sent to it and back, and sees one’s own ledger', async () => {
    const world = await openPages();
    await world.says('U0502', 'K3-4新增1个');
    const mine = phone(world);

    const away = await mine.opens('/pages/ledger');

    expect(away.status).toBe(302);
    expect(away.headers.get('location')).toMatch(
      /^https:\/\/open\.weixin\.qq\.com\/connect\/oauth2\/authorize\?appid=ww1&redirect_uri=https%3A%2F%2Fbot\.example\.gov\.cn%2Fpages%2Fsigned-in&response_type=code&scope=snsapi_base&state=[0-9a-f]{32}&agentid=1000002#wechat_redirect$/,
    );
    world.wecom.contacts.codes.set('C', 'U0502');
    const back = await mine.opens(`/pages/signed-in?code=C&state=${stateOf(away)}`);
    expect([back.status, back.headers.get('location')]).toEqual([302, '/pages/ledger']);
    const page = await (await mine.opens('/pages/ledger')).text();
    expect(page).toContain('温静，2013年5月14日 09:25。共2项');
    expect(page).toContain('8号《新建市级重点实验室3个》');
    expect(page).not.toMatch(/<script/);
  });

  test('its cookies are out of reach of scripts, of plain http and of other sites', async () => {
    const { mine } = await signedIn(await openPages(), 'U0502');

    const session = mine.set.find((line) => line.startsWith('session=')) ?? '';
    for (const mark of ['httponly', 'secure', 'samesite=lax', 'path=/pages']) expect(session).toContain(mark);
    expect(mine.set.filter((line) => line.startsWith('oauth=')).every((line) => line.includes('httponly'))).toBe(true);
  });

  test('outside WeCom a page says how to open it', async () => {
    const world = await openPages();

    const response = await phone(world, 'Mozilla/5.0 (Windows NT 10.0)').opens('/pages/ledger');

    expect(response.status).toBe(403);
    expect(await response.text()).toContain('打开企业微信，进入“创优助手”，从菜单“更多→台账网页”打开');
  });

  test('who has nothing, or left, or is on no roster sees no ledger', async () => {
    const world = await openPages();
    const stranger = await signedIn(world, 'stranger');
    expect((await stranger.mine.opens('/pages/ledger')).status).toBe(403);
    const other = await signedIn(world, 'U0702');
    expect(await (await other.mine.opens('/pages/ledger')).text()).toContain('您名下没有台账事项');

    await world.db.client.person.update({ where: { id: 'u0702' }, data: { leftOn: '2013-05-14' } });

    expect((await other.mine.opens('/pages/ledger')).status).toBe(403);
  });

  test('a session ends after twelve hours', async () => {
    const world = await openPages();
    const { mine } = await signedIn(world, 'U0502');

    world.at('2013-05-14T21:26:00+08:00');

    expect((await mine.opens('/pages/ledger')).status).toBe(302);
  });

  test('words of members are shown as words', async () => {
    const world = await openPages();
    await world.db.client.ledgerItem.update({
      where: { code: 'K3-4' },
      data: { title: '<img src=x onerror=alert(1)>' },
    });
    const { mine } = await signedIn(world, 'U0502');

    expect(await (await mine.opens('/pages/ledger')).text()).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('登录的坏路', () => {
  const refused = async (response: Response): Promise<void> => {
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('登录没有成功或已过期');
  };

  test('a state serves once, and a code that was used signs nobody in', async () => {
    const world = await openPages();
    const { mine, state } = await signedIn(world, 'U0502');
    mine.jar.delete('session');
    mine.jar.set('oauth', state);
    world.wecom.contacts.codes.set('D', 'U0502');

    await refused(await mine.opens(`/pages/signed-in?code=D&state=${state}`));
    const again = stateOf(await mine.opens('/pages/ledger'));
    await refused(await mine.opens(`/pages/signed-in?code=C&state=${again}`));
  });

  test('a link made by somebody else signs nobody in as him', async () => {
    const world = await openPages();
    const attacker = phone(world);
    const state = stateOf(await attacker.opens('/pages/ledger'));
    world.wecom.contacts.codes.set('A', 'U0503');

    const victim = phone(world);
    await refused(await victim.opens(`/pages/signed-in?code=A&state=${state}`));

    expect(victim.jar.get('session')).toBeUndefined();
    expect(world.wecom.contacts.codes.has('A')).toBe(true);
  });

  test.each([
    '/pages/signed-in',
    '/pages/signed-in?code=C',
    '/pages/signed-in?code=C&state=x',
    '/pages/signed-in?code=C&code=D&state=y',
  ])('%s is refused', async (path) => {
    const world = await openPages();
    world.wecom.contacts.codes.set('C', 'U0502');

    await refused(await phone(world).opens(path));
  });

  test('a forged session is none, and after ten minutes a state is none', async () => {
    const world = await openPages();
    const mine = phone(world);
    mine.jar.set('session', '0'.repeat(64));
    const state = stateOf(await mine.opens('/pages/ledger'));
    world.wecom.contacts.codes.set('C', 'U0502');

    world.at('2013-05-14T09:36:00+08:00');

    await refused(await mine.opens(`/pages/signed-in?code=C&state=${state}`));
  });

  test('without a public address there is no page', async () => {
    const world = await openWorld({ now: NOW });

    expect((await phone(world).opens('/pages/ledger')).status).toBe(404);
  });
});
