import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BadCallback, decryptChecked, open, seal } from '#bot/wecom/crypto.ts';

interface Vector {
  id: string;
  token: string;
  encodingAESKey: string;
  receiveId: string;
  timestamp: string;
  nonce: string;
  msgSignature?: string;
  encrypt?: string;
  plaintext?: string;
  plaintextUtf8Bytes?: number;
  expect?: string;
}
const file = JSON.parse(readFileSync(new URL('./crypto-vectors.json', import.meta.url), 'utf8'));
const vectors: Vector[] = [...file.vectors, ...file.ownEmptyReceiveId.vectors].filter(
  (vector: Vector) => vector.encrypt && vector.encodingAESKey,
);

const keysOf = (vector: Vector) => ({
  token: vector.token,
  encodingAESKey: vector.encodingAESKey,
  receiveId: vector.receiveId,
});
const sealedOf = (vector: Vector) => ({
  signature: vector.msgSignature ?? '',
  timestamp: String(vector.timestamp),
  nonce: String(vector.nonce),
  encrypted: vector.encrypt ?? '',
});

describe('企业微信加解密', () => {
  test.each(vectors)('published vector $id opens to its exact text', (vector) => {
    const text = vector.msgSignature
      ? open(keysOf(vector), sealedOf(vector))
      : decryptChecked(keysOf(vector), vector.encrypt ?? '');

    expect(text).toBe(vector.plaintext);
  });

  test.each(file.negative.filter((vector: Vector) => vector.encrypt && vector.encodingAESKey) as Vector[])(
    '$id is refused',
    (vector) => {
      expect(() => open(keysOf(vector), sealedOf(vector))).toThrow(BadCallback);
    },
  );

  test('what is sealed opens again, for every padding length and for Chinese text', () => {
    const keys = { token: 't', encodingAESKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', receiveId: 'ww1' };
    for (let length = 0; length <= 100; length++) {
      const text = '字a'.repeat(length).slice(0, length);
      expect(open(keys, seal(keys, text, '1', 'n'))).toBe(text);
    }
  });

  test('a message made for another corporation is refused', () => {
    const keys = { token: 't', encodingAESKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C', receiveId: 'ww1' };

    expect(() => open({ ...keys, receiveId: 'ww2' }, seal(keys, 'x', '1', 'n'))).toThrow('receive id');
  });
});
