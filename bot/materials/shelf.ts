import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';

/** Where the bytes of materials lie. */
export interface Shelf {
  /** Resolves with their hash when they are on disk for good; the same bytes again lie there once. */
  put(bytes: Buffer): Promise<string>;
  /** @throws if they are gone or are not what was put there. */
  take(hash: string): Promise<Buffer>;
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * 材料存放: a folder beside the record book that no web server reads. A file lies under its content's hash, without an
 * ending and readable to the service alone, so that nothing opens or runs it by itself.
 */
export function openShelf(folder: string): Shelf {
  const placeOf = (hash: string): string => path.join(folder, hash.slice(0, 2), hash);
  return {
    async put(bytes) {
      const hash = hashOf(bytes);
      const place = placeOf(hash);
      const known = await stat(place).catch(() => null);
      if (known?.size === bytes.length) return hash;
      await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
      const half = `${place}.${crypto.randomUUID()}`;
      const file = await open(half, 'wx', 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(half, place);
      const directory = await open(path.dirname(place), 'r');
      await directory.sync().finally(() => directory.close());
      return hash;
    },
    async take(hash) {
      if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('no hash');
      const bytes = await readFile(placeOf(hash));
      if (hashOf(bytes) !== hash) throw new Error('material was changed on disk');
      return bytes;
    },
  };
}
