import type { z } from 'zod';
import type { Day } from './calendar.ts';
import type { Place } from './domain/place.ts';
import type { Duty } from './job.ts';
import type { Account } from './language/account.ts';
import type { Choice, Meaning } from './language/evidence.ts';
import type { Clause, World, WorldPerson } from './language/reading.ts';
import type { Order } from './language/understand.ts';
import type { Button, InboundMessage, WordStyle, Words } from './message.ts';
import type { Tx } from './store/db.ts';

/** What happened. `changed` holds for everything the record book now says differently: it is audited. */
export interface Outcome {
  kind: string;
  changed: boolean;
  /** what taking it back within ten minutes needs; absent where it cannot be taken back (G11) */
  memo?: object;
}

/** Words for somebody else that an outcome causes. */
export interface Notification extends Words {
  to: string;
}

/** What an outcome asks somebody else to decide: a 同意 carries `input` out, a 不同意 `refusal`. It waits until decided. */
export interface Request {
  to: string;
  /** the capability that carries the decision out */
  intent: string;
  input: object;
  refusal?: object;
  /** in few words, for whoever has several to decide */
  title: string;
  text: string;
}

/** What somebody chose, asked which of several a word meant. */
export interface Chosen {
  word: string;
  /** what the chosen command says */
  slots: Record<string, unknown>;
}

export interface Execution<Input> {
  input: Input;
  actor: WorldPerson;
  message: InboundMessage;
  world: World;
  tx: Tx;
  /** the address people's phones reach the service at, without a slash at its end; absent where none was set */
  publicUrl?: string | undefined;
  /** what else the same message asks for, in order: a session is not called off for one that cannot be held */
  beside: readonly Order[];
  /** What the clock does on some days, as the campaign's calendar names it (R64). */
  duties(from: Day, to: Day): Duty[];
  /** Takes back the actor's last deed that still can be; gives the title of what it was, or why it cannot be. */
  takeBack(): Promise<TakenBack>;
  /** What the actor could say right now, the capability's title with each sentence. */
  offers(): Offer[];
  /** What a capability is called where its name would say nothing. */
  titleOf(intent: string): string;
}

/** Who could say something, and when. */
export interface Occasion {
  actor: WorldPerson;
  world: World;
  now: Date;
}

export interface Offer {
  title: string;
  sentence: string;
  /** it only looks, or settles what waits: a tap on it records nothing that is not so */
  tappable: boolean;
}

export type TakenBack =
  | { kind: 'undone'; title: string; told: Notification[]; words: string }
  | { kind: 'acted-on'; title: string }
  | { kind: 'nothing' };

/** Who may carry out a command (requirements 2.7), and who does it instead when one may not. */
export interface Permission<Input = never> {
  permits(execution: Execution<Input>): boolean | Promise<boolean>;
  doneBy: string;
}

/** One capability: what people say, who may, what happens, what is answered. See handlers/. */
export interface Handler<Input = unknown, Result extends Outcome = Outcome> {
  /** its intent */
  name: string;
  title: string;
  /** sentences that work when copied; each is also a test */
  examples: readonly string[];
  /** Sentences this person could say right now, made of the office's own names and numbers: help, greetings and hints (R98). */
  offers?(occasion: Occasion): string[];
  /** what it offers waits for that person now, so it is named first */
  pressing?: true;
  /** what it offers holds nothing made up as an example, no figure and no reason: it may be a button */
  tappable?: true;
  input: z.ZodType<Input>;
  /** changes nothing, so it works outside the campaign as well (G13) */
  reads?: true;
  /** told or ordered in plain words, no reason beside it: a denial or hearsay that nothing accounts for makes a question of it */
  plain?: true;
  /** what may stand beside its evidence; more than that makes a question of it */
  account?: Account;
  /** parts of the command that stay out of the audit line: leave reasons, scores */
  restricted?: readonly string[];
  allow: Permission<NoInfer<Input>>;
  /** what `meant` looks at each time: a part that speaks of one thing (so if absent), a sentence, or the whole message */
  over?: 'clause' | 'sentence' | 'message';
  /** meant also in words to everybody, which are else a colleague's affair */
  heedsNotices?: boolean;
  /** a message that no match of any of these can stand in does not mean it: `meant` is not asked at all */
  cues?: readonly RegExp[];
  /** Evidence: what in the words makes this capability meant. Looks only; never at who may. */
  meant(clause: Clause): Meaning<NoInfer<Input>> | Meaning<NoInfer<Input>>[] | null;
  /** What is asked before something that cannot be taken back; null where nothing would be done anyway. */
  confirm?(execution: Execution<Input>): Promise<string | null>;
  execute(execution: Execution<Input>): Promise<Result>;
  reply(outcome: Result): string;
  /** What a group hears instead: short, counts and units, nobody's name (requirements 1.5, G10). The full reply goes to the asker in private. */
  inGroup?(outcome: Result): string;
  /** What can be tapped under the reply; in a group everybody sees it. */
  buttons?(outcome: Result, chat: InboundMessage['chat']): Button[];
  /** How the reply looks where more than words can be shown; only alone, not among several. */
  style?(outcome: Result): WordStyle;
  notify?(outcome: Result): Notification[];
  requests?(outcome: Result): Request[];
  /** Learns from what people of a unit mean by a word; may only remember it and ask somebody to decide. */
  learn?(chosen: Chosen, execution: Execution<unknown>): Promise<Request[]>;
  /** Makes something of pictures and files that came without words: its own command, or a question; null for nothing. */
  receives?(
    materials: Received[],
    situation: Pick<Execution<unknown>, 'actor' | 'message' | 'world' | 'tx'>,
  ): Promise<{ input: NoInfer<Input> & object } | { question: string; choices: Choice[] } | null>;
  /** Makes a command of the place somebody sent, where it asked for one; null for nothing. */
  located?(
    place: Place,
    situation: Pick<Execution<unknown>, 'actor' | 'message' | 'tx'>,
  ): Promise<(NoInfer<Input> & object) | null>;
  /**
   * Takes back what `memo` tells of; gives whom to tell, if anybody, or the words that say what stands now. False if
   * somebody acted on it meanwhile.
   */
  undo?(
    memo: unknown,
    execution: Execution<unknown>,
  ): Promise<boolean | Notification[] | { words: string; told?: Notification[] }>;
}

/** What a person could say right now; what waits for that person comes first. */
export const offersTo = (occasion: Occasion, handlers: readonly Handler[]): Offer[] =>
  [...handlers]
    .sort((one, other) => Number(other.pressing ?? false) - Number(one.pressing ?? false))
    .flatMap((handler) =>
      (handler.offers?.(occasion) ?? []).map((sentence) => ({
        ...{ title: handler.title, sentence, tappable: Boolean(handler.reads || handler.tappable) },
      })),
    );

/** A picture or file that was sent and lies on disk by now. */
export interface Received {
  id: number;
  type: string;
  /** the long text it was sent for, while that was being written */
  draftId: number | null;
}

/** Declares a capability; types are inferred from its parts, and erased for the table of contents. */
export function defineHandler<Input, Result extends Outcome>(handler: Handler<Input, Result>): Handler {
  return handler as unknown as Handler;
}
