import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeAt } from '#bot/domain/sign-in-code.ts';
import { openWorld } from '../support/world.ts';

const NOW = '2013-05-14T08:20:10+08:00';

let browser: Browser;
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(() => browser.close());

async function shown() {
  const world = await openWorld({ now: NOW, env: { PUBLIC_URL: 'http://127.0.0.1' } });
  const [answer = ''] = await world.says('L01', '会场屏幕');
  const link = `${world.app.url}${/\/screen\/[0-9a-f]+/.exec(answer)?.[0]}`;
  const { signInCode } = await world.db.client.session.findUniqueOrThrow({ where: { code: 'S0514' } });
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.clock.install();
  await page.goto(link);
  const code = (at: string) => codeAt(signInCode ?? '', new Date(`2013-05-14T${at}+08:00`));
  return { world, link, page, context, code };
}

describe('会场屏幕在浏览器里', () => {
  test('shows the code of the minute large, its QR and the count, and nobody’s name', async () => {
    const { world, page, code } = await shown();
    await page.getByRole('button', { name: '在这块屏幕上显示' }).click();
    await page
      .locator('#code')
      .filter({ hasText: code('08:20:10') })
      .waitFor();

    expect(await page.locator('#qr').isVisible()).toBe(true);
    expect((await page.locator('#code').boundingBox())?.height).toBeGreaterThan(150);
    await world.says('U0502', `签到 ${code('08:20:10')}`);
    await page.clock.runFor(5000);
    await page.locator('#came').filter({ hasText: '1' }).waitFor();
    expect(await page.locator('footer').textContent()).toContain('应到 7 人');
    const words = await page.locator('body').textContent();
    for (const { name } of await world.db.client.person.findMany()) expect(words).not.toContain(name);
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  });

  test('goes on for a minute without a line, with the next minute’s code, then says so', async () => {
    const { page, context, code } = await shown();
    await page.getByRole('button', { name: '在这块屏幕上显示' }).click();
    await page
      .locator('#code')
      .filter({ hasText: code('08:20:10') })
      .waitFor();

    await context.setOffline(true);
    await page.clock.runFor(60_000);
    await page
      .locator('#code')
      .filter({ hasText: code('08:21:10') })
      .waitFor();
    expect(await page.locator('#note').textContent()).toBe('网络暂时中断，签到码仍然有效，人数稍后更新。');
    await page.clock.runFor(120_000);
    await page.locator('#note').filter({ hasText: '网络中断，恢复后自动显示签到码' }).waitFor();
    expect(await page.locator('#code').textContent()).not.toMatch(/\d/);
  });

  test('a second browser with the same link is told in one sentence, and sees no code', async () => {
    const { page, link, code } = await shown();
    await page.getByRole('button', { name: '在这块屏幕上显示' }).click();
    await page
      .locator('#code')
      .filter({ hasText: code('08:20:10') })
      .waitFor();

    const stranger = await (await browser.newContext()).newPage();
    await stranger.goto(link);
    await stranger.locator('#why').filter({ hasText: '签到码已在另一块屏幕上显示' }).waitFor();
    expect(await stranger.locator('body').textContent()).not.toMatch(/\d{4}|十八大/);
  });
});
