/** Texts nobody writes in earnest: whatever they do to patterns, the answer must come at once and record nothing. */
export const BAD_TEXTS: readonly string[] = [
  '签到完成验收'.repeat(3400),
  `${'累计'.repeat(2000)}${'1'.repeat(2000)}项`,
  '（'.repeat(3000),
  '3号台账完成60%，'.repeat(1000),
  '一二三四五六七八九十'.repeat(2000),
  '不是3家，是5家，'.repeat(2000),
  '1、'.repeat(6000),
  '昨天'.repeat(6000),
  '张三李四王五'.repeat(3000),
  'a'.repeat(20_000),
  'K3-1'.repeat(5000),
  `${'请假'.repeat(3000)}？`,
  '\u202e\u0000\u200d'.repeat(7000),
  '5/7、'.repeat(5000),
  '同意，不同意，'.repeat(2500),
  // what only frames a message, and something behind it
  `${'，'.repeat(20_000)}x`,
];
