import type { Logger } from 'pino';
import { type Clock, dayOf } from '#bot/calendar.ts';
import type { Config } from '#bot/config.ts';
import { type Difference, keyOf } from '#bot/domain/contacts.ts';
import { outsideQuiet } from '#bot/domain/quiet.ts';
import type { Words } from '#bot/message.ts';
import { addAudit } from '#bot/store/audit.ts';
import type { Db, Tx } from '#bot/store/db.ts';
import { isLastKeeper, leave } from '#bot/store/roster.ts';
import { loadWorld } from '#bot/store/world.ts';
import { WecomError } from '#bot/wecom/errors.ts';
import { rowOf } from './answer.ts';
import { backOff } from './back-off.ts';
import { type Contacts, compareAll, compareOne, type Found } from './compare-contacts.ts';

export interface ContactsParts {
  db: Db;
  clock: Clock;
  log: Logger;
  wecom: Contacts;
  config: Pick<Config, 'QUIET_HOURS'>;
}

const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 60 * 60_000;
const MOST_TRIES = 20;
const MOST_CARDS = 10;
const MOST_ITEMS = 10;

/**
 * 核对通讯录: works off what is to be looked up. Who left is off at once (R93); everything else is put to the office, once,
 * and changes nothing by itself (R03).
 */
export async function compareContacts(parts: ContactsParts): Promise<void> {
  const { db, clock, log, wecom } = parts;
  const due = await db.read((client) =>
    client.contactCheck.findMany({
      where: { doneAt: null, notBefore: { lte: clock.now() } },
      orderBy: { id: 'asc' },
      take: 20,
    }),
  );
  for (const check of due) {
    const { id, userid, tries } = check;
    try {
      const world = await db.read((client) => loadWorld(client as Tx));
      const isAll = userid === '';
      const found = isAll
        ? wecom.readsBook && (await compareAll(wecom, world))
        : await compareOne(wecom, userid, world);
      await db.write(async (tx) => {
        if (found) await settle(tx, check, found, parts);
        await tx.contactCheck.update({ where: { id }, data: { doneAt: clock.now() } });
      });
    } catch (error) {
      const errcode = error instanceof WecomError ? error.errcode : undefined;
      log.warn({ checkId: id, tries: tries + 1, errcode }, 'contacts not compared');
      const pause = backOff(tries, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
      const isOver = tries + 1 >= MOST_TRIES;
      const data = { tries: tries + 1, notBefore: new Date(clock.now().getTime() + pause) };
      await db.write((tx) =>
        tx.contactCheck.update({ where: { id }, data: { ...data, ...(isOver && { doneAt: clock.now() }) } }),
      );
    }
  }
}

async function settle(
  tx: Tx,
  check: { key: string; userid: string },
  { differences, implausible }: Found,
  { clock, config }: ContactsParts,
): Promise<void> {
  const now = clock.now();
  const told: Words[] = [];
  if (implausible > 0) told.push({ text: tooMany(implausible) });
  for (const one of differences) if (one.kind === 'leave') told.push(await takeOff(tx, one, check.key, now));
  const proposals = differences.filter(({ kind }) => kind !== 'leave');
  const fresh = await unheardOf(tx, proposals, check.userid === '', now);
  told.push(...fresh.slice(0, MOST_CARDS).map(proposal));
  if (fresh.length > MOST_CARDS)
    told.push({ text: `通讯录还有${fresh.length - MOST_CARDS}处与花名册不同，请核对后重新导入花名册。` });
  const { members } = await loadWorld(tx);
  const office = members.filter(({ roles }) => roles.includes('office') || roles.includes('admin'));
  const notBefore = outsideQuiet(now, config.QUIET_HOURS);
  await tx.outbox.createMany({
    data: office.flatMap(({ id }) =>
      told.map((words, index) => ({
        ...{ ...rowOf({ ...words, kind: 'user', address: id }), key: `contacts:${check.key}#${id}#${index}` },
        ...{ notBefore, broadcast: true },
      })),
    ),
  });
}

const tooMany = (count: number): string =>
  `通讯录里少了花名册中的${count}人，超过五分之一，可能是应用可见范围或接口变了，没有停用任何人。请到管理后台核对。`;

/** Those the office has not been told of; what is gone again may be told anew another time. */
async function unheardOf(tx: Tx, all: Difference[], isWhole: boolean, at: Date): Promise<Difference[]> {
  const keys = new Set(all.map(keyOf));
  const known = await tx.contactDifference.findMany({ where: { goneAt: null } });
  const gone = isWhole ? known.filter(({ key }) => !keys.has(key)).map(({ id }) => id) : [];
  await tx.contactDifference.updateMany({ where: { id: { in: gone } }, data: { goneAt: at } });
  const heard = new Set(known.map(({ key }) => key));
  const fresh = all.filter((one) => !heard.has(keyOf(one)));
  for (const one of fresh) {
    const key = keyOf(one);
    await tx.contactDifference.upsert({ where: { key }, create: { key, at }, update: { at, goneAt: null } });
  }
  return fresh;
}

/** 离任: off from now on, noted in the audit; the office hears what is left without an owner. */
async function takeOff(tx: Tx, { userid, name }: Difference, cause: string, at: Date): Promise<Words> {
  if (await isLastKeeper(tx, userid))
    return { text: `${name}（${userid}）已不在通讯录，但是仅有的一位活动办或管理人员，没有停用。请先指定接任的人。` };
  await leave(tx, userid, dayOf(at));
  const command = JSON.stringify({ change: 'leave', userid });
  await addAudit(tx, { at, actor: 'sys', intent: 'roster.change', command, inboxKey: cause, outcome: 'leave' });
  const items = await tx.ledgerItem.findMany({
    where: { ownerId: userid, acceptedAt: null, endedAt: null },
    orderBy: { no: 'asc' },
  });
  const listed = items
    .slice(0, MOST_ITEMS)
    .map(({ no }) => `${no}号`)
    .join('、');
  const left =
    items.length > 0
      ? `名下还有台账${items.length}项：${listed}${items.length > MOST_ITEMS ? '等' : ''}，请转办。`
      : '名下没有未结台账。';
  return { text: `${name}（${userid}）已不在企业微信通讯录，花名册已停用，记录都保留。${left}` };
}

/** A difference as it is put to the office: a button where one sentence settles it, and what to type. */
function proposal(one: Difference): Words {
  const { userid, name } = one;
  if (one.kind === 'unseen')
    return { text: `${name}（${userid}）不在应用的可见范围，收不到消息。请到管理后台应用详情页把他加入“可见范围”。` };
  const says = sentenceFor(one);
  const told = { join: '加入', move: '调整', rename: '更名', leave: '停用' }[one.kind];
  const opening = openingOf(one);
  if (one.kind === 'join' && !one.unit) return { text: `${opening}要加入请回复“${says} 科室名称”，不加入不用理会。` };
  return { text: `${opening}要${told}请回复“${says}”，不${told}不用理会。`, buttons: [{ label: told, says }] };
}

function openingOf(one: Difference): string {
  if (one.kind === 'join')
    return `通讯录里有${one.name}（${one.userid}${one.unit ? `，${one.unit.name}` : ''}），花名册没有。`;
  if (one.kind === 'move') return `${one.name}（${one.userid}）在通讯录里已到${one.unit.name}，花名册还在${one.from}。`;
  return one.kind === 'rename' ? `${one.userid}在通讯录里叫${one.name}，花名册是${one.before}。` : '';
}

function sentenceFor(one: Difference): string {
  if (one.kind === 'join') return `花名册增加 ${one.userid} ${one.name}${one.unit ? ` ${one.unit.name}` : ''}`;
  if (one.kind === 'move') return `花名册调整 ${one.userid} ${one.unit.name}`;
  return one.kind === 'rename' ? `花名册更名 ${one.userid} ${one.name}` : `花名册停用 ${one.userid}`;
}
