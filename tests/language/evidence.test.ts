import { describe, expect, test } from 'vitest';
import { understand } from '#bot/language/understand.ts';
import { bureau, capabilities } from '../support/score.ts';

const world = bureau('fixture.json');
const now = new Date('2013-05-14T08:25+08:00');
const speaker = world.members.find(({ id }) => id === 'U0401');
if (!speaker) throw new Error('the sample bureau has this person');

const meantBy = (text: string, chat: 'direct' | 'group' = 'direct') => {
  const understood = understand({ text, speaker, now, chat }, world, capabilities);
  if (understood.outcome !== 'act') return understood.outcome;
  return understood.commands.map(({ handler, input }) => `${handler.name} ${JSON.stringify(input)}`).join(' + ');
};

describe('佐证材料的说法', () => {
  test.each([
    '刚才的照片附到4号台账',
    '把这几张图存到4号台账',
    '请把刚发的文件归到4号台账',
    '刚刚发的扫描件放到4号台账里',
    '这份材料挂到4号台账',
    '我发的照片是4号台账的佐证',
    '刚才那两张照片都是4号台账的佐证材料。',
  ])('「%s」 attaches', (text) => {
    const item = world.ledger.find(({ no }) => no === 4)?.code;

    expect(meantBy(text)).toBe(`evidence.attach {"item":"${item}"}`);
  });

  test.each([
    '看4号台账的佐证',
    '查一下4号台账的证明材料',
    '把4号台账的佐证发给我',
    '4号台账有哪些佐证',
    '看看4号台账附的照片',
  ])('「%s」 shows', (text) => {
    const item = world.ledger.find(({ no }) => no === 4)?.code;

    expect(meantBy(text)).toBe(`evidence.show {"item":"${item}"}`);
  });

  test.each([
    '4号台账退回，佐证不全',
    '4号台账验收材料还缺两张照片',
    '佐证材料要附到台账后面，大家注意',
    '照片明天附到4号台账',
    '刚才的照片要不要附到4号台账？',
    '如果刚才的照片附到4号台账，会怎样',
    '小王说刚才的照片附到4号台账了',
    '附件已上传，请查收',
    '4号台账完成80%，照片已附',
    '请大家看佐证材料的要求',
    '没有佐证怎么验收',
  ])('「%s」 neither attaches nor shows', (text) => {
    expect(meantBy(text)).not.toContain('evidence.');
  });

  test.each(['刚才的照片附到4号台账', '看看佐证'])('「%s」 among colleagues does not attach', (text) => {
    expect(meantBy(text, 'group')).not.toContain('evidence.');
  });

  test.each(['刚才的照片附到台账', '看佐证'])('「%s」 without an item asks which', (text) => {
    expect(meantBy(text)).toBe('ask');
  });
});
