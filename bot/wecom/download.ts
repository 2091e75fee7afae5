import { WecomError } from './errors.ts';

/** Where the platform has a picture or file: by id for the app, at an address for the robot. */
export interface MediaSource {
  id?: string | undefined;
  url?: string | undefined;
  /** what the address' bytes are sealed with; the robot's own key if absent */
  key?: string | undefined;
}
export interface Downloaded {
  bytes: Buffer;
  /** as its sender called it; empty if the platform does not say */
  name: string;
}
/** It is larger than was asked for. */
export class TooLarge extends Error {}

export interface DownloadParts {
  apiBase: string;
  /** the robot's EncodingAESKey in callback mode */
  robotKey: string | undefined;
  /** runs a request with a valid token, once more with a new one if it was refused */
  withToken<T>(work: (token: string) => Promise<T>): Promise<T>;
  onError(errcode: number): void;
}

const TIMEOUT_MS = 60_000;
// The robot's files lie at an object store of the same company (protocol notes 5.4).
const HOSTS = ['.myqcloud.com', '.qq.com'];
// The address lives five minutes; what was refused there will not come any more.
const GONE = 40_007;

/** 下载素材: what members sent, in bounded memory, from the platform's own addresses only. */
export function downloadCalls({ apiBase, robotKey, withToken, onError }: DownloadParts) {
  async function get(api: string, url: string, mostBytes: number): Promise<Downloaded> {
    try {
      const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (response.status >= 500) throw new WecomError(api, -2);
      const isAnswer = /json|text\/plain/.test(response.headers.get('content-type') ?? '');
      if (isAnswer) {
        const answer = (await response.json().catch(() => ({}))) as { errcode?: number };
        throw new WecomError(api, Number(answer.errcode) || GONE);
      }
      if (response.status !== 200) throw new WecomError(api, GONE);
      const name = nameIn(response.headers.get('content-disposition') ?? '');
      return { name, bytes: await bounded(response, mostBytes) };
    } catch (error) {
      if (error instanceof TooLarge) throw error;
      // The address is a key to the file: neither it nor the cause's text may travel further.
      const failure = error instanceof WecomError ? error : new WecomError(api, -2);
      onError(failure.errcode);
      throw failure;
    }
  }

  return {
    /**
     * 获取临时素材, https://developer.work.weixin.qq.com/document/path/90254, or from the robot's address, decrypted.
     * @throws WecomError; 40007 where it is gone. TooLarge where it is over `mostBytes`.
     */
    async download(source: MediaSource, mostBytes: number): Promise<Downloaded> {
      const { id, url } = source;
      if (id)
        return withToken((token) =>
          get(
            'media/get',
            `${apiBase}/cgi-bin/media/get?access_token=${token}&media_id=${encodeURIComponent(id)}`,
            mostBytes,
          ),
        );
      if (!url || !isStore(url, apiBase)) throw new WecomError('media/url', GONE);
      // Sealing adds up to 32 bytes.
      const sealed = await get('media/url', url, mostBytes + 32);
      // Loaded by whoever is sent such a file: it takes a tenth of the start.
      const { decryptFile } = await import('@wecom/aibot-node-sdk');
      try {
        return { ...sealed, bytes: decryptFile(sealed.bytes, source.key ?? robotKey ?? '') };
      } catch {
        throw new WecomError('media/url', GONE);
      }
    },
  };
}

/** Whoever knows the key of a callback must not thereby choose where this service looks. */
function isStore(url: string, apiBase: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return origin === new URL(apiBase).origin || (protocol === 'https:' && HOSTS.some((end) => hostname.endsWith(end)));
}

async function bounded(response: Response, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > most) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The last part of the name the header gives, without what could leave a folder or a line. */
function nameIn(disposition: string): string {
  const encoded = /filename\*=(?:UTF-8|utf-8)''([^;]+)/.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/.exec(disposition)?.[1];
  let name = plain ?? '';
  try {
    if (encoded) name = decodeURIComponent(encoded);
  } catch {
    // Not encoded as it says: the plain one has to do.
  }
  // Control and direction characters make a name look like another.
  return (name.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 120);
}
