import path from 'node:path';
import { dayOf } from '#bot/calendar.ts';
import { importLedger } from '#bot/import/ledger.ts';
import { importRoster } from '#bot/import/roster.ts';
import { importSessions } from '#bot/import/sessions.ts';
import { readSheets } from '#bot/import/table.ts';
import { importTopics } from '#bot/import/topics.ts';
import type { Db } from '#bot/store/db.ts';

const sheets = async (name: string) => readSheets(path.join(import.meta.dirname, 'sample', `${name}.csv`));

/** The sample bureau, by the same imports an office uses, with the sample year's campaign. */
export async function seed(db: Db, now: Date): Promise<void> {
  const roster = [...(await sheets('花名册')), ...(await sheets('科室')), ...(await sheets('企业'))];
  const ledger = await sheets('台账');
  const sessions = await sheets('学习安排');
  const topics = await sheets('学习内容');
  await db.write(async (tx) => {
    await importRoster(tx, roster, dayOf(now));
    await importLedger(tx, ledger, dayOf(now));
    await importSessions(tx, sessions, dayOf(now));
    await importTopics(tx, topics);
    await tx.campaign.create({
      data: { id: 1, name: '一创双优活动', from: '2013-03-01', to: '2013-09-30', office: '濮阳市科学技术局' },
    });
  });
}

/** What the members said before one looks: a lively day, made by talking like everything else. */
export const BEFORE: [from: string, text: string][] = [
  ['U0101', '签到'],
  ['U0102', '签到'],
  ['U0301', '签到'],
  ['U0502', '签到'],
  ['U1001', '签到'],
  ['U0503', '请假，到郑州送材料'],
  ['U0401', '4号台账累计37项'],
  ['U0502', 'K3-4新增1个'],
  ['U0502', 'K3-5累计3个'],
  ['U0101', '1号台账累计1次'],
  ['U0101', '1号台账申请验收'],
  ['U1202', '27号台账完成40%'],
];
