import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { lastOf, monthOf } from '#bot/domain/month.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import type { WorldPerson } from '#bot/language/reading.ts';
import { isHeadOf } from '#bot/permission.ts';
import type { Tx } from '#bot/store/db.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { nextNo } from '#bot/store/ledger.ts';
import { closeRequest, reopenRequest } from '#bot/store/question.ts';

const input = z.object({
  to: z.enum(['ledger', 'problem']),
  event: z.number().optional(),
  text: z.string(),
  deadline: day.optional(),
  /** 待确认: the row by which a member asked the head, who agrees by it */
  link: z.number().optional(),
});
type Input = z.infer<typeof input>;
type Converted = Outcome &
  (
    | { kind: 'ledger'; no: number; code: string; title: string; deadline: string; source: string; tell: string | null }
    | { kind: 'problem'; id: number; title: string; source: string; tell: string | null }
    | { kind: 'asked'; head: string; headId: string; title: string; by: string; source: string; input: Input }
    | { kind: 'no-source' | 'no-text' | 'no-head' | 'settled' }
    | { kind: 'already'; what: string }
  );

const CONVERTS =
  /^\s*(?:把[^，。]{0,12})?转(?:成|为|入|到)?(?<to>台账|问题)[:：\s]*(?:(?<id>[TXBZ]\d{1,6})(?=$|[:：\s，]))?[:：\s，]*(?<text>[^\n]*)$/i;

/** 转台账、转问题: what study led to becomes a ledger item or a problem, once the head agrees; a link is kept both ways (R20, R26). */
export default defineHandler({
  name: 'study.convert',
  title: '学习转化',
  examples: ['转台账 T12 每月走访两家企业', '转问题 窗口服务态度生硬'],
  input,
  allow: {
    doneBy: '本科室（单位）负责人',
    async permits({ input, actor, tx, world }) {
      if (input.link === undefined) return true;
      const asked = await tx.studyLink.findUnique({ where: { id: input.link } });
      const by = world.members.find(({ id }) => id === asked?.byId);
      return by !== undefined && isHeadOf(actor, by.department, world);
    },
  },

  over: 'message',
  cues: [CONVERTS],
  meant(clause) {
    const found = CONVERTS.exec(clause.text)?.groups;
    if (!found || clause.reading.chat !== 'direct' || clause.mood.asks) return null;
    const id = found['id']?.toUpperCase();
    const deadline = clause.days('ahead')[0]?.day;
    const text = clause.said.slice(clause.text.length - (found['text'] ?? '').length).trim();
    return act(clause, 3.2, {
      to: (found['to'] === '台账' ? 'ledger' : 'problem') as 'ledger' | 'problem',
      ...(id?.startsWith('T') && { event: Number(id.slice(1)) }),
      ...{ text, ...(deadline && { deadline }) },
    });
  },

  async execute({ input, actor, message, world, tx }): Promise<Converted> {
    const asked = input.link === undefined ? null : await tx.studyLink.findUniqueOrThrow({ where: { id: input.link } });
    if (asked && (asked.confirmedBy !== null || asked.undoneAt !== null)) return { kind: 'settled', changed: false };
    const owner = world.members.find(({ id }) => id === asked?.byId) ?? actor;
    const source = asked
      ? { kind: asked.fromKind, id: asked.fromId, name: nameOf(asked.fromKind, asked.fromId), text: asked.text }
      : await sourceOf(tx, actor, input.event);
    if (!source) return { kind: 'no-source', changed: false };
    const title = (input.text || source.text).slice(0, 60);
    if (title.length < 2) return { kind: 'no-text', changed: false };
    const same = { text: title, toKind: input.to, undoneAt: null };
    const before = await tx.studyLink.findFirst({ where: asked ? { ...same, id: { not: asked.id } } : same });
    if (before) return { kind: 'already', changed: false, what: before.itemCode ?? `W${before.id}` };
    const unit = world.departments.find(({ code }) => code === owner.department);
    const at = message.sentAt;
    const row = { fromKind: source.kind, fromId: source.id, toKind: input.to, text: title, byId: owner.id, at };
    const confirmed = unit && isHeadOf(actor, unit.code, world) ? actor.id : null;
    if (confirmed === null && !unit?.head) return { kind: 'no-head', changed: false };
    if (confirmed === null) {
      const { id } = await tx.studyLink.create({ data: row });
      const head = world.members.find((one) => one.id === unit?.head);
      const request = { ...input, text: title, link: id };
      return {
        ...{ kind: 'asked', changed: true, memo: { id, request }, head: head?.name ?? '', headId: unit?.head ?? '' },
        ...{ title, by: actor.name, source: source.name, input: request },
      };
    }
    const keep = async (data: { confirmedBy: string; itemCode?: string }): Promise<number> =>
      asked
        ? (await tx.studyLink.update({ where: { id: asked.id }, data })).id
        : (await tx.studyLink.create({ data: { ...row, ...data } })).id;
    const tell = owner.id === actor.id ? null : owner.id;
    const consent = asked && { agreed: input };
    if (input.to === 'problem') {
      const id = await keep({ confirmedBy: confirmed });
      return { kind: 'problem', changed: true, memo: { id, ...consent }, id, title, source: source.name, tell };
    }
    const deadline = input.deadline ?? lastOf(monthOf(dayOf(at)));
    const no = await nextNo(tx);
    const code = await nextLearnt(tx);
    const id = await keep({ confirmedBy: confirmed, itemCode: code });
    await tx.ledgerItem.create({
      data: {
        ...{ code, no, title, deadline, level: '科室', category: '学习转化', departmentCode: owner.department },
        ...{ leaderId: unit?.leader ?? null, ownerId: owner.id, openedOn: dayOf(at), remark: `由${source.name}转化` },
      },
    });
    const { ids: facts } = await record(tx, code, {
      ...{ kind: 'defined', personId: actor.id, at, inboxKey: message.key, note: title },
      ...{ target: null, day: deadline, other: owner.department, ownerId: owner.id },
    });
    return {
      ...{ kind: 'ledger', changed: true, memo: { id, facts, ...consent }, no, code, title, deadline },
      ...{ source: source.name, tell },
    };
  },

  reply(outcome) {
    switch (outcome.kind) {
      case 'ledger':
        return `已转入台账：${outcome.no}号（${outcome.code}）《${outcome.title}》，${dayInWords(outcome.deadline)}前办结，来源${outcome.source}。${TAKE_BACK}`;
      case 'problem':
        return `已转为问题：W${outcome.id}，${outcome.title}，来源${outcome.source}。${TAKE_BACK}`;
      case 'asked':
        return `已送${outcome.head}确认：${outcome.title}。${TAKE_BACK}`;
      case 'already':
        return `没有重复登记：同样的内容已在${outcome.what}。`;
      case 'no-source':
        return '没有转化：没有找到您的学习记录。可写明编号，如“转台账 T12 每月走访两家企业”。';
      case 'no-text':
        return '没有转化：请写明内容，如“转台账 每月走访两家企业”。';
      case 'no-head':
        return '没有转化：本科室（单位）没有负责人确认，请联系活动办。';
      case 'settled':
        return '没有转化：提出人已收回，或已经办过。';
    }
  },
  requests: (outcome) =>
    outcome.kind === 'asked'
      ? [
          {
            ...{
              to: outcome.headId,
              intent: 'study.convert',
              input: outcome.input,
              title: `学习转化：${outcome.title}`,
            },
            text: `${outcome.by}由学习提出${outcome.input.to === 'ledger' ? '列入台账' : '列为问题'}：${outcome.title}（来源${outcome.source}）。`,
          },
        ]
      : [],
  notify: (outcome) =>
    (outcome.kind === 'ledger' || outcome.kind === 'problem') && outcome.tell
      ? [
          {
            to: outcome.tell,
            text: `您由学习提出的“${outcome.title}”已获同意，${outcome.kind === 'ledger' ? `列入台账${outcome.no}号（${outcome.code}）` : `列为问题W${outcome.id}`}。`,
          },
        ]
      : [],
  async undo(memo, { actor, message, tx }) {
    const { id, facts, request, agreed } = z
      .object({
        ...{ id: z.number(), facts: z.array(z.number()).default([]) },
        ...{ request: input.optional(), agreed: input.optional() },
      })
      .parse(memo);
    const link = await tx.studyLink.findUniqueOrThrow({ where: { id } });
    const item = link.itemCode ? await tx.ledgerItem.findUnique({ where: { code: link.itemCode } }) : null;
    const by = { personId: actor.id, at: message.sentAt };
    if (item && !(await takeBackFacts(tx, item.code, facts, by))) return false;
    if (request && link.confirmedBy !== null) return false;
    // The head who takes back a consent has the proposal waiting again.
    const data = agreed ? { confirmedBy: null, itemCode: null } : { undoneAt: message.sentAt };
    await tx.studyLink.update({ where: { id }, data });
    if (request) await closeRequest(tx, 'study.convert', request, message.sentAt);
    if (agreed) await reopenRequest(tx, 'study.convert', agreed);
    if (item) await tx.ledgerItem.update({ where: { code: item.code }, data: { endedAt: message.sentAt } });
    return true;
  },
});

/** The next number of what came out of study: X-1; a number once given is not given again. */
async function nextLearnt(tx: Tx): Promise<string> {
  // The item stays where its consent was taken back, the link to it does not.
  const items = await tx.ledgerItem.findMany({ where: { code: { startsWith: 'X-' } }, select: { code: true } });
  return `X-${Math.max(0, ...items.map(({ code }) => Number(code.slice(2)) || 0)) + 1}`;
}

const NAMES: Record<string, string> = { makeup: '补学要点', reflection: '心得体会', record: '自学' };
const nameOf = (kind: string, id: number): string => NAMES[kind] ?? `T${id}`;

/** The study record something comes from: the one named, else one's own latest. */
async function sourceOf(tx: Tx, actor: WorldPerson, event?: number) {
  if (event !== undefined) {
    const found = await tx.studyEvent.findFirst({ where: { id: event, undoneAt: null } });
    if (!found) return null;
    const parts = JSON.parse(found.body) as Record<string, string>;
    return { kind: 'event', id: found.id, name: nameOf('event', found.id), text: parts['措施'] ?? found.title };
  }
  const where = { personId: actor.id, undoneAt: null };
  const newest = { orderBy: { id: 'desc' } as const };
  const [talk, made, wrote, studied] = [
    await tx.studyEvent.findFirst({ where, ...newest }),
    await tx.makeUp.findFirst({ where, ...newest }),
    await tx.reflection.findFirst({ where, ...newest }),
    await tx.studyRecord.findFirst({ where, ...newest }),
  ];
  const all = [
    ...(talk ? [{ kind: 'event', id: talk.id, at: talk.at }] : []),
    ...(made ? [{ kind: 'makeup', id: made.id, at: made.at }] : []),
    ...(wrote ? [{ kind: 'reflection', id: wrote.id, at: wrote.at }] : []),
    ...(studied ? [{ kind: 'record', id: studied.id, at: studied.at }] : []),
  ].sort((one, other) => other.at.getTime() - one.at.getTime());
  const [last] = all;
  return last ? { ...last, name: nameOf(last.kind, last.id), text: '' } : null;
}
