import Router from '@koa/router';
import { type Clock, dateInWords, dayOf, timeOf } from '#bot/calendar.ts';
import { countsInWords, itemLine } from '#bot/domain/item-words.ts';
import type { Db } from '#bot/store/db.ts';
import { lightRuleAt } from '#bot/store/figures.ts';
import { pageOf } from './page.ts';
import type { SignIn } from './sign-in.ts';

export interface LedgerPageParts {
  db: Db;
  clock: Clock;
  signIn: SignIn;
}

const MOST = 500;

/** 我的台账, whole, where a message would have to be cut: what one is responsible for or in charge of (R42, R90). */
export function ledgerPage({ db, clock, signIn }: LedgerPageParts): Router {
  const router = new Router();
  router.get('/pages/ledger', async (ctx) => {
    const visitor = await signIn.visitor(ctx);
    if (visitor === null) return;
    const now = clock.now();
    const found = await db.read(async (client) => {
      const person = await client.person.findFirst({ where: { id: visitor, leftOn: null } });
      if (!person) return null;
      const items = await client.ledgerItem.findMany({
        where: { endedAt: null, OR: [{ ownerId: person.id }, { leaderId: person.id }] },
        ...{ orderBy: { no: 'asc' }, take: MOST },
      });
      const units = await client.department.findMany({ select: { code: true, name: true } });
      const rule = await lightRuleAt(client, now);
      return { person, items, rule, units: new Map(units.map(({ code, name }) => [code, name])) };
    });
    if (!found) {
      ctx.status = 403;
      return pageOf(ctx, '不在花名册', ['您不在花名册里，看不到台账。请联系活动办。'], []);
    }
    const { person, items, rule, units } = found;
    const at = `${person.name}，${dateInWords(dayOf(now))} ${timeOf(now)}。`;
    if (items.length === 0) return pageOf(ctx, '我的台账', [`${at}您名下没有台账事项。`], []);
    const lines = items.map((item) => itemLine(item, units.get(item.departmentCode) ?? '', dayOf(now), rule));
    pageOf(ctx, '我的台账', [`${at}${countsInWords(items, dayOf(now))}`], lines);
  });
  return router;
}
