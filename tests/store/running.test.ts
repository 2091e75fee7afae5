import { expect, onTestFinished, test, vi } from 'vitest';
import { addSignIn } from '#bot/store/attendance.ts';
import { addAudit, auditFlaw } from '#bot/store/audit.ts';
import { Changes } from '#bot/store/changes.ts';
import { type Db, openDb, type Tx } from '#bot/store/db.ts';
import { within } from '#bot/store/held.ts';
import { discard, freshDatabase } from '../support/database.ts';

const START = new Date('2013-05-14T15:00:00+08:00');

async function openOffice(): Promise<{ db: Db; other: Db }> {
  const url = await freshDatabase();
  const [db, other] = [await openDb(url), await openDb(url)];
  onTestFinished(async () => {
    await Promise.all([db.close(), other.close()]);
    await discard(url);
  });
  await db.client.session.create({
    data: { code: 'S', topic: '学习', kind: '集中学习', venue: '三楼', start: START, end: START },
  });
  return { db, other };
}

const line = {
  at: START,
  actor: 'p',
  intent: 'attendance.sign_in',
  command: '{}',
  inboxKey: 'm',
  outcome: 'signed-in',
};
/** As signing in does it: the rank is told, the audit goes on where it ended. */
async function signInOf(tx: Tx, personId: string): Promise<number> {
  const { rank } = await addSignIn(tx, { sessionCode: 'S', personId, at: START, late: false, how: 'word' });
  await addAudit(tx, line);
  return rank;
}

test('第几位 and the end of the audit are right, whatever signed in, failed, was taken back or was written by another process in between', async () => {
  const { db, other } = await openOffice();
  let next = 0;
  const signIn = async (at: Db): Promise<void> => {
    const { rank, counted } = await at.write(async (tx) => ({
      rank: await signInOf(tx, `p${next++}`),
      counted: await tx.signIn.count({ where: { sessionCode: 'S' } }),
    }));
    expect(rank).toBe(counted);
    expect(await auditFlaw(at)).toBeNull();
  };
  const failing = async (): Promise<void> => {
    throw new Error('fails');
  };

  await signIn(db);
  await signIn(db);
  await signIn(other);
  await signIn(db);
  await db.write((tx) =>
    within(
      tx,
      async () => {
        await signInOf(tx, 'fails');
        await failing();
      },
      async () => undefined,
    ),
  );
  await signIn(db);
  const taken = db.write(async (tx) => {
    await signInOf(tx, 'taken back');
    await failing();
  });
  await expect(taken).rejects.toThrow('fails');
  await signIn(db);
  await db.client.signIn.deleteMany({ where: { personId: 'p0' } });
  await signIn(db);
  await other.client.signIn.deleteMany({ where: { personId: 'p1' } });
  await signIn(db);

  expect(await db.client.signIn.count()).toBe(next - 2);
});

test('neither is asked for again after one’s own commit, where the database tells what others wrote', async () => {
  const { db } = await openOffice();
  await db.write((tx) => signInOf(tx, 'first'));
  const heard = vi.spyOn(Changes.prototype, 'heard');
  onTestFinished(() => heard.mockRestore());

  for (const person of ['second', 'third'])
    await db.write(async (tx) => {
      await signInOf(tx, person);
      await addAudit(tx, line);
    });

  const asked = heard.mock.calls.filter(([sql]) => /^SELECT.*(?:AuditHead|SignIn)/s.test(sql));
  expect(asked).toHaveLength(db.holdsUpOthers ? 0 : 4);
});
