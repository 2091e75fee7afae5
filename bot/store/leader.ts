import Database from 'better-sqlite3';
import type { Client } from 'pg';

/** Who of several instances carries out, runs jobs and delivers. */
export interface Leadership {
  held(): Promise<boolean>;
  giveUp(): Promise<void>;
  /**
   * Lets whoever leads hear that there is something to do, if that is another instance. Lost if it cannot be told now.
   * @returns whether it is another's to do, as far as is known
   */
  nudge(): boolean;
  /** Calls when another instance nudged this one, which leads. */
  onNudged(hear: () => void): void;
}

/** A lock on a file of its own, which the system takes away from a process the moment it dies. */
export function contendForFile(file: string): Leadership {
  let lock: Database.Database | null = null;
  let held = false;
  return {
    async held() {
      if (held) return true;
      lock ??= new Database(file, { timeout: 0 });
      try {
        lock.exec('BEGIN IMMEDIATE');
        held = true;
      } catch (error) {
        if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error;
      }
      return held;
    },
    async giveUp() {
      lock?.close();
      lock = null;
      held = false;
    },
    // Whoever leads looks every second; others write here by the admin's commands only.
    nudge: () => false,
    onNudged: () => undefined,
  };
}

// Any number that nothing else in the database uses.
const LEADER = 1_830_002;
const ANSWERS_WITHIN_MS = 2000;
const NUDGES = 'chuangyou_work';
// A connection that breaks is noticed anyway; one that only hangs, after so long.
const HOLDS_MS = 100;

/** A lock of PostgreSQL that lives as long as the connection which took it. */
export function contendForLock(url: string): Leadership {
  let connection: Client | null = null;
  let held = false;
  let heldUntil = 0;
  let hear = (): void => undefined;
  const drop = async (): Promise<void> => {
    const dropped = connection;
    [connection, held] = [null, false];
    await dropped?.end().catch(() => undefined);
  };
  const open = async (): Promise<Client> => {
    const { default: pg } = await import('pg');
    const opened = new pg.Client({
      // A nudge waits for no question that is on its way.
      ...{ connectionString: url, keepAlive: true, pipeline: true },
      ...{ connectionTimeoutMillis: ANSWERS_WITHIN_MS, query_timeout: ANSWERS_WITHIN_MS },
    });
    opened.on('error', () => void (connection === opened && drop()));
    opened.on('notification', () => held && hear());
    await opened.connect();
    await opened.query(`LISTEN ${NUDGES}`);
    return opened;
  };
  const ask = async (): Promise<boolean> => {
    try {
      connection ??= await open();
      // Held on a connection that is gone it would be somebody else's by now.
      const sql = held ? 'SELECT true AS led' : `SELECT pg_try_advisory_lock(${LEADER}) AS led`;
      const { rows } = await connection.query<{ led: boolean }>(sql);
      held = rows[0]?.led === true;
      heldUntil = performance.now() + HOLDS_MS;
      return held;
    } catch (error) {
      await drop();
      throw error;
    }
  };
  let nudging = false;
  let asking: Promise<boolean> | null = null;
  return {
    held() {
      // Several ask at each message.
      if (held && performance.now() < heldUntil) return Promise.resolve(true);
      asking ??= ask().finally(() => {
        asking = null;
      });
      return asking;
    },
    giveUp: drop,
    nudge() {
      // One that is on its way tells of this as well: what was kept before it is sent is there when it is heard.
      if (held || !connection) return false;
      if (nudging) return true;
      nudging = true;
      setImmediate(() => {
        nudging = false;
        connection?.query(`NOTIFY ${NUDGES}`).catch(() => undefined);
      });
      return true;
    },
    onNudged(one) {
      hear = one;
    },
  };
}
