import type { Changes } from './changes.ts';
import type { Prisma, PrismaClient } from './generated/sqlite/client.ts';
import type { Held } from './held.ts';
import type { Leadership } from './leader.ts';
import type { Ask } from './lean.ts';

/** What SQLite and PostgreSQL do differently; everything else in the project is the same for both. */
export interface Engine {
  client: PrismaClient;
  /** the folder of its migrations under `prisma/` */
  migrations: string;
  migrationsTable: string;
  /** an instant as its migrations table keeps it */
  instant(at: Date): number | Date;
  /** takes the turn to migrate from other processes, inside a transaction */
  migrateInTurn(tx: Prisma.TransactionClient): Promise<void>;
  /** One connection for everything: what is read or kept beside an open transaction would become part of it. */
  oneConnection: boolean;
  /** Carries out what commits, without the whole process standing still for the disk; `onDisk` is to be waited for. */
  commits<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when everything committed before the call is on disk. */
  onDisk(): Promise<void>;
  /** the way past the client */
  ask: Ask;
  /** A transaction that writes begins: the way past the client in it. */
  begin(tx: Prisma.TransactionClient): Promise<Held>;
  /** Runs what writes, alone among all processes, once `changes` has heard what others wrote; asks in its transaction. */
  alone<T>(ask: Ask, work: () => Promise<T>): Promise<T>;
  leadership: Leadership;
  close(): Promise<void>;
  /** What breaks the promise that a commit is on disk; null if nothing does. */
  flaw(): Promise<string | null>;
  /** Whether what is there can be read back whole. Looks through everything, so not at every start. */
  isWhole(): Promise<boolean>;
}

export const isPostgres = (url: string): boolean => /^postgres(ql)?:/.test(url);

export async function openEngine(url: string, changes: Changes): Promise<Engine> {
  if (isPostgres(url)) return (await import('./engine-postgresql.ts')).postgresql(url, changes);
  return (await import('./engine-sqlite.ts')).sqlite(url, changes);
}
