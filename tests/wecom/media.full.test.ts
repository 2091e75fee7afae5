import { createCipheriv } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as handlers from '#handlers/index.ts';
import { exe, pdf, png } from '../support/files.ts';
import { robotOf } from '../support/robot.ts';
import { openWorld, ROBOT_KEY } from '../support/world.ts';

const MORNING = '2013-05-14T09:25:00+08:00';
type World = Awaited<ReturnType<typeof openWorld>>;
const filesOf = ({ mediaDir }: World): string[] =>
  readdirSync(mediaDir, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(mediaDir, name))
    .filter((name) => statSync(name).isFile());
const rowsOf = ({ db }: World) => db.client.material.findMany({ orderBy: { id: 'asc' } });
const taskOf = (world: World): string => String(world.wecom.sent.at(-1)?.card?.task_id);

describe('发来的照片和文件', () => {
  test('a photo after a report is evidence of the item reported on, and lies on disk before it is answered', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0502', 'K3-4新增1个');

    const [answer] = await world.sends('U0502', png());

    expect(answer).toContain('已存为8号台账《新建市级重点实验室3个》的佐证：照片1份，现有1份。');
    const [row] = await rowsOf(world);
    expect(row).toMatchObject({ itemCode: 'K3-4', state: 'kept', type: 'png', personId: 'u0502', source: null });
    const [file = ''] = filesOf(world);
    expect(path.basename(file)).toBe(row?.hash);
    expect(readFileSync(file)).toEqual(png());
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(await world.db.client.audit.count({ where: { intent: 'evidence.attach' } })).toBe(1);
  });

  test('where nothing was spoken of it is asked, and a tap settles it', async () => {
    const world = await openWorld({ now: MORNING });

    expect((await world.sends('U0503', png()))[0]).toContain('已收下照片1份。是哪项台账的佐证？');
    const answered = await world.taps('U0503', taskOf(world), '提交', ['1']);

    expect(answered[0]).toContain('已存为8号台账');
    expect(await rowsOf(world)).toMatchObject([{ itemCode: 'K3-4' }]);
  });

  test('the same is done by typing, also for several at once', async () => {
    const world = await openWorld({ now: MORNING });
    await world.sends('U0503', png('1'));
    await world.sends('U0503', pdf('2'), 'file', '批复.pdf');

    expect((await world.says('U0503', '刚才的照片附到3号台账'))[0]).toContain('照片1份、文件1份，现有2份');

    expect(await rowsOf(world)).toMatchObject([{ itemCode: 'K1-3' }, { itemCode: 'K1-3', name: '批复.pdf' }]);
  });

  test('撤销 takes the evidence off the item; the file itself is never deleted', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0502', 'K3-4新增1个');
    await world.sends('U0502', png());

    expect((await world.says('U0502', '撤销'))[0]).toContain('少了1份佐证');

    expect(await rowsOf(world)).toMatchObject([{ itemCode: null, state: 'kept' }]);
    expect(filesOf(world)).toHaveLength(1);
  });

  test('the same bytes again prove nothing more and lie there once', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0502', 'K3-4新增1个');
    await world.sends('U0502', png());

    expect((await world.sends('U0502', png()))[0]).toBe(
      '8号台账《新建市级重点实验室3个》已有同样的材料，没有重复添加。',
    );

    expect(filesOf(world)).toHaveLength(1);
  });

  test('the same callback three times fetches and answers once', async () => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0502', 'K3-4新增1个');
    world.wecom.media.set('m', { name: '', bytes: png() });
    const created = Math.floor(world.now().getTime() / 1000);
    const xml = `<xml><ToUserName>ww1</ToUserName><FromUserName>U0502</FromUserName><CreateTime>${created}</CreateTime><MsgType>image</MsgType><MediaId>m</MediaId><MsgId>m</MsgId></xml>`;
    const before = world.wecom.sent.length;
    for (const _ of [1, 2, 3]) expect((await world.post(xml)).status).toBe(200);
    await world.app.settled();

    expect(world.wecom.sent.slice(before)).toHaveLength(1);
    expect(await world.db.client.material.count()).toBe(1);
  });
});

describe('不收的材料', () => {
  const cases: [string, Buffer, string, string, string][] = [
    ['a PDF that says it is a Word file', pdf(), 'file', '批复.docx', '文件名写的是docx，内容却不是'],
    ['a PDF sent as a picture', pdf(), 'image', '', '不是真正的图片'],
    ['a picture that says it is a PDF', png(), 'file', '批复.pdf', '文件名写的是pdf，内容却不是'],
    ['a program', exe, 'file', 'setup.exe', '只收照片、PDF'],
    ['a program that says it is a picture', exe, 'image', 'a.png', '只收照片、PDF'],
    ['a page of the web', Buffer.from('<html><script>alert(1)</script></html>'), 'file', 'a.pdf', '只收照片、PDF'],
    ['nothing', Buffer.from('x'), 'file', 'a.pdf', '文件是空的'],
    ['21 MB', Buffer.alloc(21 * 1024 * 1024, png()), 'file', 'a.png', '超过20MB'],
  ];
  test.each(cases)('%s is refused in one sentence and left nowhere', async (_, bytes, type, name, words) => {
    const world = await openWorld({ now: MORNING });
    await world.says('U0502', 'K3-4新增1个');

    const told = await world.sends('U0502', bytes, type, name);

    expect(told).toHaveLength(1);
    expect(told[0]).toContain(words);
    expect(told[0]?.match(/。/g)).toHaveLength(1);
    expect(filesOf(world)).toEqual([]);
    expect(await rowsOf(world)).toMatchObject([{ state: 'refused', itemCode: null, hash: '' }]);
  });

  test('what the platform has no more is said; what it is too busy for comes later', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.refusals.push(40007);
    expect(await world.sends('U0502', png())).toEqual(['没有取到您发的照片或文件，请重新发送。']);

    world.wecom.refusals.push(-1);
    expect(await world.sends('U0502', png())).toEqual([]);
    world.at('2013-05-14T09:26:00+08:00');
    await world.app.settled();

    expect(world.toldTo('U0502').at(-1)).toContain('已收下照片1份');
  });

  test('what is given up because of an error of ours is told to whoever sent it', async () => {
    const broken = Object.values(handlers).map((one) =>
      one.receives ? { ...one, receives: () => Promise.reject(new Error('ours')) } : one,
    );
    const world = await openWorld({ now: MORNING, handlers: broken });
    expect(await world.sends('U0502', png())).toEqual([]);

    for (let hour = 10; hour < 24; hour++) {
      world.at(`2013-05-14T${hour}:00:00+08:00`);
      await world.app.settled();
    }

    expect(await rowsOf(world)).toMatchObject([{ state: 'lost' }]);
    expect(world.toldTo('U0502')).toEqual(['没有取到您发的照片或文件，请重新发送。']);
  });

  test('more than a hundred a day are not taken', async () => {
    const world = await openWorld({ now: MORNING });
    const row = { personId: 'u0502', at: world.now(), kind: 'image', notBefore: world.now(), state: 'lost' };
    await world.db.client.material.createMany({
      data: Array.from({ length: 100 }, (_, position) => ({ ...row, inboxKey: 'x', position })),
    });

    expect((await world.sends('U0502', png()))[0]).toContain('已超过100份');
    expect(await world.db.client.material.count()).toBe(100);
  });

  test('strangers leave nothing', async () => {
    const world = await openWorld({ now: MORNING });

    expect(await world.sends('stranger', png())).toEqual([]);
    expect(await world.db.client.material.count()).toBe(0);
  });
});

describe('看佐证', () => {
  async function withEvidence() {
    const world = await openWorld({ now: MORNING });
    await world.says('U0502', 'K3-4新增1个');
    await world.sends('U0502', png());
    await world.sends('U0502', pdf(), 'file', '批复.pdf');
    return world;
  }

  test.each(['U0502', 'U0503', 'L03', 'L01'])(
    '%s, who may see the item, gets its files as they were sent',
    async (who) => {
      const world = await withEvidence();

      const told = await world.says(who, '看8号台账的佐证');
      await world.app.settled();

      expect(told[0]).toContain('有佐证2份（照片1份、文件1份）');
      expect(world.wecom.papers).toMatchObject([
        { to: who.toLowerCase(), kind: 'image', bytes: png() },
        { to: who.toLowerCase(), kind: 'file', name: '批复.pdf', bytes: pdf() },
      ]);
    },
  );

  test.each(['U0702', 'L04'])('%s, who may not, gets nothing and learns nothing of it', async (who) => {
    const world = await withEvidence();

    const [told] = await world.says(who, '看8号台账的佐证');

    expect(told).toBe('您没有“看佐证”权限，该操作由承办科室（单位）、分管领导或活动办办理。');
    expect(world.wecom.papers).toEqual([]);
  });

  test('one of another unit attaches nothing to it either', async () => {
    const world = await openWorld({ now: MORNING });
    await world.sends('U0702', png());

    expect((await world.says('U0702', '刚才的照片附到8号台账'))[0]).toContain('没有“附佐证”权限');
    expect(await rowsOf(world)).toMatchObject([{ itemCode: null }]);
  });

  test('a file that was changed on disk is not sent, and that is said', async () => {
    const world = await withEvidence();
    for (const file of filesOf(world)) writeFileSync(file, 'forged');

    await world.says('L03', '看8号台账的佐证');
    await world.app.settled();

    expect(world.wecom.papers).toEqual([]);
    expect(world.toldTo('L03').at(-1)).toContain('没有生成成功');
  });
});

describe('机器人收到的照片', () => {
  function sealed(bytes: Buffer): Buffer {
    const key = Buffer.from(`${ROBOT_KEY}=`, 'base64');
    const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
    const pad = 32 - (bytes.length % 32);
    return Buffer.concat([cipher.update(Buffer.concat([bytes, Buffer.alloc(pad, pad)])), cipher.final()]);
  }
  const alone = { chattype: 'single', chatid: undefined, text: undefined };

  test('a picture alone is decrypted, kept and asked about where it was sent', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.media.set('/cos/1', { name: '现场.png', bytes: sealed(png()) });

    await robotOf(world).says('U0502', '', { ...alone, msgtype: 'image', image: { url: `${world.wecom.url}/cos/1` } });
    await world.app.settled();

    expect(world.wecom.replies.at(-1)?.text).toContain('已收下照片1份');
    expect(await rowsOf(world)).toMatchObject([{ state: 'kept', name: '现场.png' }]);
    expect(readFileSync(filesOf(world)[0] ?? '')).toEqual(png());
  });

  test('in a group a picture beside a report belongs to what was reported', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.media.set('/cos/1', { name: '', bytes: sealed(png()) });
    const items = [
      { msgtype: 'text', text: { content: '@创优助手 K3-4新增1个' } },
      { msgtype: 'image', image: { url: `${world.wecom.url}/cos/1` } },
    ];

    await robotOf(world).says('U0502', '', { msgtype: 'mixed', text: undefined, mixed: { msg_item: items } });
    await world.app.settled();

    expect(await rowsOf(world)).toMatchObject([{ itemCode: 'K3-4' }]);
    expect(world.toldTo('U0502').at(-1)).toContain('已存为8号台账');
  });

  test('a picture that is only quoted counts where the words make evidence of it, else it is nobody’s', async () => {
    const world = await openWorld({ now: MORNING });
    world.wecom.media.set('/cos/1', { name: '', bytes: sealed(png()) });
    const quote = { msgtype: 'image', image: { url: `${world.wecom.url}/cos/1` } };
    const direct = { chattype: 'single', chatid: undefined, quote };

    await robotOf(world).says('U0502', '我的台账', direct);
    expect(await rowsOf(world)).toEqual([]);
    await robotOf(world).says('U0502', '这张照片附到8号台账', direct, 'second');
    await world.app.settled();

    expect(await rowsOf(world)).toMatchObject([{ itemCode: 'K3-4', state: 'kept' }]);
    expect(filesOf(world)).toHaveLength(1);
  });

  test('an address elsewhere is never asked', async () => {
    const world = await openWorld({ now: MORNING });

    await robotOf(world).says('U0502', '', { ...alone, msgtype: 'image', image: { url: 'http://127.0.0.1:9/x' } });
    await world.app.settled();

    expect(await rowsOf(world)).toMatchObject([{ state: 'lost' }]);
  });
});
