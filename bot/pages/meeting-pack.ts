import Router from '@koa/router';
import { type Clock, dayOf } from '#bot/calendar.ts';
import { month as monthGiven } from '#bot/command.ts';
import { type MeetingPack, meetingInWords, overallInWords, packTitle, unitInWords } from '#bot/domain/meeting-pack.ts';
import { monthBefore, monthOf } from '#bot/domain/month.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import { departmentsUnder, has, unitsHeadedBy } from '#bot/permission.ts';
import type { Db } from '#bot/store/db.ts';
import { packOf } from '#bot/store/meeting-pack.ts';
import { loadWorld } from '#bot/store/world.ts';
import { pageOf } from './page.ts';
import type { SignIn } from './sign-in.ts';

export interface MeetingPageParts {
  db: Db;
  clock: Clock;
  signIn: SignIn;
}

/**
 * 汇报会材料 as a page (R61): last month's, or `?month=YYYY-MM`. The chief and the office see every unit, a leader those in
 * charge, a head the own; the bureau's figures stand for those who lead.
 */
export function meetingPackPage({ db, clock, signIn }: MeetingPageParts): Router {
  const router = new Router();
  router.get('/pages/meeting', async (ctx) => {
    const visitor = await signIn.visitor(ctx);
    if (visitor === null) return;
    const now = clock.now();
    const asked = monthGiven.safeParse(ctx.query['month']);
    const current = monthOf(dayOf(now));
    const month = asked.success && asked.data <= current ? asked.data : monthBefore(current);
    const shown = await db.read(async (tx) => {
      const world = await loadWorld(tx);
      const person = world.members.find(({ id }) => id === visitor);
      const units = person ? unitsFor(person, world) : [];
      if (!person || units.length === 0) return null;
      const pack = await packOf(tx, world, month, now);
      return { pack: { ...pack, units: pack.units.filter(({ name }) => units.includes(name)) }, person };
    });
    if (!shown) {
      ctx.status = 403;
      return pageOf(ctx, '汇报会材料', ['汇报会材料由局领导、活动办和科室（单位）负责人查看。'], []);
    }
    pageOf(ctx, packTitle(shown.pack), wordsOf(shown.pack, has(shown.person, 'chief', 'leader', 'office')), []);
  });
  return router;
}

/** The names of the units whose month somebody may see (2.7, R90). */
function unitsFor(person: WorldPerson, world: World): string[] {
  const codes = [...departmentsUnder(person, world), ...unitsHeadedBy(person, world).map(({ code }) => code)];
  return world.departments.filter(({ code }) => codes.includes(code)).map(({ name }) => name);
}

const wordsOf = (pack: MeetingPack, leads: boolean): string[] => [
  ...(leads ? [overallInWords(pack)] : []),
  ...pack.units.flatMap((unit) => [`【${unit.name}】`, ...unitInWords(unit)]),
  ...(leads ? meetingInWords(pack) : []),
];
