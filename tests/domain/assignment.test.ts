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

  test.each([
    ['to another unit', { department: 'A', held: [], transfers: 0 }, 'B', false, { kind: 'ask', back: false }],
    ['to where it is', { department: 'A', held: [], transfers: 0 }, 'A', false, { kind: 'same-unit' }],
    [
      'back to a former holder',
      { department: 'B', held: ['A'], transfers: 1 },
      'A',
      false,
      { kind: 'ask', back: true },
    ],
    ['a third time', { department: 'C', held: ['A', 'B'], transfers: 2 }, 'D', false, { kind: 'needs-assigner' }],
    [
      'a third time by whoever gave it',
      { department: 'C', held: ['A', 'B'], transfers: 2 },
      'D',
      true,
      { kind: 'ask', back: false },
    ],
  ] as const)('passing on %s', (_, holding, to, byAssigner, outcome) => {
    expect(passOn(holding, to, byAssigner)).toEqual(outcome);
  });
});
