import { systemClock } from '#bot/calendar.ts';
import { type Config, readConfig } from '#bot/config.ts';
import { openDb } from '#bot/store/db.ts';
import { inWords, refusalOf } from '#bot/wecom/errors.ts';
import type { Check } from './check.ts';
import { checkCallbacks } from './check-callbacks.ts';

// A slow line is not a dead one.
const TIMEOUT_MS = 8000;
const MOST_SKEW_MS = 60_000;
const MOST_LOOKED_UP = 300;
const AT_THE_SAME_TIME = 8;
const MOST_NAMED = 5;
// What an empty message is refused with where the key is right; nothing reaches the group.
const LOCATION = '应用打开了“上报地理位置”，本系统不用位置：请到应用详情页“接收消息”里关闭';
const REFUSED_AS_EMPTY = new Set([0, 93_017, 44_004, 40_058, 40_008]);

interface Answer {
  errcode: number;
  [field: string]: unknown;
}

/** 企业微信接入: what is usually set up wrong, asked of the platform itself and of the running service. Sends nobody anything. */
export async function checkWecom(env: Record<string, string | undefined>): Promise<Check[]> {
  const config = configOf(env);
  if (!config) return [{ ok: false, what: '企业微信凭证', remedy: '配置不全，先补全上面的配置' }];
  return [
    ...(await checkApp(config)),
    ...checkRobotModes(config),
    ...(await checkGroups(config)),
    ...(await checkCallbacks(config)),
  ];
}

/** 智能机器人: the platform serves one mode only, whichever was chosen last in its console (protocol notes 5.1). */
function checkRobotModes(config: Config): Check[] {
  if (!config.WECOM_ROBOT_ID || !config.WECOM_ROBOT_TOKEN) return [];
  const remedy = '长连接和回调两种方式都填了，企业微信只认其中一种：请只留一种，清空另一种的两项';
  return [{ ok: false, what: '智能机器人方式', remedy }];
}

function configOf(env: Record<string, string | undefined>): Config | null {
  try {
    return readConfig(env);
  } catch {
    return null;
  }
}

const ok = (what: string): Check => ({ ok: true, what, remedy: '' });
const refused = (what: string, errcode: number): Check => ({ ok: false, what, remedy: inWords(errcode) });

async function ask(url: string, body?: object): Promise<{ answer: Answer; at: Date }> {
  const init = body && { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    const answer = (await response.json()) as Record<string, unknown>;
    const at = new Date(response.headers.get('date') ?? Number.NaN);
    return { answer: { ...answer, errcode: Number(answer['errcode'] ?? 0) }, at };
  } catch {
    return { answer: { errcode: -2 }, at: new Date(Number.NaN) };
  }
}

async function checkApp(config: Config): Promise<Check[]> {
  const base = config.WECOM_API_BASE;
  const credentials = new URLSearchParams({ corpid: config.WECOM_CORP_ID, corpsecret: config.WECOM_AGENT_SECRET });
  const { answer: token, at } = await ask(`${base}/cgi-bin/gettoken?${credentials}`);
  const skew = Math.abs(systemClock.now().getTime() - at.getTime());
  const clock = { ok: !(skew > MOST_SKEW_MS), what: '时钟', remedy: '与企业微信相差超过一分钟，请开启时间同步' };
  if (token.errcode !== 0)
    return [
      token.errcode === -2
        ? { ok: false, what: '企业微信凭证', remedy: `连不上 ${base}，请检查网络和 WECOM_API_BASE` }
        : refused('企业微信凭证', token.errcode),
      ...(Number.isNaN(skew) ? [] : [clock]),
    ];
  const access = `access_token=${String(token['access_token'])}`;
  const { answer: agent } = await ask(`${base}/cgi-bin/agent/get?${access}&agentid=${config.WECOM_AGENT_ID}`);
  const checks = [ok('企业微信凭证'), clock];
  if (agent.errcode !== 0) return [...checks, refused('自建应用', agent.errcode)];
  if (agent['close'] === 1) return [...checks, refused('自建应用', 50_003)];
  const located = agent['report_location_flag'];
  const place = { ok: !located, what: '位置上报', remedy: LOCATION };
  return [...checks, ok('自建应用'), place, ...(await checkRange(config, access, agent))];
}

/** 可见范围: empty, or without somebody of the roster. */
async function checkRange(config: Config, access: string, agent: Answer): Promise<Check[]> {
  const what = '可见范围';
  const lists = [
    (agent['allow_userinfos'] as { user?: unknown[] } | undefined)?.user,
    (agent['allow_partys'] as { partyid?: unknown[] } | undefined)?.partyid,
    (agent['allow_tags'] as { tagid?: unknown[] } | undefined)?.tagid,
  ];
  if (lists.every((list) => (list?.length ?? 0) === 0)) return [refused(what, 81_013)];
  const people = await roster(config.DATABASE_URL, config.DATA_KEY);
  const unseen: { name: string; errcode: number }[] = [];
  const waiting = [...people];
  const take = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const query = `${access}&userid=${encodeURIComponent(one.userid)}`;
      const { answer } = await ask(`${config.WECOM_API_BASE}/cgi-bin/user/get?${query}`);
      if (answer.errcode !== 0) unseen.push({ name: one.name, errcode: answer.errcode });
    }
  };
  await Promise.all(Array.from({ length: AT_THE_SAME_TIME }, take));
  // The first refusal that is about the app, not about a person, stands for all.
  const general = unseen.find(({ errcode }) => refusalOf(errcode).reaction !== 'drop');
  if (general) return [refused(what, general.errcode)];
  if (unseen.length === 0) return [ok(`${what}（花名册${people.length}人）`)];
  const names = unseen.slice(0, MOST_NAMED).map(({ name }) => name);
  const who = `${names.join('、')}${unseen.length > MOST_NAMED ? '等' : ''}${unseen.length}人收不到消息`;
  return [{ ok: false, what, remedy: `${who}：${inWords(unseen[0]?.errcode ?? 0)}` }];
}

async function roster(url: string, dataKey: string | undefined): Promise<{ userid: string; name: string }[]> {
  try {
    const db = await openDb(url, dataKey);
    const people = await db
      .read((client) =>
        client.person.findMany({ where: { leftOn: null }, take: MOST_LOOKED_UP, orderBy: { id: 'asc' } }),
      )
      .finally(() => db.close());
    return people.map(({ id, userid, name }) => ({ userid: userid || id, name }));
  } catch {
    return [];
  }
}

/** Those whose webhook was imported. */
async function boundGroups(url: string, dataKey: string | undefined): Promise<[string, string][]> {
  try {
    const db = await openDb(url, dataKey);
    const rows = await db
      .read((client) => client.groupChat.findMany({ where: { endedAt: null, webhook: { not: null } } }))
      .finally(() => db.close());
    return rows.map(({ name, webhook }) => [name, webhook ?? '']);
  } catch {
    return [];
  }
}

async function checkGroups(config: Config): Promise<Check[]> {
  const checks: Check[] = [];
  const bound = await boundGroups(config.DATABASE_URL, config.DATA_KEY);
  for (const [group, key] of new Map([...bound, ...config.WECOM_GROUP_WEBHOOKS])) {
    const body = { msgtype: 'text', text: { content: '' } };
    const { answer } = await ask(`${config.WECOM_API_BASE}/cgi-bin/webhook/send?key=${key}`, body);
    const what = `群机器人“${group}”`;
    checks.push(REFUSED_AS_EMPTY.has(answer.errcode) ? ok(what) : refused(what, answer.errcode));
  }
  return checks;
}
