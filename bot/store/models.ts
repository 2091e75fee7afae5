import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '#bot/root.ts';

/** One table of the record book. */
export interface Model {
  /** as the client calls it */
  name: string;
  table: string;
  /** its key, one column everywhere */
  key: string;
  /** whether the database gives out its keys */
  counts: boolean;
}

/** Every table there is, as the schema has them. */
export function models(): Model[] {
  const schema = readFileSync(path.join(ROOT, 'prisma/schema.prisma'), 'utf8');
  return [...schema.matchAll(/^model (\w+) \{([^}]*)\}/gm)].map(([, table = '', body = '']) => ({
    ...{ table, name: table.charAt(0).toLowerCase() + table.slice(1) },
    key: /^ +(\w+) .*@id\b/m.exec(body)?.[1] ?? 'id',
    counts: body.includes('autoincrement()'),
  }));
}
