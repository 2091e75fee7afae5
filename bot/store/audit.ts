import { type Db, sealOf, type Tx } from './db.ts';
import { put, settle } from './held.ts';
import { lean, numberIn, sql } from './lean.ts';
import { openRunning } from './remembered.ts';

/** 操作日志: one line for every command that changed anything (contract). */
export interface AuditLine {
  at: Date;
  actor: string;
  intent: string;
  command: string;
  inboxKey: string;
  outcome: string;
}

/** Each line's signature covers the one before it, so none can be changed, taken out or put in unnoticed. */
const signed = ({ at, actor, intent, command, inboxKey, outcome }: AuditLine, before: string): string =>
  JSON.stringify([before, at.toISOString(), actor, intent, command, inboxKey, outcome]);

interface Head {
  hash: string;
  lines: number;
}
const heads = openRunning<Head>('AuditHead');

async function headOf(tx: Tx): Promise<Head | undefined> {
  const known = heads.known(tx);
  if (known) return known;
  const [row] = await lean<Head>(tx, sql`SELECT "hash", "lines" FROM "AuditHead" WHERE "id" = 1`);
  return row && { hash: row.hash, lines: numberIn(row.lines) };
}

/** Appends a line to the chain; the head says how many there are and with what the last one is signed. */
export async function addAudit(tx: Tx, line: AuditLine): Promise<void> {
  const head = await headOf(tx);
  const hash = sealOf(tx).sign(signed(line, head?.hash ?? ''));
  const { at, actor, intent, command, inboxKey, outcome } = line;
  await put(tx, 'Audit', { at, actor, intent, command, inboxKey, outcome, hash });
  const lines = head ? head.lines + 1 : 1;
  const sign = sealOf(tx).sign(JSON.stringify([hash, lines]));
  await settle(
    tx,
    'AuditHead',
    sql`INSERT INTO "AuditHead" ("id", "hash", "lines", "sign") VALUES (1, ${hash}, ${lines}, ${sign})
      ON CONFLICT ("id") DO UPDATE SET "hash" = ${hash}, "lines" = ${lines}, "sign" = ${sign}`,
    () => heads.is(tx, { hash, lines }),
  );
}

const AT_ONCE = 1000;

/** Looks through the whole chain. @returns what is wrong with it, in words; null if nothing is. */
export async function auditFlaw(db: Db): Promise<string | null> {
  const { seal } = db;
  let [before, lines, last] = ['', 0, 0];
  for (;;) {
    const rows = await db.read((client) =>
      client.audit.findMany({ where: { id: { gt: last } }, orderBy: { id: 'asc' }, take: AT_ONCE }),
    );
    if (rows.length === 0) break;
    for (const row of rows) {
      last = row.id;
      // Lines from before there was a chain can only come first.
      if (row.hash === '' && lines === 0) continue;
      if (row.hash !== seal.sign(signed(row, before))) return `第${row.id}行与前文不符，被改动、插入或其前一行被删除`;
      before = row.hash;
      lines += 1;
    }
  }
  const head = await db.read((client) => client.auditHead.findUnique({ where: { id: 1 } }));
  if (!head && lines === 0) return null;
  if (head?.sign !== seal.sign(JSON.stringify([head?.hash, head?.lines]))) return '总数记录被改动';
  return head.hash === before && head.lines === lines ? null : `应有${head.lines}行，现有${lines}行，末尾有缺失或增添`;
}
