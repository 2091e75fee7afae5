import { defineConfig } from 'vitest/config';

/** What needs more than Node (Chromium, Redis, PostgreSQL), kills processes or takes long: `npm run test:all`. */
const FULL = 'tests/**/*.full.test.ts';
// What a message means is read without a database, so it is tested on none but once.
const ONCE = process.env['TEST_DATABASE']?.startsWith('postgresql') ? ['tests/language/**'] : [];
const inEveryProject = { globalSetup: 'tests/support/setup.ts', env: { TZ: 'Asia/Shanghai' }, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    // Many tests start processes of their own: more than two files at once only slows them.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          ...inEveryProject,
          name: 'quick',
          include: ['tests/**/*.test.ts'],
          exclude: [FULL, ...ONCE],
          // Tests share nothing but the code, which is then loaded once instead of once a file.
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { ...inEveryProject, name: 'full', include: [FULL], exclude: ONCE, testTimeout: 120_000 },
      },
    ],
  },
});
