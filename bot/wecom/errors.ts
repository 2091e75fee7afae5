/**
 * What a refusal asks for (protocol notes 6):
 * - retry: wait a little and repeat
 * - refresh: a new token, then once more
 * - slow: the rest of the minute or hour has to pass
 * - again: what was uploaded is gone, upload it anew
 * - elsewhere: this way of answering is closed, another one is not
 * - drop: permanent for this message; the office hears of it
 * - alert: something is set up wrong; nothing more is tried for a while, nothing is lost, who runs the service is told
 * - fix: the request was not as it has to be; an error of this program
 */
export type Reaction = 'retry' | 'refresh' | 'slow' | 'again' | 'elsewhere' | 'drop' | 'alert' | 'fix';

/** One refusal: what it means and what to do about it, in the office's words. */
export interface Refusal {
  reaction: Reaction;
  means: string;
  remedy: string;
}

const CALL_MAINTAINER = '这是程序的问题，请把错误码告诉维护人员';
const CHECK_RANGE = '请到应用详情页把该成员加入“可见范围”';
const CHECK_IP = '请到应用详情页“企业可信IP”中加入服务器的出口IP，约一分钟后生效';
const CHECK_ROSTER = '请核对花名册里的账号，离职人员请在花名册中标明';

type Line = [codes: number[], reaction: Reaction, means: string, remedy: string];
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Chapter 6 of the protocol notes, in its order. */
const LINES: Line[] = [
  [[-2], 'retry', '连不上企业微信', '请检查网络和 WECOM_API_BASE'],
  [[-1], 'retry', '企业微信繁忙', ''],
  [[6000], 'retry', '企业微信正在修改同一数据', ''],
  [[40001], 'alert', 'Secret 不对，或应用已停用', '请到应用详情页重新复制 Secret 到 WECOM_AGENT_SECRET'],
  [[40013], 'alert', '企业ID不对', '请到“我的企业”页核对 WECOM_CORP_ID'],
  [[40014, 42001], 'refresh', '访问令牌失效', ''],
  [[40091], 'alert', 'Secret 属于别的企业', '请核对 WECOM_CORP_ID 与 WECOM_AGENT_SECRET'],
  [[41001, 41002, 41004, 40096], 'fix', '请求缺少凭证', CALL_MAINTAINER],
  [[40056, 301002], 'alert', 'AgentId 与 Secret 不是同一个应用', '请到应用详情页核对 WECOM_AGENT_ID'],
  [
    [40057, -30065],
    'alert',
    '回调地址没有通过验证',
    '请先启动服务，再到“接收消息”页保存；核对 URL、Token 和 EncodingAESKey',
  ],
  [[43012], 'alert', '应用没有设置接收消息，不能发按钮卡片', '请到应用详情页“接收消息”设置 API 接收'],
  [[48001, 48002, 48003, 48004], 'alert', '应用没有调用这个接口的权限', '请到管理后台核对应用的权限'],
  [[48005], 'fix', '接口已停用', CALL_MAINTAINER],
  [[48006], 'alert', '应用长期不用，权限被收回', '请到管理后台重新启用应用'],
  [[48009], 'fix', '通讯录同步助手不能读成员详情', CALL_MAINTAINER],
  [[48010], 'fix', 'TLS 版本太低', '请升级服务器的系统'],
  [[50003, 50006, 60031], 'alert', '应用已停用', '请到管理后台启用应用'],
  [[60020], 'alert', '服务器IP不在可信名单', CHECK_IP],
  [[301042], 'alert', '服务器IP不在该接口的白名单', CHECK_IP],
  [[301007], 'alert', '企业已解散或被停用', '请联系企业微信管理员'],
  [[80001, 85005], 'alert', '可信域名不对或没有备案', '请到应用详情页“网页授权及JS-SDK”核对域名'],
  [[85004], 'alert', '本月修改域名次数已用完', '请下月再改'],

  [[40003, 60111, 46004, 301021], 'drop', '账号不存在', CHECK_ROSTER],
  [[40031, 40032], 'fix', '账号列表不对或过长', CALL_MAINTAINER],
  [[40033, 40035, 40058, 40063, 40073, 44001, 44002, 44003, 44004], 'fix', '消息内容不合规格', CALL_MAINTAINER],
  [[...range(40004, 40006), ...range(40009, 40011), 40123], 'drop', '图片或文件的类型、大小不合要求', '请换一个文件'],
  [[40007, 40145], 'again', '素材已过期', ''],
  [[40008], 'fix', '消息类型在这里不能用', CALL_MAINTAINER],
  [[40066, 60003, 60123], 'drop', '部门不存在', CHECK_ROSTER],
  [[40068], 'drop', '标签不存在', '请核对标签'],
  [[40074], 'fix', '图文消息不能保密', CALL_MAINTAINER],
  [[...range(40016, 40028), 40054, 40055], 'fix', '菜单不合规格', CALL_MAINTAINER],
  [[40094, 45034], 'fix', '网址缺少协议', CALL_MAINTAINER],
  [[40201, 40204], 'drop', '内容没有通过安全审核', '请修改措辞后再发'],
  [[40206], 'fix', '请求过大', CALL_MAINTAINER],
  [[45001], 'drop', '文件过大', '请压缩后再发'],
  [[45002], 'fix', '消息过长', CALL_MAINTAINER],
  [[45007, 45008], 'fix', '语音过长或图文过多', CALL_MAINTAINER],
  [[45029], 'fix', '一次取的数据过多', CALL_MAINTAINER],
  [[46003], 'drop', '还没有菜单', '请运行 admin wecom setup'],
  [[81012, 82001], 'fix', '没有写收件人', CALL_MAINTAINER],
  [[81013], 'drop', '收件人都不在应用的可见范围', CHECK_RANGE],
  [[82002, 82003], 'fix', '部门或标签过多', CALL_MAINTAINER],
  [[82004], 'drop', '内容不合法', '请修改后再发'],
  [[82101, 82102], 'drop', '要更新的卡片不在这个会话里', ''],
  [[60011, 50002, 60021, 92000], 'drop', '成员、部门或标签不在应用的权限内', CHECK_RANGE],
  [[84014, 84015], 'drop', '登录凭据已过期', '请重新打开页面'],
  [[40029, 42003, 42022], 'drop', '登录码已用过或过期', '请重新打开页面'],
  [[50001], 'alert', '网页地址的域名没有登记', '请到应用详情页“网页授权及JS-SDK”填可信域名'],
  [[40093, 42012, 91040], 'fix', '页面签名不对', CALL_MAINTAINER],
  [range(90_200, 90_208), 'fix', '小程序通知不合规格', CALL_MAINTAINER],
  [[830_002], 'fix', '大文件要分段取', CALL_MAINTAINER],

  [[...range(42_014, 42_020), ...range(42_027, 42_051)], 'fix', '卡片不合规格', CALL_MAINTAINER],
  [[42_052], 'drop', '发出超过24小时，不能撤回', ''],
  [[60_140], 'drop', '卡片已更新过或超过72小时', ''],
  [[40_050, 86_001, 86_003, 86_201, 86_205, 86_206], 'drop', '群不存在', '请重新建群'],
  [
    [...range(86_004, 86_007), ...range(86_202, 86_204), 86_207, 86_216],
    'fix',
    '群名、群主或成员不合要求',
    CALL_MAINTAINER,
  ],
  [[86_008], 'drop', '群不是本应用建的', '请改用群机器人'],
  [[86_101], 'drop', '只有群主能这样做', ''],
  [[86_215], 'drop', '群已存在', ''],
  [[86_217], 'fix', '发送者不在群里', CALL_MAINTAINER],
  [[49_008], 'drop', '群已解散', '请重新建群'],

  [[45_009], 'slow', '调用过于频繁', ''],
  [[45_033], 'retry', '同时调用过多', ''],
  [[45_024, 45_035, 45_036], 'alert', '企业的额度已用完', '请联系企业微信管理员'],

  [[93_000], 'drop', '群机器人的 key 不对，或机器人已移出群', '请在群里重新添加机器人，更新 WECOM_GROUP_WEBHOOKS'],
  [[93_001], 'drop', '群不允许推送', '请群主打开消息推送'],
  [[93_004], 'drop', '群机器人已停用', '请在群里重新启用'],
  [[93_006, 93_008], 'drop', '群号不对，或机器人不在群里', '请把机器人加进群'],
  [[93_017, 93_018], 'fix', '群消息为空或图片过大', CALL_MAINTAINER],
  [[93_019], 'alert', '机器人ID不对', '请核对 WECOM_ROBOT_ID'],
  [[93_050], 'fix', '答复类型不对', CALL_MAINTAINER],
  [[130_101], 'slow', '群机器人发得过快', ''],
  [[846_601], 'alert', '机器人没有开启长连接', '请到机器人配置页选“长连接”'],
  [[846_604, 846_605], 'elsewhere', '答复地址已失效', ''],
  [[846_606], 'elsewhere', '已答复过', ''],
  [[846_607], 'slow', '机器人在这个会话里发得过多', ''],
  [[846_608, 600_039], 'elsewhere', '流式答复已过期', ''],
  [[846_609], 'retry', '机器人连接已断开', ''],
  [[846_610], 'fix', '机器人答复的种类不对', CALL_MAINTAINER],
  [[846_611, 846_612, 846_613, 846_616], 'again', '上传没有完成', ''],
  [[846_625], 'fix', '卡片编号不对', CALL_MAINTAINER],
  [[846_697], 'drop', '文件类型不能发', '请换一个文件'],
  [[853_000], 'alert', '机器人ID或 Secret 不对', '请到机器人配置页重新复制 WECOM_ROBOT_ID 和 WECOM_ROBOT_SECRET'],
  [[853_001], 'alert', '企业没有开通智能机器人', '请联系企业微信管理员'],

  [[301_022], 'retry', '打卡数据暂时取不到', ''],
  [[301_023, 301_024, 301_025, 301_083, 301_086], 'fix', '打卡或审批的参数不对', CALL_MAINTAINER],
  [[301_026, 301_055, 301_056], 'alert', '应用没有打卡或审批的权限', '请到管理后台“可调用接口的应用”中加入本应用'],
  [[301_057], 'retry', '审批提交失败', ''],
  [[301_079], 'drop', '请假时间冲突', ''],
];

/** Every code the notes name. */
export const REFUSALS: ReadonlyMap<number, Refusal> = new Map(
  LINES.flatMap(([codes, reaction, means, remedy]) =>
    codes.map((code): [number, Refusal] => [code, { reaction, means, remedy }]),
  ),
);

/** What a code means; one the notes do not name is permanent for its request. */
export const refusalOf = (errcode: number): Refusal =>
  REFUSALS.get(errcode) ?? { reaction: 'drop', means: '企业微信没有受理', remedy: `请查企业微信错误码 ${errcode}` };

/** “收件人都不在应用的可见范围（81013）。请到……”: a code in a sentence or two. */
export function inWords(errcode: number): string {
  const { means, remedy } = refusalOf(errcode);
  const code = errcode === -2 ? '' : `（${errcode}）`;
  return `${means}${code}。${remedy && `${remedy}。`}`;
}

const WORTH_ANOTHER_TRY = new Set<Reaction>(['retry', 'refresh', 'slow', 'again', 'alert']);

/** What WeCom answered, or that it did not (-2); `retryable` tells the outbox whether to try again. */
export class WecomError extends Error {
  readonly errcode: number;
  readonly reaction: Reaction;
  readonly retryable: boolean;
  constructor(api: string, errcode: number) {
    super(`${api} errcode ${errcode}`);
    this.errcode = errcode;
    this.reaction = refusalOf(errcode).reaction;
    this.retryable = WORTH_ANOTHER_TRY.has(this.reaction);
  }
}
