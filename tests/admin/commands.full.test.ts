import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import iconv from 'iconv-lite';
import readExcelFile from 'read-excel-file/node';
import { describe, expect, onTestFinished, test } from 'vitest';
import { discard, freshDatabase } from '../support/database.ts';
import { workbook } from '../support/workbook.ts';

const run = promisify(execFile);

/** A folder of its own with the admin command running on the database in it. */
async function desk() {
  const folder = mkdtempSync(path.join(tmpdir(), 'chuangyou-'));
  const url = await freshDatabase();
  onTestFinished(() => discard(url));
  const file = (name: string, content?: string | Buffer) => {
    const full = path.join(folder, name);
    if (content !== undefined) writeFileSync(full, content);
    return full;
  };
  const admin = async (...args: string[]) => {
    const env = { ...process.env, DATABASE_URL: url };
    try {
      const { stdout, stderr } = await run(process.execPath, ['--import', 'tsx', 'bot/admin.ts', ...args], { env });
      return { status: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { status: code, stdout, stderr };
    }
  };
  return { file, admin };
}

const ROSTER =
  '账号,姓名,科室,职务,角色\nL03,柳文涛,办公室,副局长,班子成员\nU0501,龚海波,高新科,科长,负责人、干部\nU0503,雷鸣,高新科,科员,干部\n';
const rowsOf = (csv: string): string[][] =>
  csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
const LEDGER =
  '序号,编号,级别,类别,事项,目标值,单位,责任领导,责任科室,责任人,完成时限\n8,K3-4,科室,重点工作,=新建重点实验室,3,个,柳文涛,高新科,龚海波,2013年8月31日\n';
const SESSIONS = '主题,形式,开始时间,结束时间,地点\n十八大报告专题辅导,集中学习,2013-05-14 08:30,10:00,三楼会议室\n';

describe('管理命令', () => {
  test('importing the same files again changes nothing, and what went in comes out as JSON lines', async () => {
    const { file, admin } = await desk();
    const files = [
      ['roster', file('r.csv', ROSTER)],
      ['ledger', file('l.csv', LEDGER)],
      ['sessions', file('s.csv', SESSIONS)],
    ] as const;

    for (const [kind, name] of files)
      expect((await admin('import', kind, name)).stdout).toMatch(/新增[13]，更新0，未变0/);
    for (const [kind, name] of files)
      expect((await admin('import', kind, name)).stdout).toMatch(/新增0，更新0，未变[13]/);

    const ledger = JSON.parse((await admin('export', 'ledger', '--format', 'jsonl')).stdout);
    expect(ledger).toMatchObject({
      no: 8,
      code: 'K3-4',
      department: '高新科',
      leader: '柳文涛',
      owner: '龚海波',
      deadline: '2013-08-31',
      target: 3,
      unit: '个',
      percent: null,
    });
    const attendance = (await admin('export', 'attendance', '--month', '2013-05')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(attendance).toHaveLength(3);
    expect(attendance[0]).toMatchObject({ session: 'XX2013-W20-1', userid: 'L03', status: 'absent', at: null });
    expect((await admin('export', 'attendance', '--format', 'csv')).stdout.split('\n')[1]).toBe(
      'XX2013-W20-1,2013-05-14 08:30,L03,柳文涛,办公室,缺席,,',
    );
  }, 60_000);

  test('a file with bad rows imports nothing and lists every bad cell with its row and column', async () => {
    const { file, admin } = await desk();
    const bad = `${ROSTER}U0503,,高新科,科员,干部\n坏账号,张三,高新科,科员,处长\n`;

    const { status, stderr } = await admin('import', 'roster', file('r.csv', bad));

    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      '第5行 账号: 与第4行重复',
      '第5行 姓名: 不能为空',
      '第6行 账号: 应为1到64位字母、数字或 _-.@',
      '第6行 角色: 没有“处长”，应为干部、负责人、班子成员、局长、活动办、系统管理员',
    ]);
    expect((await admin('import', 'roster', file('r2.csv', ROSTER))).stdout).toContain('新增3');
  }, 60_000);

  test('a GBK file and a workbook with a title row and a second sheet are read alike', async () => {
    const { file, admin } = await desk();
    const gbk = await admin('import', 'roster', file('gbk.csv', iconv.encode(ROSTER, 'gbk')));
    const title = [['花名册', null, null, null, null]];
    const units = [
      ['名称', '简称', '性质', '分管领导', '负责人'],
      ['办公室', '局办', '科室', '柳文涛', null],
      ['高新科', '高新、高新技术科', '科室', '柳文涛', 'U0501'],
    ];
    const book = await workbook({ 花名册: [...title, ...rowsOf(ROSTER)], 科室: units });

    const xlsx = await admin('import', 'roster', file('book.xlsx', book));

    expect(gbk.stdout).toContain('新增3');
    expect(xlsx.stdout).toContain('未变3');
    expect((await admin('import', 'ledger', file('l.csv', LEDGER.replace('高新科', '高新技术科')))).stdout).toContain(
      '新增1',
    );
  }, 60_000);

  test('key enterprises come with the roster, each with a 联络员 who is on it', async () => {
    const { file, admin } = await desk();
    const sheets = (liaison: string) =>
      workbook({
        花名册: rowsOf(ROSTER),
        企业: [
          ['名称', '简称', '联络员'],
          ['宏源石化设备有限公司', '宏源石化', liaison],
        ],
      });
    file('bad.xlsx', await sheets('王五'));
    file('good.xlsx', await sheets('龚海波'));

    expect((await admin('import', 'roster', file('bad.xlsx'))).stderr.trim()).toBe('第2行 联络员: 花名册中没有“王五”');
    expect((await admin('import', 'roster', file('good.xlsx'))).stdout).toContain('新增4');
    expect((await admin('import', 'roster', file('good.xlsx'))).stdout).toContain('未变4');
  }, 60_000);

  test('a workbook export opens with Chinese headings and keeps a formula a text', async () => {
    const { file, admin } = await desk();
    await admin('import', 'roster', file('r.csv', ROSTER));
    await admin('import', 'ledger', file('l.csv', LEDGER));

    await admin('export', 'ledger', '--format', 'xlsx', '--out', file('out.xlsx'));

    const [sheet] = await readExcelFile(readFileSync(file('out.xlsx')));
    expect(sheet?.data[0]?.slice(0, 3)).toEqual(['序号', '编号', '工作事项']);
    expect(sheet?.data[1]?.[2]).toBe("'=新建重点实验室");
  }, 60_000);

  test('a backup brings back what was there, and a file that is none changes nothing', async () => {
    const { file, admin } = await desk();
    await admin('import', 'roster', file('r.csv', ROSTER));
    await admin('import', 'ledger', file('l.csv', LEDGER));
    await admin('backup', file('kept.db'));
    await admin('campaign', 'set', '--name', '一创双优', '--from', '2013-03-01', '--to', '2013-09-30');

    const refused = await admin('restore', file('none.db', 'this is no database'));
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/不是完好的备份，未作任何改动\n$/);
    expect((await admin('campaign', 'show')).stdout).toContain('一创双优，2013-03-01 至 2013-09-30');

    expect((await admin('restore', file('kept.db'))).status).toBe(0);
    expect((await admin('campaign', 'show')).stdout).toContain('尚未设定活动');
    expect((await admin('export', 'ledger')).stdout).toContain('K3-4');
  }, 60_000);

  test.each([
    [['import', 'roster', '/nowhere.xlsx'], '打不开文件 /nowhere.xlsx，请核对路径'],
    [
      ['campaign', 'set', '--name', 'x', '--from', '2013-02-30', '--to', '2013-09-30'],
      '“2013-02-30”不是日期，应写成 2013-05-31',
    ],
    [['export', 'weather'], '不能导出“weather”，应为 ledger、attendance、study、audit'],
    [['export', 'ledger', '--department', '气象科'], '没有“气象科”这个科室'],
  ])(
    '%j is refused in one line, without a stack trace',
    async (args, line) => {
      const { status, stderr } = await (await desk()).admin(...args);

      expect(status).not.toBe(0);
      expect(stderr.trim()).toBe(line);
    },
    30_000,
  );

  test('doctor names what is wrong and what to do about it', async () => {
    const { status, stdout } = await (await desk()).admin('doctor');

    expect(status).toBe(1);
    expect(stdout).toContain('正常  数据库（完整，提交即落盘）');
    expect(stdout).toContain('有误  配置：WECOM_CORP_ID: 请填企业ID');
  }, 30_000);

  test.each([
    [['frob'], '没有“frob”这个命令，用 --help 查看全部命令'],
    [['import', 'roster'], '缺少参数 FILE，用 --help 查看写法'],
    [['export', 'ledger', '--formt', 'x'], '没有 --formt 这个选项，用 --help 查看可用的选项'],
    [
      ['campaign', 'set', '--name', '活动', '--from', '2013-03-01', '--to', '2013-02-30'],
      '“2013-02-30”不是日期，应写成 2013-05-31',
    ],
    [['job', 'run', 'remind-study', '--at', '昨天'], '“昨天”不是时点，应写成 2013-05-29T09:00:00+08:00'],
  ])(
    '%j is refused with one clear line',
    async (args, line) => {
      const { admin } = await desk();

      const { status, stderr } = await admin(...args);

      expect([status, stderr.trim()]).toEqual([1, line]);
    },
    30_000,
  );
});
