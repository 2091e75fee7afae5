import { describe, expect, test } from 'vitest';
import { importQuestions } from '#bot/import/questions.ts';
import { openWorld } from '../support/world.ts';

const BANK = [
  ['题库', '题号', '题型', '题目', 'A', 'B', 'C', '答案'],
  ['八项规定', '1', '单选', '八项规定由谁通过', '中央政治局', '国务院', '全国人大', 'A'],
  ['八项规定', '2', '判断', '可以层层陪同', '', '', '', '错'],
];
const opened = async () => {
  const world = await openWorld({ now: '2013-05-15T09:00:00+08:00' });
  await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
  await world.db.write((tx) => importQuestions(tx, [BANK]));
  const says = async (text: string, from = 'U0702') => (await world.says(from, text))[0] ?? '';
  const question = (no: number) =>
    world.db.client.testQuestion.findUnique({ where: { bank_no: { bank: '八项规定', no } } });
  return { world, says, question };
};

describe('题库维护', () => {
  test('the office adds a question of each kind by message; its number is the next', async () => {
    const { says, question } = await opened();

    expect(await says('题库 八项规定 加题：多选 要改进的有 A文风 B会风 C门风 答案AB')).toBe(
      '已加入题库“八项规定”：3. （多选）要改进的有　A文风　B会风　C门风　答案AB。十分钟内可发“撤销”收回。',
    );
    expect(await question(3)).toMatchObject({ kind: 'multiple', options: '["文风","会风","门风"]', answer: 'AB' });
    expect(await says('题库八项规定增加一道题：填空 厉行____ 答案 勤俭节约')).toContain(
      '4. （填空）厉行____　答案勤俭节约',
    );
    expect(await says('题库八项规定加题：判断 出访可以带家属 答案：错误')).toContain(
      '5. （判断）出访可以带家属　答案错',
    );
    await says('题库八项规定加题：单选 A股是什么\nA. 人民币普通股\nB. 外资股 答案A');
    expect(await question(6)).toMatchObject({ text: 'A股是什么', options: '["人民币普通股","外资股"]' });
  });

  test('a question without a right answer, or one that is there, is refused in a sentence; a new bank is asked about', async () => {
    const { world, says } = await opened();

    expect(await says('题库八项规定加题：单选 要改进的有 A文风 B会风 答案D')).toMatch(
      /^没有改动：答案“D”不是这道题的选项。/,
    );
    expect(await says('题库八项规定加题：单选 要改进的有 A文风 B会风')).toContain('没有正确答案');
    expect(await says('题库八项规定加题：单选 要改进的有 答案A')).toContain('选项至少要有A、B两项');
    expect(await says('题库八项规定加题：要改进的有 A文风 B会风 答案A')).toContain('是单选、多选、判断还是填空题？');
    expect(await says('题库八项规定加题：判断 可以层层陪同 答案错')).toBe('没有加入：题库“八项规定”第2题就是这道题。');
    expect(await world.db.client.testQuestion.count()).toBe(2);
    expect(await says('题库 八条规定 加题：判断 可以层层陪同 答案错')).toContain(
      '还没有题库“八条规定”（现有：八项规定），要新建吗？',
    );
    await says('不');
    expect(await world.db.client.testQuestion.count()).toBe(2);
    expect(await says('题库八项规定第9题停用')).toContain('没有第9题');
    expect(await says('题库党章第1题停用')).toBe('没有改动：没有题库“党章”，现有：八项规定。');
  });

  test('an answer, a text, an option are mended and taken back; retired, a question is asked no more', async () => {
    const { world, says, question } = await opened();

    expect(await says('题库八项规定第1题答案改为B')).toContain('答案B');
    await says('撤销');
    expect((await question(1))?.answer).toBe('A');
    expect(await says('题库八项规定第1题选项C改为全国政协')).toContain('C全国政协');
    expect(await says('题库八项规定第1题选项E改为全国政协')).toContain('这道题没有选项E');
    expect(await says('题库八项规定第2题题目改为可以轻车简从')).toContain('可以轻车简从');
    await says('题库八项规定第1题停用');
    expect(await says('组织测试 知识测试 题库 八项规定 2题 5月17日截止')).toContain('没有组织：题库只有1题');
    await says('组织测试 知识测试 题库 八项规定 1题 5月17日截止');
    expect((await world.says('U0503', '开始答题'))[0]).toContain('第1/1题：可以轻车简从');
    // While it is asked from, the bank stays as it is.
    expect(await says('题库八项规定第2题答案改为对')).toBe('没有改动：题库“八项规定”正用于《知识测试》，截止后再改。');
    expect(await says('题库八项规定加题：判断 出访可以带家属 答案错')).toContain('截止后再改');
    world.at('2013-05-17T18:00:01+08:00');
    expect(await says('恢复题库八项规定第1题')).toContain('已恢复题库“八项规定”：1. ');
  });

  test('right answers are for the office alone, in private, and stand in no log', async () => {
    const { world, says } = await opened();

    expect(await says('题库')).toBe('题库1个：八项规定2题。看题目请发“题库 八项规定”。');
    expect(await says('题库 八项规定')).toContain(
      '1. （单选）八项规定由谁通过　A中央政治局　B国务院　C全国人大　答案A',
    );
    for (const text of ['题库', '题库 八项规定', '题库八项规定第1题', '题库八项规定第1题答案改为B'])
      expect(await says(text, 'U0501')).toContain('该操作由活动办办理');
    await says('题库八项规定加题：填空 厉行____ 答案 勤俭节约');
    const [line] = await world.db.client.audit.findMany({ where: { intent: 'bank.change' } });
    expect(line?.command).not.toContain('勤俭节约');
  });
});
