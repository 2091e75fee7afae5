import { beforeEach, describe, expect, test } from 'vitest';
import { importQuestions } from '#bot/import/questions.ts';
import { phone, signedIn } from '../support/phone.ts';
import { openWorld } from '../support/world.ts';

const NOW = '2013-05-15T09:00:00+08:00';
const BANK = [
  ['题库', '题号', '题型', '题目', 'A', 'B', 'C', '答案'],
  ['八项规定', '1', '单选', '八项规定由<谁>通过', '中央政治局', '国务院', '全国人大', 'A'],
  ['八项规定', '2', '多选', '要改进的有', '文风', '会风', '门风', 'AB'],
  ['八项规定', '3', '判断', '可以层层陪同', '', '', '', '错'],
  ['八项规定', '4', '填空', '厉行____', '', '', '', '勤俭节约'],
];
const PAGE = '/pages/exam';
const RIGHT = 'from=0&q0=A&q1=A&q1=B&q2=错&q3=勤俭节约';

let world: Awaited<ReturnType<typeof openWorld>>;
beforeEach(async () => {
  world = await openWorld({ now: NOW, env: { PUBLIC_URL: 'https://bot.example.gov.cn' } });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  await world.db.write((tx) => importQuestions(tx, [BANK]));
  await world.says('U0702', '组织测试 八项规定知识测试 题库 八项规定 4题 5月17日截止');
});

const sitting = async (userid: string) => {
  const { mine } = await signedIn(world, userid, PAGE);
  return {
    opens: async () => (await mine.opens(PAGE)).text(),
    hands: async (body: string) => {
      const headers = { 'user-agent': 'wxwork', cookie: `session=${mine.jar.get('session')}` };
      const response = await fetch(`${world.app.url}${PAGE}`, { method: 'POST', headers, body, redirect: 'manual' });
      return { status: response.status, text: await response.text() };
    },
  };
};
const answers = () => world.db.client.examAnswer.findMany({ orderBy: { place: 'asc' } });

describe('网页答题', () => {
  test('the notice gives the address; the whole paper stands on one page, is marked when handed in, and not a second time', async () => {
    expect(world.toldTo('U0503').at(-1)).toContain('或打开网页一次答完：https://bot.example.gov.cn/pages/exam。');
    const mine = await sitting('U0503');
    const page = await mine.opens();
    expect(page).toContain('第1/4题（单选）：八项规定由&lt;谁&gt;通过');
    expect(page.match(/type="(radio|checkbox|text)"/g)).toHaveLength(3 + 3 + 2 + 1);
    expect(page).not.toMatch(/<script|checked/);

    expect((await mine.hands(RIGHT)).text).toContain('《八项规定知识测试》答完：对4题，共4题，100分。成绩只告诉本人。');
    expect(await answers()).toMatchObject([
      { right: true },
      { answer: 'AB' },
      { answer: '错' },
      { answer: '勤俭节约' },
    ]);
    expect((await mine.hands(RIGHT)).text).toContain('不能重复作答');
    expect(await mine.opens()).toContain('不能重复作答');
  });

  test('a question left open is named, and what was chosen stays chosen', async () => {
    const mine = await sitting('U0503');

    const { text } = await mine.hands('from=0&q0=B&q1=C&q2=对');

    expect(text).toContain('没有交卷：第4题还没有答，请答完再交。');
    expect(text.match(/checked/g)).toHaveLength(3);
    expect(await answers()).toEqual([]);
  });

  test.each([
    'from=0&q0=D&q1=A&q2=错&q3=x',
    'from=0&q0=A&q0=B&q1=A&q2=错&q3=x',
    'from=0&q0=A&q1=A&q2=也许&q3=x',
    'from=0&q0=A&q1=A&q2=错&q3=+',
    'x',
    '',
  ])('what is no answer (%s) is not recorded', async (body) => {
    const mine = await sitting('U0503');

    expect((await mine.hands(body)).text).toContain('没有交卷');
    expect(await answers()).toEqual([]);
  });

  test('what was answered by message meanwhile is not asked again, and an old page puts no answer to another question', async () => {
    const mine = await sitting('U0503');
    await mine.opens();
    await world.says('U0503', 'A');

    const { text } = await mine.hands(RIGHT);
    expect(text).toContain('这一页已经旧了，请从这里接着答');
    expect(text).toContain('共4题，已答1题');
    expect(text).not.toContain('第1/4题');
    expect((await mine.hands('from=1&q1=A&q1=B&q2=错&q3=节约')).text).toContain('对3题，共4题，75分');
  });

  test('after the end nothing counts', async () => {
    const mine = await sitting('U0503');
    await mine.opens();
    world.at('2013-05-17T18:00:01+08:00');
    const { mine: later } = await signedIn(world, 'U0503', PAGE);

    expect(await (await later.opens(PAGE)).text()).toContain('现在没有可以参加的测试');
    expect(await answers()).toEqual([]);
  });

  test('who is not known to WeCom, or on no roster, neither sees a question nor hands anything in', async () => {
    const stranger = await sitting('stranger');
    expect((await stranger.hands(RIGHT)).text).toContain('您不在花名册里');
    const unknown = await fetch(`${world.app.url}${PAGE}`, { method: 'POST', body: RIGHT, redirect: 'manual' });

    expect([unknown.status, (await phone(world).opens(PAGE)).status]).toEqual([403, 302]);
    expect(await world.db.client.examPaper.count()).toBe(0);
  });

  test('the material of the session on the subject is named before the first question, on the page and in messages', async () => {
    await world.db.client.session.update({
      where: { code: 'S0514' },
      data: { topic: '中央八项规定', material: '八项规定原文' },
    });

    expect(await (await sitting('U0503')).opens()).toContain('请先学习材料：八项规定原文。');
    expect((await world.says('U0502', '开始答题'))[0]).toContain('请先学习材料：八项规定原文。\n第1/4题');
  });
});
