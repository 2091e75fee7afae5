import { type FileHandle, open } from 'node:fs/promises';

/**
 * SQLite's log. Whoever waits here until it is on disk waits alone: a commit that SQLite itself takes to the disk holds up
 * the whole process for it.
 */
export function openLogFile(file: string) {
  let opened: Promise<FileHandle> | null = null;
  let broken: unknown = null;
  return {
    /** Resolves when everything that was committed before the call is on disk. */
    async onDisk(): Promise<void> {
      opened ??= open(file, 'r');
      const handle = await opened.catch((error: unknown) => {
        opened = null;
        throw error;
      });
      // What a disk failed to write once it may forget without failing again.
      if (broken) throw broken;
      try {
        await handle.datasync();
      } catch (error) {
        broken = error;
        throw error;
      }
    },
    async close(): Promise<void> {
      await (await opened)?.close();
      opened = null;
    },
  };
}
