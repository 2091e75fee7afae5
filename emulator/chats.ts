/** One bubble: who spoke in which conversation (a member's userid in lower case, or a group's name). */
export interface Bubble {
  id: number;
  chat: string;
  from: 'member' | 'bot';
  /** who spoke, in a group */
  by?: string;
  text: string;
  at: string;
}

/** Every conversation of the stand-in, in memory; listeners hear each bubble as it comes. */
export function openChats() {
  const bubbles: Bubble[] = [];
  const listeners = new Set<(bubble: Bubble) => void>();
  return {
    bubbles,
    add(chat: string, from: Bubble['from'], text: string, at: Date, by?: string): void {
      const bubble: Bubble = { id: bubbles.length + 1, chat, from, text, at: at.toISOString(), ...(by && { by }) };
      bubbles.push(bubble);
      for (const listener of listeners) listener(bubble);
    },
    /** @returns what ends the listening. */
    listen(listener: (bubble: Bubble) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
export type Chats = ReturnType<typeof openChats>;
