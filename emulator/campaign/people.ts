import { addDays, addWorkdays, type Day, instantAt, isWorkday, weekOf } from '#bot/calendar.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import type { Db } from '#bot/store/db.ts';
import type { Chance } from './random.ts';

/** Something somebody is going to say. */
export interface Saying {
  at: Date;
  from: string;
  text: string;
}

type Item = Awaited<ReturnType<Db['client']['ledgerItem']['findMany']>>[number];

const CHATTER = ['收到', '今天食堂有饺子', '打算下周去市里开会', '辛苦了', '帮助', '我的台账', '哪些快到期了'];
const TOPICS = ['八项规定', '新党章', '科技进步法', '党风廉政教育', '市委全会精神', '知识产权保护条例'];
const MATTERS = ['报重点企业名单', '核实群众反映的资助问题', '报调研材料', '梳理在研项目情况', '整理会议纪要'];

const monthDay = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** What the sample bureau says on a workday: reports, slips, second thoughts, decisions, leaves, study, summaries. */
export async function talkOf(
  day: Day,
  { world, db, chance }: { world: World; db: Db; chance: Chance },
): Promise<Saying[]> {
  if (!isWorkday(day)) return [];
  const items = await db.read((client) =>
    client.ledgerItem.findMany({ where: { endedAt: null }, orderBy: { no: 'asc' } }),
  );
  const said: Saying[] = [];
  const say = (hour: number, from: string | null | undefined, text: string): void => {
    if (!from) return;
    const minute = chance.between(0, 59);
    said.push({ at: new Date(instantAt(day, '00:00').getTime() + (hour * 60 + minute) * 60_000), from, text });
  };
  const scene: Scene = { day, world, chance, say, said };
  for (const item of items) workOn(item, scene);
  await decide(db, scene);
  study(scene);
  await signIn(db, scene);
  summaries(scene);
  asides(scene);
  return said.sort((one, other) => one.at.getTime() - other.at.getTime());
}

interface Scene {
  day: Day;
  world: World;
  chance: Chance;
  say(hour: number, from: string | null | undefined, text: string): void;
  said: Saying[];
}

const headOf = (world: World, code: string): string | null =>
  world.departments.find((unit) => unit.code === code)?.head ?? null;

/** The owner reports now and then, errs sometimes, hands in what is done; the head asks for more time. */
function workOn(item: Item, { day, world, chance, say, said }: Scene): void {
  if (item.acceptedAt || item.completedAt || !item.ownerId) return;
  const whole = item.target === null ? (item.percent ?? 0) >= 100 : (item.quantity ?? 0) >= item.target;
  if (whole && chance.happens(0.3)) {
    say(10, item.ownerId, `${item.code}申请验收`);
    return;
  }
  const left = (Date.parse(item.deadline) - Date.parse(day)) / 86_400_000;
  if (left > 0 && left <= 8 && !whole && chance.happens(0.15)) {
    const later = monthDay(addDays(item.deadline, chance.between(10, 40)));
    say(11, headOf(world, item.departmentCode), `申请把${item.code}延到${later}，专家评审推迟`);
    return;
  }
  if (!chance.happens(left < 20 ? 0.12 : 0.05)) return;
  const report = reportOf(item, chance);
  const before = said.length;
  say(chance.between(9, 16), item.ownerId, report);
  const spoken = said[before];
  if (spoken && chance.happens(0.1))
    said.push({ ...spoken, at: new Date(spoken.at.getTime() + chance.between(1, 9) * 60_000), text: '撤销' });
  if (item.quantity && item.quantity > 1 && chance.happens(0.08))
    say(17, item.ownerId, `更正${item.code}累计${item.quantity - 1}${item.unit ?? ''}，原因重复计算`);
}

function reportOf({ code, target, quantity, percent, unit }: Item, chance: Chance): string {
  if (target === null) {
    const now = percent ?? 0;
    return `${code}完成${Math.min(100, now + chance.between(5, 30))}%`;
  }
  const step = Math.max(1, Math.round((target * chance.between(5, 30)) / 100));
  const room = Math.max(0, target - (quantity ?? 0));
  return chance.happens(0.5) && room > 0
    ? `${code}新增${Math.min(step, room)}${unit ?? ''}`
    : `${code}累计${Math.min(target, (quantity ?? 0) + step)}${unit ?? ''}`;
}

/** Leaders accept or return what waits, answer what they are asked, the chief gives matters out. */
async function decide(db: Db, { day, world, chance, say, said }: Scene): Promise<void> {
  const waiting = await db.read((client) =>
    client.ledgerItem.findMany({ where: { completedAt: { not: null }, acceptedAt: null, endedAt: null } }),
  );
  const given = await db.read((client) => client.assignment.findMany({ where: { undoneAt: null } }));
  for (const item of waiting) {
    if (!chance.happens(0.4)) continue;
    const decider = given.find(({ itemCode }) => itemCode === item.code)?.byId ?? item.leaderId;
    if (chance.happens(0.2)) say(14, decider, `${item.code}退回，缺会议纪要`);
    else {
      const before = said.length;
      say(15, decider, `${item.code}验收通过`);
      const asked = said[before];
      if (asked) said.push({ ...asked, at: new Date(asked.at.getTime() + 60_000), text: '确认' });
    }
  }
  const asked = await db.read((client) =>
    client.question.findMany({ where: { byId: { not: null }, closedAt: null }, orderBy: { id: 'asc' } }),
  );
  for (const { personId } of asked.slice(0, 3))
    if (chance.happens(0.5)) say(13, personId, chance.happens(0.8) ? '同意' : '不同意');
  for (const { number, signedAt, itemCode } of given)
    if (number && !signedAt && chance.happens(0.6)) {
      const item = await db.read((client) => client.ledgerItem.findUnique({ where: { code: itemCode } }));
      say(9, headOf(world, item?.departmentCode ?? ''), `签收${number}`);
    }
  const chief = world.members.find(({ roles }) => roles.includes('chief'));
  if (chance.happens(0.08)) {
    const unit = chance.one(world.departments);
    const due = monthDay(addWorkdays(day, chance.between(4, 12)));
    say(10, chief?.id, `交办${unit.aliases[0] ?? unit.name}：${due}前${chance.one(MATTERS)}`);
  }
}

/** The office arranges one session a week on its first workday, for the third. */
function study({ day, world, chance, say }: Scene): void {
  const first = weekOf(addWorkdays(day, -1)).week !== weekOf(day).week;
  const office = world.members.find(({ roles }) => roles.includes('office'));
  if (first) say(9, office?.id, `安排${monthDay(addWorkdays(day, 2))}下午3点在三楼会议室集中学习${chance.one(TOPICS)}`);
}

/** Most come to what is held today, some late. */
async function signIn(db: Db, { day, world, chance, said }: Scene): Promise<void> {
  const from = instantAt(day, '00:00');
  const to = instantAt(addDays(day, 1), '00:00');
  const sessions = await db.read((client) =>
    client.session.findMany({ where: { start: { gte: from, lt: to }, cancelledAt: null } }),
  );
  for (const { start } of sessions)
    for (const { id } of world.members)
      if (chance.happens(0.3))
        said.push({ at: new Date(start.getTime() + chance.between(-14, 12) * 60_000), from: id, text: '签到' });
}

/** Heads hand in their month from the 20th; some late, some never. */
function summaries({ day, world, chance, say }: Scene): void {
  const date = Number(day.slice(8));
  const share = date >= 20 && date <= 28 ? 0.25 : date > 28 || date <= 3 ? 0.1 : 0;
  const month = Number((date <= 3 ? addDays(day, -5) : day).slice(5, 7));
  for (const { head, kind } of world.departments)
    if (chance.happens(share)) {
      // Some 局属单位 forget the part that is theirs alone, and are told so.
      const review = kind === '局属单位' && !chance.happens(0.2) ? '活动开展正常，经验是逐周对账，' : '';
      say(16, head, `${month}月份总结：本月工作按计划推进，${review}存在人手不足问题，下月继续抓好落实。`);
    }
}

/** Leaves, visits and talk that is nobody's business. */
function asides({ day, world, chance, say }: Scene): void {
  const staff = world.members.filter(({ roles }) => roles.includes('staff'));
  if (chance.happens(0.1)) {
    const person: WorldPerson = chance.one(staff);
    const from = addWorkdays(day, 1);
    say(9, person.id, `请假，${monthDay(from)}到${monthDay(addDays(from, chance.between(0, 3)))}，外出培训`);
    say(14, headOf(world, person.department), `准假 ${person.name}`);
  }
  if (world.enterprises.length > 0 && chance.happens(0.15)) {
    const enterprise = chance.one(world.enterprises);
    say(17, enterprise.liaison ?? undefined, `今天去${enterprise.name}走访，了解生产和项目申报情况`);
  }
  if (chance.happens(0.2)) say(12, chance.one(world.members).id, chance.one(CHATTER));
}

/** Days of a span, both ends included. */
export function daysBetween(from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

export const endOf = (day: Day): Date => instantAt(day, '23:59');
