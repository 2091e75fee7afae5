import JSZip from 'jszip';
import { describe, expect, test } from 'vitest';
import { meaning } from '../support/meaning.ts';
import { inPlace } from '../support/press.ts';
import { openWorld } from '../support/world.ts';

const wordsIn = async (bytes: Buffer | undefined): Promise<string> => {
  const zip = await JSZip.loadAsync(bytes ?? Buffer.alloc(0));
  const xml = (await zip.file('word/document.xml')?.async('string')) ?? '';
  return xml.replace(/<\/w:p>/g, '\n').replace(/<[^>]+>/g, '');
};
const inOrder = (text: string, parts: string[]): void => {
  const places = parts.map((part) => text.indexOf(part));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect([...places].sort((one, other) => one - other)).toEqual(places);
};

describe('月报、督办通报 (requirements 3.1, 3.4, 3.5)', () => {
  test('the bureau’s report has its six sections and the digest’s figures; the bulletin facts, problems, demands and nobody’s name', async () => {
    const world = await openWorld({ now: '2013-05-14T12:00:00+08:00', press: inPlace });
    const campaign = { id: 1, name: '一创双优', from: '2013-03-01', to: '2013-09-30', office: '濮阳市科学技术局' };
    await world.db.client.campaign.create({ data: campaign });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { roles: '["staff","office"]' } });
    await world.says('L01', '交办高新科：5月20日前报孵化器名单');
    await world.says('U0502', 'K3-4累计0个');
    world.at('2013-05-27T09:00:00+08:00');
    await world.says('U0501', '五月份总结：新培育企业1家，存在人手不足问题；下月抓紧申报高企\n9号台账未报。');
    world.at('2013-06-03T08:59:00+08:00');
    await world.passUntil('2013-06-03T09:30:00+08:00');

    const report = world.wecom.papers.find(({ name }) => name.endsWith('月报.docx'));
    expect([report?.to, report?.name]).toEqual(['u0702', '濮阳市科学技术局2013年5月份“一创双优”活动月报.docx']);
    const text = await wordsIn(report?.bytes);
    inOrder(text, [
      '一、总体情况',
      '二、重点工作进展',
      '三、学习教育',
      '四、督办与整改',
      '五、存在问题',
      '六、下步安排',
    ]);
    inOrder(text, ['附件：工作台账', '濮阳市科学技术局\n2013年6月3日']);
    expect(text).toContain('交办转办1项，办结0.0%（0/1），逾期1项（高新技术发展及产业化科1项）。');
    expect(text).toContain('高新技术发展及产业化科：下月抓紧申报高企。');

    expect((await world.says('U0702', '起草5月份督办通报'))[0]).toContain('发文字号留空');
    const bulletin = world.wecom.papers.find(({ name }) => name === '关于2013年5月份重点工作督办情况的通报.docx');
    const words = await wordsIn(bulletin?.bytes);
    inOrder(words, [
      '〔2013〕　号',
      '机关各科室、局属各单位：',
      '现将有关情况通报如下：',
      '一、基本情况',
      '二、存在问题',
      '三、下步要求',
    ]);
    // Named once, for the matter that is late and the item that is far behind.
    expect(words.match(/高新技术发展及产业化科.*/g)).toEqual([
      expect.stringContaining('工作推进不够有力，1项交办转办事项未按时限完成，共3项台账亮红灯。'),
    ]);
    expect(words).toContain('请于6月8日前报整改措施');
    for (const { name } of await world.db.client.person.findMany()) expect(words).not.toContain(name);
  });

  test.each([
    ['起草5月份督办通报', 'supervision.bulletin'],
    ['草拟一份督查通报', 'supervision.bulletin'],
    ['导出督办情况通报', 'supervision.bulletin'],
    ['生成上个月的督办通报', 'supervision.bulletin'],
    ['做一份督导工作的通报', 'supervision.bulletin'],
    ['督办通报文件', 'supervision.bulletin'],
    ['拟个四月督办通报', 'supervision.bulletin'],
    ['督办情况通报出一份word', 'supervision.bulletin'],
    ['请起草督办通报', 'supervision.bulletin'],
    ['督查通报导出', 'supervision.bulletin'],
    ['督办通报已经印发', 'none'],
    ['不用起草督办通报', 'none'],
    ['督办通报谁起草的', 'none'],
    ['收到督办通报', 'none'],
    ['听说要起草督办通报', 'none'],
  ])('「%s」 means %s', (text, meant) => {
    expect(meaning(text, { from: 'U0201', now: '2013-05-23T10:00:00+08:00' })).toBe(meant);
  });
});
