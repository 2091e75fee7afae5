import type { Sql } from '@prisma/client/runtime/client';

export { join, raw, sqltag as sql } from '@prisma/client/runtime/client';

/** One value as the driver gives it: instants are texts on SQLite, see `instantIn`. */
export type Row = Record<string, unknown>;
export type Ask = (statement: Sql) => Promise<Row[]>;
interface Raw {
  $queryRaw(statement: Sql): Promise<unknown>;
}

const shortWays = new WeakMap<object, Ask>();

/** Lets what is asked of this client or transaction go straight to the driver. */
export const openShortWay = (client: object, ask: Ask): void => void shortWays.set(client, ask);

/**
 * Asks the database without the client's planning and mapping in between, which cost twenty times what SQLite itself
 * takes: for the few statements that every message needs. They are written once for both databases. What is sealed at rest
 * passes as it is, so whoever asks closes and opens it.
 */
export const lean = <T extends object = Row>(client: Raw, statement: Sql): Promise<T[]> =>
  (shortWays.get(client)?.(statement) ?? client.$queryRaw(statement)) as Promise<T[]>;

/**
 * A list brought to one of few lengths by repeating its last: every length would make a statement of its own, and only so
 * many are kept prepared. For what means the same said twice.
 */
export function padded<T>(list: T[]): T[] {
  const whole = list.length === 0 ? 0 : 2 ** Math.ceil(Math.log2(list.length));
  const length = list.length * 4 > whole * 3 ? whole : Math.ceil(whole * 0.75);
  return [...list, ...Array<T>(length - list.length).fill(list.at(-1) as T)];
}

/** An instant read by `lean`. */
export const instantIn = (value: unknown): Date => new Date(value as string | Date);

/** A number read by `lean`: the client gives counts as big integers. */
export const numberIn = (value: unknown): number => Number(value);
