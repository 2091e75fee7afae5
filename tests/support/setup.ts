import { makeTemplate, makeTemplateFile } from './database.ts';
import { startPostgres } from './postgresql.ts';

/**
 * `TEST_DATABASE=postgresql` runs every test on a PostgreSQL started for them, `TEST_DATABASE=postgresql://…` on a server
 * that is there and where databases may be made; without it they run on SQLite.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const wanted = process.env['TEST_DATABASE'];
  if (!wanted || wanted === 'sqlite') {
    process.env['TEST_TEMPLATE'] = await makeTemplateFile();
    return undefined;
  }
  const own = wanted === 'postgresql' ? await startPostgres() : null;
  const url = own?.url ?? wanted;
  process.env['TEST_DATABASE'] = url;
  await makeTemplate(url);
  return own?.remove;
}
