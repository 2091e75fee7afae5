import type { TemplateCard } from './card.ts';
import { plain } from './plain.ts';

/** What the robot says in answer to a call, as the platform takes it (protocol notes 5.5). */
export type Passive =
  | { msgtype: 'stream'; stream: { id: string; finish: true; content: string; feedback?: { id: string } } }
  | { msgtype: 'template_card'; template_card: TemplateCard };

interface Waiting {
  url: string;
  resolve(said: Said | null): void;
}
/** An answer on its way out, and whoever wants to know whether it got there. */
export interface Said {
  answer: Passive;
  arrived(well: boolean): void;
}

// Whoever waits holds a connection open; in a rush the later way is the better one.
const MOST_WAITING = 50;
const MOST_REMEMBERED = 500;
const FEEDBACK_BYTES = 256;

/** 答复内容: words as a stream that is finished at once, so that a repeat of it takes its place instead of doubling it. */
export const streamOf = (id: string, content: string, about?: string): Passive => ({
  msgtype: 'stream',
  stream: { id, finish: true, content: plain(content), ...feedbackOn(about) },
});

/** What lets members say whether an answer was right; the event names the message it answered. */
export const feedbackOn = (about: string | undefined): { feedback?: { id: string } } =>
  about && Buffer.byteLength(about) <= FEEDBACK_BYTES ? { feedback: { id: about } } : {};

/**
 * 即时答复: what is answered while the platform still waits for its call goes back in it. What takes longer goes to the
 * address the call brought. The same call again gets the same answer.
 * @param withinMs how long a call is kept waiting
 */
export function openAnswers(withinMs: number) {
  const waiting = new Map<string, Waiting>();
  const given = new Map<string, Passive>();

  return {
    /** The answer that was given to this message before, if it comes again. */
    before: (key: string): Passive | undefined => given.get(key),
    /** Waits for what is said at an address; null where that takes too long or nothing is said. */
    wait(key: string, url: string): Promise<Said | null> {
      if (withinMs === 0 || waiting.size >= MOST_WAITING) return Promise.resolve(null);
      return new Promise((resolve) => {
        const end = (said: Said | null): void => {
          clearTimeout(timer);
          waiting.delete(key);
          if (said) remember(key, said.answer);
          resolve(said);
        };
        const timer = setTimeout(() => end(null), withinMs);
        waiting.set(key, { url, resolve: end });
      });
    },
    /** Nothing will be said to this message where it was said. */
    release: (key: string): void => waiting.get(key)?.resolve(null),
    /** Gives an answer to the call that waits for it. @returns whether it got there; null where none waits. */
    give(url: string, answer: Passive): Promise<boolean | null> {
      const call = [...waiting.values()].find((one) => one.url === url);
      if (!call) return Promise.resolve(null);
      return new Promise((arrived) => call.resolve({ answer, arrived }));
    },
  };

  function remember(key: string, answer: Passive): void {
    given.set(key, answer);
    const [oldest] = given.keys();
    if (given.size > MOST_REMEMBERED && oldest !== undefined) given.delete(oldest);
  }
}
export type Answers = ReturnType<typeof openAnswers>;
