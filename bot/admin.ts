import { existsSync, writeFileSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { doctor } from './admin/doctor.ts';
import { inChinese, inOneLine } from './admin/in-chinese.ts';
import { addDays, dayOf, instantAt, isDay, systemClock } from './calendar.ts';
import { EXPORTS, type Selection } from './export/records.ts';
import { backup, restore } from './store/backup.ts';
import { type Db, openDb } from './store/db.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
const databaseUrl = process.env['DATABASE_URL'] || 'file:./data/chuangyou.db';

async function withDb<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const db = await openDb(databaseUrl, process.env['DATA_KEY'] || undefined);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const day = (text: string): string => {
  if (!isDay(text)) throw new Error(`“${text}”不是日期，应写成 2013-05-31`);
  return text;
};

const program = new Command('admin').description('创优助手管理命令').showHelpAfterError(false);

const imports = program
  .command('import')
  .description('导入花名册、台账、学习安排、学习内容、题库、叫法、群（.xlsx 或 .csv）');
const importers = {
  roster: { title: '花名册', load: () => import('./import/roster.ts').then((one) => one.importRoster) },
  ledger: { title: '台账', load: () => import('./import/ledger.ts').then((one) => one.importLedger) },
  sessions: { title: '学习安排', load: () => import('./import/sessions.ts').then((one) => one.importSessions) },
  synonyms: { title: '叫法', load: () => import('./import/synonyms.ts').then((one) => one.importSynonyms) },
  topics: { title: '学习内容', load: () => import('./import/topics.ts').then((one) => one.importTopics) },
  groups: { title: '群', load: () => import('./import/groups.ts').then((one) => one.importGroups) },
  questions: { title: '题库', load: () => import('./import/questions.ts').then((one) => one.importQuestions) },
};
for (const [name, { title, load }] of Object.entries(importers))
  imports
    .command(`${name} <FILE>`)
    .description(`导入${title}`)
    .action(async (file: string) => {
      const { readSheets } = await import('./import/table.ts');
      const sheets = await readSheets(file);
      const run = await load();
      const {
        added,
        changed,
        unchanged,
        differences = [],
      } = await withDb((db) => db.write((tx) => run(tx, sheets, dayOf(systemClock.now()))));
      say([`${title}：新增${added}，更新${changed}，未变${unchanged}`, ...differences].join('\n'));
    });

program
  .command('export <KIND>')
  .description(`导出 ${Object.keys(EXPORTS).join('|')}`)
  .option('--from <D>', '起始日期')
  .option('--to <D>', '截止日期')
  .option('--month <M>', '月份，如 2013-05')
  .option('--department <X>', '科室')
  .addOption(new Option('--format <F>', '格式').choices(['xlsx', 'csv', 'jsonl']).default('jsonl'))
  .option('--out <FILE>', '写到文件')
  .action(async (kind: string, options) => {
    if (!(kind in EXPORTS)) throw new Error(`不能导出“${kind}”，应为 ${Object.keys(EXPORTS).join('、')}`);
    if (options.format === 'xlsx' && !options.out) throw new Error('导出 xlsx 请用 --out 指定文件');
    if (options.month && !isDay(`${options.month}-01`)) throw new Error(`“${options.month}”不是月份，应写成 2013-05`);
    const selection: Selection = {
      from: options.from ? day(options.from) : options.month && `${options.month}-01`,
      to: options.to ? day(options.to) : options.month && `${options.month}-31`,
      department: options.department,
      now: systemClock.now(),
    };
    const { headings, collect } = EXPORTS[kind as keyof typeof EXPORTS];
    const records = await withDb((db) => db.read((client) => collect(client, selection)));
    const { writeRecords } = await import('./export/write.ts');
    const bytes = await writeRecords(records, headings, options.format);
    if (options.out) writeFileSync(options.out, bytes);
    else process.stdout.write(bytes);
  });

const campaign = program.command('campaign').description('活动档案');
campaign
  .command('set')
  .description('设定活动名称和起止日期')
  .requiredOption('--name <N>', '名称')
  .requiredOption('--from <D>', '开始日期')
  .requiredOption('--to <D>', '结束日期')
  .option('--office <X>', '单位名称，用作台账和公文的抬头')
  .action(async ({ name, office, ...options }) => {
    const [from, to] = [day(options.from), day(options.to)];
    if (to < from) throw new Error('结束日期早于开始日期');
    await withDb((db) =>
      db.write((tx) =>
        tx.campaign.upsert({
          where: { id: 1 },
          create: { id: 1, name, from, to, office: office ?? '' },
          update: { name, from, to, ...(office !== undefined && { office }) },
        }),
      ),
    );
    say(`已设定：${name}，${from} 至 ${to}`);
  });
campaign
  .command('show')
  .description('显示活动档案')
  .action(async () => {
    const found = await withDb((db) => db.read((client) => client.campaign.findUnique({ where: { id: 1 } })));
    say(found ? `${found.name}，${found.from} 至 ${found.to}` : '尚未设定活动');
  });

program
  .command('unheard')
  .description('列出没有听懂的话（已隐去人名、企业名和数字），供补充叫法')
  .action(async () => {
    const lines = await withDb((db) =>
      db.read((client) => client.unheard.findMany({ orderBy: [{ times: 'desc' }, { at: 'desc' }], take: 200 })),
    );
    for (const { words, times, at } of lines) say([`${times}次`, dayOf(at), words].join('\t'));
  });

program
  .command('wecom')
  .description('企业微信')
  .command('setup')
  .description('设置应用菜单')
  .action(async () => {
    const { setUpMenu } = await import('./admin/wecom.ts');
    say(await setUpMenu(process.env));
  });

program
  .command('resend')
  .description('把没有送达、已搁置的消息重新发送（离任人员的除外）')
  .option('--from <D>', '从哪天搁置的算起，默认七天内')
  .action(async ({ from }: { from?: string }) => {
    const { resend } = await import('./admin/resend.ts');
    const now = systemClock.now();
    const since = instantAt(from === undefined ? addDays(dayOf(now), -7) : day(from), '00:00');
    const { due, left } = await withDb((db) => db.write((tx) => resend(tx, since, now)));
    say(`重新发送${due}条${left > 0 ? `，收件人已离任的${left}条不发` : ''}`);
  });
program
  .command('jobs')
  .description('列出定时任务：名称、规则、下次时间、上次结果')
  .action(async () => {
    const { nextRuns } = await import('./admin/jobs.ts');
    const lines = await withDb((db) => db.read((client) => nextRuns(client, systemClock.now())));
    for (const { name, rule, next, last } of lines) say([name, rule, `下次 ${next}`, `上次 ${last}`].join('\t'));
  });
program
  .command('job')
  .description('立即运行一个定时任务')
  .command('run <NAME>')
  .requiredOption('--at <INSTANT>', '作为其时点，如 2013-05-29T09:00:00+08:00')
  .description('以给定时点运行；同名同时点只运行一次')
  .action(async (name: string, { at }: { at: string }) => {
    const { runByHand } = await import('./admin/jobs.ts');
    say(await withDb((db) => runByHand(db, name, at, process.env)));
  });

program
  .command('recall <NAME>')
  .description('撤回一个定时任务发错的通知：没发的不再发，24小时内发给个人的从企业微信撤回')
  .requiredOption('--at <INSTANT>', '其时点，如 2013-05-29T09:00:00+08:00')
  .action(async (name: string, { at }: { at: string }) => {
    const { recallSlot } = await import('./admin/recall.ts');
    say(await withDb((db) => db.write((tx) => recallSlot(tx, name, at, systemClock.now()))));
  });

program
  .command('backup <FILE>')
  .description('备份数据库')
  .action(async (file: string) => {
    await backup(databaseUrl, file);
    say(`已备份到 ${file}`);
  });
program
  .command('restore <FILE>')
  .description('恢复数据库')
  .action(async (file: string) => {
    await restore(databaseUrl, file);
    say(`已从 ${file} 恢复`);
  });
program
  .command('move-to <URL>')
  .description('把 SQLite 数据库迁移到空的 PostgreSQL 数据库，并逐表核对')
  .action(async (url: string) => {
    const { moveTo } = await import('./admin/move.ts');
    const { tables, rows } = await moveTo(databaseUrl, url, process.env['DATA_KEY'] || undefined);
    say(`已迁移并核对：${tables}张表，${rows}行。请把 DATABASE_URL 改为新库后再启动。`);
  });
program
  .command('doctor')
  .description('检查配置、数据库、企业微信、时钟和磁盘')
  .action(async () => {
    const checks = await doctor(process.env);
    for (const { ok, what, remedy } of checks) say(ok ? `正常  ${what}` : `有误  ${what}：${remedy}`);
    if (checks.some(({ ok }) => !ok)) process.exitCode = 1;
  });

try {
  inChinese(program);
  await program.parseAsync();
} catch (error) {
  const line = inOneLine(error);
  if (line !== '') process.stderr.write(`${line}\n`);
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
}
