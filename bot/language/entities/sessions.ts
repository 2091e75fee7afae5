import { dayOf } from '#bot/calendar.ts';
import { GistIndex } from '../gist.ts';
import type { World, WorldSession } from '../world.ts';

/** A session with its day and hours looked up once. */
export interface HeldSession extends WorldSession {
  day: string;
  from: number;
  to: number;
}

/** Finds the sessions of study. */
export class Sessions {
  readonly all: HeldSession[];
  private readonly topics: GistIndex;

  constructor({ sessions }: Pick<World, 'sessions'>) {
    this.all = sessions.map((session) => ({
      ...session,
      day: dayOf(new Date(session.start)),
      from: Date.parse(session.start),
      to: Date.parse(session.end),
    }));
    this.topics = new GistIndex(
      sessions.map(({ topic, kind, aliases = [] }) => [topic, kind === '集中学习' ? '' : kind, ...aliases].join(' ')),
    );
  }

  on(day: string): HeldSession[] {
    return this.all.filter((session) => session.day === day);
  }

  /** Sessions whose topic the words name, those of a lecture only if one is said; the best only. */
  about(text: string): HeldSession[] {
    const gists = this.topics.find(text);
    const best = gists[0]?.score ?? 0;
    if (best < 0.7) return [];
    return gists.filter(({ score }) => score >= best * 0.9).flatMap(({ index }) => this.all[index] ?? []);
  }

  /** The one that is open now, or nearest within the day (contract: 签到 without more). */
  nearest(now: Date, day: string): HeldSession | null {
    const distance = ({ from, to }: HeldSession): number => Math.max(0, from - now.getTime(), now.getTime() - to);
    // A session that runs past midnight is still the evening's.
    const near = this.all.filter(
      (session) => session.day === day || (session.from < now.getTime() && now.getTime() <= session.to + 1_800_000),
    );
    return near.sort((one, other) => distance(one) - distance(other))[0] ?? null;
  }
}
