import Database from 'better-sqlite3';

/** A lock on a file of its own, which the system takes away from a process the moment it dies. */
export function contendFor(file: string) {
  let lock: Database.Database | null = null;
  let held = false;
  return {
    held(): boolean {
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
    giveUp(): void {
      lock?.close();
      lock = null;
      held = false;
    },
  };
}
