import { startPostgres } from '../tests/support/postgresql.ts';

/**
 * Makes what is deployed from now on lie in a PostgreSQL of its own, or in files of SQLite's. Which, is looked at when
 * the deployments are loaded, so they have to be loaded after this.
 * @returns what ends it, and the server's process.
 */
export async function onDatabase(kind: string, where: { onDisk?: boolean } = {}) {
  const own = kind === 'postgresql' ? await startPostgres(where) : null;
  process.env['TEST_DATABASE'] = own?.url ?? '';
  const { default: setUp } = await import('../tests/support/setup.ts');
  await setUp();
  return { tearDown: async () => own?.remove(), serverPid: (): number => own?.pid() ?? 0 };
}
