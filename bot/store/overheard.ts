import type { Changes } from './changes.ts';
import type { Held } from './held.ts';

interface Queryable {
  executeRaw(query: { sql: string; args: unknown[]; argTypes: never[] }): Promise<number>;
  queryRaw(query: { sql: string; args: unknown[]; argTypes: never[] }): Promise<{ rows: unknown[][] }>;
}

/** A driver, or a transaction of it, whose every statement is heard, after what it may look at was written. */
export function overheard<T extends object>(driver: T, changes: Changes, held: () => Held | null = () => null): T {
  const queryable = driver as unknown as Queryable;
  const hearing =
    <Q extends { sql: string; args: unknown[] }, R>(run: (query: Q) => Promise<R>) =>
    async (one: Q): Promise<R> => {
      await held()?.before(one.sql);
      changes.heard(one.sql, one.args);
      try {
        return await run(one);
      } catch (error) {
        // Whether it took effect is not known: a commit that failed, for one.
        changes.anything();
        throw error;
      }
    };
  queryable.executeRaw = hearing(queryable.executeRaw.bind(queryable));
  queryable.queryRaw = hearing(queryable.queryRaw.bind(queryable));
  return driver;
}
