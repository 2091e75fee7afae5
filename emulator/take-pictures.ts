import path from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { startDemo } from './demo.ts';

/** Where the pictures of docs/hold-a-session.md go. */
const DOCS = path.join(import.meta.dirname, '../docs/hold-a-session');
const CONVENOR = '苗青';
const MAY = (day: number, time: string) => new Date(`2013-05-${day}T${time}:00+08:00`);

/**
 * Holds a session in the demo as its convenor does, from arranging to the notice, and takes the pictures of the guide.
 * @returns what the convenor typed
 */
export async function takePictures(folder = DOCS): Promise<string[]> {
  const demo = await startDemo(0);
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await (await browser.newContext({ viewport: { width: 1180, height: 760 } })).newPage();
    await page.goto(demo.url);
    return await hold(demo, page, folder);
  } finally {
    await browser.close();
    await demo.stop();
  }
}

async function hold(demo: Awaited<ReturnType<typeof startDemo>>, page: Page, folder: string): Promise<string[]> {
  const typed: string[] = [];
  const post = (where: string, body: object) =>
    page.request.post(`${demo.url}${where}`, { data: JSON.stringify(body) });
  const passTo = (to: Date) => post('/api/clock', { to });
  const talkTo = async (who: string) => page.locator('#chats button', { hasText: who }).first().click();
  const hears = (part: string) => page.locator('#bubbles > li.bot', { hasText: part }).last().waitFor();
  const picture = (name: string) => page.locator('#talk').screenshot({ path: path.join(folder, `${name}.png`) });
  async function says(text: string, part: string) {
    typed.push(text);
    await page.fill('#text', text);
    await page.locator('#form button[type=submit]').click();
    await hears(part);
  }
  // A card that was tapped is closed; the newest that still has the button is meant.
  const tap = (label: string) => page.locator('#bubbles .card-button', { hasText: label }).last().click();

  await talkTo(CONVENOR);
  await says('安排下周三上午9点在三楼会议室学习《中央八项规定》，主讲柳文涛', '四落实4/4');
  await picture('1-arrange');

  await passTo(MAY(22, '08:46'));
  await hears('签到已开始');
  await tap('会场屏幕');
  await hears('/screen/');
  const link =
    ((await page.locator('#bubbles').textContent()) ?? '').match(/http\S+\/screen\/[0-9a-f]+/g)?.at(-1) ?? '';
  await picture('2-open');

  const room = await page.context().newPage();
  await room.goto(link);
  await room.getByRole('button', { name: '在这块屏幕上显示' }).click();
  const code = await room.locator('#code').filter({ hasText: /\d{4}/ }).textContent();
  const people = await demo.db.read((client) => client.person.findMany({ orderBy: { rank: 'asc' } }));
  const away = people.slice(-4);
  for (const { id } of people.filter((one) => !away.includes(one)))
    await post('/api/say', { from: id, text: `签到 ${code}` });
  await room
    .locator('#came')
    .filter({ hasText: String(people.length - away.length) })
    .waitFor();
  await room.screenshot({ path: path.join(folder, '3-screen.png') });
  await room.close();

  const [one, other] = away;
  await says(`代签到 ${one?.name} ${other?.name}`, '已补录纸质签到2人');
  await passTo(MAY(22, '09:30'));
  await talkTo(CONVENOR);
  await tap('截止签到');
  await hears('已于09:30截止签到');
  await tap('确认考勤');
  await hears('已确认');
  await picture('4-confirm');

  await passTo(MAY(22, '12:10'));
  await talkTo('全局群');
  await hears('考勤情况');
  await picture('5-notice');
  return typed;
}

if (import.meta.url === `file://${process.argv[1]}`)
  process.stdout.write(`召集人一共说了：\n${(await takePictures()).join('\n')}\n`);
