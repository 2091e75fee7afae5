import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Command-line, browser and kill tests start processes of their own: more than two files at once only slows them.
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/setup.ts',
    env: { TZ: 'Asia/Shanghai' },
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
