import { z } from 'zod';

/** 安静时段: when scheduled messages wait; null if they never do. Times of the wall clock, the span runs over midnight. */
export type QuietHours = { from: string; to: string; restDays: boolean } | null;

const quietHours = z
  .string()
  .regex(/^(none|\d\d:\d\d-\d\d:\d\d(,restdays)?)$/, '应为 18:30-08:00,restdays 这样的时段，或 none')
  .default('18:30-08:00,restdays')
  .transform((text): QuietHours => {
    const [, from = '', to = '', rest] = /^(.{5})-(.{5})(,restdays)?$/.exec(text) ?? [];
    return text === 'none' ? null : { from, to, restDays: rest !== undefined };
  });

/** 群名 → webhook key, as `全局群=KEY,高新科群=KEY`. */
const groupWebhooks = z
  .string()
  .default('')
  .refine(
    (text) => text === '' || text.split(',').every((one) => /^[^=,]+=[\w-]+$/.test(one)),
    '应为 群名=KEY，多个用英文逗号隔开',
  )
  .transform((text) => new Map(text === '' ? [] : text.split(',').map((one) => one.split('=') as [string, string])));

const token = z.string('应为 1 到 32 位字母数字').regex(/^[A-Za-z0-9]{1,32}$/, '应为 1 到 32 位字母数字');
const encodingAesKey = z.string('应为 43 位字母数字').regex(/^[A-Za-z0-9]{43}$/, '应为 43 位字母数字');

const shape = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number({ error: '应为端口号，如 8080' }).int().min(0).max(65535).default(8080),
  DATABASE_URL: z
    .string()
    .regex(
      /^(file:|postgres(ql)?:\/\/)./,
      '应为 file:路径，如 file:./data/chuangyou.db，或 postgresql://用户:密码@主机/库',
    )
    .default('file:./data/chuangyou.db'),
  DATA_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, '应为 64 位十六进制数，可用 openssl rand -hex 32 生成')
    .optional(),
  MEDIA_DIR: z.string().min(1, '应为文件夹，如 ./data/media').default('./data/media'),
  BACKUP_DIR: z.string().min(1, '应为文件夹，如 ./data/backups，或 none').default('./data/backups'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: '应为手机能打开的网址，如 https://chuangyou.example.gov.cn' })
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/.+/, '应为 redis://主机:端口，只有一个实例时留空')
    .optional(),
  TIMEZONE: z.literal('Asia/Shanghai', '目前只支持 Asia/Shanghai').default('Asia/Shanghai'),
  ADMIN_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, '应为至少 16 位的字母、数字或符号，不含空格')
    .optional(),
  QUIET_HOURS: quietHours,
  WECOM_GROUP_WEBHOOKS: groupWebhooks,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  WECOM_API_BASE: z.url('应为网址').default('https://qyapi.weixin.qq.com'),
  WECOM_CORP_ID: z.string('请填企业ID').min(1, '请填企业ID'),
  WECOM_AGENT_ID: z.coerce.number('应为应用的 AgentId（数字）').int(),
  WECOM_AGENT_SECRET: z.string('请填应用的 Secret').min(1, '请填应用的 Secret'),
  WECOM_TOKEN: token,
  WECOM_ENCODING_AES_KEY: encodingAesKey,
  WECOM_CONTACTS_SECRET: z.string().optional(),
  WECOM_ROBOT_ID: z.string().optional(),
  WECOM_ROBOT_SECRET: z.string().optional(),
  WECOM_ROBOT_URL: z
    .url({ protocol: /^wss?$/, error: '应为 wss:// 开头的网址' })
    .default('wss://openws.work.weixin.qq.com'),
  WECOM_ROBOT_TOKEN: token.optional(),
  WECOM_ROBOT_ENCODING_AES_KEY: encodingAesKey.optional(),
  WECOM_ROBOT_NAME: z.string().max(32, '应为智能机器人的名称，如 创优助手').default('创优助手'),
});
export type Config = Readonly<z.infer<typeof shape>>;

/** What only works together. */
const PAIRS = [
  ['WECOM_ROBOT_ID', 'WECOM_ROBOT_SECRET'],
  ['WECOM_ROBOT_TOKEN', 'WECOM_ROBOT_ENCODING_AES_KEY'],
] as const;

/**
 * Reads the configuration; empty values count as absent.
 * @throws Error with one line for every variable that is missing or malformed, naming what it should look like.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = shape.safeParse(given);
  const halves = PAIRS.flatMap(([one, other]) => [
    ...(given[one] && !given[other] ? [`${other}: 填了 ${one} 就要填这一项`] : []),
    ...(given[other] && !given[one] ? [`${one}: 填了 ${other} 就要填这一项`] : []),
  ]);
  if (result.success && halves.length === 0) return Object.freeze(result.data);
  const issues = result.success ? [] : result.error.issues;
  const lines = [...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`), ...halves];
  throw new Error(`配置有误：\n${lines.join('\n')}`);
}
