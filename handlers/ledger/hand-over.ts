import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { passOn } from '#bot/domain/assignment.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemMeant } from '#bot/language/evidence.ts';
import { has, isHeadOf, signerOf } from '#bot/permission.ts';
import { assignmentOf, holdersOf } from '#bot/store/assignment.ts';
import { closeRequest } from '#bot/store/question.ts';

const input = z.object({ item: z.string(), department: z.string(), reason: z.string() });
type Input = z.infer<typeof input>;
interface Asked extends Outcome {
  kind: 'asked' | 'same-unit' | 'no-reason' | 'no-head' | 'closed' | 'pending';
  id: number;
  item: { code: string; no: number; title: string; deadline: string };
  unit: { name: string };
  /** who signs for the receiver */
  signer: string | null;
  from: string;
  reason: string;
  by: string;
  back: boolean;
  /** who has to agree before it goes to the receiver, and why */
  allower: { id: string; name: string } | null;
  needs: 'across' | 'often' | null;
}

const PASSES = /转办|转给|转交|移交/;
// 「把8号台账交给农村科」 without a term is no new order: the item goes on as it is.
const GIVES = /^\s*(?:请)?[把将][^，。；]{1,24}?(?:交给|交由|改由|划给|划归|转由|调给|移给)/;
// 「8号台账给张三负责」
const TO_SOMEBODY = /^[给由让交](?:给|由)?□{2,14}(?:来|去)?(?:负责|承办|接手|接着办|办)(?:[。！!，]|$)/;
const REASON = /[，,。；;：:]\s*(?:理由|原因|因为?(?!公)|由于)?(?:是|为)?[：:]?\s*(.{2,})$/s;

/** 转办: the present holder passes a matter on; it moves when the receiving head signs, its deadline stays (R57). */
export default defineHandler({
  name: 'ledger.hand_over',
  title: '转办事项',
  examples: ['转办J-1给知识产权科，理由：涉及专利资助'],
  input,
  allow: {
    doneBy: '现承办科室（单位）负责人、分管领导、交办人或活动办',
    async permits({ input, actor, world, tx }: Execution<Input>) {
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      const assignment = await assignmentOf(tx, input.item);
      if (has(actor, 'chief', 'office') || [item.leaderId, assignment?.byId].includes(actor.id)) return true;
      return isHeadOf(actor, item.departmentCode, world);
    },
  },

  over: 'message',
  cues: [PASSES, GIVES, TO_SOMEBODY],
  meant(clause) {
    const [given] = clause.items;
    if (
      given &&
      given.how !== 'gist' &&
      clause.departments.length === 0 &&
      TO_SOMEBODY.test(clause.nameless.slice(given.end - clause.start)) &&
      clause.days('ahead').length === 0
    )
      return ask(clause, 2.9, '事项只能转给科室（单位），请写成“转办J-1给知识产权科，理由：涉及专利资助”。');
    const gives = clause.days('ahead').length === 0 ? cue(clause, GIVES) : null;
    const span = gives ?? cue(clause, PASSES);
    const [mention] = clause.items;
    if (!span || !mention || mention.how === 'gist' || clause.mood.asks || clause.mood.supposes || clause.mood.hears)
      return null;
    if (/转来|转自|已转|转过|别转|不转/.test(clause.text)) return null;
    // The matter stands next to the word, the unit behind both.
    const near = gives !== null || Math.abs(mention.start - span.end) <= 2 || Math.abs(span.start - mention.end) <= 4;
    const unit = clause.departments.find(({ start }) => start >= Math.max(span.end, mention.end));
    if (!near || !unit) return null;
    const fit = itemMeant(clause);
    if (!fit || 'several' in fit) return null;
    if (unit.how === 'sound') return ask(clause, 2.9, `是转给${unit.department.name}吗？`);
    const reason =
      REASON.exec(clause.said.slice(unit.end - clause.start))?.[1]
        ?.trim()
        .replace(/[。！!]+$/, '') ?? '';
    const meant = { item: fit.one.code, department: unit.department.code };
    if (reason === '')
      return ask(clause, 2.9, `转给${unit.department.name}，请写明理由，如“职责调整”。`, [
        { label: `${fit.one.no}号转${unit.department.name}`, input: meant },
      ]);
    return act(clause, 2.9, { ...meant, reason });
  },

  async execute({ input, actor, message, world, tx }): Promise<Asked> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const unit = world.departments.find(({ code }) => code === input.department);
    if (!unit) throw new Error(`no department ${input.department}`);
    const assignment = await assignmentOf(tx, item.code);
    const { held, transfers } = await holdersOf(tx, item.code);
    const chief = world.members.find((member) => has(member, 'chief'));
    const allower = world.members.find(({ id }) => id === (assignment?.byId ?? item.leaderId)) ?? chief ?? null;
    const byAssigner = allower === null || allower.id === actor.id || has(actor, 'chief', 'office');
    const here = world.departments.find(({ code }) => code === item.departmentCode);
    const who = { byAssigner, across: here?.leader !== unit.leader };
    const outcome = passOn({ department: item.departmentCode, held, transfers }, unit.code, who);
    const common = {
      ...{ id: 0, item, unit, from: here?.name ?? '', reason: input.reason, by: actor.name },
      ...{ signer: signerOf(unit, world), back: false, allower: null, needs: null, changed: false },
    };
    if (item.acceptedAt || item.completedAt || item.endedAt) return { ...common, kind: 'closed' };
    if (outcome.kind === 'same-unit') return { ...common, kind: 'same-unit' };
    if (!input.reason) return { ...common, kind: 'no-reason' };
    if (!common.signer) return { ...common, kind: 'no-head' };
    if (await tx.handover.findFirst({ where: { itemCode: item.code, state: { in: ['pending', 'waiting'] } } }))
      return { ...common, kind: 'pending' };
    const { back, needs } = outcome;
    const state = needs ? 'waiting' : 'pending';
    const { id } = await tx.handover.create({
      data: {
        ...{ itemCode: item.code, fromDepartment: item.departmentCode, toDepartment: unit.code, byId: actor.id },
        ...{ at: message.sentAt, reason: input.reason, state, allowerId: needs ? (allower?.id ?? null) : null },
      },
    });
    return {
      ...common,
      kind: 'asked',
      changed: true,
      memo: { id, state },
      id,
      back,
      needs,
      allower: needs ? allower : null,
    };
  },

  reply({ kind, item, unit, back, allower, needs }) {
    const name = `${item.code}《${item.title}》`;
    switch (kind) {
      case 'asked':
        return `${allower && needs ? `已送${allower.name}同意（${WHY[needs]}），同意后由${unit.name}签收` : `已送${unit.name}签收`}：${name}，签收前仍由现承办科室（单位）办理，时限不变。${back ? '注意：该科室（单位）曾承办过此事，请避免来回推转。' : ''}${TAKE_BACK}`;
      case 'same-unit':
        return `没有转办：${name}本来就由${unit.name}承办。`;
      case 'no-reason':
        return `没有转办：请写明理由，如“转办${item.code}给${unit.name}，理由：涉及专利资助”。`;
      case 'no-head':
        return `没有转办：${unit.name}没有负责人，也没有分管领导，请活动办在花名册补录负责人后再转。`;
      case 'closed':
        return `没有转办：${itemName(item)}已申请验收、已办结或已终止。`;
      case 'pending':
        return `${name}已有一件转办待同意或待签收，不必重复。`;
    }
  },
  requests({ kind, id, item, unit, signer, from, reason, by, allower, needs }) {
    if (kind !== 'asked' || !signer) return [];
    const what = `${item.code}《${item.title}》，${dayInWords(item.deadline)}前办结。理由：${reason}。`;
    if (allower && needs)
      return [
        {
          ...{ to: allower.id, intent: 'ledger.allow_handover' },
          ...{ input: { handover: id, allow: true }, refusal: { handover: id, allow: false, reason: '' } },
          title: `${item.code}转${unit.name}`,
          text: `${from}${by}申请转给${unit.name}（${WHY[needs]}，须您同意）：${what}`,
        },
      ];
    return [
      {
        ...{ to: signer, intent: 'ledger.decide_handover' },
        ...{ input: { handover: id, sign: true }, refusal: { handover: id, sign: false, reason: '' } },
        title: `${from}转办${item.code}`,
        text: `${from}${by}转办：${what}`,
      },
    ];
  },
  async undo(memo, { message, tx }) {
    const { id, state } = z.object({ id: z.number(), state: z.string() }).parse(memo);
    const { count } = await tx.handover.updateMany({ where: { id, state }, data: { state: 'withdrawn' } });
    // Gone on with since: whoever is asked now is asked still.
    if (count === 0) return false;
    await closeRequest(tx, 'ledger.decide_handover', { handover: id, sign: true }, message.sentAt);
    await closeRequest(tx, 'ledger.allow_handover', { handover: id, allow: true }, message.sentAt);
    return true;
  },
});

const WHY = { across: '跨分管领导', often: '已转办两次' } as const;
