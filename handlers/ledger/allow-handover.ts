import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { officeIds, signerOf } from '#bot/permission.ts';
import { dropIfClosed } from '#bot/store/assignment.ts';
import { closeRequest, reopenRequest } from '#bot/store/question.ts';

interface Allowed extends Outcome {
  kind: 'allowed' | 'refused' | 'settled' | 'no-signer';
  handover: { id: number; byId: string; reason: string };
  item: { code: string; title: string; deadline: string };
  unit: string;
  /** who signs for the receiver */
  signer: string | null;
  /** 活动办, who set the roster right where nobody does */
  office: string[];
  from: string;
  by: string;
  why: string;
}

/** 同意转办: whoever gave a matter agrees that it goes into another leader's line, or on for a third time (R57). */
export default defineHandler({
  name: 'ledger.allow_handover',
  title: '同意转办',
  examples: [],
  input: z.object({ handover: z.number(), allow: z.boolean(), reason: z.string().optional() }),
  allow: {
    doneBy: '交办人',
    async permits({ input, actor, tx }) {
      const handover = await tx.handover.findUnique({ where: { id: input.handover } });
      return handover?.allowerId === actor.id;
    },
  },

  meant: () => null,

  async execute({ input, actor, message, world, tx }): Promise<Allowed> {
    const handover = await tx.handover.findUniqueOrThrow({ where: { id: input.handover } });
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: handover.itemCode } });
    const unitOf = (wanted: string) => world.departments.find(({ code }) => code === wanted);
    const unit = unitOf(handover.toDepartment);
    const signer = unit ? signerOf(unit, world) : null;
    const from = unitOf(handover.fromDepartment)?.name ?? '';
    const common = {
      handover,
      item,
      ...{ unit: unit?.name ?? '', signer, office: officeIds(world).filter((id) => id !== actor.id) },
      from,
      by: actor.name,
      why: input.reason ? `理由：${input.reason}。` : '',
    };
    if (handover.state !== 'waiting') return { kind: 'settled', changed: false, ...common };
    if (await dropIfClosed(tx, handover.id, item)) return { kind: 'settled', changed: true, ...common };
    const at = message.sentAt;
    const kind = !input.allow ? 'refused' : signer === null ? 'no-signer' : 'allowed';
    const data = {
      allowed: { state: 'pending', allowedAt: at },
      refused: { state: 'refused', decidedBy: actor.id, decidedAt: at, answer: input.reason ?? '' },
      // Nobody could ever sign it, so it does not wait: it can be asked for again once the roster says who heads the unit.
      'no-signer': { state: 'refused', allowedAt: at, decidedAt: at, answer: '接收科室（单位）没有负责人' },
    }[kind];
    await tx.handover.update({ where: { id: handover.id }, data });
    return { kind, changed: true, memo: { handover: handover.id }, ...common };
  },

  reply({ kind, item, unit, from }) {
    const name = `${item.code}《${item.title}》`;
    if (kind === 'settled') return `${name}的转办已收回、已有决定或事项已办结，不必再批。`;
    if (kind === 'no-signer')
      return `没有转出：${unit}没有负责人，也没有分管领导，无人签收。${name}仍由${from}承办，已告知申请人和活动办。`;
    return kind === 'allowed'
      ? `已同意转办：${name}已送${unit}签收，签收前仍由${from}承办。${TAKE_BACK}`
      : `未同意转办：${name}仍由${from}承办，已告知申请人。${TAKE_BACK}`;
  },
  notify({ kind, handover, item, unit, by, why, office }) {
    const name = `${item.code}《${item.title}》`;
    if (kind === 'settled') return [];
    if (kind === 'no-signer')
      return [...new Set([handover.byId, ...office])].map((to) => ({
        to,
        text: `${name}没有转给${unit}：该科室（单位）在花名册中没有负责人，仍由原科室（单位）承办。请活动办补录负责人后再转办。`,
      }));
    const text =
      kind === 'allowed'
        ? `${by}已同意${name}转给${unit}，待其签收。`
        : `${by}未同意${name}转给${unit}，仍由原科室（单位）承办。${why}`;
    return [{ to: handover.byId, text }];
  },
  requests: ({ kind, handover, item, signer, from, by }) =>
    kind === 'allowed' && signer
      ? [
          {
            ...{ to: signer, intent: 'ledger.decide_handover' },
            ...{
              input: { handover: handover.id, sign: true },
              refusal: { handover: handover.id, sign: false, reason: '' },
            },
            title: `${from}转办${item.code}`,
            text: `${from}转办（${by}已同意）：${item.code}《${item.title}》，${dayInWords(item.deadline)}前办结。理由：${handover.reason}。`,
          },
        ]
      : [],
  /** The decision is open again, as long as the receiver has not decided either (G11). */
  async undo(memo, { actor, message, tx }) {
    const { handover: id } = z.object({ handover: z.number() }).parse(memo);
    const was = await tx.handover.findUniqueOrThrow({ where: { id } });
    const byReceiver = was.decidedBy !== null && was.decidedBy !== actor.id;
    if (byReceiver || !['pending', 'refused'].includes(was.state)) return false;
    const later = await tx.handover.count({ where: { itemCode: was.itemCode, id: { gt: id } } });
    if (later > 0) return false;
    const decision = { state: 'waiting', allowedAt: null, decidedBy: null, decidedAt: null, answer: null };
    await tx.handover.update({ where: { id }, data: decision });
    await closeRequest(tx, 'ledger.decide_handover', { handover: id, sign: true }, message.sentAt);
    await reopenRequest(tx, 'ledger.allow_handover', { handover: id, allow: true });
    return [{ to: was.byId, text: `${actor.name}已收回对${was.itemCode}转办的决定，转办继续等待同意。` }];
  },
});
