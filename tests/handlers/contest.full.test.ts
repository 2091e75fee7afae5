import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { resultsOf } from '#bot/domain/contest.ts';
import { openBureau } from '../support/bureau.ts';
import { docx, pdf, png } from '../support/files.ts';

const OPENS = '发起心得评比 八项规定心得 评委 段丽华 古月 满分100 5月31日截止';
const OFFICE = 'U0201';
type Opened = Awaited<ReturnType<typeof openBureau>>;

async function round() {
  const world = await openBureau({ now: '2013-05-15T09:00:00+08:00' });
  const idOf = async (name: string) => (await world.db.client.person.findFirstOrThrow({ where: { name } })).id;
  const [duan, gu] = [(await idOf('段丽华')).toUpperCase(), (await idOf('古月')).toUpperCase()];
  const [opened] = await world.says(OFFICE, OPENS);
  return { world, duan, gu, opened };
}
const enter = async (world: Opened) => {
  await world.says('U0503', '参评 从小事做起：学习八项规定，重在从小事做起，把调研做实。');
  await world.says('U0502', '参评 开短会：开短会、讲短话、写短文，都是作风。');
};

describe('心得评比', () => {
  test('the office opens a round; judges see the words of the entries and nobody’s name', async () => {
    const { world, duan, opened } = await round();
    expect(opened).toContain('已发起评比《八项规定心得》：评委段丽华、古月，满分100分，5月31日（星期五）截止。');
    await enter(world);

    const [list = ''] = await world.says(duan, '待评作品');
    expect(list).toContain('已评0/2篇');
    expect(list).toContain('作品1《从小事做起》\n学习八项规定，重在从小事做起，把调研做实。');
    for (const { name } of await world.db.client.person.findMany()) expect(list).not.toContain(name);
    expect(await world.says('U0503', '待评作品')).toEqual(['您不是这次评比的评委，作品在评比结束后公布。']);
  });

  test('a judge scores no entry of one’s own, nor outside the scale; who is no judge scores nothing', async () => {
    const { world, duan, gu } = await round();
    await enter(world);
    await world.says(gu, '参评 党性：党性不是喊出来的，是干出来的。');

    expect(await world.says(gu, '评分 作品3 100分')).toEqual(['没有评分：不能给自己的作品评分。']);
    expect((await world.says(duan, '评分 作品1 101分'))[0]).toContain('没有评分：应在0到100分之间');
    expect((await world.says('U0502', '评分 作品1 90分'))[0]).toContain('您不是这次评比的评委');
    expect((await world.says(duan, '评分 作品9 90分'))[0]).toContain('没有这个编号的作品');
    expect(await world.db.client.contestScore.count()).toBe(0);
  });

  test('mean, number of judges and ties are shown; names appear only once the office has ended the round', async () => {
    const { world, duan, gu } = await round();
    await enter(world);
    await world.says(duan, '评分 作品1 85分 联系实际');
    await world.says(gu, '评分 作品1 90分');
    await world.says(duan, '评分 作品2 87.5分');

    expect(await world.says('U0301', '评比结果')).toEqual([
      '评比《八项规定心得》进行中：作品2篇，评委2名，5月31日（星期五）截止，结束后公布。',
    ]);
    expect((await world.says(OFFICE, '结束评比'))[0]?.split('\n')).toEqual([
      '已结束评比《八项规定心得》，结果（拟稿）：',
      '第1名　作品1《从小事做起》雷鸣平均87.50分（2名评委，并列）。',
      '第1名　作品2《开短会》温静平均87.50分（1名评委，并列）。',
      '缺1个评分，均值按已评计算。',
      '十分钟内可发“撤销”继续评。',
    ]);
    expect((await world.says('U0301', '评比结果'))[0]).toContain('《从小事做起》雷鸣平均87.50分');
    expect((await world.says(gu, '评分 作品2 99分'))[0]).toContain('没有进行中的评比');
  });

  test('an entry over several messages and a Word file reaches the judge whole, without the author’s name', async () => {
    const { world, duan } = await round();
    const { name } = await world.db.client.person.findUniqueOrThrow({ where: { id: 'u0503' } });
    const parts = [1, 2, 3].map((no) => `第${no}部分：${'密切联系群众，改进工作作风，'.repeat(60)}从我做起。`);

    expect((await world.says('U0503', '参评 从小事做起'))[0]).toContain('已开始写参评作品《从小事做起》，评委看不到');
    await world.says('U0503', parts[0] ?? '');
    await world.sends('U0503', docx(parts[1] ?? '', `作者：${name}`), 'file', `${name}.docx`);
    await world.says('U0503', parts[2] ?? '');
    expect((await world.says('U0503', '完成'))[0]).toMatch(/^已参评《八项规定心得》：《从小事做起》（\d+字）/);

    const [list = ''] = await world.says(duan, '待评作品');
    const whole = (await world.says(duan, '看作品1')).map((part) => part.replace(/^（\d+\/\d+）/, '')).join('');
    expect(list).toContain('（全文请发“看作品1”）');
    for (const part of parts) expect(whole).toContain(part);
    expect(whole).toContain(`作者：${'×'.repeat(name.length)}`);
    for (const person of await world.db.client.person.findMany()) expect(list + whole).not.toContain(person.name);
    expect((await world.says('U0502', '看作品1'))[0]).toContain('您不是这次评比的评委');
  });

  test('photos of an entry reach judges under a name of ours; files that say whose they are, not at all', async () => {
    const { world, duan } = await round();
    await world.says('U0503', '参评 手写的话');
    await world.sends('U0503', png('page 1'));

    expect((await world.sends('U0503', pdf(), 'file', '雷鸣.pdf'))[0]).toContain(
      '没有收下文件1份：评委不看姓名，参评只收文字、Word、文本文件和照片',
    );
    expect((await world.says('U0503', '完成'))[0]).toContain('（0字，原样保存照片1份）');
    await world.says(duan, '看作品1');
    expect(world.wecom.papers.map(({ to, name }) => [to.toUpperCase(), name])).toEqual([[duan, '作品1-1.png']]);
  });

  test('who entered already, or comes after the end, is told before writing anything; what was written is never lost', async () => {
    const { world } = await round();
    await enter(world);
    expect((await world.says('U0503', '参评 再来一篇'))[0]).toBe('没有参评：您已有一篇作品，每人一篇。');
    world.at('2013-05-31T22:40:00+08:00');
    await world.says('U0302', '参评 末班车');
    await world.says('U0302', '学习八项规定，重在从小事做起，把调研做实，把会风改好。');
    world.at('2013-06-01T00:10:00+08:00');
    await world.says('U0302', '再补一句：从我做起，从现在做起，持之以恒，久久为功，善作善成，一抓到底。');

    expect((await world.says('U0302', '完成'))[0]).toBe('没有参评：评比征集已截止。写好的正文还在，不交了发“放弃”。');
    expect((await world.db.client.draft.findFirstOrThrow({ where: { personId: 'u0302' } })).text).toContain(
      '把调研做实',
    );
  });

  test('judges are reminded at half time and the workday before the end, who is done is not', async () => {
    const { world, duan, gu } = await round();
    await enter(world);
    for (const no of [1, 2]) await world.says(gu, `评分 作品${no} 90分`);

    await world.passUntil('2013-05-31T12:00:00+08:00');

    const reminders = (id: string) => world.toldTo(id).filter((text) => text.includes('还有2篇作品待评'));
    expect([reminders(duan).length, reminders(gu).length]).toEqual([2, 0]);
  });

  test('scores and comments stay out of the audit, and a score can be taken back', async () => {
    const { world, duan } = await round();
    await enter(world);
    await world.says(duan, '评分 作品1 61分 空话较多');
    const line = await world.db.client.audit.findFirstOrThrow({ where: { intent: 'contest.score' } });
    expect(line.command).not.toMatch(/61|空话/);

    await world.says(duan, '撤销');
    expect(await world.db.client.contestScore.count()).toBe(0);
  });

  test('whatever the order of the scores, means and ranks are the same, and equal means share a rank', () => {
    const score = fc.record({
      entryId: fc.integer({ min: 1, max: 4 }),
      judgeId: fc.constantFrom('a', 'b', 'c'),
      score: fc.integer({ min: 0, max: 100 }),
    });
    const entries = [1, 2, 3, 4].map((id) => ({ id, no: id, personId: `p${id}`, title: `t${id}` }));
    fc.assert(
      fc.property(fc.uniqueArray(score, { selector: ({ entryId, judgeId }) => `${entryId}${judgeId}` }), (scores) => {
        const results = resultsOf(entries, scores);
        expect(resultsOf(entries, [...scores].reverse())).toEqual(results);
        expect(results.reduce((sum, { judges }) => sum + judges, 0)).toBe(scores.length);
        for (const one of results)
          for (const other of results)
            if (one.mean !== null && one.mean === other.mean) expect(one.rank).toBe(other.rank);
      }),
    );
  });
});
