import type { World } from '#bot/language/reading.ts';
import type { Db } from '#bot/store/db.ts';

/** One line of the audit, read. */
interface Line {
  at: Date;
  actor: string;
  intent: string;
  outcome: string;
  command: Record<string, unknown>;
  undoneAt: Date | null;
}
/** An item as the replay knows it: counted from what the audit says, by nothing the bot counts with. */
export interface Counted {
  code: string;
  unit: string;
  category: string;
  target: number | null;
  deadline: string;
  startOn: string | null;
  bornAt: Date | null;
  quantity: number | null;
  percent: number | null;
  told: boolean;
  appliedAt: Date | null;
  acceptedAt: Date | null;
  ended: boolean;
  reportedAt: Date[];
}
export type Opening = Pick<Counted, 'code' | 'unit' | 'category' | 'target' | 'deadline'>;

const TEN_MINUTES = 600_000;
const KINDS: Record<string, [prefix: string, category: string]> = {
  assigned: ['JB', '交办'],
  transferred: ['ZB', '转办'],
};

/** What was said and done, in order, each with when it was taken back. */
export async function auditLines(db: Db): Promise<Line[]> {
  const rows = await db.read((client) => client.audit.findMany({ orderBy: { id: 'asc' } }));
  const lines: Line[] = [];
  for (const { at, actor, intent, outcome, command } of rows) {
    if (intent !== 'undo') {
      lines.push({ at, actor, intent, outcome, command: JSON.parse(command), undoneAt: null });
      continue;
    }
    const last = lines.findLast(
      (one) =>
        one.actor === actor &&
        !one.undoneAt &&
        one.intent !== 'ledger.accept' &&
        at.getTime() - one.at.getTime() <= TEN_MINUTES,
    );
    if (last) last.undoneAt = at;
  }
  return lines;
}

const percentOf = (quantity: number, target: number): number =>
  Math.min(100, Math.round((1000 * quantity) / target) / 10);

/** Every item as it stood at an instant, counted anew from the opening ledger and the audit. */
export function itemsAt(
  opening: readonly Opening[],
  lines: readonly Line[],
  until: Date,
  world: World,
): Map<string, Counted> {
  const blank = { quantity: null, percent: null, told: false, appliedAt: null, acceptedAt: null, ended: false };
  const items = new Map<string, Counted>(
    opening.map((one) => [one.code, { ...one, ...blank, startOn: null, bornAt: null, reportedAt: [] }]),
  );
  const given = new Map<string, number>();
  const asked: { item: string; deadline: string }[] = [];
  for (const line of lines) {
    const { intent, outcome, command, at } = line;
    const counts = at <= until && !(line.undoneAt && line.undoneAt <= until);
    if (intent === 'ledger.assign' && outcome === 'assigned') {
      const item = born(line, given, world);
      if (at <= until) items.set(item.code, { ...item, ended: !counts });
      continue;
    }
    if (intent === 'ledger.extend')
      asked.push({ item: String(command['item']), deadline: String(command['deadline']) });
    if (counts) carryOut(line, items, asked);
  }
  return items;
}

function born({ at, command }: Line, given: Map<string, number>, { departments, members }: World): Counted {
  const [prefix, category] = KINDS[String(command['kind'])] ?? ['', ''];
  const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  const series = `${prefix}${day.slice(0, 4)}`;
  const count = (given.get(series) ?? 0) + 1;
  given.set(series, count);
  const member = members.find(({ id }) => id === command['member']);
  const unit = String(command['department'] ?? member?.department ?? '');
  return {
    ...{ code: `${series}-${String(count).padStart(3, '0')}`, category, target: null, startOn: day, bornAt: at },
    ...{ unit: departments.find(({ code }) => code === unit)?.code ?? unit, deadline: String(command['deadline']) },
    ...{ quantity: null, percent: null, told: false, appliedAt: null, acceptedAt: null, ended: false, reportedAt: [] },
  };
}

function carryOut(
  { intent, outcome, command, at }: Line,
  items: Map<string, Counted>,
  asked: { item: string; deadline: string }[],
): void {
  if (intent === 'ledger.decide_extension' && outcome === 'approved') {
    const found = asked[Number(command['extension']) - 1];
    const moved = items.get(found?.item ?? '');
    if (moved && found) moved.deadline = found.deadline;
    return;
  }
  const item = items.get(String(command['item'] ?? ''));
  if (!item) return;
  const { quantity, increment, percent } = command as Record<'quantity' | 'increment' | 'percent', number | undefined>;
  if (
    (intent === 'ledger.progress' && outcome === 'recorded') ||
    (intent === 'ledger.correct' && outcome === 'corrected')
  ) {
    figure(item, quantity ?? (increment === undefined ? undefined : (item.quantity ?? 0) + increment), percent);
    item.told = true;
    item.reportedAt.push(at);
  }
  if (intent === 'ledger.complete' && outcome === 'handed-in') {
    if (quantity !== undefined && quantity !== item.quantity) figure(item, quantity, undefined);
    Object.assign(item, { appliedAt: at, told: true });
    item.reportedAt.push(at);
  }
  if (intent === 'ledger.return' && outcome === 'returned') Object.assign(item, { appliedAt: null, told: true });
  if (intent === 'ledger.accept' && outcome === 'accepted') Object.assign(item, { acceptedAt: at, percent: 100 });
  if (intent === 'ledger.extend' && outcome === 'moved') item.deadline = String(command['deadline']);
}

function figure(item: Counted, quantity: number | undefined, percent: number | undefined): void {
  if (quantity !== undefined && item.target !== null) {
    item.quantity = quantity;
    item.percent = percentOf(quantity, item.target);
  } else if (percent !== undefined) item.percent = percent;
}

/** The state's word, by the contract's names. */
export function wordOf(item: Counted, day: string): string {
  if (item.acceptedAt) return 'done';
  if (item.appliedAt) return 'awaiting_acceptance';
  if (item.deadline < day) return 'overdue';
  return item.told ? 'in_progress' : 'not_started';
}

/** The light, counted by the letter of R43. */
export function colourOf(item: Counted, day: string): 'green' | 'yellow' | 'red' | 'blue' | 'grey' {
  const word = wordOf(item, day);
  if (word === 'done') return 'blue';
  if (word === 'overdue') return 'red';
  if (word === 'awaiting_acceptance') return 'green';
  const number = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
  const first = number(item.startOn ?? `${item.deadline.slice(0, 4)}-01-01`);
  const whole = number(item.deadline) - first + 1;
  const passed = Math.min(100, (100 * (number(day) - first + 1)) / whole);
  const behind = item.target === null || item.percent === null ? 0 : passed - item.percent;
  if (behind > 30) return 'red';
  if (behind >= 10 || number(item.deadline) - number(day) <= 7) return 'yellow';
  return word === 'not_started' ? 'grey' : 'green';
}
