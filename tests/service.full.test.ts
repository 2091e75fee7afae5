import { expect, test } from 'vitest';
import { seed } from '#emulator/seed.ts';
import { deploy } from './support/deployment.ts';

test('the bundle that `npm start` runs answers, draws in its own thread and serves its pages', async () => {
  const deployment = await deploy(['clerk'], async (db) => {
    await seed(db, new Date());
    await db.client.campaign.deleteMany();
    await db.client.person.update({ where: { id: 'clerk' }, data: { roles: '["office"]' } });
  });
  try {
    const { url, say } = await deployment.start();

    await say('clerk', '导出台账');

    await expect
      .poll(() => deployment.chats.bubbles.map(({ text, media }) => media?.kind ?? text), { timeout: 60_000 })
      .toContain('file');
    expect((await fetch(`${url}/screen/page.css`)).headers.get('content-type')).toContain('text/css');
  } finally {
    await deployment.close();
  }
});
