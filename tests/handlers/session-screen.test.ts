import { describe, expect, test } from 'vitest';
import { codeAt } from '#bot/domain/sign-in-code.ts';
import { openWorld } from '../support/world.ts';

const OPEN = '2013-05-14T08:20:00+08:00';
const PUBLIC_URL = 'https://study.example.gov.cn/';
type Opened = Awaited<ReturnType<typeof openWorld>>;

async function opened(now = OPEN): Promise<Opened> {
  const world = await openWorld({ now, env: { PUBLIC_URL } });
  await world.db.client.session.update({ where: { code: 'S0514' }, data: { convenorId: 'u0501' } });
  return world;
}
/** What the convenor's link ends in. */
async function keyFrom(world: Opened): Promise<string> {
  const [answer = ''] = await world.says('U0501', '会场屏幕');
  return /https:\/\/study\.example\.gov\.cn\/screen\/([0-9a-f]{32})\n/.exec(answer)?.[1] ?? '';
}
const claim = (world: Opened, key: string, cookie = '') =>
  fetch(`${world.app.url}/screen/${key}/claim`, { method: 'POST', headers: { cookie } });
const state = (world: Opened, key: string, cookie = '') =>
  fetch(`${world.app.url}/screen/${key}/state`, { headers: { cookie } });
interface Shown {
  codes: { code: string; qr: string }[];
}
const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? '';

describe('会场屏幕', () => {
  test('the screen shows the code of now and those of the next two minutes, and counts; nobody’s name', async () => {
    const world = await opened();
    const key = await keyFrom(world);
    const cookie = cookieOf(await claim(world, key));

    const shown = (await (await state(world, key, cookie)).json()) as Shown;
    const { signInCode } = await world.db.client.session.findUniqueOrThrow({ where: { code: 'S0514' } });
    const at = (minute: number) => codeAt(signInCode ?? '', new Date(`2013-05-14T08:${minute}:00+08:00`));
    expect(shown.codes.map(({ code }) => code)).toEqual([at(20), at(21), at(22)]);
    expect(shown.codes[0]?.qr).toMatch(/^data:image\/png;base64,/);
    expect(shown).toMatchObject({ topic: '《十八大报告专题辅导》', expected: 7, came: 0 });

    expect((await world.says('U0502', `签到 ${at(20)}`))[0]).toContain('已签到 08:20（第1位）');
    const later = JSON.stringify(await (await state(world, key, cookie)).json());
    expect(later).toContain('"came":1,"observers":0');
    for (const { name } of await world.db.client.person.findMany()) expect(later).not.toContain(name);
  });

  test('whoever comes without being expected is counted apart, so the count never exceeds 应到', async () => {
    const world = await opened();
    await world.db.client.session.update({ where: { code: 'S0514' }, data: { scope: '["GXK"]' } });
    const key = await keyFrom(world);
    const cookie = cookieOf(await claim(world, key));
    const { codes } = (await (await state(world, key, cookie)).json()) as Shown;
    for (const id of ['U0702', 'U0502']) await world.says(id, `签到 ${codes[0]?.code}`);

    expect(await (await state(world, key, cookie)).json()).toMatchObject({ expected: 3, came: 1, observers: 1 });
  });

  test('a forwarded link shows a stranger nothing: the codes are on the first screen only', async () => {
    const world = await opened();
    const key = await keyFrom(world);
    await claim(world, key);

    const second = await claim(world, key);
    expect([second.status, second.headers.get('set-cookie')]).toEqual([409, null]);
    expect(await second.json()).toEqual({
      why: '签到码已在另一块屏幕上显示，这里不再显示。要换屏幕，请召集人重新发“会场屏幕”。',
    });
    const looked = await state(world, key, 'screen=00');
    expect([looked.status, Object.keys((await looked.json()) as object)]).toEqual([409, ['why']]);
    expect(await world.db.client.signIn.count()).toBe(0);
  });

  test('before the screen was claimed the link alone tells nothing', async () => {
    const world = await opened();
    const key = await keyFrom(world);

    expect((await state(world, key)).status).toBe(401);
    expect(await (await fetch(`${world.app.url}/screen/${key}`)).text()).not.toContain('十八大');
  });

  test('a new link makes the old one worthless; a guessed one and one after closing are refused alike', async () => {
    const world = await opened();
    const old = await keyFrom(world);
    const cookie = cookieOf(await claim(world, old));
    const key = await keyFrom(world);

    const refused = await state(world, old, cookie);
    expect([refused.status, await refused.json()]).toEqual([
      404,
      { why: '链接无效或签到已截止。请召集人在创优助手里发“会场屏幕”取新的链接。' },
    ]);
    expect((await claim(world, 'f'.repeat(32))).status).toBe(404);
    world.at('2013-05-14T10:30:01+08:00');
    expect((await claim(world, key)).status).toBe(404);
  });

  test('only who holds the session gets a link; without a public address nobody does, and it is said why', async () => {
    const world = await opened();
    expect((await world.says('U0503', '会场屏幕'))[0]).toContain('您没有“会场屏幕”权限');

    const inside = await openWorld({ now: OPEN });
    expect((await inside.says('L01', '会场屏幕'))[0]).toContain('没有配置对外网址（PUBLIC_URL）');
    expect(await inside.db.client.session.findMany({ where: { screenKey: { not: null } } })).toEqual([]);
  });

  test('the page takes nothing from elsewhere and can stand in no frame', async () => {
    const world = await opened();

    const { headers } = await fetch(`${world.app.url}/screen/${await keyFrom(world)}`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
  });
});
