import { z } from 'zod';
import { itemName } from '#bot/domain/item-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemLabel, itemMeant } from '#bot/language/evidence.ts';
import { headsItem } from '#bot/permission.ts';
import { assignmentOf } from '#bot/store/assignment.ts';
import { helperIn } from '#bot/store/helpers.ts';

const input = z.object({ item: z.string(), reason: z.string() });
type Objected = Outcome & {
  kind: 'objected' | 'helper-objected' | 'not-assigned' | 'signed';
  item: { code: string; no: number; title: string };
  reason: string;
  by: string;
  told: string | null;
};

const OBJECTS = /^\s*(?:提出)?异议[：:，,\s]*/;
const REASON = /[，,。；;：:]\s*(?:原因(?:是)?|因为?|由于|理由)?[：:]?\s*(.{2,})$/s;

/** 异议: the receiving unit says why it should not be its matter; whoever gave it decides (R56). */
export default defineHandler({
  name: 'assignment.object',
  title: '对交办提出异议',
  examples: ['异议J-1，不属本科室职责'],
  input,
  allow: {
    doneBy: '承办、协办科室（单位）负责人',
    async permits(execution) {
      const { input, tx, actor, world } = execution;
      return (await headsItem.permits(execution)) || (await helperIn(tx, input.item, actor, world)) !== null;
    },
  },

  over: 'message',
  cues: [OBJECTS],
  meant(clause) {
    const span = cue(clause, OBJECTS);
    if (!span || clause.items.length === 0) return null;
    const fit = itemMeant(clause);
    if (!fit || 'several' in fit) return null;
    const reason = REASON.exec(clause.said.replace(OBJECTS, ''))?.[1]?.trim() ?? '';
    if (reason === '')
      return ask(span, 2.8, `${itemLabel(fit.one)}有什么异议？请写成“异议${fit.one.code}，不属本科室职责”。`);
    return act(clause, 2.9, { item: fit.one.code, reason });
  },

  async execute(execution): Promise<Objected> {
    const { input, actor, message, world, tx } = execution;
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const assignment = await assignmentOf(tx, input.item);
    const common = { item, reason: input.reason, by: actor.name, told: assignment?.byId ?? null };
    if (!assignment) return { kind: 'not-assigned', changed: false, ...common };
    const helper = (await headsItem.permits(execution)) ? null : await helperIn(tx, item.code, actor, world);
    if (helper) {
      const said = { itemCode: item.code, personId: actor.id, at: message.sentAt, inboxKey: message.key };
      const text = `对协办有异议：${input.reason}`;
      const { id } = await tx.feedback.create({ data: { ...said, text, problem: input.reason, helper: helper.code } });
      return { kind: 'helper-objected', changed: true, memo: { feedback: id }, ...common };
    }
    if (assignment.signedAt) return { kind: 'signed', changed: false, ...common };
    const objection = { objection: input.reason, objectedAt: message.sentAt };
    await tx.assignment.update({ where: { id: assignment.id }, data: objection });
    return { kind: 'objected', changed: true, memo: { id: assignment.id }, ...common };
  },

  reply({ kind, item }) {
    if (kind === 'not-assigned') return `${itemName(item)}不是交办事项。`;
    if (kind === 'signed') return `没有受理：${itemName(item)}已经签收，不能再提异议，可申请转办。`;
    if (kind === 'helper-objected')
      return `已提出异议：${itemName(item)}的协办，已告知交办人，答复前仍请协办。${TAKE_BACK}`;
    return `已提出异议：${itemName(item)}，已告知交办人，答复前仍由你科（单位）办理。${TAKE_BACK}`;
  },
  notify: ({ kind, item, reason, by, told }) =>
    kind === 'helper-objected' && told
      ? [{ to: told, text: `${by}对协办${item.code}《${item.title}》提出异议：${reason}。` }]
      : kind === 'objected' && told
        ? [
            {
              to: told,
              text: `${by}对${item.code}《${item.title}》提出异议：${reason}。可回复“转办${item.code}给某科，理由”，或请其签收办理。`,
            },
          ]
        : [],
  async undo(memo, { message, tx }) {
    const { id, feedback } = z.object({ id: z.number().optional(), feedback: z.number().optional() }).parse(memo);
    if (feedback !== undefined) {
      await tx.feedback.update({ where: { id: feedback }, data: { undoneAt: message.sentAt } });
      return true;
    }
    await tx.assignment.update({ where: { id: z.number().parse(id) }, data: { objection: null, objectedAt: null } });
    return true;
  },
});
