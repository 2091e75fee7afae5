import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

const MORNING = '2013-05-14T08:25:00+08:00';

describe('从回调到答复', () => {
  test('a sign-in is recorded once, answered with the time, and leaves one audit line', async () => {
    const world = await openWorld({ now: MORNING });

    const answers = await world.says('U0503', '签到');

    expect(answers).toEqual(['已签到 08:25（第1位）：5月14日（星期二）08:30《十八大报告专题辅导》。']);
    expect(await world.db.client.signIn.count()).toBe(1);
    expect(await world.db.client.audit.findMany()).toMatchObject([
      { actor: 'u0503', intent: 'attendance.sign_in', outcome: 'signed-in' },
    ]);
  });

  test('the same callback three times is answered 200 each time and done once', async () => {
    const world = await openWorld({ now: MORNING });

    await world.says('U0503', '签到', 'same');
    expect(await world.says('U0503', '签到', 'same')).toEqual([]);
    expect(await world.says('U0503', '签到', 'same')).toEqual([]);

    expect(await world.db.client.signIn.count()).toBe(1);
    expect(world.wecom.sent).toHaveLength(1);
  });

  test('a second sign-in hears the time of the first; one after the start is late; one after closing is refused', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0503', '签到');
    world.at('2013-05-14T08:40:00+08:00');

    expect(await world.says('U0503', '到了')).toEqual(['您已于08:25签到《十八大报告专题辅导》，不必重复。']);
    expect((await world.says('U0702', '签到'))[0]).toContain('第2位，迟到');
    world.at('2013-05-14T10:31:00+08:00');
    expect(await world.says('U0502', '签到')).toEqual(['签到已于10:30截止，请联系召集人补录。']);
  });

  test('200 people at once give 200 rows and 200 answers', async () => {
    const world = await openWorld({ now: MORNING });
    const ids = Array.from({ length: 200 }, (_, n) => `p${n}`);
    await world.db.client.person.createMany({
      data: ids.map((id) => ({ id, name: id, departmentCode: 'GXK', title: '科员', roles: '[]' })),
    });

    const statuses = await Promise.all(
      ids.map((id) => world.post(world.textXml(id, '签到', `m-${id}`)).then(({ status }) => status)),
    );
    await world.app.settled();

    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await world.db.client.signIn.count()).toBe(200);
    expect(new Set(world.wecom.sent.map(({ to }) => to)).size).toBe(200);
    expect(world.wecom.tokensGiven()).toBe(1);
  }, 30_000);

  test("a stranger's message records nothing and is not answered", async () => {
    const world = await openWorld({ now: MORNING });

    expect(await world.says('nobody', '签到')).toEqual([]);

    expect(await world.db.client.signIn.count()).toBe(0);
    expect(await world.db.client.audit.count()).toBe(0);
  });

  test('a place gets one polite line', async () => {
    const world = await openWorld({ now: MORNING });

    await world.post(
      '<xml><ToUserName>ww1</ToUserName><FromUserName>U0503</FromUserName><CreateTime>1368491100</CreateTime><MsgType>location</MsgType><Label>x</Label><MsgId>9</MsgId></xml>',
    );
    await world.app.settled();

    expect(world.wecom.sent.map(({ text }) => text)).toEqual(['位置没有保存：签到不需要位置，发“签到”即可。']);
  });
});

describe('坏的回调', () => {
  const cases: [string, number, (world: Awaited<ReturnType<typeof openWorld>>) => Promise<Response>][] = [
    [
      'a wrong signature',
      403,
      (world) => world.post(world.textXml('U0503', '签到', '1'), { signature: '0'.repeat(40) }),
    ],
    [
      'another app of the corporation',
      403,
      (world) => world.post(world.textXml('U0503', '签到', '1').replace('</xml>', '<AgentID>1000003</AgentID></xml>')),
    ],
    ['another corporation', 403, (world) => world.post(world.textXml('U0503', '签到', '1'), { receiveId: 'ww2' })],
    [
      'a timestamp eleven minutes off',
      403,
      (world) => world.post(world.textXml('U0503', '签到', '1'), { timestamp: '1368490440' }),
    ],
    [
      'a document type',
      400,
      (world) => world.post('', { body: '<!DOCTYPE a [<!ENTITY b "c">]><xml><Encrypt>&b;</Encrypt></xml>' }),
    ],
    ['no XML at all', 400, (world) => world.post('', { body: 'hello' })],
    [
      'a message without sender',
      400,
      (world) => world.post('<xml><ToUserName>ww1</ToUserName><MsgType>text</MsgType><MsgId>1</MsgId></xml>'),
    ],
    ['two megabytes', 413, (world) => world.post('', { body: 'x'.repeat(2 * 1024 * 1024) })],
  ];

  test.each(cases)('%s is answered %i without detail and leaves no trace', async (_, status, send) => {
    const world = await openWorld({ now: MORNING });

    const response = await send(world);

    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
    expect(await world.db.client.inbox.count()).toBe(0);
  });
});

describe('送达', () => {
  test('an expired token is fetched anew once and the answer still arrives', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.refusals.push(42001);

    expect(await world.says('U0503', '签到')).toHaveLength(1);

    expect(world.wecom.tokensGiven()).toBe(2);
  });

  test('a busy platform is tried again later, the identical delivery, and nothing is lost', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.refusals.push(45009);

    expect(await world.says('U0503', '签到')).toEqual([]);
    world.at('2013-05-14T08:26:00+08:00');
    await world.app.settled();

    expect(world.wecom.sent).toHaveLength(1);
  });

  test('a permanent refusal is parked with its code and does not hold up others', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.refusals.push(81013);

    await world.says('U0503', '签到');

    expect(await world.says('U0702', '签到')).toHaveLength(1);
    expect(await world.db.client.outbox.findMany({ where: { parkedAt: { not: null } } })).toMatchObject([
      { error: '81013' },
    ]);
  });

  test('the same question asked twice is two different requests to the platform, so neither answer is swallowed', async () => {
    const world = await openWorld({ now: MORNING });

    await world.says('U0502', '我的台账');
    await world.says('U0502', '我的台账');

    const [first, second] = world.wecom.sent;
    expect(first?.text).toBe(second?.text);
    expect(first?.interval).not.toBe(second?.interval);
  });
});
