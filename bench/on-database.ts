import { startPostgres } from '../tests/support/postgresql.ts';

/**
 * Makes what is deployed from now on lie in a PostgreSQL of its own, or in files of SQLite's. Which, is looked at when
 * the deployments are loaded, so they have to be loaded after this.
 * @returns what ends it.
 */
export async function onDatabase(kind: string): Promise<() => Promise<void>> {
  const own = kind === 'postgresql' ? await startPostgres() : null;
  process.env['TEST_DATABASE'] = own?.url ?? '';
  const { default: setUp } = await import('../tests/support/setup.ts');
  await setUp();
  return async () => own?.remove();
}
