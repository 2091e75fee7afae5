import { z } from 'zod';
import { itemName } from './domain/item-words.ts';
import { TAKE_BACK } from './domain/take-back.ts';
import { defineHandler, type Execution, type Outcome } from './handler.ts';
import type { Tx } from './store/db.ts';
import { type NewFact, record, takeBackFacts } from './store/facts.ts';
import { closeRequest, reopenRequest, wasAsked } from './store/question.ts';

type Item = NonNullable<Awaited<ReturnType<Tx['ledgerItem']['findUnique']>>>;

/** What somebody asks to be changed on an item, and who asks; beside it what the kind of change needs. */
interface AskedFor {
  item: string;
  reason: string;
  askedBy: string;
}

/** What was decided on a request, by whom and when. */
interface Verdict {
  approve: boolean;
  by: string;
  at: Date;
}

/** One kind of change to an item that somebody else decides on. */
interface Decision<Request extends object, Asked extends AskedFor> {
  name: string;
  title: string;
  doneBy: string;
  /** key by key as it is asked: by it the request is found */
  request: z.ZodType<Request>;
  /** what the request asks for */
  asked(tx: Tx, request: Request): Asked | Promise<Asked>;
  /** whether the item is still as it was when that was asked */
  stands(item: Item, asked: Asked): boolean;
  /** for a kind of request that has rows of its own: whether it is still undecided there */
  waits?(asked: Asked): boolean;
  /** the same: keeps what was decided there, null once it is open again */
  keep?(tx: Tx, request: Request, verdict: Verdict | null): Promise<unknown>;
  /** what happens to the item when it is approved */
  fact(asked: Asked): Pick<NewFact, 'kind' | 'other' | 'day' | 'target'>;
  /** 「目标调整」, as letters name it */
  called: string;
  words: {
    /** 「目标100→90项」 */
    approved(item: Item, asked: Asked): string;
    /** 「目标仍为100项」 */
    rejected(item: Item, asked: Asked): string;
    settled: string;
  };
  /** who hears of the decision beside the one who asked */
  alsoTold?(item: Item, approved: boolean): (string | null)[];
}

interface Decided<Asked> extends Outcome {
  kind: 'approved' | 'rejected' | 'settled';
  item: Item;
  asked: Asked;
  by: string;
  told: string[];
}

/** Declares the 同意 or 不同意 of whoever was asked about a change to an item: an approved one counts at once (R41, R47, R53). */
export function defineDecision<Request extends object, Asked extends AskedFor>(decision: Decision<Request, Asked>) {
  const { name, title, doneBy, called, words } = decision;
  type Input = Request & { approve: boolean };
  const stands = (item: Item, asked: Asked): boolean =>
    !item.acceptedAt && !item.endedAt && decision.stands(item, asked);
  // As it stands in the request.
  const requested = (input: Input): object => ({ ...input, approve: true });
  const handler = {
    name,
    title,
    examples: [],
    input: z.intersection(decision.request, z.object({ approve: z.boolean() })),
    allow: {
      doneBy,
      permits: ({ input, actor, tx }: Execution<Input>) => wasAsked(tx, name, requested(input), actor.id),
    },

    meant: () => null,

    async execute({ input, actor, message, tx }: Execution<Input>): Promise<Decided<Asked>> {
      const { approve } = input;
      const asked = await decision.asked(tx, input);
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: asked.item } });
      const people = [asked.askedBy, ...(decision.alsoTold?.(item, approve) ?? [])];
      const told = [...new Set(people)].filter((id) => id !== null).filter((id) => id !== actor.id);
      const common = { item, asked, by: actor.name, told };
      await closeRequest(tx, name, requested(input), message.sentAt);
      if (decision.waits?.(asked) === false || !stands(item, asked))
        return { kind: 'settled', changed: false, ...common };
      await decision.keep?.(tx, input, { approve, by: actor.id, at: message.sentAt });
      const fact = { personId: actor.id, at: message.sentAt, note: asked.reason, ...decision.fact(asked) };
      const ids = approve ? (await record(tx, item.code, fact)).ids : [];
      return { kind: approve ? 'approved' : 'rejected', changed: true, memo: { request: input, ids, told }, ...common };
    },

    reply({ kind, item, asked }: Decided<Asked>) {
      const undo = `，已告知申请人。${TAKE_BACK}`;
      if (kind === 'settled') return `${itemName(item)}${words.settled}，这件申请不必再批。`;
      return kind === 'approved'
        ? `已同意${called}：${itemName(item)}${words.approved(item, asked)}${undo}`
        : `未同意${called}：${itemName(item)}${words.rejected(item, asked)}${undo}`;
    },
    notify({ kind, item, asked, by, told }: Decided<Asked>) {
      if (kind === 'settled') return [];
      const text =
        kind === 'approved'
          ? `${by}已同意${called}：${itemName(item)}${words.approved(item, asked)}。`
          : `${by}未同意${called}：${itemName(item)}${words.rejected(item, asked)}。`;
      return told.map((to) => ({ to, text }));
    },
    /** The request waits again, unless the item has moved on meanwhile (G11). */
    async undo(memo: unknown, { actor, message, tx }: Pick<Execution<Input>, 'actor' | 'message' | 'tx'>) {
      const { request, ids, told } = memo as { request: Input; ids: number[]; told: string[] };
      const asked = await decision.asked(tx, request);
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: asked.item } });
      const by = { personId: actor.id, at: message.sentAt };
      if (ids.length > 0 ? !(await takeBackFacts(tx, item.code, ids, by)) : !stands(item, asked)) return false;
      await decision.keep?.(tx, request, null);
      await reopenRequest(tx, name, requested(request));
      return told.map((to) => ({
        to,
        text: `${actor.name}收回了对${itemName(item)}${called}的决定，申请继续等待审批。`,
      }));
    },
  };
  return defineHandler(handler);
}
