import type { z } from 'zod';
import type { Reading, World, WorldPerson } from './language/reading.ts';
import type { InboundMessage } from './message.ts';
import type { Permission } from './permission.ts';
import type { Tx } from './store/db.ts';

/** What a capability makes of a message: a command it is sure of, a question, or nothing at all. */
export type Meaning<Input> = { kind: 'act'; input: Input } | { kind: 'ask'; question: string } | null;

/** What happened. `changed` holds for everything the record book now says differently: it is audited. */
export interface Outcome {
  kind: string;
  changed: boolean;
  /** what taking it back within ten minutes needs; absent where it cannot be taken back (G11) */
  memo?: object;
}

/** Words for somebody else that an outcome causes. */
export interface Notification {
  to: string;
  text: string;
}

export interface Execution<Input> {
  input: Input;
  actor: WorldPerson;
  message: InboundMessage;
  world: World;
  tx: Tx;
  /** Takes back the actor's last deed that still can be; gives the title of what it was, or why it cannot be. */
  takeBack(): Promise<{ kind: 'undone' | 'acted-on'; title: string } | { kind: 'nothing' }>;
}

/** One capability: what people say, who may, what happens, what is answered. See handlers/. */
export interface Handler<Input = unknown, Result extends Outcome = Outcome> {
  /** its intent */
  name: string;
  title: string;
  /** sentences that work when copied; each is also a test */
  examples: readonly string[];
  input: z.ZodType<Input>;
  allow: Permission<NoInfer<Input>>;
  /** Evidence: what in a reading makes this capability meant. Looks only; never at who may. */
  meant(reading: Reading): Meaning<Input>;
  /** What is asked before something that cannot be taken back; null where nothing would be done anyway. */
  confirm?(execution: Execution<Input>): Promise<string | null>;
  execute(execution: Execution<Input>): Promise<Result>;
  reply(outcome: Result): string;
  notify?(outcome: Result): Notification[];
  /** Takes back what `memo` tells of. False if somebody acted on it meanwhile. */
  undo?(memo: unknown, execution: Execution<unknown>): Promise<boolean>;
}

/** Declares a capability; types are inferred from its parts, and erased for the table of contents. */
export function defineHandler<Input, Result extends Outcome>(handler: Handler<Input, Result>): Handler {
  return handler as unknown as Handler;
}
