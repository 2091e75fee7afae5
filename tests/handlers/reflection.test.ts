import { describe, expect, test } from 'vitest';
import { openWorld } from '../support/world.ts';

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
      '已开始写心得体会《管钱的人更要守规矩》。请分几条发来正文，写完发“完成”，不写了发“放弃”。',
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
