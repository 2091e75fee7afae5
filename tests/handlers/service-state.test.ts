import { existsSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Job } from '#bot/job.ts';
import { backUp, tryRestore } from '#jobs/index.ts';
import { meaning } from '../support/meaning.ts';
import { openWorld } from '../support/world.ts';

const MONDAY = '2013-05-13T16:00:00+08:00';
const ADMIN = 'U0502';

async function office(env: Record<string, string> = {}, some?: readonly Job[]) {
  const world = await openWorld({ now: MONDAY, env, ...(some && { jobs: some }) });
  await world.db.client.person.update({ where: { id: 'u0502' }, data: { roles: '["staff","admin"]' } });
  return world;
}

describe('状态', () => {
  test('the administrator hears connection, last callback, queue, failed sends, job slots and backup age; staff do not', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chuangyou-backup-'));
    const world = await office({ BACKUP_DIR: folder });
    await world.passUntil('2013-05-14T08:30:00+08:00');

    const [answer] = await world.says(ADMIN, '状态');

    expect(answer?.split('\n')).toEqual([
      '运行正常。',
      '企业微信：连得上（5月14日（星期二）08:30探测）；最近一次回调：5月14日（星期二）08:30。',
      expect.stringMatching(/^队列：待办理0条，待发送\d+条。$/),
      expect.stringMatching(/^定时任务：七天内到点\d+次，按时或补做\d+次。$/),
      expect.stringMatching(/^最近备份：5月14日（星期二）02:0\d（\d+\.\dMB）；最近恢复演练：还没有。$/),
    ]);
    expect((await world.says('U0503', '状态'))[0]).toContain('系统管理员或活动办');
  });

  test('what is wrong comes first: a platform that cannot be reached, messages given up, a job that was missed', async () => {
    const world = await office();
    await world.says(ADMIN, '签到');
    world.wecom.behaves('down');
    world.at('2013-05-16T10:00:00+08:00');
    await world.app.tick();
    world.wecom.behaves('well');
    await world.db.client.outbox.create({
      data: {
        ...{ key: 'x', kind: 'user', address: 'u0503', text: '…', notBefore: world.now() },
        ...{ parkedAt: world.now(), error: '60111', reason: '成员不存在。' },
      },
    });

    const [answer = ''] = await world.says(ADMIN, '状态');

    const [verdict = ''] = answer.split('\n');
    expect(verdict).toMatch(/^有\d处要处理：企业微信连不上，请检查本机网络和出口；/);
    expect(verdict).toMatch(/七天内1条没有送达/);
    expect(verdict).toMatch(/七天内定时任务漏发\d+次、未成0次/);
  });
});

describe('看护', () => {
  test('a connection that is broken for ten minutes is told once, and once more when it is well', async () => {
    const world = await office();
    await world.app.tick();
    world.wecom.behaves('down');
    for (let minute = 5; minute <= 40; minute += 5) {
      world.at(`2013-05-13T16:${String(minute).padStart(2, '0')}:00+08:00`);
      await world.app.tick();
    }
    world.wecom.behaves('well');
    for (const at of ['17:30', '17:40', '17:50']) {
      world.at(`2013-05-13T${at}:00+08:00`);
      await world.app.tick();
    }

    expect(world.toldTo(ADMIN).filter((text) => text.includes('企业微信'))).toEqual([
      '企业微信不正常：连不上，请检查本机网络和出口。',
      '企业微信已恢复正常。',
    ]);
  });
});

describe('备份', () => {
  test('every night a backup nobody else may read, fourteen are kept, and on Sunday the newest is restored elsewhere', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chuangyou-backup-'));
    writeFileSync(path.join(folder, 'by-hand.db'), 'mine');
    const world = await office({ BACKUP_DIR: folder }, [backUp, tryRestore]);
    await world.says('U0503', '自学20分钟党章');
    const made = () => readdirSync(folder).filter((name) => name.startsWith('chuangyou-'));
    for (let day = 14; day <= 31; day++) {
      world.at(`2013-05-${day}T03:05:00+08:00`);
      await world.app.tick();
    }

    expect(made()).toHaveLength(14);
    expect(made().at(-1)).toBe('chuangyou-20130531-0305');
    expect(existsSync(path.join(folder, 'by-hand.db'))).toBe(true);
    expect(statSync(path.join(folder, made()[0] ?? '')).mode & 0o777).toBe(0o600);
    const trial = await world.db.client.upkeep.findMany({ where: { kind: 'trial' } });
    expect(trial.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
    expect(trial[0]?.note).toMatch(/^chuangyou-20130519-0305可(?:恢复，\d+条操作日志首尾相连|完整读出)$/);
  });

  test('a backup that cannot be restored, or none at all, is told to the administrator after three tries', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'chuangyou-backup-'));
    const world = await office({ BACKUP_DIR: folder }, [backUp, tryRestore]);
    world.at('2013-05-19T02:30:00+08:00');
    await world.app.tick();
    writeFileSync(path.join(folder, readdirSync(folder)[0] ?? ''), 'torn');
    for (const at of ['03:01', '03:20', '04:00', '05:00', '08:31']) {
      world.at(`2013-05-19T${at}:00+08:00`);
      await world.app.tick();
    }

    const told = world.toldTo(ADMIN).filter((text) => text.includes('恢复演练'));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^恢复演练三次没有成功：.+。请检查磁盘和备份目录/);
  });
});

describe('状态的说法', () => {
  test.each([
    '状态',
    '查一下状态',
    '系统状态',
    '服务状态',
    '机器人状态',
    '系统运行状态',
    '服务运行状况如何',
    '系统运行正常吗',
    '机器人正常吗',
    '程序现在正常吗',
    '备份了吗',
    '备份情况',
    '昨晚备份了吗',
    '看一下系统状态',
    '服务还正常吗',
  ])('%s', async (text) => {
    expect(meaning(text)).toBe('service.state');
  });

  test.each([
    '3号台账状态',
    '台账状态',
    '开关状态',
    '状态不好，想请个假',
    '企业运行状态良好',
    '设备运行正常',
    '系统建设正常推进',
    '材料备份了吗',
    '签到系统状态栏改好了',
    '项目状态',
  ])('%s is something else', async (text) => {
    expect(meaning(text)).not.toContain('service.state');
  });
});
