import { createHash } from 'node:crypto';
import { addDays, addWorkdays, type Day, instantAt } from '#bot/calendar.ts';
import {
  bookFaults,
  deliveryFaults,
  digestFaults,
  exportFaults,
  messageFaults,
  packFaults,
  slotFaults,
} from './campaign/checks.ts';
import { type Office, openOffice } from './campaign/office.ts';
import { daysBetween, endOf, talkOf } from './campaign/people.ts';
import { chanceOf } from './campaign/random.ts';

export interface Campaign {
  seed: number;
  from: Day;
  to: Day;
}
export interface Result {
  counts: Record<string, number>;
  faults: string[];
  /** of everything that was recorded and told */
  fingerprint: string;
}

/**
 * The whole campaign of the sample bureau on the real app: people who report, forget, err, take back, ask for time, go on
 * leave, under a clock that is moved through every job slot. Afterwards everything shown is counted again.
 */
export async function simulate({ seed, from, to }: Campaign): Promise<Result> {
  const start = instantAt(from, '07:30');
  const office = await openOffice(start);
  try {
    const { db, world, quiet } = office;
    const items = await db.read((client) => client.ledgerItem.findMany({ orderBy: { no: 'asc' } }));
    const opening = items.map(({ departmentCode: unit, code, category, target, deadline }) => ({
      code,
      unit,
      category,
      target,
      deadline,
    }));
    const chance = chanceOf(seed);
    const told = new Set<string>();
    for (const day of daysBetween(from, to)) {
      if (day.endsWith('-01')) for (const fault of await messageFaults(db, quiet)) told.add(fault);
      await office.passTo(instantAt(day, '08:50'));
      for (const { at, from: person, text } of await talkOf(day, { world, db, chance })) {
        await office.passTo(new Date(Math.max(at.getTime(), office.clock.now().getTime())));
        await office.say(person, text);
      }
      await office.passTo(endOf(day));
      // Between the first workday, when it is made, and the days on which its words go.
      if (day.endsWith('-08') && monthBefore(day) >= from.slice(0, 7))
        for (const fault of await packFaults(db, opening, world, monthBefore(day))) told.add(fault);
    }
    // What the last evening left waits for the next workday's morning, however many rest days lie between.
    const end = instantAt(addWorkdays(to, 1), '12:00');
    await office.passTo(end);
    const faults = [
      ...(await digestFaults(db, opening, world)),
      ...(await exportFaults(db, opening, world, end)),
      ...(await slotFaults(db, start, end)),
      ...new Set([...told, ...(await messageFaults(db, quiet))]),
      ...(await bookFaults(db)),
      ...(await deliveryFaults(db)),
    ];
    return { ...(await summaryOf(office)), faults };
  } finally {
    await office.close();
  }
}

async function summaryOf({ db }: Office): Promise<Omit<Result, 'faults'>> {
  return db.read(async (client) => {
    // What the platform calls a message or a card is its own affair.
    const rows = await client.outbox.findMany({ orderBy: { id: 'asc' }, omit: { msgid: true, cardCode: true } });
    const told = rows.map((row) =>
      row.kind === 'card' || row.kind === 'recall'
        ? { ...row, address: row.address.split(' ').slice(0, -1).join() }
        : row,
    );
    // The seal's key is made anew for every record book.
    const audit = await client.audit.findMany({ orderBy: { id: 'asc' }, omit: { hash: true } });
    const digests = await client.digest.findMany({ orderBy: { month: 'asc' } });
    const facts = await client.itemFact.findMany({ orderBy: { id: 'asc' } });
    const runs = await client.jobRun.findMany({ orderBy: { id: 'asc' } });
    const everything = JSON.stringify([told, audit, digests, facts, runs]);
    return {
      counts: {
        ...{ messages: await client.inbox.count(), records: audit.length, facts: facts.length, slots: runs.length },
        ...{ told: told.length, undelivered: told.filter(({ sentAt }) => !sentAt).length },
        ...{ digests: digests.filter(({ sentAt }) => sentAt).length, items: await client.ledgerItem.count() },
      },
      fingerprint: createHash('sha256').update(everything).digest('hex').slice(0, 16),
    };
  });
}

const monthBefore = (day: Day): string => addDays(`${day.slice(0, 7)}-01`, -1).slice(0, 7);

const MOST_SHOWN = 20;

if (import.meta.url === `file://${process.argv[1]}`) {
  const [seed = '2013', from = '2013-03-01', to = '2013-09-30'] = process.argv.slice(2);
  const begun = performance.now();
  const { counts, faults, fingerprint } = await simulate({ seed: Number(seed), from, to });
  const words = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(
    `${from} – ${to}, seed ${seed}: ${words.join(', ')}; ${seconds} s, fingerprint ${fingerprint}\n`,
  );
  for (const fault of faults.slice(0, MOST_SHOWN)) process.stderr.write(`${fault}\n`);
  process.stdout.write(
    faults.length === 0 ? 'every figure counted again and found right\n' : `${faults.length} differences\n`,
  );
  process.exit(faults.length === 0 ? 0 : 1);
}
