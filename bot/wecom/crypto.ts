import { isUtf8 } from 'node:buffer';
import { createDecipheriv, hash, timingSafeEqual } from 'node:crypto';
import { encrypt, getSignature } from '@wecom/crypto';

/** Credentials of one callback address: the self-built app's receive id is the corp id, a smart robot's is empty. */
export interface CallbackKeys {
  token: string;
  encodingAESKey: string;
  receiveId: string;
}

/** One signed, encrypted envelope as it travels in the query and the body. */
export interface Sealed {
  signature: string;
  timestamp: string;
  nonce: string;
  encrypted: string;
}

/** Why a callback was refused, in a word or two; the caller answers its HTTP status and nothing else. */
export class BadCallback extends Error {
  readonly status: 400 | 403 | 413;
  constructor(status: 400 | 403 | 413, reason: string) {
    super(reason);
    this.status = status;
  }
}

const signatureOf = (token: string, { timestamp, nonce, encrypted }: Sealed): string =>
  hash('sha1', [token, timestamp, nonce, encrypted].sort().join(''), 'hex');

/**
 * Verifies and decrypts one envelope, in the order of the protocol notes 1.4: signature (constant time) before
 * anything is decrypted, then block size, padding, length and receive id. Every callback passes here, so it goes straight to
 * the cipher; `@wecom/crypto` checks none of these but the signature.
 * @returns the message exactly as it was sealed.
 * @throws BadCallback 403 for a wrong signature or receiver, 400 for a ciphertext that cannot be one.
 */
export function open(keys: CallbackKeys, sealed: Sealed): string {
  const expected = Buffer.from(signatureOf(keys.token, sealed));
  const given = Buffer.from(sealed.signature);
  if (given.length !== expected.length || !timingSafeEqual(expected, given)) throw new BadCallback(403, 'signature');
  return decryptChecked(keys, sealed.encrypted);
}

const BLOCK = 16;
const HEAD = 20;
const MOST_PADDING = 32;

/** Decrypts without a signature: only for what was authenticated some other way. Refuses as `open` does. */
export function decryptChecked(keys: CallbackKeys, encrypted: string): string {
  const bytes = Buffer.from(encrypted, 'base64');
  if (bytes.length === 0 || bytes.length % BLOCK !== 0) throw new BadCallback(400, 'block size');
  const key = keyOf(keys.encodingAESKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, BLOCK)).setAutoPadding(false);
  // All of it: whole blocks, and nothing is held back for a padding.
  const plain = decipher.update(bytes);
  const end = plain.length - (plain.at(-1) ?? 0);
  // Sixteen random bytes, the length, the message, the receive id. A wrong key shows here, since what it opens is noise;
  // a wrong receiver only in what was opened rightly.
  if (plain.length - end < 1 || plain.length - end > MOST_PADDING || end < HEAD) throw new BadCallback(400, 'padding');
  const length = plain.readUInt32BE(BLOCK);
  if (HEAD + length > end) throw new BadCallback(400, 'length');
  const [message, id] = [plain.subarray(HEAD, HEAD + length), plain.subarray(HEAD + length, end)];
  if (!isUtf8(message) || !isUtf8(id)) throw new BadCallback(400, 'text');
  if (id.toString('utf8') !== keys.receiveId) throw new BadCallback(403, 'receive id');
  return message.toString('utf8');
}

const parsedKeys = new Map<string, Buffer>();
function keyOf(encodingAESKey: string): Buffer {
  const known = parsedKeys.get(encodingAESKey) ?? Buffer.from(`${encodingAESKey}=`, 'base64');
  parsedKeys.set(encodingAESKey, known);
  return known;
}

/** Encrypts and signs `message` as WeCom would; used by replies and by the local stand-in. */
export function seal(keys: CallbackKeys, message: string, timestamp: string, nonce: string): Sealed {
  const encrypted = encrypt(keys.encodingAESKey, message, keys.receiveId);
  return { signature: getSignature(keys.token, timestamp, nonce, encrypted), timestamp, nonce, encrypted };
}
