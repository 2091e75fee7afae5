import type { Handler } from '#bot/handler.ts';
import type { World } from './reading.ts';
import { understand } from './understand.ts';

type Command = { intent: string } & Record<string, unknown>;
/** A message with what it means: every outcome that counts as right, and the commands where it is acted on. */
export interface Label {
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
export const SLOTS: Record<string, string[]> = {
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

/** How a set of labelled messages was understood. */
export interface Score {
  total: number;
  exact: number;
  wrongWrites: string[];
  needlessQuestions: number;
  /** meant for the bot, which said nothing */
  missed: number;
  /** not for the bot, which answered */
  spokeUp: number;
  failures: string[];
}

/** Understands every labelled message and compares as the contract says. */
export function score(labels: readonly Label[], world: World, handlers: readonly Handler[]): Score {
  const result: Score = {
    total: 0,
    exact: 0,
    wrongWrites: [],
    needlessQuestions: 0,
    missed: 0,
    spokeUp: 0,
    failures: [],
  };
  for (const label of labels) {
    const speaker = world.members.find(({ id }) => id === label.from);
    if (!speaker) throw new Error(`${label.id}: nobody is called ${label.from}`);
    const said = { text: label.text, speaker, now: new Date(label.now), chat: label.chat };
    const understanding = understand(said, world, handlers);
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
    if (right) continue;
    if (label.outcomes[0] === 'act' && understanding.outcome === 'ask') result.needlessQuestions += 1;
    if (label.outcomes[0] === 'act' && understanding.outcome === 'none') result.missed += 1;
    if (label.outcomes[0] === 'none' && understanding.outcome !== 'none') result.spokeUp += 1;
  }
  return result;
}

/** What a labelled set must reach; its files are named beside the list of gates. */
export interface Gate {
  labels: string;
  fixture: string;
  /** the least share of exact answers */
  exact: number;
  /** the most wrong writes */
  wrongWrites: number;
  /** the largest share of needless questions */
  needless: number;
}

/** What of a gate a score misses, in words; empty if it passes. */
export function missedOf({ exact, wrongWrites, needless }: Gate, score: Score): string[] {
  return [
    ...(score.exact / score.total < exact ? [`准确应不低于${percent(exact)}`] : []),
    ...(score.wrongWrites.length > wrongWrites ? [`误记应不多于${wrongWrites}条`] : []),
    ...(score.needlessQuestions / score.total >= needless ? [`多问应低于${percent(needless)}`] : []),
  ];
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;
