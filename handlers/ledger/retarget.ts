import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { extensionApprover } from '#bot/domain/extension.ts';
import { type ItemInWords, itemName, progressInWords } from '#bot/domain/item-words.ts';
import { isWhole } from '#bot/domain/ledger.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemLabel, itemMeant } from '#bot/language/evidence.ts';
import { moodOf } from '#bot/language/mood.ts';
import { NUMBER, readNumber } from '#bot/language/slots/number.ts';
import { changesItem, has } from '#bot/permission.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { closeRequest, isAskedOf } from '#bot/store/question.ts';

type Refused = 'accepted' | 'waiting' | 'no-target' | 'same' | 'whole-only' | 'no-reason' | 'pending' | 'no-approver';
type Changed = Outcome & { item: ItemInWords; to: number; reason: string } & (
    | {
        kind: 'asked' | 'changed';
        by: string;
        asked: AskedFor;
        approver: { id: string; name: string } | null;
        told: string[];
      }
    | { kind: Refused }
  );
/** What whoever decides carries out: old and new figure, why, and who asks (R47). */
export interface AskedFor {
  item: string;
  from: number;
  to: number;
  reason: string;
  askedBy: string;
}

const CHANGES =
  /目标[^，。；]{0,16}(?:调整|变更|下调|上调|调|改|提高|降低?|增加|减少)|(?:调整|变更|下调|上调|调|改|提高|降低)[^，。；]{0,14}目标/;
const TO = new RegExp(
  `(?:为|到|成|至)\\s*(${NUMBER})|目标(?:值|数|任务)?\\s*(${NUMBER})(?!.*(?:为|到|成|至)\\s*${NUMBER})`,
);
const REASON =
  /[，,；;]?\s*(?:理由|原因|因为|由于)(?:是|为)?[：:，,]?\s*(.{2,})$|[，,；;]\s*([^，,；;]{2,}(?:[，,；;].*)?)$/s;
const NOT_ONE =
  /[?？]|[吗么没](?=[，。\s]|$)|要不要|是否|能否|怎么|建议|不(?:用|必|要|能|宜)?(?:再)?(?:调|改|变)|别[调改]|没有?(?:调|改)|已经?(?:调|改|变|把)|上级|省里(?:把|将)|时限|期限/;

/** 申请调整目标: the head asks with a reason, who is in charge decides; the office enters the leading group's decision on the bureau's items (R47). */
export default defineHandler({
  name: 'ledger.retarget',
  title: '申请调整目标',
  examples: ['申请把4号台账目标调整为90项，原因省里压减计划'],
  input: z.object({ item: z.string(), target: z.number().positive(), reason: z.string() }),
  allow: changesItem,

  over: 'message',
  cues: [CHANGES],
  meant(clause) {
    const { text, reading } = clause;
    const mood = moodOf(text.replace(REASON, ''));
    const span = cue(clause, CHANGES);
    if (!span || reading.chat === 'group' || mood.asks || mood.supposes || mood.hears || mood.denies) return null;
    const reason = REASON.exec(clause.said);
    const order = text.slice(0, reason ? Math.max(text.indexOf(reason[0]), 0) || text.length : text.length);
    if (NOT_ONE.test(order) || clause.items.every(({ how }) => how === 'gist')) {
      return /^\s*申请(?:调整|变更)目标/.test(text) && clause.items.length === 0
        ? ask(clause, 2.7, '您要调整哪一项的目标？请写成“申请把4号台账目标调整为90项，原因……”。')
        : null;
    }
    const fit = itemMeant(clause);
    if (!fit) return null;
    if ('several' in fit) return ask(clause, 2.7, '您要调整哪一项的目标？', itemChoices(fit.several));
    const found = TO.exec(order.replace(/[A-Za-z]+\d*-\d+(?:-\d+)*|第?\d+号/g, ' '));
    const target = readNumber(found?.[1] ?? found?.[2] ?? '');
    if (!target)
      return ask(
        clause,
        2.7,
        `${itemLabel(fit.one)}的目标改为多少？请写成“申请把${fit.one.no}号台账目标调整为90，原因……”。`,
      );
    return act(clause, 2.9, {
      item: fit.one.code,
      target,
      reason: (reason?.[1] ?? reason?.[2] ?? '').replace(/[。！!]+$/, '').trim(),
    });
  },

  async execute({ input, actor, message, world, tx }): Promise<Changed> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const common = { item, to: input.target, reason: input.reason };
    const refused = await whyNot(tx, item, input);
    if (refused) return { kind: refused, changed: false, ...common };
    const today = dayOf(message.sentAt);
    const chief = world.members.find((member) => has(member, 'chief'))?.id ?? null;
    const approver = world.members.find(({ id }) => id === extensionApprover(item, today, chief)) ?? null;
    const enters = has(actor, 'office') && item.level === '局班子';
    const decides = has(actor, 'chief') || approver?.id === actor.id || enters;
    if (!approver && !decides) return { kind: 'no-approver', changed: false, ...common };
    const asked: AskedFor = {
      item: item.code,
      from: item.target ?? 0,
      to: input.target,
      reason: input.reason,
      askedBy: actor.id,
    };
    const fact = { kind: 'targeted' as const, personId: actor.id, at: message.sentAt, note: input.reason };
    const ids = decides ? (await record(tx, item.code, { ...fact, target: input.target })).ids : [];
    const head = world.departments.find(({ code }) => code === item.departmentCode)?.head ?? null;
    const told = [...new Set([item.ownerId, head])].filter((one) => one !== null && one !== actor.id);
    return {
      ...{
        kind: decides ? 'changed' : 'asked',
        changed: true,
        memo: { asked, ids },
        ...common,
        by: actor.name,
        asked,
        approver,
      },
      told: told.filter((one) => one !== null),
    };
  },

  reply(outcome) {
    const { kind, item, to } = outcome;
    const name = itemName(item);
    const change = `${name}目标${item.target}→${to}${item.unit ?? ''}`;
    if (kind === 'asked')
      return `已送${outcome.approver?.name ?? ''}审批：${change}。批准前仍按原目标${item.target}${item.unit ?? ''}计算，${TAKE_BACK}`;
    if (kind === 'changed') return `已调整：${change}，原定目标保留，已告知承办人。${TAKE_BACK}`;
    return REFUSALS[kind](item);
  },
  notify: (outcome) =>
    outcome.kind === 'changed'
      ? outcome.told.map((to) => ({
          to,
          text: `${outcome.by}已将${itemName(outcome.item)}的目标由${outcome.item.target}调整为${outcome.to}${outcome.item.unit ?? ''}。原因：${outcome.reason}。`,
        }))
      : [],
  requests(outcome) {
    if (outcome.kind !== 'asked' || !outcome.approver) return [];
    const { item, to, by, reason, asked, approver } = outcome;
    return [
      {
        to: approver.id,
        intent: 'ledger.decide_target',
        input: { ...asked, approve: true },
        refusal: { ...asked, approve: false },
        title: `${by}申请将${item.no}号台账目标调整为${to}${item.unit ?? ''}`,
        text: `${by}申请调整目标：${itemName(item)}目标${item.target}→${to}${item.unit ?? ''}，当前进度${progressInWords(item)}，${dayInWords(item.deadline)}到期。原因：${reason}。`,
      },
    ];
  },
  async undo(memo, { actor, message, tx }) {
    const { asked, ids } = memo as { asked: AskedFor; ids: number[] };
    if (ids.length > 0)
      return (await takeBackFacts(tx, asked.item, ids, { personId: actor.id, at: message.sentAt })) !== null;
    return closeRequest(tx, 'ledger.decide_target', { ...asked, approve: true }, message.sentAt);
  },
});

type Item = NonNullable<Awaited<ReturnType<Parameters<typeof record>[0]['ledgerItem']['findUnique']>>>;

async function whyNot(
  tx: Parameters<typeof record>[0],
  item: Item,
  { target, reason }: { target: number; reason: string },
): Promise<Refused | null> {
  if (item.acceptedAt) return 'accepted';
  if (item.completedAt) return 'waiting';
  if (item.target === null) return 'no-target';
  if (item.target === target) return 'same';
  if (!isWhole(target, item.unit)) return 'whole-only';
  if (!reason) return 'no-reason';
  return (await isAskedOf(tx, 'ledger.decide_target', item.code)) ? 'pending' : null;
}

const REFUSALS: Record<Refused, (item: ItemInWords) => string> = {
  accepted: (item) => `没有受理：${itemName(item)}已通过验收，目标不再调整。`,
  waiting: (item) => `没有受理：${itemName(item)}正在等待验收，请先请验收人退回。`,
  'no-target': (item) => `没有受理：${itemName(item)}没有数字目标，不必调整。`,
  same: (item) => `没有受理：${itemName(item)}现在的目标就是${item.target}${item.unit ?? ''}。`,
  'whole-only': (item) => `没有受理：${itemName(item)}按${item.unit ?? '个'}计，目标不能有小数，请写整数。`,
  'no-reason': (item) => `没有受理：请写明原因，如“申请把${item.no}号台账目标调整为90，原因省里压减计划”。`,
  pending: (item) => `${itemName(item)}已有一件目标调整申请待审批，不必重复。`,
  'no-approver': (item) => `没有受理：${itemName(item)}没有分管领导，请联系活动办。`,
};
