import type { World } from '#bot/language/reading.ts';
import { understand } from '#bot/language/understand.ts';
import { capabilities } from './score.ts';

// Slots that may be there though a line does not tell them.
const MAY_STAND: Record<string, string[]> = {
  'attendance.leave': ['type', 'from', 'to'],
  'ledger.assign': ['department'],
  'ledger.complete': ['quantity'],
  'ledger.progress': ['increment'],
  'query.attendance': ['department'],
  'query.study': ['member'],
  'query.ledger': ['status', 'light', 'kind'],
  'urge.send': ['member'],
};
const FREE = new Set([
  'half',
  'scope_',
  'speaker',
  'note',
  'reason',
  'topic',
  'title',
  'text',
  'venue',
  'kind_of',
  'end',
]);

/**
 * Checks one line of a table against what is understood: `U0502 05-14T08:21 我到啦 => attendance.sign_in session=S0514`.
 * `g` after the person: said in a group; the year is the office's. Several commands are joined by ` + `, other right
 * answers by ` | `; `ask` and `none` stand for themselves. Gives the difference, or null.
 */
export function differs(line: string, world: World): string | null {
  const [, from = '', group, at = '', text = '', wanted = ''] =
    /^\s*([A-Z]+\d+|[a-z]+\d*)(g|!)? ((?:\d{4}-)?\d\d-\d\d(?:T\d\d:\d\d)?) ([\s\S]+?) => (.+?)\s*$/.exec(line) ?? [];
  const speaker = world.members.find(({ id }) => id === from);
  if (!speaker) throw new Error(`cannot read: ${line}`);
  const year = world.ledger[0]?.deadline.slice(0, 4) ?? '';
  const dated = (day: string) => (/^\d\d-/.test(day) ? `${year}-${day}` : day);
  const now = new Date(`${dated(at.includes('T') ? at : `${at}T10:00`)}:00+08:00`);
  const result = understand(
    { text: text.replaceAll('\\n', '\n'), speaker, now, chat: group ? 'group' : 'direct' },
    world,
    capabilities,
  );
  const got =
    result.outcome === 'act'
      ? result.commands.map(({ handler, input }) => ({ intent: handler.name, ...(input as object) }))
      : [];
  const right = wanted.split(' | ').some((answer) => {
    if (answer === 'ask' || answer === 'none') return result.outcome === answer;
    const commands = answer.split(' + ');
    return (
      result.outcome === 'act' &&
      commands.length === got.length &&
      commands.every((command, index) => fits(command, got[index] as Record<string, unknown>, dated))
    );
  });
  const heard = result.outcome === 'act' ? got.map(brief).join(' + ') : result.outcome;
  return right ? null : `「${text}」 (${from}) wanted ${wanted}, got ${heard}`;
}

function fits(command: string, got: Record<string, unknown>, dated: (day: string) => string): boolean {
  const [intent = '', ...slots] = command.trim().split(/\s+/);
  if (got.intent !== intent) return false;
  const wanted = new Map(slots.map((slot) => slot.split(/=(.*)/).slice(0, 2) as [string, string]));
  for (const [slot, value] of wanted) {
    const given = slot === 'scores' ? scoresOf(got.scores) : String(got[slot]);
    const values =
      slot === 'scores' ? [value] : value.split('/').map((one) => (one === '-' ? 'undefined' : dated(one)));
    if (!values.includes(given)) return false;
  }
  if (!['attendance.leave', 'query.ledger', 'session.schedule', 'review.score'].includes(intent) || wanted.size > 0)
    for (const slot of Object.keys(got))
      if (slot !== 'intent' && !wanted.has(slot) && !FREE.has(slot) && !(MAY_STAND[intent] ?? []).includes(slot))
        return slot === 'kind' && intent === 'session.schedule';
  return true;
}

const scoresOf = (scores: unknown): string =>
  Object.entries((scores ?? {}) as Record<string, number>)
    .map(([dimension, value]) => `${dimension}:${value}`)
    .sort()
    .join(',');

const brief = (command: object): string =>
  Object.entries(command)
    .filter(([slot]) => !FREE.has(slot))
    .map(([slot, value]) => (slot === 'intent' ? value : `${slot}=${slot === 'scores' ? scoresOf(value) : value}`))
    .join(' ');
