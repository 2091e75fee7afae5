import { createCipheriv, randomBytes } from 'node:crypto';

const BLOCK = 32;

/** Where the robot finds what members sent it: sealed, at an address of its own (protocol notes 5.4). */
export function openStore() {
  const files = new Map<string, { file: Buffer; name: string }>();
  return {
    /**
     * Lays a file down. @param robotKey the robot's own key; without one the file gets a key that travels with its address
     * @returns its path, and its key where it has one
     */
    put(name: string, bytes: Buffer, robotKey: string | null): { path: string; aeskey?: string } {
      const key = robotKey === null ? randomBytes(32) : Buffer.from(`${robotKey}=`, 'base64');
      const path = `/store/${randomBytes(16).toString('hex')}`;
      files.set(path, { file: sealed(bytes, key), name });
      return { path, ...(robotKey === null && { aeskey: key.toString('base64') }) };
    },
    at: (path: string) => files.get(path),
  };
}
export type Store = ReturnType<typeof openStore>;

function sealed(bytes: Buffer, key: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const pad = BLOCK - (bytes.length % BLOCK);
  return Buffer.concat([cipher.update(Buffer.concat([bytes, Buffer.alloc(pad, pad)])), cipher.final()]);
}
