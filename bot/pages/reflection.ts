import { createHash } from 'node:crypto';
import Router from '@koa/router';
import type { Context } from 'koa';
import type { Clock } from '#bot/calendar.ts';
import { MOST_DRAFT_CHARS, wordsIn } from '#bot/domain/draft.ts';
import type { Handler } from '#bot/handler.ts';
import type { InboundMessage } from '#bot/message.ts';
import { carryOut } from '#bot/pipeline/carry-out.ts';
import type { Db, Tx } from '#bot/store/db.ts';
import { openDraft } from '#bot/store/draft.ts';
import { loadWorld } from '#bot/store/world.ts';
import { readBody } from '#bot/wecom/envelope.ts';
import { escaped, formOf, pageOf } from './page.ts';
import type { SignIn } from './sign-in.ts';

export interface ReflectionPageParts {
  db: Db;
  clock: Clock;
  handlers: readonly Handler[];
  signIn: SignIn;
}
interface Sheet {
  title: string;
  text: string;
  /** the text it was opened with, so that nothing added by message meanwhile is written over */
  from: string;
  said: string;
}
type Shown = { words: string; right: boolean } | { sheet: Sheet };

const OUTSIDE = '请在企业微信里打开：进入“创优助手”，发“心得 题目”，再分几条发正文，或点开回复里的网址。';
const NAME = '写心得体会';

/**
 * 网页写长文 (R22): the text one is writing, on one page, kept or handed in by the rules of writing it in messages; nothing
 * runs in it.
 */
export function reflectionPage({ db, clock, handlers, signIn }: ReflectionPageParts): Router {
  const router = new Router();
  const visited = async (ctx: Context, given: URLSearchParams | null): Promise<void> => {
    const visitor = await signIn.visitor(ctx, OUTSIDE);
    if (visitor === null) return;
    const shown = await db.write((tx) => written(tx, { visitor, given, now: clock.now(), handlers }));
    if ('sheet' in shown) return sheetShown(ctx, shown.sheet);
    ctx.status = shown.right ? 200 : 403;
    pageOf(ctx, NAME, [shown.words], []);
  };
  router.get('/pages/reflection', (ctx) => visited(ctx, null));
  router.post('/pages/reflection', async (ctx) => visited(ctx, new URLSearchParams(await readBody(ctx.req))));
  return router;
}

interface Visit {
  visitor: string;
  given: URLSearchParams | null;
  now: Date;
  handlers: readonly Handler[];
}

/** What opening the page, keeping the text or handing it in comes to. */
async function written(tx: Tx, { visitor, given, now, handlers }: Visit): Promise<Shown> {
  const world = await loadWorld(tx);
  const actor = world.members.find(({ id }) => id === visitor);
  const [write, finish] = ['reflection.write', 'reflection.finish'].map((name) =>
    handlers.find((one) => one.name === name),
  );
  if (!actor || !write || !finish) return { words: '您不在花名册里，不能写心得体会。请联系活动办。', right: false };
  const draft = await openDraft(tx, actor.id);
  const before = { title: draft?.title ?? '', text: draft?.text ?? '', from: draft?.text ?? '' };
  if (!given) return { sheet: { ...before, said: '' } };
  const said = (name: string): string => (given.get(name) ?? '').replace(/\r\n?/g, '\n');
  const own = { title: said('title').trim(), text: said('text').trim(), from: before.text };
  const why = whyNot(own, before.text, given);
  if (why) return { sheet: { ...own, said: why } };
  const message: InboundMessage = {
    ...{ key: `page:${actor.id}:reflection:${now.getTime()}`, from: actor.id, chat: 'direct', sentAt: now },
    content: { kind: 'text', text: NAME },
  };
  const orders = [{ handler: write, input: { title: own.title, text: own.text } }];
  if (given.get('act') === 'hand') orders.push({ handler: finish, input: { keep: true } as never });
  const situation = { message, actor, world, handlers, tx };
  const { told } = await carryOut(orders, situation, { said: '', confirmed: true });
  const words = told[0]?.text ?? '';
  if (given.get('act') === 'hand') return { words: words.split('\n').at(-1) ?? '', right: true };
  return { sheet: { ...own, from: own.text, said: words } };
}

/** Why nothing is kept, if so; what was written stays on the page. */
function whyNot({ title, text }: { title: string; text: string }, before: string, given: URLSearchParams): string {
  if (title.length < 2 || title.length > 30) return '没有保存：请写题目，2至30个字。';
  if (text === '') return '没有保存：还没有正文。';
  if (text.length > MOST_DRAFT_CHARS) return `没有保存：最多${MOST_DRAFT_CHARS}字，现在${text.length}字，请删减。`;
  if (given.get('from') !== markOf(before))
    return `没有保存：您已在消息里续写，现有正文${wordsIn(before)}字，与本页打开时不同。下面是本页的内容，再保存一次即以本页为准。`;
  return '';
}

/** By which two states of a text are told apart. */
const markOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

function sheetShown(ctx: Context, { title, text, from, said }: Sheet): void {
  const parts = [
    '<p>可以分几次写，保存后接着写；也可以在消息里续写。交后仍可用同一题目交第二稿。</p>',
    ...(said ? [`<p class="why" role="alert">${escaped(said)}</p>`] : []),
    `<input type="hidden" name="from" value="${markOf(from)}">`,
    `<label>题目<input type="text" name="title" maxlength="30" autocomplete="off" value="${escaped(title)}"></label>`,
    `<label>正文<textarea name="text" rows="18" maxlength="${MOST_DRAFT_CHARS}">\n${escaped(text)}</textarea></label>`,
    '<button name="act" value="keep">保存，以后再写</button><p></p><button name="act" value="hand">交心得体会</button>',
  ];
  formOf(ctx, NAME, parts.join(''));
}
