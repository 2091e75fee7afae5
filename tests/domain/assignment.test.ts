import { describe, expect, test } from 'vitest';
import { matterIn, numberOf, passOn } from '#bot/domain/assignment.ts';

const names = ['高新技术发展及产业化科', '高新科', '社会发展科技科', '社发科'];

describe('交办事项', () => {
  test.each([
    ['交办高新科：5月20日前报孵化器名单', '报孵化器名单'],
    ['交办高新科：周五前报孵化器名单。', '报孵化器名单'],
    ['让高新科下周三前把产业集聚区调研报告交上来', '产业集聚区调研报告交上来'],
    ['请高新科月底前报送重点企业名单', '报送重点企业名单'],
    ['高新科三个工作日内核实专利资助情况', '核实专利资助情况'],
    ['交办高新科：核实群众反映的资助问题，期限5月20日', '核实群众反映的资助问题'],
    ['责成高新技术发展及产业化科六月十五号前拿出整改方案', '拿出整改方案'],
    ['交办高新科：周五前报', '交办高新科：周五前报'],
    ['交办高新科、社发科：5月20日前报孵化器名单', '报孵化器名单'],
    ['由高新科牵头、社发科配合，5月20日前报对接方案', '报对接方案'],
    ['交办高新技术发展及产业化科牵头，社会发展科技科配合：5月20日前报对接方案', '报对接方案'],
    ['让高新科协助企业周五前报专利', '协助企业周五前报专利'],
    ['高新科会同社发科5月20日前报对接方案', '报对接方案'],
    ['交办高新科：报5月20日会议的参会名单', '报5月20日会议的参会名单'],
  ])('「%s」 is about 「%s」', (text, matter) => {
    expect(matterIn(text, names)).toBe(matter);
  });

  test('numbers count within the year', () => {
    expect([numberOf('JB', '2013', 1), numberOf('ZB', '2013', 42)]).toEqual(['JB2013-001', 'ZB2013-042']);
  });

  const first = { department: 'A', held: [], transfers: 0 };
  const third = { department: 'C', held: ['A', 'B'], transfers: 2 };
  test.each([
    ['to another unit', first, 'B', { byAssigner: false, across: false }, { kind: 'ask', back: false, needs: null }],
    ['to where it is', first, 'A', { byAssigner: false, across: false }, { kind: 'same-unit' }],
    ['to another line', first, 'B', { byAssigner: false, across: true }, { kind: 'ask', back: false, needs: 'across' }],
    [
      'back',
      { ...third, transfers: 1 },
      'A',
      { byAssigner: false, across: false },
      { kind: 'ask', back: true, needs: null },
    ],
    ['a third time', third, 'D', { byAssigner: false, across: false }, { kind: 'ask', back: false, needs: 'often' }],
    ['by whoever gave it', third, 'D', { byAssigner: true, across: true }, { kind: 'ask', back: false, needs: null }],
  ] as const)('passing on %s', (_, holding, to, who, outcome) => {
    expect(passOn(holding, to, who)).toEqual(outcome);
  });
});
