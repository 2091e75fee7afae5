import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDemo } from '../../emulator/demo.ts';

const CHROMIUM = '/usr/bin/chromium';
const found = existsSync(CHROMIUM);
if (!found && process.env['CI']) throw new Error(`no browser at ${CHROMIUM}`);
if (!found) process.stderr.write(`演示页测试已跳过：没有 ${CHROMIUM}\n`);

describe.runIf(found)('演示页', () => {
  let demo: Awaited<ReturnType<typeof startDemo>>;
  let browser: Awaited<ReturnType<typeof chromium.launch>>;
  let page: Page;

  beforeAll(async () => {
    demo = await startDemo(0);
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ];
    browser = await chromium.launch({ executablePath: CHROMIUM, args });
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(demo.url);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await demo.stop();
  });

  const pick = (name: string) =>
    page.locator('#chats button', { has: page.locator(`.name:text-is("${name}")`) }).click();
  const lastAnswer = () => page.locator('#bubbles li.bot .bubble').last();
  const say = async (text: string) => {
    await page.locator('#text').fill(text);
    await page.locator('#text').press('Enter');
  };

  test('the main job goes through in a browser: sign in, report, leave, decide, accept, overdue, digest in the group', async () => {
    await pick('温静');
    await say('K3-4新增1个');
    await expect.poll(() => lastAnswer().textContent()).toContain('1→2/3个');

    await pick('薛冰');
    await say('签到');
    await expect.poll(() => lastAnswer().textContent()).toMatch(/已签到 08:\d\d/);

    await pick('龚海波');
    await page.locator('.card-button:text-is("同意")').last().click();
    await expect.poll(() => lastAnswer().textContent()).toContain('已准假：雷鸣');
    await pick('雷鸣');
    await expect.poll(() => lastAnswer().textContent()).toContain('已获批准');

    await pick('郑国栋');
    await say('1号台账验收通过');
    await page.locator('.card-button:text-is("确认")').last().click();
    await expect.poll(() => lastAnswer().textContent()).toContain('已验收通过：1号台账');
    await say('哪些逾期了');
    await expect.poll(() => lastAnswer().textContent()).toMatch(/共33项.*逾期1项|逾期1项（共33项）/);
    if (process.env['SCREENSHOT']) await page.screenshot({ path: process.env['SCREENSHOT'] });

    await page.locator('[data-move="month-end"]').click();
    await pick('全局群');
    await expect.poll(() => lastAnswer().textContent(), { timeout: 30_000 }).toContain('活动5月份工作简报');
    expect(await lastAnswer().textContent()).toContain('已验收3.0%（1/33）');
  }, 90_000);

  test('one who has not picked anybody can start with a whole small story, and what is suggested follows the day', async () => {
    await page.reload();
    await page.locator('#guide button', { hasText: '重点实验室又新增1个' }).click();
    await expect.poll(() => lastAnswer().textContent()).toContain('8号台账《新建市级重点实验室3个》');

    const chips = async () => (await page.locator('#chips button').allTextContents()).join();
    await expect.poll(chips).toContain('8号台账新增1个');
    expect(await chips()).not.toContain('5月14日');
  }, 30_000);

  test('in a group the bot answers only who mentions it, names nobody there, and tells the rest in private', async () => {
    await page.reload();
    await pick('全局群');
    const answers = page.locator('#bubbles li.bot .bubble');
    const before = await answers.count();

    const speakAs = (label: string) => page.locator('#speaker').selectOption({ label });

    await speakAs('雷鸣（高新技术发展及产业化科）');
    await say('大家中午好');
    await expect.poll(() => page.locator('#bubbles li.member .by').last().textContent()).toBe('雷鸣');
    await say('@创优助手 帮助');
    await expect.poll(() => answers.count()).toBe(before + 1);
    await speakAs('郑国栋（办公室）');
    await say('@创优助手 哪些逾期了');
    await expect.poll(() => answers.count()).toBe(before + 2);
    if (process.env['SCREENSHOT']) await page.screenshot({ path: `${process.env['SCREENSHOT']}.group.png` });

    const state = (await (await fetch(`${demo.url}/api/state`)).json()) as { members: { name: string }[] };
    const names = state.members.map(({ name }) => name);
    const heard = (await answers.allTextContents()).slice(before);
    expect(names.filter((name) => heard.some((text) => text.includes(name)))).toEqual([]);
  }, 60_000);

  test('on a phone the list gives way to the conversation and comes back', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.reload();

    await pick('温静');
    expect(await page.locator('nav').isVisible()).toBe(false);
    if (process.env['SCREENSHOT']) await page.screenshot({ path: `${process.env['SCREENSHOT']}.phone.png` });
    await page.locator('#back').click();
    expect(await page.locator('#talk').isVisible()).toBe(false);
  }, 30_000);
});
