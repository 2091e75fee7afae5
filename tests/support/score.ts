import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { World } from '#bot/language/reading.ts';
import { understand } from '#bot/language/understand.ts';
import * as handlers from '#handlers/index.ts';

const folder = path.resolve(import.meta.dirname, '../language');
export const capabilities = Object.values(handlers);

/** A sample office, e.g. `fixture.json` under tests/language. */
export const bureau = (file: string): World => ({
  enterprises: [],
  ...JSON.parse(readFileSync(path.join(folder, file), 'utf8')),
});

type Command = { intent: string } & Record<string, unknown>;
interface Label {
  id: string;
  from: string;
  chat: 'direct' | 'group';
  now: string;
  text: string;
  outcomes: string[];
  commands: Command[];
  alternatives?: Command[][];
}

/** The slots that count, by intent (understanding contract). */
const SLOTS: Record<string, string[]> = {
  'attendance.sign_in': ['session', 'code'],
  'attendance.leave': ['session', 'from', 'to', 'type'],
  'study.self': ['minutes', 'date'],
  'ledger.progress': ['item', 'percent', 'quantity', 'increment'],
  'ledger.complete': ['item'],
  'ledger.extend': ['item', 'deadline'],
  'ledger.assign': ['department', 'member', 'deadline', 'kind'],
  'ledger.accept': ['item'],
  'ledger.return': ['item'],
  'leave.approve': ['member'],
  'leave.reject': ['member'],
  'report.month': ['month'],
  'commentary.give': ['department', 'month'],
  'session.schedule': ['start'],
  'session.cancel': ['session'],
  'review.score': ['department', 'scores'],
  'liaison.visit': ['enterprise', 'date'],
  'query.ledger': ['scope', 'status'],
  'query.item': ['item'],
  'query.attendance': ['session', 'from', 'to', 'department', 'member', 'status'],
  'query.unreported': ['month'],
  'query.ranking': ['quarter'],
  'query.digest': ['month'],
  'query.study': ['member', 'from', 'to'],
  'urge.send': ['item', 'department', 'member'],
};
const isWrite = (intent: string): boolean => !intent.startsWith('query.') && intent !== 'help';

const canonical = (value: unknown): string =>
  JSON.stringify(
    value && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value).sort() : (value ?? null),
  );
const slotRight = (gold: unknown, got: unknown): boolean =>
  Array.isArray(gold) ? gold.some((one) => canonical(one) === canonical(got)) : canonical(gold) === canonical(got);
const commandRight = (gold: Command, got: Command | undefined): boolean =>
  gold.intent === got?.intent && (SLOTS[gold.intent] ?? []).every((slot) => slotRight(gold[slot], got[slot]));
const listRight = (gold: Command[], got: Command[]): boolean =>
  gold.length === got.length && gold.every((one, index) => commandRight(one, got[index]));

export interface Score {
  total: number;
  exact: number;
  wrongWrites: string[];
  needlessQuestions: number;
  failures: string[];
}

/** Understands every labelled message of a file and compares as the contract says. */
export function score(labels: string, world: World): Score {
  const result: Score = { total: 0, exact: 0, wrongWrites: [], needlessQuestions: 0, failures: [] };
  for (const line of readFileSync(path.join(folder, labels), 'utf8').trim().split('\n')) {
    const label: Label = JSON.parse(line);
    const speaker = world.members.find(({ id }) => id === label.from);
    if (!speaker) throw new Error(`${label.id}: nobody is called ${label.from}`);
    const said = { text: label.text, speaker, now: new Date(label.now), chat: label.chat };
    const understanding = understand(said, world, capabilities);
    const commands: Command[] =
      understanding.outcome === 'none'
        ? []
        : understanding.commands.map(({ handler, input }) => ({ intent: handler.name, ...(input as object) }));
    const accepted = [label.commands, ...(label.alternatives ?? [])].filter((list) => list.length > 0);
    const acted = understanding.outcome === 'act';
    const right =
      label.outcomes.includes(understanding.outcome) && (!acted || accepted.some((list) => listRight(list, commands)));
    const meant = (command: Command) =>
      label.outcomes.includes('act') && accepted.some((list) => list.some((one) => commandRight(one, command)));
    result.total += 1;
    if (right) result.exact += 1;
    else result.failures.push(`${label.id} ${label.text} → ${understanding.outcome} ${JSON.stringify(commands)}`);
    if (!right && acted && commands.some((command) => isWrite(command.intent) && !meant(command)))
      result.wrongWrites.push(label.id);
    if (!right && label.outcomes[0] === 'act' && understanding.outcome === 'ask') result.needlessQuestions += 1;
  }
  return result;
}
