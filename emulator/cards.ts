import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';
import type { Bubble, Chats } from './chats.ts';
import { cardFault, shown } from './judge-card.ts';
import { ok, refused } from './tokens.ts';

const CODE_LIVES_MS = 72 * 3_600_000;
const update = z.object({
  userids: z.array(z.string()).max(1000).optional(),
  atall: z.number().optional(),
  agentid: z.int(),
  response_code: z.string(),
  button: z.object({ replace_name: z.string() }).optional(),
  template_card: z.unknown().optional(),
});

/** Who has which card, and the codes under which it can be changed once (protocol notes 3.5). */
export function openCards(chats: Chats, clock: Clock) {
  const tasks = new Set<string>();
  const codes = new Map<string, { task: string; until: number; used: boolean }>();
  const copies = (task: string): Bubble[] => chats.bubbles.filter(({ card }) => card?.task === task);

  return {
    /** Notes that a card goes out; false if its name was taken before. */
    register(task: string): boolean {
      if (tasks.has(task)) return false;
      tasks.add(task);
      return true;
    },
    code(task: string): string {
      const code = randomBytes(24).toString('base64url');
      codes.set(code, { task, until: clock.now().getTime() + CODE_LIVES_MS, used: false });
      return code;
    },
    update(given: unknown, agentId: number): object {
      const parsed = update.safeParse(given);
      if (!parsed.success) return refused(40058);
      const { userids = [], atall, agentid, response_code, button, template_card } = parsed.data;
      if (agentid !== agentId) return refused(301002);
      const code = codes.get(response_code);
      if (!code || code.used || code.until < clock.now().getTime()) return refused(60140);
      if (userids.length === 0 && !atall) return refused(82101);
      if (button ? !button.replace_name : !template_card) return refused(42018);
      const fault = template_card ? cardFault({ ...(template_card as object), task_id: code.task }, 'app') : 0;
      if (fault) return refused(fault);
      code.used = true;
      const holders = userids.map((id) => id.toLowerCase());
      for (const bubble of copies(code.task))
        if (bubble.card && (atall || holders.includes(bubble.chat)))
          chats.change(bubble, {
            card: button
              ? { ...bubble.card, closed: button.replace_name }
              : shown({ ...(template_card as object), task_id: code.task }, 'app'),
          });
      return ok({ invaliduser: holders.filter((id) => !copies(code.task).some(({ chat }) => chat === id)) });
    },
    /** The robot's way of changing a card: told in answer to the tap. */
    replace(task: string, given: unknown): number {
      const fault = cardFault(given, 'robot');
      if (fault === 0) for (const bubble of copies(task)) chats.change(bubble, { card: shown(given, 'robot') });
      return fault;
    },
  };
}
export type Cards = ReturnType<typeof openCards>;
