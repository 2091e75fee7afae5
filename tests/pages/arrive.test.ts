import { beforeEach, describe, expect, test } from 'vitest';
import { codeAt } from '#bot/domain/sign-in-code.ts';
import { phone, signedIn } from '../support/phone.ts';
import { openWorld } from '../support/world.ts';

const NOW = '2013-05-14T08:20:10+08:00';
const SECRET = 'f'.repeat(32);
type Opened = Awaited<ReturnType<typeof openWorld>>;

let world: Opened;
beforeEach(async () => {
  world = await openWorld({ now: NOW, env: { PUBLIC_URL: 'https://bot.example.gov.cn' } });
  await world.db.client.session.update({ where: { code: 'S0514' }, data: { signInCode: SECRET } });
});

/** Where the QR leads that the screen shows at a time of the day. */
const shownAt = (time: string) => `/pages/arrive?s=S0514&c=${codeAt(SECRET, new Date(`2013-05-14T${time}+08:00`))}`;
const wrong = () =>
  `/pages/arrive?s=S0514&c=${String((Number(shownAt('08:20:10').slice(-4)) + 1) % 10_000).padStart(4, '0')}`;
const rows = () => world.db.client.signIn.findMany();

describe('扫码签到', () => {
  test('scanning in WeCom is enough: nothing is typed, and it stands like any other sign-in', async () => {
    const { mine, back } = await signedIn(world, 'U0502', shownAt('08:20:10'));
    expect(back.headers.get('location')).toBe(shownAt('08:20:10'));

    const page = await (await mine.opens(shownAt('08:20:10'))).text();

    expect(page).toContain('已签到 08:20（第1位）');
    expect(await rows()).toMatchObject([{ sessionCode: 'S0514', personId: 'u0502', late: false, how: 'qr' }]);
    expect(await world.db.client.audit.findMany()).toMatchObject([{ actor: 'u0502', intent: 'attendance.sign_in' }]);
    expect(world.toldTo('U0502')).toEqual([]);
    await world.says('U0502', '撤销');
    expect(await rows()).toEqual([]);
  });

  test('a second scan tells the first time and makes no second row', async () => {
    const { mine } = await signedIn(world, 'U0502', shownAt('08:20:10'));
    await mine.opens(shownAt('08:20:10'));
    world.at('2013-05-14T08:21:10+08:00');

    expect(await (await mine.opens(shownAt('08:21:10'))).text()).toContain('您已于08:20签到');
    expect(await rows()).toHaveLength(1);
  });

  test('who is not known to WeCom is let in nowhere: nothing is recorded and no code is tried', async () => {
    const stranger = await phone(world).opens(shownAt('08:20:10'));
    const elsewhere = await phone(world, 'Mozilla/5.0 MicroMessenger/8.0').opens(shownAt('08:20:10'));
    const forged = phone(world);
    forged.jar.set('session', '0'.repeat(64));

    expect([stranger.status, elsewhere.status, (await forged.opens(wrong())).status]).toEqual([302, 403, 302]);
    expect(await elsewhere.text()).toContain('请用企业微信“扫一扫”扫会场屏幕上的二维码');
    expect([await rows(), await world.db.client.wrongCode.count()]).toEqual([[], 0]);
  });

  test('who is on no roster, or not expected at this session, is not signed in', async () => {
    const outsider = await signedIn(world, 'stranger', shownAt('08:20:10'));
    expect(await (await outsider.mine.opens(shownAt('08:20:10'))).text()).toContain('您不在花名册里');
    await world.db.client.session.update({ where: { code: 'S0514' }, data: { scope: '["GXK"]' } });
    const other = await signedIn(world, 'U0702', shownAt('08:20:10'));

    const refused = await other.mine.opens(shownAt('08:20:10'));

    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain('您不在应到名单里。列席请在“创优助手”里发送“签到');
    expect(await rows()).toEqual([]);
  });

  test('a picture of the code is worth nothing after its minute', async () => {
    const { mine } = await signedIn(world, 'U0502', shownAt('08:20:10'));
    world.at('2013-05-14T08:21:10+08:00');
    expect(await (await mine.opens(shownAt('08:20:10'))).text()).toContain('签到码刚刚更换，请再扫一次');
    world.at('2013-05-14T08:22:10+08:00');

    expect(await (await mine.opens(shownAt('08:20:10'))).text()).toContain('签到码不对或已过期');
    expect(await rows()).toEqual([]);
  });

  test('three guessed codes cost five minutes, typed or scanned', async () => {
    const { mine } = await signedIn(world, 'U0502', wrong());
    await mine.opens(wrong());
    await mine.opens(wrong());
    await world.says('U0502', `签到 ${wrong().slice(-4)}`);

    expect(await (await mine.opens(shownAt('08:20:10'))).text()).toContain('签到码已错三次，请08:25以后再试');
    world.at('2013-05-14T08:25:11+08:00');
    expect(await (await mine.opens(shownAt('08:25:11'))).text()).toContain('已签到 08:25');
  });

  test('before and after the window the times are told', async () => {
    const { mine } = await signedIn(world, 'U0502', shownAt('08:20:10'));
    world.at('2013-05-14T08:14:00+08:00');
    expect(await (await mine.opens(shownAt('08:14:00'))).text()).toContain('08:15开始签到');
    world.at('2013-05-14T10:30:30+08:00');
    expect(await (await mine.opens(shownAt('10:30:30'))).text()).toContain('签到已于10:30截止，请联系召集人补录');
  });

  test.each([
    '/pages/arrive',
    '/pages/arrive?s=S0514',
    '/pages/arrive?s=S0514&c=12345',
    '/pages/arrive?s=S0514&c=1&c=2',
  ])('%s is refused in one sentence', async (link) => {
    const refused = await phone(world).opens(link);

    expect([refused.status, (await refused.text()).includes('这个二维码无效，请再扫一次')]).toEqual([404, true]);
  });
});
