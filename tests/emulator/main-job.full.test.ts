import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startDemo } from '../../emulator/demo.ts';

const CHROMIUM = '/usr/bin/chromium';
const found = existsSync(CHROMIUM);
if (!found && process.env['CI']) throw new Error(`no browser at ${CHROMIUM}`);
if (!found) process.stderr.write(`主要工作的浏览器测试已跳过：没有 ${CHROMIUM}\n`);

const GROUP = '全局群';
const CALL = '@创优助手';
type Browser = Awaited<ReturnType<typeof chromium.launch>>;

/** What people do on the page of a demo that was just started, and what its record book says afterwards. */
async function openOffice(browser: Browser, mode: 'callback' | 'socket') {
  const demo = await startDemo(0, mode);
  const page: Page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  onTestFinished(async () => {
    await page.close();
    await demo.stop();
  });
  await page.goto(demo.url);
  const bubbles = page.locator('#bubbles li.bot .bubble');
  const hears = (words: RegExp) =>
    expect.poll(async () => (await bubbles.allTextContents()).join('\n'), { timeout: 20_000 }).toMatch(words);
  return {
    demo,
    page,
    hears,
    async picks(name: string): Promise<void> {
      await page.locator('#chats button', { has: page.locator(`.name:text-is("${name}")`) }).click();
    },
    async says(text: string): Promise<void> {
      await page.locator('#text').fill(text);
      await page.locator('#text').press('Enter');
    },
    /** Taps a card: a button of it, or an entry of its list and then 提交. */
    async taps(label: string): Promise<void> {
      const open = page.locator('.card', { has: page.locator('.card-button:not([disabled])') });
      const button = open.locator(`.card-button:text-is("${label}")`).last();
      const entry = open.locator('.options label', { hasText: label }).last();
      await button.or(entry).last().waitFor({ timeout: 20_000 });
      if (await button.count()) return button.click();
      await entry.click();
      await entry.locator('xpath=ancestor::*[contains(@class,"card")][1]').locator('.card-button').last().click();
    },
    async tapsMenu(first: string, second: string): Promise<void> {
      const box = page.locator('#menu details', { has: page.locator(`summary:text-is("${first}")`) });
      await box.locator('summary').click();
      await box.locator(`button:text-is("${second}")`).click();
    },
    async speaksAs(label: string): Promise<void> {
      await page.locator('#speaker').selectOption({ label });
    },
  };
}
type Office = Awaited<ReturnType<typeof openOffice>>;

/** One person signs in, a leave is granted, finished work is accepted: the same in every way it can be done. */
const WAYS: Record<string, { mode: 'callback' | 'socket'; go(office: Office): Promise<void> }> = {
  'in direct chat, by typing only': {
    mode: 'socket',
    async go({ picks, says, hears }) {
      await picks('薛冰');
      await says('签到');
      await hears(/已签到/);
      await picks('龚海波');
      await says('同意雷鸣请假');
      await hears(/已准假：雷鸣/);
      await picks('郑国栋');
      await says('1号台账验收通过');
      await hears(/请回复“确认”/);
      await says('确认');
      await hears(/已验收通过：1号台账/);
    },
  },
  'in direct chat, by tapping only': {
    mode: 'socket',
    async go({ picks, taps, tapsMenu, hears }) {
      await picks('薛冰');
      await tapsMenu('学习考勤', '签到');
      await hears(/已签到/);
      await picks('龚海波');
      await taps('同意');
      await hears(/已准假：雷鸣/);
      await picks('郑国栋');
      await tapsMenu('更多', '帮助');
      await taps('1号台账验收通过');
      await taps('确认');
      await hears(/已验收通过：1号台账/);
    },
  },
  ...inGroup('callback'),
  ...inGroup('socket'),
};

function inGroup(mode: 'callback' | 'socket'): typeof WAYS {
  return {
    [`in a group with the robot (${mode}), by typing only`]: {
      mode,
      async go({ picks, says, speaksAs, hears }) {
        await picks(GROUP);
        await speaksAs('薛冰（社会发展科技科）');
        await says(`${CALL} 签到`);
        await hears(/已签到/);
        await speaksAs('龚海波（高新技术发展及产业化科）');
        await says(`${CALL} 准假 雷鸣`);
        await hears(/已准假/);
        await speaksAs('郑国栋（办公室）');
        await says(`${CALL} 1号台账验收通过`);
        await hears(/请回复“确认”/);
        await says(`${CALL} 确认`);
        await hears(/已验收通过：1号台账/);
      },
    },
    [`in a group with the robot (${mode}), by tapping only`]: {
      mode,
      async go({ picks, says, speaksAs, taps, tapsMenu, hears }) {
        await picks(GROUP);
        await speaksAs('薛冰（社会发展科技科）');
        // Calling the robot is picking its name; nothing is written.
        await says(CALL);
        await taps('签到');
        await hears(/已签到/);
        await picks('龚海波');
        await taps('同意');
        await hears(/已准假：雷鸣/);
        await picks(GROUP);
        await speaksAs('郑国栋（办公室）');
        await says(CALL);
        await hears(/已私信发给您/);
        await picks('郑国栋');
        await tapsMenu('更多', '帮助');
        await taps('1号台账验收通过');
        await taps('确认');
        await hears(/已验收通过：1号台账/);
      },
    },
  };
}

describe.runIf(found)('主要工作，点着做和打字做', () => {
  let browser: Browser;
  const records = new Map<string, unknown>();
  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
    browser = await chromium.launch({ executablePath: CHROMIUM, args });
  }, 60_000);
  afterAll(() => browser.close());

  test.each(Object.keys(WAYS))(
    '%s',
    async (name) => {
      const way = WAYS[name];
      if (!way) throw new Error(name);
      const office = await openOffice(browser, way.mode);

      await way.go(office);

      records.set(name, await recordsOf(office.demo));
      expect(records.get(name)).toMatchObject({
        signedIn: expect.arrayContaining([expect.objectContaining({ personId: 'u0702' })]),
        leaves: [expect.objectContaining({ state: 'approved' })],
        accepted: [{ itemCode: expect.any(String), personId: 'l01' }],
      });
    },
    120_000,
  );

  test('the records are the same whichever way it was done', () => {
    const [first, ...others] = [...records.values()];

    expect(records.size).toBe(Object.keys(WAYS).length);
    for (const other of others) expect(other).toEqual(first);
  });
});

async function recordsOf({ db }: Awaited<ReturnType<typeof startDemo>>) {
  const { client } = db;
  const audit = await client.audit.findMany({ orderBy: { id: 'asc' } });
  const signedIn = await client.signIn.findMany({ orderBy: { personId: 'asc' } });
  return {
    signedIn: signedIn.map(({ sessionCode, personId, late }) => ({ sessionCode, personId, late })),
    leaves: (await client.leave.findMany()).map(({ personId, state }) => ({ personId, state })),
    accepted: (await client.itemFact.findMany({ where: { kind: 'accepted' } })).map(({ itemCode, personId }) => ({
      ...{ itemCode, personId },
    })),
    // A card's 同意 and 「准假 雷鸣」 are two sentences for one deed.
    audit: audit.map(({ actor, intent, outcome }) => ({ actor, about: intent.split('.')[0], outcome })).sort(byLine),
  };
}
const byLine = (one: object, other: object): number => JSON.stringify(one).localeCompare(JSON.stringify(other));
