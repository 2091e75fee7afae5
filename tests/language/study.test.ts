import { describe, expect, test } from 'vitest';
import { understand } from '#bot/language/understand.ts';
import { bureau, capabilities } from '../support/score.ts';

const world = bureau('fixture.json');
const now = new Date('2013-05-14T08:25+08:00');

/** What somebody means on the morning of a session, by the names of the capabilities carried out; 'ask' for a question. */
function meaningOf(text: string, from = 'U0401'): string {
  const speaker = world.members.find(({ id }) => id === from);
  if (!speaker) throw new Error(`nobody is called ${from}`);
  const understanding = understand({ text, speaker, now, chat: 'direct' }, world, capabilities);
  if (understanding.outcome !== 'act') return understanding.outcome;
  return understanding.commands.map(({ handler }) => handler.name).join(' ');
}

/** Sentences of each capability, and such as are near to it and must not be it. */
const SENTENCES: Record<string, { means: string[]; not: string[] }> = {
  'leave.return': {
    means: [
      '销假',
      '我来销假',
      '销个假',
      '回来上班了，销假',
      '领导，我已到岗，销假',
      '特来销假',
      '已返岗，销假',
      '报告，我销假了',
      '申请销假',
    ],
    not: ['怎么销假', '记得及时销假', '谁还没销假', '销假手续怎么办', '雷鸣销假了吗', '请假', '假别忘了销'],
  },
  'session.code': {
    means: [
      '签到码',
      '开启签到码',
      '显示签到码',
      '看看签到码',
      '签到码是多少',
      '生成签到码',
      '要签到码',
      '关闭签到码',
      '停用签到码',
      '出示会场签到码',
    ],
    not: ['签到码4821', '签到 4821', '签到码不对', '签到', '扫码签到', '签到率'],
  },
  'attendance.paper': {
    means: [
      '代签到 袁媛 石磊',
      '代签到：袁媛、石磊',
      '纸质签到 袁媛',
      '补录签到 石磊',
      '代录签到 袁媛 石磊 康宁',
      '补签到 石磊',
      '代签到 郑国栋',
      '纸质签到：温静，雷鸣',
      '代签到 关山 江帆',
    ],
    not: ['替袁媛签到', '代签到', '代签到 王五', '帮石磊签一下', '袁媛代签到了吗', '不许代签到'],
  },
  'attendance.confirm': {
    means: [
      '确认考勤',
      '考勤无误',
      '确认今天的考勤',
      '已组织',
      '确认签到情况',
      '考勤确认',
      '核对无误考勤',
      '确认考勤通报',
      '通报无误',
    ],
    not: ['考勤', '今天考勤怎么样', '确认', '考勤不对', '已组织3场', '学习已经组织好了吗'],
  },
  'session.close': {
    means: [
      '截止签到',
      '关闭签到',
      '停止签到',
      '结束签到吧',
      '请截止本场签到',
      '提前截止签到',
      '签到截止',
      '签到到此为止',
      '现在截止签到',
    ],
    not: ['签到什么时候截止', '签到截止了吗', '关闭签到码', '签到', '截止日期', '别截止签到'],
  },
  'attendance.correct': {
    means: [
      '更正考勤 袁媛 请假 会后补交了假条',
      '更正考勤：石磊 已到 漏签',
      '考勤更正 袁媛 迟到 路上堵车',
      '修正考勤 石磊 缺席 代签',
      '更正签到 袁媛 已到 手机没电',
      '改正考勤 石磊 请假 病假条已补',
      '补正考勤 康宁 已到 签在别的表上',
      '更正一下考勤 袁媛 请假 公差',
      '订正考勤 石磊 已到 扫码失败',
    ],
    not: [
      '更正考勤',
      '更正考勤 袁媛',
      '考勤不对',
      '怎么更正考勤',
      '更正：3号台账完成60%',
      '更正考勤 袁媛 石磊 请假 有事',
    ],
  },
  'session.prepare': {
    means: [
      '学习材料：中央八项规定原文',
      '学习材料是十八大报告辅导读本',
      '主讲人 柳文涛',
      '主讲人：孟宪章',
      '主讲改为柳文涛',
      '周五讲座的地点改到三楼会议室',
      '21号学习的材料：新党章',
      '讲座的主讲人是张教授',
      '周五讲座地点换到三楼会议室',
      '学习资料 新党章全文',
    ],
    not: ['材料已交', '学习材料发了吗', '主讲是谁', '材料：3号台账附件', '地点在哪', '学习材料还没有'],
  },
  'study.makeup': {
    means: [
      '补学 S0507 轻车简从从我做起',
      '补学：八项规定重在落实',
      '补学 八项规定，不打招呼下基层',
      '补学了 S0507 厉行节约',
      '登记补学 S0507 改进文风',
      '我来补学 S0507 精简会议',
      '补学要点：S0507 调查研究要深入',
      '补学 7号那场 厉行勤俭节约',
      '补学 S0507 抓铁有痕',
    ],
    not: ['谁没补学', '怎么补学', '补学情况', '安排补学', '打算补学', '提醒大家补学'],
  },
  'query.makeup': {
    means: [
      '补学情况',
      '谁还没补学',
      '补学名单',
      '我还要补学哪些',
      '查一下补学情况',
      '还有谁没补学',
      '补学进度',
      '看看补学统计',
      '我的补学情况',
    ],
    not: ['补学 S0507 要点若干', '补学', '补学制度', '组织补学', '自学情况', '谁没签到'],
  },
  'query.week': {
    means: [
      '本周学习',
      '本周学习情况',
      '上周学习情况',
      '第19周学习情况',
      '2013-W19学习情况',
      '周学习看板',
      '哪些科室本周还没学习',
      '下周学习安排',
      '看看本周学习',
      '这周集中学习情况怎么样',
    ],
    not: [
      '本周学习了多长时间',
      '上周我学了多长时间',
      '本周学习取消',
      '下周三安排一次集中学习',
      '本周自学两小时新党章',
      '本周工作',
    ],
  },
  'study.exempt': {
    means: [
      '知识产权科本周免学，全科在郑州参加执法检查',
      '全局本周免学，迎接省厅检查',
      '高新科上周免学，原因：外出招商',
      '示范园区本周免学：三夏大忙',
      '情报所本周免学，搬迁办公室',
      '人事科下周免学，参加市里招考',
      '孵化器本周免学，承办创业大赛',
      '农村科本周免学 因为全科下乡',
      '生产力中心本周免学，设备检修',
    ],
    not: ['本周免学', '能否免学', '高新科本周免学吗', '哪些科室免学', '申请本周免学', '知识产权科本周免学'],
  },
};

describe('学习各项说法', () => {
  const cases = Object.entries(SENTENCES);
  const means = cases.flatMap(([name, { means }]) => means.map((text) => ({ name, text })));
  const not = cases.flatMap(([name, { not }]) => not.map((text) => ({ name, text })));

  test.each(cases)('%s has fifteen sentences of its own', (_, { means, not }) => {
    expect(new Set([...means, ...not]).size).toBeGreaterThanOrEqual(15);
  });
  test.each(means)('“$text” means $name', ({ name, text }) => {
    expect(meaningOf(text, 'U0201')).toBe(name);
  });
  test.each(not)('“$text” does not mean $name', ({ name, text }) => {
    expect(meaningOf(text, 'U0201').split(' ')).not.toContain(name);
  });
  test('a clerk’s 代签到 is somebody signing for another', () => {
    expect(meaningOf('代签到 袁媛', 'U0403')).toBe('ask');
  });
});
