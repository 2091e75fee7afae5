import { z } from 'zod';
import { type Day, dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { EXPORTS } from '#bot/export/records.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { sessionCoded } from '#bot/language/study.ts';
import { verbose } from '#bot/language/verbose.ts';
import { scopeOf } from '#bot/language/whose.ts';
import type { Paper } from '#bot/message.ts';
import type { PrintedSheet } from '#bot/papers/printed-sheet.ts';
import { departmentsUnder, has } from '#bot/permission.ts';
import { maySee, SEEN_BY, scopeInWords, scopeName, unitsIn, whoseIn } from '#bot/scope.ts';
import { AUDIT_HEADINGS, auditRecords } from '#bot/store/audit-sheet.ts';
import { ledgerSheet } from '#bot/store/ledger-sheet.ts';
import { cutOffOf } from '#bot/store/month-facts.ts';
import { rectificationSheet } from '#bot/store/rectification-sheet.ts';
import { visitSheet } from '#bot/store/visit-sheet.ts';

const KINDS = ['ledger', 'attendance', 'rectification', 'visit', 'audit'] as const;
type Kind = (typeof KINDS)[number];
const input = z.object({
  what: z.enum([...KINDS, 'all']),
  scope: scopeName,
  month: month.optional(),
  session: z.string().optional(),
});
type Asked = z.infer<typeof input>;
type Sent = Outcome & { kind: 'sent' | 'empty' | 'too-many' | 'not-yet'; papers: Paper[]; words: string; to: string };

const MAKES = verbose.with('i')`
  导(?:一?[份个下]|给我) | 导出(?!来|不|失败|的|过|了|功能) | 下载(?!不|失败|的|过|了|速度)
  | [发传]我?一?[份个][^，。]{0,10}(?:表格|电子版|excel|xlsx|文件)
  | (?:台账|签到|考勤|出勤)[^，。]{0,6}(?:表格|电子版|excel|xlsx)[^，。]{0,4}(?:发|传|给)
`;
const NOT_ONE =
  /签到表|统计表|通报|简报|报告|心得|试卷|怎么|如何|咋|为什么|能不能|谁|别|不用|不要|先不|昨天|刚才|已经?|报送|提交|催|学习资料|通知|名单|完成|记得/;
const ATTENDANCE = /签到|考勤|出勤|到会/;
const NAMED: [Kind, RegExp][] = [
  ['rectification', /整改|查摆|问题(?:台账|清单)/],
  ['visit', /走访/],
  ['audit', /(?:操作|审计|留痕|使用)?日志|审计/],
  ['attendance', ATTENDANCE],
  ['ledger', /台账|事项|任务/],
];
const WHOSE_LEDGER = /(?:整改|查摆|问题|走访)[^，。]{0,4}台账/g;
const CODE = /[A-Z]{1,4}\d{4}(?:-W\d{1,2}-\d{1,2})?/i;
const LONGEST = 40;
const MOST_ROWS = 20_000;

/**
 * 导出: 工作台账, 整改台账, 走访台账, who came to what, as files in private to whoever may see them (R95); 操作日志, without what is
 * restricted, to the office and the administrator (R94).
 */
export default defineHandler({
  name: 'export.file',
  title: '导出',
  examples: ['导出台账', '导出 签到 4月', '导出 签到 S0514', '导出整改台账', '导出走访台账 5月', '导出全部'],
  offers: ({ actor, world }) => (departmentsUnder(actor, world).length > 0 ? ['导出台账'] : []),
  input,
  reads: true,
  allow: {
    doneBy: SEEN_BY,
    permits({ input: asked, actor, world }) {
      if (asked.what === 'audit') return has(actor, 'office', 'admin');
      return asked.what === 'all' ? has(actor, 'office', 'chief') : maySee(asked.scope, actor, world);
    },
  },

  over: 'message',
  heedsNotices: true,
  cues: [MAKES],
  meant(clause) {
    const { text, mood, reading } = clause;
    if (!MAKES.test(text) || NOT_ONE.test(text) || text.length > LONGEST) return null;
    if (mood.denies || mood.plans || mood.supposes || mood.hears || (reading.chat === 'group' && mood.asks))
      return null;
    const period = monthIn(text, reading.today);
    const common = { scope: scopeOf(clause), ...(period && { month: period }) };
    const session = ATTENDANCE.test(text) ? sessionCoded(clause) : null;
    if (session) return act(clause, 3, { what: 'attendance', ...common, session: session.code });
    // A number no session has is no reason to hand out a whole month.
    const unknown = ATTENDANCE.test(text) ? CODE.exec(text)?.[0] : undefined;
    if (unknown) return ask(clause, 3, `没有场次“${unknown}”。请核对编号，或按月导出，如“导出4月签到”。`);
    const [day] = ATTENDANCE.test(text) ? clause.days('behind') : [];
    if (day) return heldOn(clause, day.day, common);
    // 「整改台账」 is one of them, not two.
    const named = NAMED.filter(([kind, words]) =>
      words.test(kind === 'ledger' ? text.replace(WHOSE_LEDGER, '') : text),
    );
    if (named.length > 0) return act(clause, 3, ...named.map(([kind]) => ({ what: kind, ...common })));
    if (/全部|所有|一切/.test(text)) return act(clause, 3, { what: 'all', ...common, scope: 'bureau' });
    return reading.chat === 'group' || !/导出/.test(text)
      ? null
      : ask(clause, 2, '您要导出什么？请写明，如“导出台账”“导出4月签到”。');
  },

  async execute(execution): Promise<Sent> {
    const { input: asked, actor, message } = execution;
    const at = message.sentAt;
    const common = { to: actor.id, papers: [], words: '' };
    if (asked.month && asked.month > monthOf(dayOf(at)))
      return { kind: 'not-yet', changed: false, ...common, words: monthInWords(asked.month) };
    const made: Made[] = [];
    for (const kind of asked.what === 'all' ? KINDS : [asked.what])
      if (kind !== 'audit' || has(actor, 'office', 'admin')) made.push(await PAPERS[kind](execution));
    // Too long for one file is the log first: what else was asked for is not kept back for it.
    const tooMany = made.filter(({ rows }) => rows > MOST_ROWS).map(({ words }) => `${words}太长`);
    const full = made.filter(({ rows }) => rows > 0 && rows <= MOST_ROWS);
    if (full.length === 0)
      return tooMany.length > 0
        ? { kind: 'too-many', changed: false, ...common, words: tooMany.join('、') }
        : { kind: 'empty', changed: false, ...common, words: made.map(({ name }) => name).join('、') };
    // Who took which figures out of the office is kept (R94).
    const words = [...full.map((one) => one.words), ...tooMany.map((one) => `${one}，请按月份分开导出`)].join('、');
    return { kind: 'sent', changed: true, ...common, papers: full.map(({ paper }) => paper), words };
  },

  reply({ kind, words, papers }) {
    if (kind === 'not-yet') return `没有导出：${words}还没有到。`;
    if (kind === 'too-many') return `没有导出：${words}，一个文件最多${MOST_ROWS}行，请按月份或科室（单位）分开导出。`;
    if (kind === 'empty') return `没有导出：${words}没有记录，没有生成空文件。`;
    return `${papers.length === 1 ? '文件' : `${papers.length}个文件`}随后私下发给您：${words}。`;
  },
  inGroup: ({ kind }) => (kind === 'sent' ? '文件已私下发给您。' : '没有导出，原因已私下发给您。'),
  notify: ({ papers, to }) => papers.map((paper) => ({ to, text: '', paper })),
});

interface Made {
  paper: Paper;
  rows: number;
  /** what it is of, and the same with how much it is */
  name: string;
  words: string;
}
type Making = Execution<Asked>;

const PAPERS: Record<Kind, (making: Making) => Promise<Made>> = {
  ledger: ledgerPaper,
  attendance: attendancePaper,
  rectification: rectificationPaper,
  visit: visitPaper,
  audit: auditPaper,
};

const file = (drawnBy: string, name: string, facts: object): Paper => ({
  ...{ kind: 'file', drawnBy, facts },
  name: name.replace(/[\\/:*?"<>|]/g, ''),
});

/** Whose records are asked for, in words; empty for all of them. */
const whose = ({ input: { scope }, actor, world }: Making): string =>
  scope === 'bureau' ? '' : scopeInWords(scope, actor, world, 'direct').replace(/^您/, actor.name);

/** As a month that is over stood at its cut-off, else as it is now. */
const stoodAt = ({ input: asked, message: { sentAt } }: Making): Date =>
  asked.month !== undefined && asked.month < monthOf(dayOf(sentAt)) ? cutOffOf(asked.month, sentAt) : sentAt;

async function ledgerPaper(making: Making): Promise<Made> {
  const { input: asked, actor, message, world, tx } = making;
  const named = asked.month ?? monthOf(dayOf(message.sentAt));
  const at = stoodAt(making);
  const of = whose(making);
  const sheet = await ledgerSheet(tx, world, named, at, { whose: whoseIn(asked.scope, actor, world), of });
  const rows = sheet.groups.reduce((sum, { rows: own }) => sum + own.length, 0);
  const name = `${of || '全局'}${monthInWords(named)}工作台账`;
  const words = `${name}（截至${dayInWords(dayOf(at))}${timeOf(at)}，${rows}项）`;
  return { paper: file('ledger-workbook', sheet.fileName, sheet), rows, name, words };
}

/** Of 全部 all there ever were, else of the month asked for, or this one. */
const monthFor = ({ input: asked, message }: Making): string | null =>
  asked.month ?? (asked.what === 'all' ? null : monthOf(dayOf(message.sentAt)));

async function rectificationPaper(making: Making): Promise<Made> {
  const { input: asked, actor, world, tx } = making;
  const of = whose(making);
  const part = { whose: whoseIn(asked.scope, actor, world), of };
  const named = monthFor(making);
  const sheet = await rectificationSheet(tx, world, named, stoodAt(making), part);
  return printed(sheet, `${of || '全局'}${named ? monthInWords(named) : ''}整改台账`, '项');
}

async function visitPaper(making: Making): Promise<Made> {
  const { input: asked, actor, message, world, tx } = making;
  const of = whose(making);
  const person = asked.scope === 'me' ? actor.id : undefined;
  const units = unitsIn(asked.scope, world).map(({ code }) => code);
  const named = monthFor(making);
  const sheet = await visitSheet(tx, world, named, dayOf(message.sentAt), { units, person, of });
  return printed(sheet, `${of || '全局'}${named ? monthInWords(named) : ''}走访台账`, '次');
}

const printed = (sheet: PrintedSheet, name: string, measure: string): Made => ({
  ...{ paper: file('printed-sheet', `${sheet.title}.xlsx`, sheet), rows: sheet.rows.length, name },
  words: `${name}（${sheet.rows.length}${measure}）`,
});

async function auditPaper(making: Making): Promise<Made> {
  const { tx, world, titleOf } = making;
  const named = monthFor(making);
  const records = await auditRecords(tx, world, named, titleOf);
  const name = `${named ? monthInWords(named) : ''}操作日志`;
  const paper = file('records-table', `${name}.xlsx`, { records, headings: AUDIT_HEADINGS });
  return { paper, rows: records.length, name, words: `${name}（${records.length}行）` };
}

/** Names of those one is a superior of, else only one's own (R16). */
async function attendancePaper(making: Making): Promise<Made> {
  const { input: asked, actor, message, world, tx } = making;
  const one = asked.session ? await tx.session.findUnique({ where: { code: asked.session } }) : null;
  const named = monthFor(making);
  const units = unitsIn(asked.scope, world).map(({ code }) => code);
  const under = departmentsUnder(actor, world).filter((code) => units.includes(code));
  const seen = new Set(
    world.members.filter(({ id, department }) => id === actor.id || under.includes(department)).map(({ id }) => id),
  );
  const { headings, collect } = EXPORTS.attendance;
  const day = one && dayOf(one.start);
  const [from, to] = day ? [day, day] : named === null ? [undefined, undefined] : [`${named}-01`, `${named}-31`];
  const all = await collect(tx, { from, to, now: message.sentAt });
  const records = all.filter(
    ({ userid, session }) => seen.has(String(userid).toLowerCase()) && (!one || session === one.code),
  );
  const period = one ? `${one.code}《${one.topic}》` : named === null ? '' : monthInWords(named);
  const name = `${period}考勤明细`;
  return {
    ...{ paper: file('records-table', `${name}.xlsx`, { records, headings }), rows: records.length, name },
    words: `${name}（${records.length}行）`,
  };
}

/** Who came on a day is asked for by the day, not by the month it lies in. */
function heldOn(clause: Clause, day: Day, common: { scope: string; month?: string }) {
  const held = clause.reading.lexicon.sessions.all.filter((one) => one.day === day);
  const [one, another] = held;
  if (!one) return ask(clause, 3, `${dayInWords(day)}没有场次。请核对日期，或按月导出，如“导出4月签到”。`);
  const of = (session: string) => ({ what: 'attendance' as const, ...common, session });
  if (!another) return act(clause, 3, of(one.code));
  const choices = held.map(({ code, topic }) => ({ label: `《${topic}》`, input: of(code) }));
  return ask(clause, 3, '您要导出哪一场的签到？', choices);
}
