import Router from '@koa/router';
import type { Context } from 'koa';
import { type Clock, dayInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { answerSaid, type Question } from '#bot/domain/exam.ts';
import { OPTIONS, questionKindInWords } from '#bot/domain/question-bank.ts';
import type { Handler } from '#bot/handler.ts';
import type { InboundMessage } from '#bot/message.ts';
import { carryOut } from '#bot/pipeline/carry-out.ts';
import type { Db, Tx } from '#bot/store/db.ts';
import { materialFor, openExam, paperUnderway } from '#bot/store/exam.ts';
import { loadWorld } from '#bot/store/world.ts';
import { readBody } from '#bot/wecom/envelope.ts';
import { escaped, formOf, pageOf } from './page.ts';
import type { SignIn } from './sign-in.ts';

export interface ExamPageParts {
  db: Db;
  clock: Clock;
  handlers: readonly Handler[];
  signIn: SignIn;
}
interface Sitting {
  title: string;
  closes: Date;
  material: string | null;
  questions: Question[];
  place: number;
}
type Shown = { words: string; right: boolean } | { sitting: Sitting; why: string };

const MODES: Record<string, string[]> = { practice: ['practice'], test: ['test', 'contest'] };
const OUTSIDE = '请在企业微信里打开：进入“创优助手”，发“开始答题”一题一题地答，或点开通知里的网址。';

/**
 * 网页答题 (R25): what is left of one's own paper on one page, handed in at once by the rules of answering in messages; no
 * right answer is on it, and nothing runs in it.
 */
export function examPage({ db, clock, handlers, signIn }: ExamPageParts): Router {
  const router = new Router();
  const visited = async (ctx: Context, given: URLSearchParams | null): Promise<void> => {
    const visitor = await signIn.visitor(ctx, OUTSIDE);
    if (visitor === null) return;
    const modes = MODES[String(ctx.query['m'] ?? 'test')] ?? MODES['test'] ?? [];
    const shown = await db.write((tx) => sat(tx, { visitor, modes, given, now: clock.now(), handlers }));
    if ('sitting' in shown) return paperShown(ctx, shown.sitting, shown.why, given);
    ctx.status = shown.right ? 200 : 403;
    pageOf(ctx, '知识测试', [shown.words], []);
  };
  router.get('/pages/exam', (ctx) => visited(ctx, null));
  router.post('/pages/exam', async (ctx) => visited(ctx, new URLSearchParams(await readBody(ctx.req))));
  return router;
}

interface Visit {
  visitor: string;
  modes: string[];
  given: URLSearchParams | null;
  now: Date;
  handlers: readonly Handler[];
}

/** What opening the page, or handing it in, comes to. */
async function sat(tx: Tx, { visitor, modes, given, now, handlers }: Visit): Promise<Shown> {
  const world = await loadWorld(tx);
  const actor = world.members.find(({ id }) => id === visitor);
  const [take, answer] = ['exam.take', 'exam.answer'].map((name) => handlers.find((one) => one.name === name));
  if (!actor || !take || !answer) return { words: '您不在花名册里，不能答题。请联系活动办。', right: false };
  const message: InboundMessage = {
    ...{ key: `page:${actor.id}:exam:${now.getTime()}`, from: actor.id, chat: 'direct', sentAt: now },
    content: { kind: 'text', text: '答题' },
  };
  const situation = { message, actor, world, handlers, tx };
  const exam = await openExam(tx, now, modes);
  const carried = async (orders: Parameters<typeof carryOut>[0]): Promise<Shown> => {
    const { told } = await carryOut(orders, situation, { said: '', confirmed: true });
    return { words: told[0]?.text.split('\n').at(-1) ?? '', right: true };
  };
  const begun = (exam && (await paperUnderway(tx, exam.id, actor.id))) ?? null;
  const refused = begun ? null : await carried([{ handler: take, input: { modes } }]);
  const underway = exam && (begun ?? (await paperUnderway(tx, exam.id, actor.id)));
  if (!exam || !underway) return refused ?? { words: '现在没有可以参加的测试。', right: true };
  const { questions, place } = underway;
  const material = await materialFor(tx, exam);
  const sitting = { title: exam.title, closes: exam.closesAt, material, questions, place };
  if (!given) return { sitting, why: '' };
  // A page that was opened before something was answered elsewhere would put its answers to other questions.
  if (given.get('from') !== String(place)) return { sitting, why: '没有交卷：这一页已经旧了，请从这里接着答。' };
  const said = questions.slice(place).map((question, index) => saidTo(question, given.getAll(`q${place + index}`)));
  const open = said.indexOf(null);
  if (open >= 0) return { sitting, why: `没有交卷：第${place + open + 1}题还没有答，请答完再交。` };
  return carried(said.map((one) => ({ handler: answer, input: { said: one ?? '' } })));
}

/** What was chosen on the page, as one would say it; null where that is no answer. */
function saidTo({ kind, options }: Question, chosen: string[]): string | null {
  const said = kind === 'blank' ? `答：${(chosen[0] ?? '').trim().slice(0, 200)}` : chosen.join('');
  return answerSaid(kind, said, options.length) === null ? null : said;
}

function paperShown(ctx: Context, sitting: Sitting, why: string, given: URLSearchParams | null): void {
  const { title, closes, material, questions, place } = sitting;
  const left = questions.slice(place).map((question, index) => field(question, place + index, questions.length, given));
  const words = [
    `${dayInWords(dayOf(closes))}${timeOf(closes)}截止，共${questions.length}题${place > 0 ? `，已答${place}题` : ''}。交卷后不能修改，成绩只告诉本人。`,
    ...(material ? [`请先学习材料：${material}。`] : []),
  ];
  const parts = [
    ...words.map((line) => `<p>${escaped(line)}</p>`),
    ...(why ? [`<p class="why" role="alert">${escaped(why)}</p>`] : []),
    `<input type="hidden" name="from" value="${place}">`,
    ...left,
    '<button>交卷</button>',
  ];
  formOf(ctx, `《${title}》`, parts.join(''));
}

function field({ kind, text, options }: Question, place: number, of: number, given: URLSearchParams | null): string {
  const name = `q${place}`;
  const before = given?.getAll(name) ?? [];
  const choice = (value: string, words: string): string =>
    `<label><input type="${kind === 'multiple' ? 'checkbox' : 'radio'}" name="${name}" value="${value}"${before.includes(value) ? ' checked' : ''}> ${escaped(words)}</label>`;
  const choices =
    kind === 'judge'
      ? ['对', '错'].map((one) => choice(one, one))
      : options.map((option, index) => choice(OPTIONS[index] ?? '', `${OPTIONS[index]}. ${option}`));
  const blank = `<input type="text" name="${name}" maxlength="200" autocomplete="off" value="${escaped(before[0] ?? '')}">`;
  return `<fieldset><legend>第${place + 1}/${of}题（${questionKindInWords(kind)}）：${escaped(text)}</legend>${kind === 'blank' ? blank : choices.join('')}</fieldset>`;
}
