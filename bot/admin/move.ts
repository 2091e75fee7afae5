import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { type Db, isPostgres, keyFileOf, openDb } from '#bot/store/db.ts';
import { type Model, models } from '#bot/store/models.ts';

const AT_ONCE = 500;

type Row = Record<string, unknown>;
/** The calls that every model of the client has. */
interface Table {
  count(): Promise<number>;
  findMany(args: object): Promise<Row[]>;
  createMany(args: { data: Row[] }): Promise<unknown>;
}

/**
 * 迁移: copies the whole record book into an empty database and compares both, table by table, by number and content.
 * The old one is left as it is. @throws if the new one is not empty, or differs in anything afterwards.
 * @returns how many tables and rows were moved.
 */
export async function moveTo(from: string, to: string, dataKey?: string): Promise<{ tables: number; rows: number }> {
  if (!isPostgres(to)) throw new Error('move-to 的目标应为 postgresql://用户:密码@主机/库');
  const key = dataKey ?? keyBrought(from, to);
  const [old, fresh] = [await openDb(from, key), await openDb(to, key)];
  try {
    if (!(await old.leads())) throw new Error('服务正在运行，请先停止再迁移');
    const tables = models().filter(({ name }) => name !== 'sealProbe');
    for (const { name } of tables)
      if ((await table(fresh, name).count()) > 0) throw new Error('目标数据库里已有数据，未作任何改动');
    let rows = 0;
    await fresh.client.$transaction(
      async (tx) => {
        for (const model of tables) rows += await copy(old, tx as never, model);
      },
      { timeout: 3_600_000, maxWait: 10_000 },
    );
    for (const model of tables) {
      const [one, other] = [await digest(old, model), await digest(fresh, model)];
      if (one !== other) throw new Error(`表 ${model.name} 迁移后不一致，请勿启用新库`);
      if (model.counts) await fresh.client.$executeRawUnsafe(continueCounting(model.table));
    }
    return { tables: tables.length, rows };
  } finally {
    await Promise.all([old.close(), fresh.close()]);
  }
}

/** What was sealed and signed with the old key stays so: the new database goes on with it. */
function keyBrought(from: string, to: string): string {
  const [old, fresh] = [keyFileOf(from), keyFileOf(to)];
  const key = readFileSync(old, 'utf8').trim();
  if (!existsSync(fresh)) copyFileSync(old, fresh);
  if (readFileSync(fresh, 'utf8').trim() !== key)
    throw new Error(`${fresh} 是另一个密钥，请把 ${old} 的内容填入 DATA_KEY`);
  return key;
}

const table = (db: Pick<Db, 'client'>, name: string): Table =>
  (db.client as unknown as Record<string, Table>)[name] as Table;

/** Page by page, in the order of the key. */
async function* pages(db: Pick<Db, 'client'>, { name, key }: Model): AsyncGenerator<Row[]> {
  let last: unknown;
  for (;;) {
    const after = last === undefined ? {} : { where: { [key]: { gt: last } } };
    const rows = await table(db, name).findMany({ ...after, orderBy: { [key]: 'asc' }, take: AT_ONCE });
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1)?.[key];
  }
}

async function copy(old: Db, client: Db['client'], model: Model): Promise<number> {
  let rows = 0;
  for await (const page of pages(old, model)) {
    await table({ client }, model.name).createMany({ data: page });
    rows += page.length;
  }
  return rows;
}

async function digest(db: Db, model: Model): Promise<string> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const page of pages(db, model)) {
    for (const row of page) hash.update(JSON.stringify(Object.entries(row).sort()));
    rows += page.length;
  }
  return `${rows} ${hash.digest('hex')}`;
}

/** The next id is one more than the greatest that was brought along. */
const continueCounting = (name: string): string =>
  `SELECT setval(pg_get_serial_sequence('"${name}"', 'id'), (SELECT coalesce(max("id"), 0) + 1 FROM "${name}"), false)::text`;
