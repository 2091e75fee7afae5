import { timingSafeEqual } from 'node:crypto';
import { decrypt, encrypt, getSignature } from '@wecom/crypto';

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

/** In a time that tells nothing of where they differ; the length of a signature is no secret. */
function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Verifies and decrypts one envelope, in the order of the protocol notes 1.4: signature (constant time) before
 * anything is decrypted, then block size, padding, length and receive id, none of which `@wecom/crypto` checks.
 * @returns the message exactly as it was sealed.
 * @throws BadCallback 403 for a wrong signature or receiver, 400 for a ciphertext that cannot be one.
 */
export function open(keys: CallbackKeys, sealed: Sealed): string {
  const expected = getSignature(keys.token, sealed.timestamp, sealed.nonce, sealed.encrypted);
  if (!isSame(expected, sealed.signature)) throw new BadCallback(403, 'signature');
  return decryptChecked(keys, sealed.encrypted);
}

/** Decrypts without a signature: only for what was authenticated some other way. Refuses as `open` does. */
export function decryptChecked(keys: CallbackKeys, encrypted: string): string {
  const bytes = Buffer.byteLength(encrypted, 'base64');
  if (bytes === 0 || bytes % 16 !== 0) throw new BadCallback(400, 'block size');
  let opened: { message: string; id: string };
  try {
    opened = decrypt(keys.encodingAESKey, encrypted);
  } catch {
    throw new BadCallback(400, 'ciphertext');
  }
  // The library trusts the last byte as padding. Whatever it cut must add up to whole blocks of 32 again.
  const plain = 20 + Buffer.byteLength(opened.message) + Buffer.byteLength(opened.id);
  const padding = bytes - plain;
  // A wrong key shows here, since what it opens is noise; a wrong receiver only in what was opened rightly.
  if (padding < 1 || padding > 32) throw new BadCallback(400, 'padding');
  if (opened.id !== keys.receiveId) throw new BadCallback(403, 'receive id');
  return opened.message;
}

/** Encrypts and signs `message` as WeCom would; used by replies and by the local stand-in. */
export function seal(keys: CallbackKeys, message: string, timestamp: string, nonce: string): Sealed {
  const encrypted = encrypt(keys.encodingAESKey, message, keys.receiveId);
  return { signature: getSignature(keys.token, timestamp, nonce, encrypted), timestamp, nonce, encrypted };
}
