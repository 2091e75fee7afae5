import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { onDatabase } from './on-database.ts';

const whole = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('应为整数');
  return Number(text);
};

const { database, ...plan } = new Command('storm')
  .description('真实程序在负载下反复断电（kill -9），逐条核对有没有丢失和重复')
  .option('--messages <n>', '消息条数', whole, 50_000)
  .option('--kills <n>', '断电次数', whole, 200)
  .option('--instances <n>', '实例数', whole, 1)
  .option('--seed <n>', '随机种子', whole, 1)
  .option('--database <kind>', 'sqlite 或 postgresql', 'sqlite')
  .parse()
  .opts<{ messages: number; kills: number; instances: number; seed: number; database: string }>();

const { tearDown } = await onDatabase(database);
const { storm } = await import('./storm-run.ts');
let ok = false;
try {
  const onKill = (kills: number, answered: number) =>
    void process.stderr.write(`${new Date().toISOString()} 断电${kills}次，已应答${answered}条\n`);
  const result = await storm({ ...plan, onKill });
  const { lost, doubled, halves, parked, waiting, auditFlaw, isWhole } = result;
  ok = lost + doubled + halves + parked + waiting === 0 && auditFlaw === null && isWhole;
  const report = { at: new Date().toISOString(), database, ...plan, ...result };
  writeFileSync(path.join(import.meta.dirname, `storm-${database}.json`), `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(
    `${result.on}，${plan.instances}个实例，${result.messages}条消息，断电${result.kills}次（其中启动途中${result.killedStarting}次），` +
      `${Math.round(result.seconds)}秒：丢失${lost}，重复${doubled}，只有一半${halves}，搁置${parked}，未办完${waiting}；` +
      `平台放弃后重说${result.saidAgain}次；操作日志${auditFlaw ?? '首尾相连'}，数据库${isWhole ? '完整' : '损坏'}\n`,
  );
} finally {
  await tearDown();
}
process.exit(ok ? 0 : 1);
