import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PrismaClient } from './generated/sqlite/client.ts';

/** What is sealed at rest: leave reasons (R15), and wherever else the same words lie on their way. */
const SEALED: Record<string, readonly string[]> = {
  Leave: ['reason', 'note'],
  Inbox: ['message'],
  Outbox: ['text'],
  Question: ['command', 'refusal', 'title', 'talk'],
  Deed: ['memo', 'said'],
  GroupChat: ['webhook'],
};
const MARK = 'sealed:';
const CIPHER = 'aes-256-gcm';

/** Seals words with the deployment's key, and signs what must not be changed unnoticed. */
export interface Seal {
  close(words: string): string;
  /** @throws if the key is not the one it was closed with */
  open(sealed: string): string;
  sign(words: string): string;
}

/**
 * The key named by `DATA_KEY` (64 hex digits), else the one in a file beside the database, made at first use and
 * readable by nobody else.
 */
export function openSeal(given: string | undefined, file: string): Seal {
  const hex = given ?? keyIn(file);
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new Error(`DATA_KEY 或 ${file} 不是 64 位十六进制数`);
  const key = createSecretKey(createHmac('sha256', Buffer.from(hex, 'hex')).update('seal').digest());
  const signing = createSecretKey(createHmac('sha256', Buffer.from(hex, 'hex')).update('sign').digest());
  const iv = ivs();
  return {
    close(words) {
      const own = iv();
      const cipher = createCipheriv(CIPHER, key, own);
      const body = Buffer.concat([cipher.update(words, 'utf8'), cipher.final()]);
      return MARK + Buffer.concat([own, cipher.getAuthTag(), body]).toString('base64');
    },
    open(sealed) {
      // Kept before there was a key.
      if (!sealed.startsWith(MARK)) return sealed;
      const bytes = Buffer.from(sealed.slice(MARK.length), 'base64');
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    sign: (words) => createHmac('sha256', signing).update(words).digest('hex'),
  };
}

const IV_BYTES = 12;
const IVS_AT_ONCE = 500;

/** Gives out random numbers, each once. The system is asked for many at a time: asking costs more than the cipher does. */
function ivs(): () => Buffer {
  let drawn = Buffer.alloc(0);
  return () => {
    if (drawn.length === 0) drawn = randomBytes(IV_BYTES * IVS_AT_ONCE);
    const next = drawn.subarray(0, IV_BYTES);
    drawn = drawn.subarray(IV_BYTES);
    return next;
  };
}

function keyIn(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(path.dirname(file), { recursive: true });
  // Whole or not at all, and not over one that another process has made meanwhile.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readFileSync(file, 'utf8').trim();
}

/** The client with everything that is to be sealed closed on its way in and opened on its way out. */
export function sealing(client: PrismaClient, seal: Seal): PrismaClient {
  const hooks = Object.entries(SEALED).map(([model, fields]) => {
    const hook = async ({ args, query }: { args: object; query: (args: object) => Promise<unknown> }) =>
      opened(await query(closed(args, fields, seal)), fields, seal);
    return [model[0]?.toLowerCase() + model.slice(1), { $allOperations: hook }];
  });
  return client.$extends({ query: Object.fromEntries(hooks) }) as unknown as PrismaClient;
}

const PARTS = ['data', 'create', 'update'];

function closed(args: object, fields: readonly string[], seal: Seal): object {
  const shut = (row: Record<string, unknown>): Record<string, unknown> => {
    const sealed = fields.filter((field) => typeof row[field] === 'string');
    if (sealed.length === 0) return row;
    return { ...row, ...Object.fromEntries(sealed.map((field) => [field, seal.close(String(row[field]))])) };
  };
  const given = Object.entries(args ?? {}).map(([name, value]) => {
    if (!PARTS.includes(name) || typeof value !== 'object' || value === null) return [name, value];
    return [name, Array.isArray(value) ? value.map(shut) : shut(value as Record<string, unknown>)];
  });
  return Object.fromEntries(given);
}

function opened(result: unknown, fields: readonly string[], seal: Seal): unknown {
  if (Array.isArray(result)) return result.map((one) => opened(one, fields, seal));
  if (typeof result !== 'object' || result === null) return result;
  const row = result as Record<string, unknown>;
  for (const field of fields) if (typeof row[field] === 'string') row[field] = seal.open(row[field]);
  return row;
}
