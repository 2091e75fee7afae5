import { z } from 'zod';
import { dayInWords } from '#bot/calendar.ts';
import { type ItemInWords, itemName, progressInWords } from '#bot/domain/item-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemLabel, itemMeant } from '#bot/language/evidence.ts';
import { HEARSAY, moodOf } from '#bot/language/mood.ts';
import { changesItem, has } from '#bot/permission.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { closeRequest, isAskedOf } from '#bot/store/question.ts';

type Asked = { item: string; reason: string; askedBy: string };
type Refused = 'accepted' | 'parts' | 'no-reason' | 'no-chief' | 'pending';
type Terminated = Outcome & { item: ItemInWords } & (
    | {
        kind: 'asked' | 'ended';
        asked: Asked;
        by: string;
        chief: { id: string; name: string };
        told: string[];
      }
    | { kind: Refused }
  );

const ENDS = /(?:申请|提请|建议|请求)?终止|不再(?:办理|推进|实施)/;
const DELETES = /^\s*(?:请|帮我|麻烦)?(?:[把将])?[^，。；]{0,40}?(?:删除|删掉|删了|去掉|抹掉)/;
const REASON = /[，,；;。：:]\s*(?:理由|原因|因为|由于)?(?:是|为)?[：:]?\s*(.{2,})$/s;
const NOT_NOW =
  /[?？]|[吗么](?=[，。\s]|$)|要不要|是否|能否|不(?:用|要|能|得|宜|可)?终止|别终止|没有?终止|已经?终止|终止了|终止(?:合同|协议|日期|时间|条件)/;

/** 终止: an item that is no longer to be done leaves the open ones by decision of the leading group, with a reason; it is never deleted (R53). */
export default defineHandler({
  name: 'ledger.terminate',
  title: '申请终止',
  examples: ['申请终止3号台账，原因：上级取消该项任务'],
  input: z.object({ item: z.string(), reason: z.string() }),
  allow: {
    doneBy: '承办科室（单位）负责人、分管领导或活动办，领导小组组长决定',
    permits: async (execution) => has(execution.actor, 'office') || changesItem.permits(execution),
  },

  over: 'message',
  cues: [ENDS, DELETES],
  meant(clause) {
    const span = cue(clause, ENDS);
    const [mention] = clause.items;
    const { mood, text } = clause;
    const deletes = cue(clause, DELETES);
    // Nothing is deleted, so what is wished has another name (R53).
    if (
      !span &&
      deletes &&
      mention &&
      mention.how !== 'gist' &&
      clause.reading.chat === 'direct' &&
      !/[别不没未]/.test(text) &&
      !NOT_NOW.test(text)
    )
      return ask(
        deletes,
        2.9,
        `台账事项不能删除，记录都保留。不再办理的请写明原因申请终止，如“申请终止${mention.items[0]?.no ?? 3}号台账，原因：上级取消该项任务”；刚报错的请发“撤销”。`,
      );
    // 「上级不再要求了」 in the reason passes nothing on.
    const heard = HEARSAY.test(text) || moodOf(text.replace(REASON, '')).hears;
    if (!span || !mention || clause.reading.chat !== 'direct' || clause.toAll) return null;
    if (mood.supposes || heard || NOT_NOW.test(text)) return null;
    // The item stands next to the word.
    const after = mention.start - span.end;
    const before = span.start - mention.end;
    if (Math.max(after, before) > 8) return null;
    const fit = itemMeant(clause);
    if (!fit || 'several' in fit || mention.how === 'gist')
      return /终止/.test(text) && /申请|提请/.test(text)
        ? ask(clause, 2.7, '要终止哪一项？请带上编号和原因，如“申请终止3号台账，原因：上级取消该项任务”。')
        : null;
    const reason = REASON.exec(clause.said.slice(Math.max(span.end, mention.end) - clause.start))?.[1] ?? '';
    // 「删除3号台账」, said before, is the wish and no reason for it.
    if (reason === '' || DELETES.test(reason))
      return ask(
        span,
        2.9,
        `${itemLabel(fit.one)}为什么终止？请写成“申请终止${fit.one.no}号台账，原因：上级取消该项任务”。`,
      );
    return act(clause, 3.1, { item: fit.one.code, reason: reason.replace(/[。！!\s]+$/, '') });
  },

  async execute({ input, actor, message, world, tx }): Promise<Terminated> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const refused = (kind: Refused): Terminated => ({ kind, changed: false, item });
    if (item.acceptedAt) return refused('accepted');
    const open = { parentCode: item.code, endedAt: null, acceptedAt: null };
    if (item.split && (await tx.ledgerItem.count({ where: open })) > 0) return refused('parts');
    if (!input.reason) return refused('no-reason');
    const chief = world.members.find((member) => has(member, 'chief'));
    if (!chief) return refused('no-chief');
    const asked = { item: item.code, reason: input.reason, askedBy: actor.id };
    if (await isAskedOf(tx, 'ledger.decide_termination', item.code)) return refused('pending');
    const head = world.departments.find(({ code }) => code === item.departmentCode)?.head ?? null;
    const told = [...new Set([item.ownerId, head, item.leaderId])].filter((one) => one !== null && one !== actor.id);
    const fact = { kind: 'ended' as const, personId: actor.id, at: message.sentAt, note: input.reason };
    const decides = has(actor, 'chief');
    const ids = decides ? (await record(tx, item.code, { ...fact, inboxKey: message.key })).ids : [];
    return {
      ...{ kind: decides ? 'ended' : 'asked', changed: true, memo: { asked, ids }, item, asked, by: actor.name, chief },
      told: told.filter((one) => one !== null),
    };
  },

  reply(outcome) {
    const { item } = outcome;
    const name = itemName(item);
    switch (outcome.kind) {
      case 'asked':
        return `已送${outcome.chief.name}审批：终止${name}，原因：${outcome.asked.reason}。批准前照常办理和提醒，${TAKE_BACK}`;
      case 'ended':
        return `已终止：${name}，原因：${outcome.asked.reason}。不再列入催办和未完成，已报的数和记录保留，已告知承办人。${TAKE_BACK}`;
      case 'accepted':
        return `没有受理：${name}已通过验收，不需终止。`;
      case 'parts':
        return `没有受理：${name}已分解，下级还有未办结的，请先逐项申请终止下级。`;
      case 'no-reason':
        return `没有受理：请写明原因，如“申请终止${item.no}号台账，原因：上级取消该项任务”。`;
      case 'no-chief':
        return '没有受理：花名册中没有局主要领导，请联系活动办。';
      case 'pending':
        return `${name}已有一件终止申请待审批，不必重复。`;
    }
  },
  notify: (outcome) =>
    outcome.kind === 'ended'
      ? outcome.told.map((to) => ({
          to,
          text: `${outcome.by}已决定终止${itemName(outcome.item)}。原因：${outcome.asked.reason}。`,
        }))
      : [],
  requests(outcome) {
    if (outcome.kind !== 'asked') return [];
    const { item, asked, by, chief } = outcome;
    return [
      {
        to: chief.id,
        intent: 'ledger.decide_termination',
        input: { ...asked, approve: true },
        refusal: { ...asked, approve: false },
        title: `${by}申请终止${item.no}号台账`,
        text: `${by}申请终止${itemName(item)}：当前${progressInWords(item)}，${dayInWords(item.deadline)}到期。原因：${asked.reason}。`,
      },
    ];
  },
  async undo(memo, { actor, message, tx }) {
    const { asked, ids } = memo as { asked: Asked; ids: number[] };
    if (ids.length > 0)
      return (await takeBackFacts(tx, asked.item, ids, { personId: actor.id, at: message.sentAt })) !== null;
    return closeRequest(tx, 'ledger.decide_termination', { ...asked, approve: true }, message.sentAt);
  },
});
