import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from '#bot/config.ts';

const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const LEAST = {
  ...{ WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1', WECOM_AGENT_SECRET: 's' },
  ...{ WECOM_TOKEN: 't', WECOM_ENCODING_AES_KEY: KEY },
};

describe('配置', () => {
  test('what is necessary is enough; empty is absent', () => {
    const config = readConfig({ ...LEAST, REDIS_URL: '', ADMIN_TOKEN: '' });

    expect(config).toMatchObject({ HOST: '127.0.0.1', PORT: 8080, TIMEZONE: 'Asia/Shanghai' });
    expect(config.REDIS_URL).toBeUndefined();
  });

  test.each([
    [{ TIMEZONE: 'UTC' }, 'TIMEZONE: 目前只支持 Asia/Shanghai'],
    [{ REDIS_URL: 'localhost' }, 'REDIS_URL: 应为 redis://'],
    [{ PUBLIC_URL: 'ftp://a' }, 'PUBLIC_URL: 应为手机能打开的网址'],
    [{ ADMIN_TOKEN: 'short' }, 'ADMIN_TOKEN: 应为至少 16 位'],
    [{ WECOM_ROBOT_ENCODING_AES_KEY: 'short' }, 'WECOM_ROBOT_ENCODING_AES_KEY: 应为 43 位'],
    [{ WECOM_ROBOT_TOKEN: 't' }, 'WECOM_ROBOT_ENCODING_AES_KEY: 填了 WECOM_ROBOT_TOKEN 就要填这一项'],
    [{ WECOM_ROBOT_SECRET: 's' }, 'WECOM_ROBOT_ID: 填了 WECOM_ROBOT_SECRET 就要填这一项'],
    [{ DATABASE_URL: 'mysql://a' }, 'DATABASE_URL: 应为 file:'],
  ])('%o is refused with a line that says what it should be', (env, line) => {
    expect(() => readConfig({ ...LEAST, ...env })).toThrow(line);
  });

  test('all that is wrong is said at once', () => {
    expect(() => readConfig({ TIMEZONE: 'UTC', WECOM_ROBOT_ID: 'r' })).toThrow(
      /TIMEZONE[\s\S]*WECOM_CORP_ID[\s\S]*WECOM_ROBOT_SECRET/,
    );
  });

  test('.env.example names every variable, each with a word of explanation', () => {
    const text = readFileSync(path.resolve(import.meta.dirname, '../.env.example'), 'utf8');
    const source = readFileSync(path.resolve(import.meta.dirname, '../bot/config.ts'), 'utf8');
    const known = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
    const explained = [...text.matchAll(/^# .*\p{Script=Han}.*\n([A-Z_]+)=/gmu)].map(([, name]) => name);

    expect(new Set(explained)).toEqual(new Set(known));
  });
});
