import { createHash } from 'node:crypto';
import { type Paper, paper as paperShape } from '#bot/message.ts';
import { WecomError } from '#bot/wecom/errors.ts';
import { postpone } from './deliver.ts';
import { placeOf, toGroup } from './groups.ts';
import type { OutboxParts } from './outbox.ts';
import { channelOf } from './pauses.ts';
import { splitText } from './text.ts';

const MOST_AT_ONCE = 50;

/** Draws a picture or file from its facts. */
export type Draw = (paper: Pick<Paper, 'drawnBy' | 'facts'>) => Promise<Buffer>;
export type PaperParts = OutboxParts & { draw: Draw };

/**
 * Delivers the pictures and files that are due, oldest first. Apart from other words, which must not wait for the
 * drawing. What was drawn for one group is drawn once for all. A drawing that fails is parked and said.
 */
export async function deliverPapers(parts: PaperParts): Promise<void> {
  const { db, clock, pauses } = parts;
  const drawn = new Map<string, Promise<Buffer>>();
  const due = await db.read((client) =>
    client.outbox.findMany({
      where: { sentAt: null, parkedAt: null, paper: { not: null }, notBefore: { lte: clock.now() } },
      orderBy: { id: 'asc' },
      take: MOST_AT_ONCE,
      // The facts of a ledger are megabytes, so they are read when their turn comes.
      omit: { paper: true },
    }),
  );
  for (const row of due.filter((one) => pauses.isOpen(channelOf(one), clock.now()))) {
    try {
      const msgid = await deliverOne(row, parts, drawn);
      const sent = { sentAt: clock.now(), ...(msgid && { msgid }) };
      await db.write((tx) => tx.outbox.update({ where: { id: row.id }, data: sent }));
    } catch (error) {
      if (error instanceof WecomError) await postpone([row], row, error, parts);
      else await giveUp(row, error, parts);
    }
  }
}

type PaperRow = Omit<Awaited<ReturnType<OutboxParts['db']['client']['outbox']['findMany']>>[number], 'paper'>;

async function deliverOne(
  row: PaperRow,
  parts: PaperParts,
  drawn: Map<string, Promise<Buffer>>,
): Promise<string | null> {
  const { db, wecom, draw } = parts;
  const only = { where: { id: row.id }, select: { paper: true } };
  const { paper } = await db.read((client) => client.outbox.findUniqueOrThrow(only));
  const text = paper ?? '';
  const { kind, name, drawnBy, facts } = paperShape.parse(JSON.parse(text));
  const same = createHash('sha256').update(text).digest('base64');
  const drawing = drawn.get(same) ?? draw({ drawnBy, facts });
  drawn.set(same, drawing);
  const enclosure = { kind, name, bytes: await drawing };
  const words = row.text === '' ? [] : splitText(row.text);
  if (row.kind === 'group') {
    if (row.text !== '') await toGroup(parts, row.address, row.text, row.style);
    await wecom.enclosureToGroup(await placeOf(parts, row.address), enclosure);
    return null;
  }
  for (const [index, part] of words.entries()) await wecom.sendText(row.address, part, row.id * 10 + index);
  return wecom.sendEnclosure(row.address, enclosure, row.id * 10 + 9);
}

/** Nothing was drawn: a member hears it, a group has its words already. */
async function giveUp(row: PaperRow, error: unknown, { db, clock, log }: PaperParts): Promise<void> {
  log.error({ outboxId: row.id, cause: error instanceof Error ? error.message : 'unknown' }, 'paper not drawn');
  const parked = { parkedAt: clock.now(), error: 'not drawn' };
  const told = { paper: null, text: '您要的文件没有生成成功，请联系系统管理员。' };
  await db.write((tx) => tx.outbox.update({ where: { id: row.id }, data: row.kind === 'user' ? told : parked }));
}
