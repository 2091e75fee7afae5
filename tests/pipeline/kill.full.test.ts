import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDb } from '#bot/store/db.ts';
import { deploy, ended } from '../support/deployment.ts';

const PEOPLE = Array.from({ length: 120 }, (_, n) => `p${n}`);
const KILLS = 6;

describe('断电与重启', () => {
  test('killed again and again under load, it loses no message, does none twice, and answers each person once', async () => {
    const deployment = await deploy(PEOPLE);
    onTestFinished(deployment.close);
    let service = await deployment.start();
    const { port, say } = service;

    let next = 0;
    const refused: string[] = [];
    const member = async () => {
      for (let id = PEOPLE[next++]; id; id = PEOPLE[next++]) {
        // The platform gives up after four tries; a member then says it again, which makes it another message.
        while (!(await say(id, '签到'))) refused.push(id);
        await pause(20);
      }
    };
    const members = Promise.all(Array.from({ length: 8 }, member));
    for (let kills = 0; kills < KILLS; kills++) {
      await pause(150 + ((kills * 97) % 200));
      service.process.kill('SIGKILL');
      await ended(service.process);
      service = await deployment.start({ port });
    }
    await members;

    const { answersTo } = deployment;
    await expect.poll(() => PEOPLE.every((id) => answersTo(id) > 0), { timeout: 15_000 }).toBe(true);
    service.process.kill('SIGTERM');
    await ended(service.process);

    const db = await openDb(deployment.url);
    const inbox = await db.client.inbox.findMany();
    expect(await db.client.signIn.count()).toBe(PEOPLE.length);
    expect(await db.client.audit.count()).toBe(PEOPLE.length);
    expect(inbox.filter(({ closedAt }) => !closedAt)).toEqual([]);
    expect(PEOPLE.filter((id) => answersTo(id) !== 1)).toEqual([]);
    await db.close();
  }, 120_000);
});
