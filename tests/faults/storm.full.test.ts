import { expect, test } from 'vitest';
import { storm } from '../../bench/storm-run.ts';
import { server } from '../support/database.ts';

test('killed again and again under load, starts included, every message is done once and told once', async () => {
  // Two instances where the database and Redis are there for several.
  const plan = { messages: 800, kills: 6, instances: server ? 2 : 1, seed: 7 };

  const result = await storm(plan);

  expect(result).toMatchObject({
    ...{ messages: 800, kills: 6, lost: 0, doubled: 0, halves: 0, parked: 0, waiting: 0 },
    ...{ auditFlaw: null, isWhole: true },
  });
}, 120_000);
