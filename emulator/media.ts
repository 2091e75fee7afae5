import { randomBytes } from 'node:crypto';
import type { Clock } from '#bot/calendar.ts';
import { isPicture } from './judge-message.ts';

const LIVES_MS = 3 * 24 * 3_600_000;
const MOST_BYTES: Record<string, number> = { image: 10, voice: 2, video: 10, file: 20 };

interface Media {
  bytes: Buffer;
  type: string;
  name: string;
  until: number;
  /** the webhook robot it was given to; everything else belongs to the whole company */
  owner: string;
}

/** 临时素材: what was uploaded, for three days (protocol notes 3.9). */
export function openMedia(clock: Clock) {
  const kept = new Map<string, Media>();

  return {
    /** Judges an upload; `owner` is a webhook key or empty. */
    async upload(type: string, contentType: string, body: Buffer, owner = ''): Promise<object> {
      const file = await fileIn(contentType, body);
      const most = MOST_BYTES[type];
      if (most === undefined || !file) return { errcode: most === undefined ? 40004 : 44001, errmsg: 'invalid media' };
      const bytes = Buffer.from(await file.arrayBuffer());
      if (bytes.length <= 5) return { errcode: 40006, errmsg: 'invalid media size' };
      if (bytes.length > most * 1024 * 1024) return { errcode: 45001, errmsg: 'media size exceeded' };
      if (type === 'image' && !isPicture(bytes)) return { errcode: 40009, errmsg: 'invalid image' };
      const id = randomBytes(24).toString('base64url');
      kept.set(id, { bytes, type, name: file.name, until: clock.now().getTime() + LIVES_MS, owner });
      const created = Math.floor(clock.now().getTime() / 1000);
      return { errcode: 0, errmsg: 'ok', type, media_id: id, created_at: String(created) };
    },
    /** What a member sent: kept as the platform would, without judging. */
    keep(name: string, type: string, bytes: Buffer): string {
      const id = randomBytes(24).toString('base64url');
      kept.set(id, { bytes, type, name, until: clock.now().getTime() + LIVES_MS, owner: '' });
      return id;
    },
    /** For the page, which shows it to whoever got it. */
    look: (id: string): Media | undefined => kept.get(id),
    find(id: string, owner = ''): Media | undefined {
      const found = kept.get(id);
      return found && found.until > clock.now().getTime() && (found.owner === '' || found.owner === owner)
        ? found
        : undefined;
    },
  };
}
export type MediaStore = ReturnType<typeof openMedia>;

async function fileIn(contentType: string, body: Buffer): Promise<File | null> {
  try {
    const request = new Request('http://x', {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: new Uint8Array(body),
    });
    const part = (await request.formData()).get('media');
    return part instanceof File ? part : null;
  } catch {
    return null;
  }
}
