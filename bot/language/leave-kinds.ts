import { verbose } from './verbose.ts';

/** 年休假、病假、公差、事假、婚假这样的其他假: which kind of leave the words tell of; the first that fits counts. */
const KINDS: [type: 'annual' | 'sick' | 'personal' | 'business' | 'other', words: RegExp][] = [
  ['annual', /年休|年假|公休|休年|疗养/],
  ['sick', /病假/],
  ['business', /公假|公差假|因公/],
  ['other', /(?:婚|产|丧|护理|陪护|探亲|哺乳|育儿|工伤)假/],
  [
    'personal',
    /事假|(?:孩子|小孩|娃|宝宝|闺女|儿子|女儿|老公|老伴|父母|岳父|岳母|家长|家[里中人]|家母|家父|母亲|父亲|老人|爱人|媳妇|老婆|丈夫|[爸妈]|岳|公公|婆婆)/,
  ],
  [
    'sick',
    verbose`
      病假 | 看病 | 生病 | 病了 | [眼骨牙妇内外]科 | 门诊 | 挂号 | 复诊 | 胃镜 | 拍片 | 发烧 | 发热 | 感冒 | 医院 | 住院 | 手术
      | 不舒服 | 拉肚子 | 肚子疼 | 头疼 | 头晕 | 腰 | 牙 | 输液 | 打针 | [吐泻晕疼痛炎喘] | 口腔 | 检查身体 | 体检 | 复查 | 化验
      | 崴 | 摔 | 咳嗽 | 过敏 | 中暑 | 大夫
    `,
  ],
  [
    'personal',
    /事假|孩子|小孩|家长会|家里|家中|家属|老人|父亲|母亲|爱人|媳妇|老婆|丈夫|爸|妈|岳|婆婆|结婚|婚礼|丧|白事|喜事|搬家|私事|因私|私人|个人|过户|办证|相亲|接站|亲戚|疫苗|房子|装修|考试/,
  ],
  [
    'business',
    verbose`
      出差 | 公差 | 公干 | 送材料 | 送文件 | 取材料 | 下乡 | 开会 | 会议 | 培训班 | 调研 | 迎检 | 检查 | 审计 | 省厅 | 市里 | 市委
      | 市政府 | 县里 | 政府 | 项目 | 企业 | 郑州 | 北京 | 材料 | 热线 | 汇报 | 陪同 | 跑 | 巡察 | 值班 | 接待 | 驻村 | 帮扶 | 协调
      | 评审 | 招商 | 签约 | 去[省市县区] | 赴 | 出席 | 考察 | 对账 | 送审 | 颁奖 | 领奖 | 工地 | 现场
    `,
  ],
  ['annual', /休假/],
];

export type LeaveKind = (typeof KINDS)[number][0];

/** Which kind of leave words ask for (R15); undefined where they tell none. */
export const leaveKindSaid = (text: string): LeaveKind | undefined => KINDS.find(([, words]) => words.test(text))?.[0];
