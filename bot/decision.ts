import { z } from 'zod';
import { itemName } from './domain/item-words.ts';
import { defineHandler, type Outcome } from './handler.ts';
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

/** One kind of change to an item that somebody else decides on. */
interface Decision<Asked extends AskedFor> {
  name: string;
  title: string;
  doneBy: string;
  /** key by key as it is asked: by it the request is found */
  asked: z.ZodType<Asked>;
  /** whether the item is still as it was when that was asked */
  stands(item: Item, asked: Asked): boolean;
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
  /** who hears of an approval beside the one who asked */
  alsoTold?(item: Item): (string | null)[];
}

interface Decided<Asked> extends Outcome {
  kind: 'approved' | 'rejected' | 'settled';
  item: Item;
  asked: Asked & { approve: boolean };
  by: string;
}

/** Declares the 同意 or 不同意 of whoever was asked about a change to an item: an approved one counts at once (R41, R47, R53). */
export function defineDecision<Asked extends AskedFor>(decision: Decision<Asked>) {
  const { name, title, doneBy, called, words } = decision;
  // What was asked, as it stands in the request.
  const request = (input: Asked & { approve: boolean }): object => ({ ...input, approve: true });
  return defineHandler({
    name,
    title,
    examples: [],
    input: z.intersection(decision.asked, z.object({ approve: z.boolean() })),
    allow: {
      doneBy,
      permits: ({ input, actor, tx }) => wasAsked(tx, name, request(input), actor.id),
    },

    meant: () => null,

    async execute({ input, actor, message, tx }): Promise<Decided<Asked>> {
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      const common = { item, asked: input, by: actor.name };
      await closeRequest(tx, name, request(input), message.sentAt);
      if (item.acceptedAt || !decision.stands(item, input)) return { kind: 'settled', changed: false, ...common };
      const fact = { personId: actor.id, at: message.sentAt, note: input.reason, ...decision.fact(input) };
      const ids = input.approve ? (await record(tx, item.code, fact)).ids : [];
      return { kind: input.approve ? 'approved' : 'rejected', changed: true, memo: { asked: input, ids }, ...common };
    },

    reply({ kind, item, asked }) {
      const undo = '，已告知申请人。十分钟内可发“撤销”收回。';
      if (kind === 'settled') return `${itemName(item)}${words.settled}，这件申请不必再批。`;
      return kind === 'approved'
        ? `已同意${called}：${itemName(item)}${words.approved(item, asked)}${undo}`
        : `未同意${called}：${itemName(item)}${words.rejected(item, asked)}${undo}`;
    },
    notify({ kind, item, asked, by }) {
      if (kind === 'settled') return [];
      const text =
        kind === 'approved'
          ? `${by}已同意${called}：${itemName(item)}${words.approved(item, asked)}。`
          : `${by}未同意${called}：${itemName(item)}${words.rejected(item, asked)}。`;
      const also = kind === 'approved' ? (decision.alsoTold?.(item) ?? []) : [];
      return [...new Set([asked.askedBy, ...also])].filter((to) => to !== null).map((to) => ({ to, text }));
    },
    async undo(memo, { actor, message, tx }) {
      const { asked, ids } = memo as { asked: Asked & { approve: boolean }; ids: number[] };
      if (ids.length > 0 && !(await takeBackFacts(tx, asked.item, ids, { personId: actor.id, at: message.sentAt })))
        return false;
      await reopenRequest(tx, name, request(asked));
      return [{ to: asked.askedBy, text: `${actor.name}收回了对${called}的决定，申请继续等待审批。` }];
    },
  });
}
