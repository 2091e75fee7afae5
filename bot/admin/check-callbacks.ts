import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { WSClient } from '@wecom/aibot-node-sdk';
import { systemClock } from '#bot/calendar.ts';
import type { Config } from '#bot/config.ts';
import { type CallbackKeys, seal } from '#bot/wecom/crypto.ts';
import { inWords } from '#bot/wecom/errors.ts';
import type { Check } from './check.ts';

// A slow line is not a dead one.
const TIMEOUT_MS = 8000;
const SUBSCRIBE_MS = 5000;

/** Why the running service refused the last callback of the platform, and what that means. */
const REFUSED: Record<string, string> = {
  signature: '企业微信发来的消息签名不符：Token 与“接收消息”页填写的不一致，请重新复制到 {token}，再重启服务',
  padding: '企业微信发来的消息解不开：EncodingAESKey 与“接收消息”页填写的不一致，请重新复制到 {key}，再重启服务',
  ciphertext: '企业微信发来的消息解不开：EncodingAESKey 与“接收消息”页填写的不一致，请重新复制到 {key}，再重启服务',
  'receive id': '消息属于别的企业：请核对 WECOM_CORP_ID',
  corp: '消息属于别的企业：请核对 WECOM_CORP_ID',
  agent: '消息属于别的应用：请核对 WECOM_AGENT_ID，并确认接收消息设在“创优助手”这个应用上',
  timestamp: '消息时间与本机相差超过10分钟，请开启时间同步',
};

interface Callback {
  channel: 'app' | 'robot';
  what: string;
  path: string;
  keys: CallbackKeys;
  names: { token: string; key: string };
}

/** 接收消息: the address answers from outside, what the platform sent last was taken, and the robot is connected. */
export async function checkCallbacks(config: Config): Promise<Check[]> {
  const own = `http://${config.HOST === '0.0.0.0' ? '127.0.0.1' : config.HOST}:${config.PORT}`;
  const state = await metricsOf(own, config.ADMIN_TOKEN);
  const checks: Check[] = [];
  for (const callback of callbacksOf(config)) checks.push(await checkOne(callback, config.PUBLIC_URL ?? own, state));
  const { WECOM_ROBOT_ID: id, WECOM_ROBOT_SECRET: secret } = config;
  if (id && secret) checks.push(await checkRobot(id, secret, config.WECOM_ROBOT_URL, state));
  return checks;
}

function callbacksOf(config: Config): Callback[] {
  const { WECOM_ROBOT_TOKEN: token, WECOM_ROBOT_ENCODING_AES_KEY: encodingAESKey } = config;
  const app: Callback = {
    ...{ channel: 'app', what: '接收消息（自建应用）', path: '/wecom/callback' },
    names: { token: 'WECOM_TOKEN', key: 'WECOM_ENCODING_AES_KEY' },
    keys: {
      ...{ token: config.WECOM_TOKEN, encodingAESKey: config.WECOM_ENCODING_AES_KEY, receiveId: config.WECOM_CORP_ID },
    },
  };
  if (!token || !encodingAESKey) return [app];
  const names = { token: 'WECOM_ROBOT_TOKEN', key: 'WECOM_ROBOT_ENCODING_AES_KEY' };
  const keys = { token, encodingAESKey, receiveId: '' };
  return [app, { channel: 'robot', what: '接收消息（智能机器人）', path: '/wecom/robot', keys, names }];
}

async function checkOne({ channel, what, path, keys, names }: Callback, base: string, state: string | null) {
  const wrong = (remedy: string): Check => ({ ok: false, what, remedy });
  const answered = await verify(`${base}${path}`, keys);
  if (answered === 'unreachable')
    return wrong(`${base}${path} 打不开：请确认服务已启动（npm start）、PUBLIC_URL 和反向代理指向它、防火墙放行`);
  if (answered === 'refused')
    return wrong(`${base}${path} 不认识现在的 Token 和 EncodingAESKey：修改 .env 后要重启服务`);
  const last = state && lastResult(state, channel);
  const known = last ? REFUSED[last] : undefined;
  if (known) return wrong(known.replace('{token}', names.token).replace('{key}', names.key));
  return { ok: true, what: last === 'kept' ? `${what}（最近一条已收下）` : what, remedy: '' };
}

/** 验证URL as the platform does it when the form is saved. */
async function verify(url: string, keys: CallbackKeys): Promise<'fine' | 'refused' | 'unreachable'> {
  const word = randomBytes(8).toString('hex');
  const timestamp = String(Math.floor(systemClock.now().getTime() / 1000));
  const { signature, nonce, encrypted } = seal(keys, word, timestamp, randomBytes(5).toString('hex'));
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce, echostr: encrypted });
  try {
    const response = await fetch(`${url}?${query}`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (response.status === 200 && (await response.text()) === word) return 'fine';
    return response.status === 403 || response.status === 400 ? 'refused' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

async function metricsOf(base: string, adminToken: string | undefined): Promise<string | null> {
  try {
    const headers = adminToken ? { authorization: `Bearer ${adminToken}` } : undefined;
    const response = await fetch(`${base}/metrics`, {
      ...(headers && { headers }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.status === 200 ? await response.text() : null;
  } catch {
    return null;
  }
}

/** What became of the newest callback the service saw; its own verification above counts for none. */
function lastResult(state: string, channel: string): string | undefined {
  const lines = state.matchAll(/^chuangyou_callback_last_seconds\{channel="(\w+)",result="([^"]+)"\} ([\d.e+]+)$/gm);
  const seen = [...lines].flatMap(([, of, result = '', at]) => (of === channel ? [{ result, at: Number(at) }] : []));
  return seen.sort((one, other) => other.at - one.at)[0]?.result;
}

/** Asks the running service, which holds the one connection; only where none runs it is tried here. */
async function checkRobot(botId: string, secret: string, wsUrl: string, state: string | null): Promise<Check> {
  const what = '智能机器人（长连接）';
  if (state !== null) {
    const isReady = state.includes('chuangyou_robot_state{state="ready"}');
    const isRefused = /chuangyou_wecom_errors_total\{code="853000"\}/.test(state);
    const remedy = isRefused ? inWords(853_000) : '没有连上，请检查网络，并确认没有别的程序在用同一个机器人';
    return { ok: isReady, what, remedy };
  }
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const client = new WSClient({
    botId,
    secret,
    wsUrl,
    logger: quiet,
    maxReconnectAttempts: 0,
    maxAuthFailureAttempts: 0,
  });
  const answered = await Promise.race([
    new Promise<string>((resolve) => {
      client.on('authenticated', () => resolve('ready'));
      client.on('error', (error) => resolve(/Authentication/.test(error.message) ? 'refused' : 'unreachable'));
      client.connect();
    }),
    pause(SUBSCRIBE_MS, 'unreachable'),
  ]);
  client.disconnect();
  const remedy = answered === 'refused' ? inWords(853_000) : `连不上 ${wsUrl}，请检查网络`;
  return { ok: answered === 'ready', what, remedy };
}
