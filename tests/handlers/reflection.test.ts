import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { docx, png } from '../support/files.ts';
import { openWorld } from '../support/world.ts';

type Opened = Awaited<ReturnType<typeof openWorld>>;
const NOW = '2013-05-15T09:00:00+08:00';
const paragraph = (no: number) => `第${no}段：${'密切联系群众，改进工作作风，'.repeat(60)}从我做起。`;

// Texts whose pairs of characters are not the same over and over, as people write.
const varied = Array.from(
  { length: 90 },
  (_, no) => `${String.fromCharCode(0x4e00 + no * 13)}${String.fromCharCode(0x5e00 + no * 7)}`,
).join('');

describe('心得体会', () => {
  test('a long text over several messages arrives whole, and an order in between is carried out', async () => {
    const world = await openWorld({ now: NOW });
    const parts = [1, 2, 3, 4, 5, 6].map(paragraph);

    expect(await world.says('U0503', '心得 管钱的人更要守规矩')).toEqual([
      '已开始写心得体会《管钱的人更要守规矩》。请分几条发来正文，也可以发Word、文本文件或手写稿照片；写完发“完成”，不写了发“放弃”。',
    ]);
    expect((await world.says('U0503', '完成'))[0]).toContain('还没有正文');
    for (const part of parts) await world.says('U0503', part);
    expect((await world.says('U0503', '我的台账'))[0]).not.toContain('续写');
    const answer = (await world.says('U0503', '完成'))[0];

    const kept = await world.db.client.reflection.findFirstOrThrow();
    expect(kept).toMatchObject({ title: '管钱的人更要守规矩', text: parts.join('\n') });
    expect(kept.text.length).toBeGreaterThan(5000);
    expect(answer).toContain(`（${kept.text.replace(/\s/g, '').length}字），计入5月份`);
  });

  test('a 5,000-character text in one message arrives whole', async () => {
    const world = await openWorld({ now: NOW });
    const text = '学习党章，改进作风，服务企业。'.repeat(340);

    await world.says('U0503', `心得体会：${text}`);

    expect((await world.db.client.reflection.findFirstOrThrow()).text).toBe(text);
  });

  test('after two hours nothing more is added by mistake, and given up nothing is handed in', async () => {
    const world = await openWorld({ now: NOW });
    await world.says('U0503', '心得 学习党章有感');
    world.at('2013-05-15T11:01:00+08:00');
    await world.says('U0503', paragraph(1));
    expect((await world.db.client.draft.findFirstOrThrow()).text).toBe('');

    await world.says('U0502', '心得 学习党章有感');
    await world.says('U0502', paragraph(1));
    expect((await world.says('U0502', '放弃'))[0]).toContain('没有提交');
    expect(await world.db.client.reflection.count()).toBe(0);
  });

  test('a text copied from a colleague is told to the office only', async () => {
    const world = await openWorld({ now: NOW });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
    await world.says('U0502', `心得体会：${varied}`);

    const answer = await world.says('U0503', `心得体会：${varied}转眼一月。`);

    expect(answer[0]).toMatch(/^已收到心得体会/);
    expect(world.toldTo('U0702').at(-1)).toMatch(/^雷鸣的心得体会与温静的相似9\d\.\d%，请核对。此消息只发活动办。$/);
    expect(world.toldTo('U0501')).toEqual([]);
  });

  test('the share of leading officials is told apart from that of staff', async () => {
    const world = await openWorld({ now: NOW });
    await world.says('U0501', `心得体会：${paragraph(1)}`);
    await world.says('U0503', `心得体会：${'自学有得，谈三点体会。'.repeat(9)}`);
    await world.says('U0503', '昨晚自学党章40分钟');

    expect((await world.says('U0501', '谁还没交心得'))[0]).toBe(
      '5月份心得体会：领导干部已交1/4（25.0%），干部职工已交1/3（33.3%）。\n未交：温静。\n有自学记录的：高新技术发展及产业化科1人。',
    );
  });
});

describe('心得体会的文件', () => {
  const begun = async () => {
    const world = await openWorld({ now: NOW });
    await world.says('U0503', '心得 学习党章有感');
    return world;
  };
  const kept = (world: Opened) => world.db.client.reflection.findFirstOrThrow({ where: { undoneAt: null } });

  test('a Word file is read whole, between what was written before and after it', async () => {
    const world = await begun();
    await world.says('U0503', paragraph(1));
    const long = Array.from({ length: 120 }, (_, no) => `第${no}条：调研要做实，作风要改进 &amp; 坚持到底&#12290;`);

    const [answer] = await world.sends('U0503', docx(...long), 'file', '心得.docx');
    await world.says('U0503', paragraph(2));
    await world.says('U0503', '完成');

    expect(answer).toMatch(/^已续写《学习党章有感》，读入文件1份，共\d+字。写完发“完成”，不写了发“放弃”。$/);
    const words = long.map((line) => line.replace('&amp;', '&').replace('&#12290;', '。'));
    expect((await kept(world)).text).toBe([paragraph(1), ...words, paragraph(2)].join('\n'));
  });

  test.each([
    ['UTF-8 with its mark', Buffer.from('\ufeff学习党章，\r\n改进作风。')],
    ['the code of Chinese Windows', iconv.encode('学习党章，\n改进作风。', 'gb18030')],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('学习党章，\n改进作风。', 'utf16le')])],
  ])('a text file in %s is read', async (_, bytes) => {
    const world = await begun();

    await world.sends('U0503', bytes, 'file', '心得.txt');
    await world.says('U0503', '完成');

    expect((await kept(world)).text).toBe('学习党章，\n改进作风。');
  });

  test('a photo of handwriting is kept as it is, is enough by itself, and comes back with the text', async () => {
    const world = await begun();
    const [answer] = await world.sends('U0503', png('handwriting'));
    expect(answer).toContain('已续写《学习党章有感》，原样保存照片1份，共0字');

    expect((await world.says('U0503', '完成'))[0]).toContain('已收到心得体会《学习党章有感》（0字，原样保存照片1份）');
    await world.says('U0503', '看我的心得');

    expect(world.wecom.papers.map(({ to, bytes }) => [to, bytes.equals(png('handwriting'))])).toEqual([
      ['u0503', true],
    ]);
    expect(await world.db.client.material.findMany()).toMatchObject([{ itemCode: null }]);
  });

  test('a photo after a report is evidence of the item, though a text is being written', async () => {
    const world = await openWorld({ now: NOW });
    await world.says('U0502', '心得 学习党章有感');
    world.at('2013-05-15T09:01:00+08:00');
    await world.says('U0502', 'K3-4新增1个');

    expect((await world.sends('U0502', png()))[0]).toContain('已存为8号');
  });

  test('a file of 60 MB is refused in one sentence, and what was written stays', async () => {
    const world = await begun();
    await world.says('U0503', paragraph(1));

    expect(await world.sends('U0503', Buffer.alloc(60 * 1024 * 1024, 'x'), 'file', '心得.docx')).toEqual([
      '没有收下：文件超过20MB，请压缩或分开后再发。',
    ]);
    await world.says('U0503', '完成');
    expect((await kept(world)).text).toBe(paragraph(1));
  });

  test('a text too long is not cut: the part that is too much is refused and the rest stays', async () => {
    const world = await begun();
    await world.says('U0503', paragraph(1));

    const [answer] = await world.sends('U0503', docx('学'.repeat(60_000)), 'file', '心得.docx');

    expect(answer).toContain('没有收下这一段：《学习党章有感》最多60000字，前面的');
    expect((await world.db.client.draft.findFirstOrThrow()).text).toBe(paragraph(1));
  });

  test('a file that unpacks to nonsense, or declares entities, is kept unread', async () => {
    const world = await begun();

    await world.sends('U0503', docx('<!DOCTYPE x [<!ENTITY a "b">]>'), 'file', '心得.docx');

    expect((await world.db.client.draft.findFirstOrThrow()).text).toBe('');
    expect((await world.says('U0503', '完成'))[0]).toContain('原样保存文件1份');
  });

  test('what was put down for hours, or for another text, is gone on with by its title', async () => {
    const world = await begun();
    await world.says('U0503', paragraph(1));
    await world.says('U0503', '心得 读书有感');
    await world.says('U0503', paragraph(3));
    expect((await world.says('U0503', '完成'))[0]).toContain('《读书有感》');
    expect((await world.says('U0503', paragraph(4)))[0]).not.toContain('已续写');
    world.at('2013-05-15T15:00:00+08:00');

    expect((await world.says('U0503', '心得 学习党章有感'))[0]).toMatch(/^接着写心得体会《学习党章有感》，已有\d+字。/);
    await world.says('U0503', paragraph(2));
    await world.says('U0503', '完成');
    const { text } = await world.db.client.reflection.findFirstOrThrow({ where: { title: '学习党章有感' } });
    expect(text).toBe(`${paragraph(1)}\n${paragraph(2)}`);
  });

  test('the same title again is the second version', async () => {
    const world = await begun();
    for (const text of [paragraph(1), '完成', '心得 学习党章有感', paragraph(2)]) await world.says('U0503', text);

    expect((await world.says('U0503', '完成'))[0]).toContain('《学习党章有感》（第2稿，');
  });
});
