import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SLOTS } from '#bot/language/score.ts';
import { understand } from '#bot/language/understand.ts';
import { bureau, capabilities } from './score.ts';

/** Sample offices, by the figure that begins a line of a table, and when its sentences are said. */
const OFFICES = {
  '1': { world: bureau('fixture.json'), now: new Date('2013-05-16T10:00+08:00') },
  '2': { world: bureau('second-bureau/fixture.json'), now: new Date('2026-05-13T10:00+08:00') },
  '3': { world: bureau('third-bureau/fixture.json'), now: new Date('2026-05-13T10:00+08:00') },
  '4': { world: bureau('fourth-bureau/fixture.json'), now: new Date('2026-04-29T10:00+08:00') },
  '5': { world: bureau('fifth-bureau/fixture.json'), now: new Date('2026-05-13T10:00+08:00') },
};

/** A sentence of a table: who says it in which office, and every meaning that counts as right. */
export interface Row {
  office: keyof typeof OFFICES;
  chat: 'direct' | 'group';
  from: string;
  text: string;
  meanings: string[];
}

const ROW = /^(?<office>[1-5])(?<group>g?) (?<from>\S+) (?<text>.+) → (?<meanings>.+)$/;

/** The table of a file under tests/language/tables, by the causes its headings name. */
export function tableOf(file: string): { cause: string; rows: Row[] }[] {
  const causes: { cause: string; rows: Row[] }[] = [];
  for (const line of readFileSync(path.resolve(import.meta.dirname, '../language/tables', file), 'utf8').split('\n')) {
    if (line.startsWith('# ')) causes.push({ cause: line.slice(2), rows: [] });
    else if (line.trim() !== '') causes.at(-1)?.rows.push(rowOf(line));
  }
  return causes;
}

function rowOf(line: string): Row {
  const { office, group, from, text, meanings } = ROW.exec(line)?.groups ?? {};
  if (!office || !from || !text || !meanings) throw new Error(`no row of a table: ${line}`);
  return {
    ...{ office: office as Row['office'], chat: group ? 'group' : 'direct', from },
    ...{ text: text.replaceAll('\\n', '\n'), meanings: meanings.split(' / ') },
  };
}

/** What a sentence means, in one line: 「query.ledger bureau overdue」, 「ask」, 「none」. */
export function meaningOf({ office, chat, from, text }: Row): string {
  const { world, now } = OFFICES[office];
  const speaker = world.members.find(({ id }) => id === from);
  if (!speaker) throw new Error(`nobody is called ${from}`);
  const result = understand({ text, speaker, now, chat }, world, capabilities);
  if (result.outcome !== 'act') return result.outcome;
  return result.commands
    .map(({ handler, input }) =>
      [handler.name, ...(SLOTS[handler.name] ?? []).flatMap((slot) => wordsOf(input as object, slot))].join(' '),
    )
    .join(' + ');
}

function wordsOf(input: object, slot: string): string[] {
  const value: unknown = (input as Record<string, unknown>)[slot];
  if (value === undefined) return [];
  return [typeof value === 'object' ? Object.values(value as object).join(',') : String(value)];
}

/** Whether a meaning is right: one of those listed, or none of those written with 「!」. */
export const isRight = (meaning: string, { meanings }: Row): boolean =>
  meanings.some((one) => (one.startsWith('!') ? !meaning.includes(one.slice(1)) : one === meaning));
