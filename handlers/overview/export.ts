import { z } from 'zod';
import { dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { EXPORTS } from '#bot/export/records.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { sessionCoded } from '#bot/language/study.ts';
import { scopeOf } from '#bot/language/whose.ts';
import type { Paper } from '#bot/message.ts';
import { departmentsUnder, has } from '#bot/permission.ts';
import { itemsIn, maySee, SEEN_BY, scopeInWords, scopeName, unitsIn } from '#bot/scope.ts';
import { ledgerSheet } from '#bot/store/ledger-sheet.ts';
import { cutOffOf } from '#bot/store/month-facts.ts';

const what = z.enum(['ledger', 'attendance', 'all']);
const input = z.object({ what, scope: scopeName, month: month.optional(), session: z.string().optional() });
type Asked = z.infer<typeof input>;
type Sent = Outcome & { kind: 'sent' | 'empty' | 'too-many' | 'not-yet'; papers: Paper[]; words: string; to: string };

const MAKES =
  /导出(?!来|不|失败|的|过|了|功能)|下载(?!不|失败|的|过|了|速度)|[发传]我?一?[份个][^，。]{0,10}(?:表格|电子版|excel|xlsx|文件)|(?:台账|签到|考勤|出勤)[^，。]{0,6}(?:表格|电子版|excel|xlsx)[^，。]{0,4}(?:发|传|给)/i;
const NOT_ONE =
  /签到表|统计表|通报|简报|报告|心得|试卷|怎么|如何|咋|为什么|能不能|谁|别|不用|不要|先不|昨天|刚才|已经?|报送|提交|催|学习资料|通知|名单|完成|记得/;
const LEDGER = /台账|事项|任务/;
const ATTENDANCE = /签到|考勤|出勤|到会/;
const CODE = /[A-Z]{1,4}\d{4}(?:-W\d{1,2}-\d{1,2})?/i;
const LONGEST = 40;
const MOST_ROWS = 20_000;

/** 导出: the ledger as the office's workbook, or who came to what, as a file in private to whoever may see it (R95). */
export default defineHandler({
  name: 'export.file',
  title: '导出',
  examples: ['导出台账', '导出 签到 4月', '导出 签到 S0514'],
  offers: ({ actor, world }) => (departmentsUnder(actor, world).length > 0 ? ['导出台账'] : []),
  input,
  reads: true,
  allow: {
    doneBy: SEEN_BY,
    permits: ({ input: asked, actor, world }) =>
      asked.what === 'all' ? has(actor, 'office', 'chief') : maySee(asked.scope, actor, world),
  },

  over: 'message',
  heedsNotices: true,
  meant(clause) {
    const { text, mood, reading } = clause;
    if (!MAKES.test(text) || NOT_ONE.test(text) || text.length > LONGEST) return null;
    if (mood.denies || mood.plans || mood.supposes || mood.hears || (reading.chat === 'group' && mood.asks))
      return null;
    const named = monthIn(text, reading.today);
    const common = { scope: scopeOf(clause), ...(named && { month: named }) };
    const session = ATTENDANCE.test(text) ? sessionCoded(clause) : null;
    if (session) return act(clause, 3, { what: 'attendance', ...common, session: session.code });
    // A number no session has is no reason to hand out a whole month.
    const unknown = ATTENDANCE.test(text) ? CODE.exec(text)?.[0] : undefined;
    if (unknown) return ask(clause, 3, `没有场次“${unknown}”。请核对编号，或按月导出，如“导出4月签到”。`);
    const kinds = [LEDGER.test(text), ATTENDANCE.test(text)];
    if (kinds[0] !== kinds[1]) return act(clause, 3, { what: kinds[0] ? 'ledger' : 'attendance', ...common });
    if (/全部|所有|一切/.test(text) || (kinds[0] && kinds[1]))
      return act(clause, 3, { what: 'all', ...common, scope: 'bureau' });
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
    const made = [
      ...(asked.what === 'attendance' ? [] : [await ledgerPaper(execution)]),
      ...(asked.what === 'ledger' ? [] : [await attendancePaper(execution)]),
    ];
    const most = made.find(({ rows }) => rows > MOST_ROWS);
    if (most) return { kind: 'too-many', changed: false, ...common, words: `${most.words}共${most.rows}行` };
    const full = made.filter(({ rows }) => rows > 0);
    const words = (full.length > 0 ? full : made).map((one) => one.words).join('、');
    if (full.length === 0)
      return { kind: 'empty', changed: false, ...common, words: words.replace(/（[^（）]*）$/, '') };
    // Who took which figures out of the office is kept (R94).
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
  words: string;
}
type Making = Execution<Asked>;

async function ledgerPaper({ input: asked, actor, message, world, tx }: Making): Promise<Made> {
  const current = monthOf(dayOf(message.sentAt));
  const named = asked.month ?? current;
  const at = named < current ? cutOffOf(named, message.sentAt) : message.sentAt;
  const whole = asked.scope === 'bureau';
  const whose = scopeInWords(asked.scope, actor, world, 'direct').replace(/^您/, actor.name);
  const part = { holds: itemsIn(asked.scope, actor, world), of: whole ? '' : whose };
  const sheet = await ledgerSheet(tx, world, named, at, part);
  const rows = sheet.groups.reduce((sum, { rows: own }) => sum + own.length, 0);
  const words = `${whole ? '全局' : whose}${monthInWords(named)}工作台账（截至${dayInWords(dayOf(at))}${timeOf(at)}，${rows}项）`;
  return { paper: { kind: 'file', drawnBy: 'ledger-workbook', name: sheet.fileName, facts: sheet }, rows, words };
}

/** Names of those one is a superior of, else only one's own (R16). */
async function attendancePaper({ input: asked, actor, message, world, tx }: Making): Promise<Made> {
  const one = asked.session ? await tx.session.findUnique({ where: { code: asked.session } }) : null;
  const named = asked.month ?? monthOf(dayOf(message.sentAt));
  const units = unitsIn(asked.scope, world).map(({ code }) => code);
  const under = departmentsUnder(actor, world).filter((code) => units.includes(code));
  const seen = new Set(
    world.members.filter(({ id, department }) => id === actor.id || under.includes(department)).map(({ id }) => id),
  );
  const { headings, collect } = EXPORTS.attendance;
  const whole = asked.what === 'all' && !asked.month;
  const day = one && dayOf(one.start);
  const [from, to] = day ? [day, day] : whole ? [undefined, undefined] : [`${named}-01`, `${named}-31`];
  const all = await collect(tx, { from, to, now: message.sentAt });
  const records = all.filter(
    ({ userid, session }) => seen.has(String(userid).toLowerCase()) && (!one || session === one.code),
  );
  const period = one ? `${one.code}《${one.topic}》` : whole ? '' : monthInWords(named);
  const paper = {
    kind: 'file' as const,
    drawnBy: 'records-table',
    name: `${period.replace(/[\\/:*?"<>|]/g, '')}考勤明细.xlsx`,
    facts: { records, headings },
  };
  return { paper, rows: records.length, words: `${period}考勤明细（${records.length}行）` };
}
