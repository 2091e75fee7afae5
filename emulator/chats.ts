import type { Seen } from './judge-message.ts';

/** One bubble: who spoke in which conversation (a member's userid in lower case, or a group's name). */
export interface Bubble extends Seen {
  id: number;
  chat: string;
  from: 'member' | 'bot';
  /** who spoke, in a group */
  by?: string;
  at: string;
  /** taken back by the app that sent it */
  recalled?: true;
}

/** Every conversation of the stand-in, in memory; listeners hear each bubble as it comes and as it changes. */
export function openChats() {
  const bubbles: Bubble[] = [];
  const listeners = new Set<(bubble: Bubble) => void>();
  const tell = (bubble: Bubble): void => {
    for (const listener of listeners) listener(bubble);
  };
  return {
    bubbles,
    add(chat: string, from: Bubble['from'], said: string | Seen, at: Date, by?: string): Bubble {
      const seen = typeof said === 'string' ? { text: said } : said;
      const bubble: Bubble = { ...seen, id: bubbles.length + 1, chat, from, at: at.toISOString(), ...(by && { by }) };
      bubbles.push(bubble);
      tell(bubble);
      return bubble;
    },
    change(bubble: Bubble, to: Partial<Seen> & { recalled?: true }): void {
      Object.assign(bubble, to);
      tell(bubble);
    },
    /** @returns what ends the listening. */
    listen(listener: (bubble: Bubble) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
export type Chats = ReturnType<typeof openChats>;
