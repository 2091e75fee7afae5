import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';

const SESSION_MS = 30 * 60_000;
const CHUNK_BYTES = 512 * 1024;
const MOST_CHUNKS = 100;
const MOST_MB: Record<string, number> = { file: 20, video: 10, voice: 2, image: 2 };

const init = z.object({
  type: z.string(),
  filename: z.string().min(1),
  total_size: z.int(),
  total_chunks: z.int(),
});
const chunk = z.object({ upload_id: z.string(), chunk_index: z.int(), base64_data: z.string() });
type Session = z.infer<typeof init> & { chunks: Map<number, Buffer>; until: number };
type Answered = { errcode: number; body?: object };

/** 上传临时素材 over the long connection: begun, sent in pieces in any order, ended (protocol notes 5.9). */
export function openUploads(clock: Clock) {
  const sessions = new Map<string, Session>();
  const kept = new Set<string>();

  function begin(given: unknown): Answered {
    const parsed = init.safeParse(given);
    if (!parsed.success || Buffer.byteLength(parsed.data.filename) > 256) return { errcode: 40_058 };
    const most = MOST_MB[parsed.data.type];
    if (most === undefined) return { errcode: 846_697 };
    if (parsed.data.total_size < 5 || parsed.data.total_size > most * 1024 * 1024) return { errcode: 45_001 };
    if (parsed.data.total_chunks < 1 || parsed.data.total_chunks > MOST_CHUNKS) return { errcode: 846_612 };
    const upload_id = randomBytes(16).toString('hex');
    sessions.set(upload_id, { ...parsed.data, chunks: new Map(), until: clock.now().getTime() + SESSION_MS });
    return { errcode: 0, body: { upload_id } };
  }

  function take(given: unknown): Answered {
    const parsed = chunk.safeParse(given);
    const session = parsed.success ? alive(parsed.data.upload_id) : undefined;
    if (!parsed.success || !session) return { errcode: 846_611 };
    const { chunk_index, base64_data } = parsed.data;
    if (chunk_index < 0 || chunk_index >= session.total_chunks) return { errcode: 846_612 };
    const bytes = Buffer.from(base64_data, 'base64');
    if (bytes.length > CHUNK_BYTES) return { errcode: 846_613 };
    session.chunks.set(chunk_index, bytes);
    return { errcode: 0 };
  }

  function finish(given: { upload_id?: unknown }): Answered {
    const session = alive(String(given.upload_id ?? ''));
    if (!session) return { errcode: 846_611 };
    const bytes = [...session.chunks.values()].reduce((sum, one) => sum + one.length, 0);
    if (session.chunks.size !== session.total_chunks || bytes !== session.total_size) return { errcode: 846_616 };
    const media_id = randomBytes(24).toString('base64url');
    kept.add(media_id);
    const created_at = Math.floor(clock.now().getTime() / 1000);
    return { errcode: 0, body: { type: session.type, media_id, created_at } };
  }

  const alive = (id: string): Session | undefined => {
    const session = sessions.get(id);
    return session && session.until > clock.now().getTime() ? session : undefined;
  };
  return {
    answer(cmd: string, body: object): Answered {
      if (cmd === 'aibot_upload_media_init') return begin(body);
      return cmd === 'aibot_upload_media_chunk' ? take(body) : finish(body);
    },
    has: (id: string): boolean => kept.has(id),
  };
}
