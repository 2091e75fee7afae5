import { z } from 'zod';
import { monthInWords } from './domain/month.ts';
import { TAKE_BACK } from './domain/take-back.ts';
import { defineHandler, type Execution, type Outcome } from './handler.ts';
import type { WorldDepartment } from './language/reading.ts';
import { isHeadOf } from './permission.ts';
import type { Tx } from './store/db.ts';
import { reopenRequest } from './store/question.ts';

/** What somebody named for a unit had ready for its head: of which month, and when. Key by key as it is asked. */
export const READY = { department: z.string(), month: z.string(), by: z.string(), at: z.string() };
type Ready = z.infer<z.ZodObject<typeof READY>>;

/** One kind of hand-in that a unit's head confirms. */
interface Confirmation<Request extends Ready, Stands> {
  name: string;
  title: string;
  /** 「台账」, what is handed in, as letters name it */
  called: string;
  request: z.ZodType<Request>;
  /** how what is handed in stands now */
  stands(execution: Execution<Request>, unit: WorldDepartment): Promise<Stands>;
  /** why it is not handed in, since something may have been taken back or done meanwhile; null where nothing is in the way */
  hindrance(stands: Stands, request: Request): string | null;
  /** hands it in, both times kept; gives its id */
  keep(execution: Execution<Request>, stands: Stands): Promise<number>;
  drop(tx: Tx, id: number, at: Date): Promise<unknown>;
  submitted(stands: Stands): string;
}

interface Confirmed extends Outcome {
  kind: 'submitted' | 'declined' | 'hindered';
  drafter: string;
  by: string;
  /** 「高新科5月份台账」 */
  what: string;
  words: string;
}

/** Declares the head's 同意 to what somebody named for it had ready: that is the hand-in (R60, R70). */
export function defineConfirmation<Request extends Ready, Stands>(confirmation: Confirmation<Request, Stands>) {
  const { name, title, called } = confirmation;
  type Input = Request & { approve: boolean };
  const input = z.intersection(confirmation.request, z.object({ approve: z.boolean() }));
  const memory = z.object({ id: z.number().optional(), request: input });
  const handler = {
    name,
    title,
    examples: [],
    input,
    allow: {
      doneBy: '科室（单位）负责人',
      permits: ({ input: { department }, actor, world }: Execution<Input>) => isHeadOf(actor, department, world),
    },

    meant: () => null,

    async execute(execution: Execution<Input>): Promise<Confirmed> {
      const { input: request, actor, world } = execution;
      const unit = world.departments.find(({ code }) => code === request.department);
      if (!unit) throw new Error(`no department ${request.department}`);
      const stands = await confirmation.stands(execution, unit);
      const what = `${unit.name}${monthInWords(request.month)}${called}`;
      const common = { drafter: request.by, by: actor.name, what };
      const declined = `没有提交：${what}，已告知填报人。${TAKE_BACK}`;
      if (!request.approve) return { kind: 'declined', changed: true, memo: { request }, words: declined, ...common };
      const words = confirmation.hindrance(stands, request);
      if (words !== null) return { kind: 'hindered', changed: false, words, ...common };
      const memo = { id: await confirmation.keep(execution, stands), request };
      return { kind: 'submitted', changed: true, memo, words: confirmation.submitted(stands), ...common };
    },

    reply: ({ words }: Confirmed) => words,
    notify({ kind, drafter, by, what }: Confirmed) {
      if (kind === 'hindered') return [];
      const text =
        kind === 'submitted' ? `${by}已确认提交${what}。` : `${by}没有同意提交${what}，请与负责人商量后再提交。`;
      return [{ to: drafter, text }];
    },
    async undo(memo: unknown, { actor, message, tx }: Pick<Execution<Input>, 'actor' | 'message' | 'tx'>) {
      const { id, request } = memory.parse(memo);
      if (id !== undefined) await confirmation.drop(tx, id, message.sentAt);
      await reopenRequest(tx, name, { ...request, approve: true });
      const text = `${actor.name}收回了对${monthInWords(request.month)}${called}的决定，提交继续等待确认。`;
      return [{ to: request.by, text }];
    },
  };
  return defineHandler(handler);
}
