import { z } from 'zod';
import { addDays, addWorkdays, dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { extensionApprover, whyNotExtend } from '#bot/domain/extension.ts';
import { type ItemInWords, itemName, progressInWords } from '#bot/domain/item-words.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { noSuchDayIn } from '#bot/language/doubt.ts';
import { act, ask, cue, itemChoices, itemLabel, itemMeant, itemUnnamed, partWith } from '#bot/language/evidence.ts';
import { moodOf } from '#bot/language/mood.ts';
import { NUMBER, readNumber } from '#bot/language/slots/number.ts';
import { verbose } from '#bot/language/verbose.ts';
import { changesItem, has } from '#bot/permission.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { closeRequest } from '#bot/store/question.ts';

type Extended = Outcome & { item: ItemInWords; from: string; to: string; reason: string } & (
    | {
        kind: 'asked' | 'moved';
        id: number;
        by: string;
        approver: { id: string; name: string } | null;
        late: boolean;
        told: string[];
      }
    | { kind: 'accepted' | 'waiting' | 'past' | 'not-later' | 'no-reason' | 'pending' | 'no-approver' }
  );

const OUTRIGHT = verbose`
  [晚缓迟](?:几|[一两二三四五六七八九十\d]+)[天周日] | 给到(?=[\d一二三四五六七八九十]+[月号日]|下|月)
  | 容[我俺咱][^，。]{0,12}再[交报办弄] | (?:晚|迟)[^，。不]{0,3}(?:天|周|日)[^，。]{0,3}(?:交|报|办) | 延期 | 延长 | 延后 | 延到
  | 延至 | 宽限 | 顺延 | 展期 | 展延 | 展[至到](?!示|开) | (?<!减)缓一?缓 | (?<!减)缓(?=[几一两二三四五六七八九十\d]|办|报|交)
  | 缓到 | 缓至 | 往后(?:延|推|放|挪|拖|顺) | 放宽 | (?:调整|变更|更改)[^，。；]{0,14}(?:时限|期限)(?=[^，。；]{0,4}\d)
  | 延(?=[一二两三四五六七八九十半几\d]) | (?:再|多)[给要宽缓][^，。]{0,4}(?:天|周|时间|日)
`;
const MOVED =
  /期限[^，。]{0,4}放[到至]|(?:改|调整|推迟)(?=[\d一二三四五六七八九十]+月|下个?月|月底|年底)|(?:推迟|推后|推|改|调整|调|挪|变更|更改)(?:到|至|为|成)/;
const ABOUT_TERM =
  /申请|时限|期限|完成时间|截止|限期|台账|办结时间|前完成|[请望盼][^，。]{0,6}(?:同意|批准|审批|批示|准予)/;
const TERM = /(?:之?前|以前|底)[^，。]{0,6}(?:办[完结好]|完成|完工|交|报|弄完|搞定)/;
const BY = new RegExp(
  `(?:顺延|延期|延长|延后|往后延|往后推|延|再给|宽限)(?:了|个)?(${NUMBER}|半)个?(工作日|天|日|周|星期|礼拜|月)`,
);

/** 申请延期: the head asks before the due day, the leader in charge decides by 同意 or 不同意 (R47). */
export default defineHandler({
  name: 'ledger.extend',
  title: '申请延期',
  examples: ['申请把3号台账延到8月10号'],
  input: z.object({ item: z.string(), deadline: day, reason: z.string() }),
  allow: changesItem,

  // The term of the work moves, not that of a lease, a licence or an event that has to do with it.
  account: {
    rests: [OUTRIGHT, MOVED],
    anywhere: true,
    words: verbose`
      申请 | 请求 | 请示 | 恳请 | 特?请 | 能不能 | 能否 | 可否 | 时限 | 期限 | 时间 | 完成 | 办理 | 办结 | 报送 | 台账 | 材料
      | 工作 | 任务 | 整改 | [项件条份] | 原 | 上 | 准予 | 同意 | 建议 | 剩下 | 余下 | [行成好中][不吗么嘛]?行? | 可以[吗么]? | 想
      | 要 | 需要? | (?:因|由于|鉴于)[^，。]*
    `,
    ahead: 1,
    behind: 1,
  },
  over: 'clause',
  cues: [OUTRIGHT, MOVED, TERM],
  meant(clause) {
    const { reading, text } = clause;
    const outright = cue(clause, OUTRIGHT);
    const span = outright ?? (ABOUT_TERM.test(clause.sentence.text) ? cue(clause, MOVED) : null);
    // A promise is nothing to record; a term on a day that no calendar has is better said at once.
    if (!span && noSuchDayIn(clause) && clause.items.some(({ how }) => how !== 'gist') && reading.chat === 'direct')
      return TERM.test(text) ? ask(clause, 2, '请写明正确的日期。') : null;
    if (
      !span ||
      /不(?:用)?延|别延|没延|不再延|[延展][到至期][^，。]{0,8}的(?:是|报告|申请|请示|材料)|要不要|该不该|(?:上次|上回|上周|已经?|早就?|曾经?)[^，。恳]{0,4}[延展][到至长期]|(?:上次|上回|上周|上个?月|之前|曾经?)[^，。恳]*[延展][到至长期].*(?:[没未不](?:获|予|给)?(?:批|准|同意)|[批准]了|驳)(?!.*(?:现|再|这[次回]))|(?<![请望])(?:同意|批准|准许)[^，。]{2,14}[延展][到至长期]|不是(?:咱|我|这)[^，。]{0,6}(?:台账|事项|项目)/.test(
        text,
      ) ||
      isHeardOf(partWith(clause, outright ? OUTRIGHT : MOVED))
    )
      return null;
    if (
      clause.mood.asks &&
      !/能不能|能[^，。]{0,8}[吗么]|能否|可否|可不可以|行吗|可以吗|好吗|行不行|成不成|中不中|妥否|当否|行么|成吗/.test(
        text,
      )
    )
      return null;
    if (reading.chat === 'group' && !/申请|恳请|[请望]|[延展][到至]/.test(text)) return null;
    const named = clause.items.filter(({ how, items }) => how !== 'gist' && items.length === 1);
    const [until0] = clause.days('ahead').filter(({ start }) => start >= span.start);
    if (named.length > 1 && until0 && /都|均|一并|一起|、|和/.test(text))
      return act(
        clause,
        2.6,
        ...named.flatMap(({ items }) =>
          items.map(({ code }) => ({ item: code, deadline: until0.day, reason: clause.said.trim() })),
        ),
      );
    const fit = itemMeant(clause) ?? itemUnnamed(clause, (item) => item.owner === reading.speaker.id);
    if (/同意|批准|准(?:了|予)|不同意|不批/.test(text) && !/申请|[请望]/.test(text))
      return ask(span, 2, '您要批哪一项的延期？请带上编号。');
    if (/学习|讲座|会议|辅导|评审会/.test(text) && clause.items.length === 0) return null;
    if (!fit)
      return reading.chat === 'direct' && outright
        ? ask(span, 2, '您要申请哪一项延期？请带上编号和日期，如“3号台账延到6月10日”。')
        : null;
    if ('several' in fit) return ask(span, 2, '您要申请哪一项延期？', itemChoices(fit.several));
    const { one: item } = fit;
    const after = clause.days('ahead').filter(({ start }) => start >= span.start);
    const { text: all } = reading.message;
    const until = after.findLast(
      ({ start, end }) => /[到至为成]\s*$/.test(all.slice(0, start)) || /^(?:之?前|再)/.test(all.slice(end)),
    );
    const by = /顺延/.test(text) ? BY.exec(text) : null;
    const count = by ? readNumber(by[1] ?? '') : null;
    const deadline =
      until?.day ??
      (count === null ? after[0]?.day : undefined) ??
      (count === null
        ? undefined
        : by?.[2] === '工作日'
          ? addWorkdays(item.deadline, count)
          : /[天日]/.test(by?.[2] ?? '')
            ? addDays(item.deadline, count)
            : /周|星期|礼拜/.test(by?.[2] ?? '')
              ? addDays(item.deadline, 7 * count)
              : undefined);
    if (!deadline)
      return ask(span, 2, `${itemLabel(item)}要延到哪一天？请写明日期，如“延到6月10日”。`, [
        { label: itemLabel(item), input: { item: item.code } },
      ]);
    return act(
      {
        start: outright && clause.parts.length > 1 ? span.start : clause.start,
        end: Math.max(span.end, (until ?? after[0])?.end ?? 0),
      },
      2.6,
      { item: item.code, deadline, reason: clause.said.trim() },
    );
  },

  async execute({ input, actor, message, world, tx }): Promise<Extended> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const today = dayOf(message.sentAt);
    const why = whyNotExtend(item, input.deadline, today);
    const common = { item, from: item.deadline, to: input.deadline, reason: input.reason };
    if (why) return { kind: why, changed: false, ...common };
    if (!input.reason) return { kind: 'no-reason', changed: false, ...common };
    if (await tx.extension.findFirst({ where: { itemCode: item.code, state: 'pending', oldDeadline: item.deadline } }))
      return { kind: 'pending', changed: false, ...common };
    const chief = world.members.find((member) => has(member, 'chief'))?.id ?? null;
    const approver = world.members.find(({ id }) => id === extensionApprover(item, today, chief));
    // The office enters what the leading group decided on the bureau's own items; the chief needs to ask nobody.
    const enters = has(actor, 'office') && item.level === '局班子';
    const decides = has(actor, 'chief') || approver?.id === actor.id || enters;
    if (!approver && !decides) return { kind: 'no-approver', changed: false, ...common };
    const decision = decides
      ? { state: 'approved', decidedBy: actor.id, decidedAt: message.sentAt }
      : { state: 'pending' };
    const { id } = await tx.extension.create({
      data: {
        ...{ itemCode: item.code, personId: actor.id, askedAt: message.sentAt, reason: input.reason },
        ...{ oldDeadline: item.deadline, newDeadline: input.deadline, approverId: approver?.id ?? null, ...decision },
      },
    });
    const fact = { kind: 'extended' as const, personId: actor.id, at: message.sentAt, note: input.reason };
    const ids = decides ? (await record(tx, item.code, { ...fact, day: input.deadline })).ids : [];
    const head = world.departments.find(({ code }) => code === item.departmentCode)?.head ?? null;
    const told = [...new Set([item.ownerId, head])].filter((one) => one !== null && one !== actor.id);
    return {
      ...{ kind: decides ? 'moved' : 'asked', changed: true, memo: { id, ids }, ...common, id },
      ...{ by: actor.name, approver: approver ?? null, late: today >= item.deadline },
      told: told.filter((one) => one !== null),
    };
  },

  reply(outcome) {
    const { kind, item, from, to } = outcome;
    const name = itemName(item);
    const change = `${name}时限${dayInWords(from)}→${dayInWords(to)}`;
    switch (kind) {
      case 'asked':
        return `已送${outcome.approver?.name ?? ''}审批：${change}${outcome.late ? '（已到期，由局主要领导审批）' : ''}。批准前仍按原时限办理，${TAKE_BACK}`;
      case 'moved':
        return `已延期：${change}，已告知承办人。${TAKE_BACK}`;
      case 'accepted':
        return `${name}已通过验收，不必延期。`;
      case 'waiting':
        return `${name}已在等待验收，不必延期。`;
      case 'past':
        return `没有受理：${dayInWords(to)}已过，请写今天以后的日期。`;
      case 'not-later':
        return `没有受理：${name}现在的时限是${dayInWords(from)}，请写更晚的日期。`;
      case 'no-reason':
        return `没有受理：请写明原因，如“${item.no}号台账延到6月10日，专家评审推迟”。`;
      case 'pending':
        return `${name}已有一件延期申请待审批，不必重复。`;
      case 'no-approver':
        return `没有受理：${name}没有分管领导，请联系活动办。`;
    }
  },
  notify: (outcome) =>
    outcome.kind === 'moved'
      ? outcome.told.map((to) => ({
          to,
          text: `${outcome.by}已将${itemName(outcome.item)}的时限由${dayInWords(outcome.from)}延到${dayInWords(outcome.to)}。`,
        }))
      : [],
  requests(outcome) {
    if (outcome.kind !== 'asked' || !outcome.approver) return [];
    const { item, id, from, to, by, reason, approver } = outcome;
    return [
      {
        to: approver.id,
        intent: 'ledger.decide_extension',
        input: { extension: id, approve: true },
        refusal: { extension: id, approve: false },
        title: `${by}申请${item.no}号台账延到${dayInWords(to)}`,
        text: `${by}申请延期：${itemName(item)}时限${dayInWords(from)}→${dayInWords(to)}，当前进度${progressInWords(item)}。原因：${reason}。`,
      },
    ];
  },
  async undo(memo, { actor, message, tx }) {
    const { id, ids } = z.object({ id: z.number(), ids: z.array(z.number()) }).parse(memo);
    const extension = await tx.extension.findUniqueOrThrow({ where: { id } });
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: extension.itemCode } });
    const moved = ids.length > 0;
    if (!moved && extension.state !== 'pending') return false;
    const by = { personId: actor.id, at: message.sentAt };
    if (moved && !(await takeBackFacts(tx, item.code, ids, by))) return false;
    await tx.extension.update({ where: { id }, data: { state: 'withdrawn' } });
    await closeRequest(tx, 'ledger.decide_extension', { extension: id, approve: true }, message.sentAt);
    const told = moved ? item.ownerId : extension.approverId;
    if (!told || told === actor.id) return true;
    return [
      { to: told, text: `${actor.name}已收回${itemName(item)}的延期，时限仍是${dayInWords(extension.oldDeadline)}。` },
    ];
  },
});

/** Only supposed, or told by others. */
function isHeardOf(part: string): boolean {
  const { supposes, hears } = moodOf(part);
  return supposes || hears;
}
