import { expect, test } from 'vitest';
import type { InboundMessage } from '#bot/message.ts';
import { carryOut } from '#bot/pipeline/carry-out.ts';
import type { Db } from '#bot/store/db.ts';
import { record } from '#bot/store/facts.ts';
import { loadWorld } from '#bot/store/world.ts';
import * as handlers from '#handlers/index.ts';
import { openWorld } from './support/world.ts';

/** Who tries everything on what belongs to 高新科: its chain upwards, its own people, and the same ranks of another unit. */
const ACTORS = {
  C: 'l01', // chief
  D: 'l03', // deputy in charge of the unit
  d: 'l04', // deputy in charge of another
  H: 'u0501', // head of the unit
  h: 'u0701', // head of another
  P: 'u0502', // responsible person of the unit's item
  S: 'u0503', // staff of the unit
  s: 'u0702', // staff of another
  O: 'o1', // office
  A: 'a1', // administrator
};
type Actor = keyof typeof ACTORS;
const ALL = 'CDdHhPSsOA';
const HEADS = 'Hh';
const UNIT_ITEM = { item: 'K3-4' };
const SESSION = { session: 'S0514' };
const MONTH = { month: '2013-05' };

const ABOVE = 'CDdO';
const WITH_UNIT = 'CDHPSO';

interface Right {
  input?: object;
  /** who is let through; the others hear that they may not */
  may: string;
  /** where the rule lies in the work itself: who changes something */
  does?: string;
}

/** Requirements 2.7, capability by capability, for what belongs to 高新科. */
const MATRIX: Record<string, Right> = {
  // 签到、请假、自学、心得体会：每个人
  'attendance.sign_in': { input: SESSION, may: ALL, does: ALL },
  'attendance.leave': { input: { from: '2013-05-20', to: '2013-05-20', reason: '看病' }, may: ALL, does: ALL },
  'leave.return': { may: ALL },
  'study.self': { input: { minutes: 30, date: '2013-05-13', topic: '党章' }, may: ALL, does: ALL },
  'study.reflection': { input: { text: '学习党章，贵在经常。' }, may: ALL, does: ALL },
  'reflection.begin': { input: { title: '学党章' }, may: ALL },
  'reflection.add': { may: ALL },
  'reflection.write': { input: { title: '学党章', text: '学而时习之' }, may: ALL, does: ALL },
  'reflection.finish': { input: { keep: true }, may: ALL },
  'study.makeup': { input: { ...SESSION, text: '补学要点' }, may: ALL },
  'study.convert': { input: { to: 'ledger', text: '每月走访一次企业' }, may: ALL },
  'exam.take': { input: { modes: [] }, may: ALL },
  'exam.answer': { input: { said: 'A' }, may: ALL },
  'liaison.visit': { input: { enterprise: 'E1', date: '2013-05-13', text: '走访' }, may: ALL },
  'opinion.send': { input: { text: '提醒太多' }, may: ALL, does: ALL },
  help: { may: ALL },
  undo: { may: ALL },

  // 批假：干部的由本科室负责人
  'leave.approve': { input: { member: 'u0503', note: '' }, may: 'H', does: 'H' },
  'leave.reject': { input: { member: 'u0503', note: '迎检' }, may: 'H', does: 'H' },
  'leave.decide': { input: { leave: 1, approve: true }, may: 'H', does: 'H' },
  'leave.for_member': { input: { member: 'u0503', ...SESSION, reason: '来电' }, may: 'H', does: 'H' },
  'query.leaves': { input: { member: 'u0503' }, may: 'HSO' },
  'leave.reason': { input: { member: 'u0503' }, may: 'HSO' },

  // 组织学习、考勤：局领导、活动办；负责人限本科室
  'session.schedule': {
    input: {
      ...{ topic: '党章', kind: '集中学习', venue: '三楼' },
      start: '2013-05-21T08:30',
      end: '2013-05-21T10:00',
      scope: ['GXK'],
    },
    may: `${ABOVE}H`,
  },
  'session.prepare': {
    input: { session: 'S1', field: 'material', value: '党章' },
    may: `${ABOVE}H`,
    does: `${ABOVE}H`,
  },
  'session.scope': { input: { session: 'S1', scope: ['GXK'] }, may: `${ABOVE}H` },
  'session.cancel': { input: { session: 'S1' }, may: `${ABOVE}H`, does: `${ABOVE}H` },
  'session.close': { input: { session: 'S1' }, may: `${ABOVE}H` },
  'session.card': { input: { session: 'S1' }, may: `${ABOVE}H` },
  'session.code': { input: { session: 'S1', on: true }, may: `${ABOVE}H` },
  'session.screen': { input: { session: 'S1' }, may: `${ABOVE}H` },
  'session.venue_place': { input: { session: 'S1' }, may: `${ABOVE}H` },
  'session.photo': { input: { session: 'S1' }, may: `${ABOVE}H` },
  'session.photos': { input: { session: 'S1' }, may: `${ABOVE}H` },
  'session.sheet': { input: { session: 'S1' }, may: `${ABOVE}H` },
  'attendance.confirm': { input: { session: 'S1' }, may: `${ABOVE}H` },
  'attendance.correct': {
    input: { session: 'S1', member: 'u0503', status: 'present', reason: '纸质' },
    may: `${ABOVE}H`,
  },
  'attendance.paper': { input: { session: 'S1', members: ['u0503'] }, may: `${ABOVE}H` },
  'attendance.early': { input: { session: 'S1', member: 'u0503' }, may: `${ABOVE}H` },
  'attendance.bulletin': { input: { session: 'S1' }, may: `${ABOVE}H` },
  'study.sheet': { input: MONTH, may: `${ABOVE}${HEADS}` },
  'study.exempt': { input: { week: '2013-W20', department: 'GXK', reason: '执法' }, may: 'O', does: 'O' },
  // 心得评比、功能开关
  'contest.open': {
    input: { title: '心得', judges: ['u0501'], scale: 100, deadline: '2013-05-31' },
    may: 'O',
    does: 'O',
  },
  'contest.enter': { input: { title: '从小事做起', text: '学习八项规定，重在落实。' }, may: ALL },
  'contest.score': { input: { no: 1, score: 85, comment: '' }, may: ALL },
  'contest.begin': { input: { title: '从小事做起' }, may: ALL },
  'contest.read': { input: { no: 1 }, may: ALL },
  'contest.entries': { may: ALL },
  'contest.result': { may: ALL },
  'contest.close': { may: 'O' },
  // 日程：活动办安排，每个人可看
  'calendar.add': { input: { date: '2013-07-10', time: '', title: '报总结', scope: [] }, may: 'O', does: 'O' },
  'calendar.change': { input: { no: 1, date: '2013-07-12' }, may: 'O', does: 'O' },
  'calendar.cancel': { input: { no: 1 }, may: 'O', does: 'O' },
  'calendar.export': { input: MONTH, may: ALL },
  'query.calendar': { input: MONTH, may: ALL },
  'setting.switch': { input: { key: 'names', on: true, reason: '党组会决定' }, may: 'O', does: 'O' },
  'setting.figure': { input: { key: 'fewestWorkdays', value: 3 }, may: 'O', does: 'O' },
  'setting.figures': { may: ALL },
  'setting.decide': { input: { id: 1, approve: true }, may: 'C', does: 'C' },
  'setting.list': { may: ALL },

  // 群：活动办、系统管理员
  'group.bind': { input: { name: '交流群', audience: 'all' }, may: 'OA', does: 'OA' },
  'group.make': { input: { audience: 'heads' }, may: 'OA', does: 'OA' },
  'group.list': { may: 'OA' },
  'reflection.open': { input: { due: '2013-12-31' }, may: 'O', does: 'O' },
  'exam.open': { input: { mode: 'test', title: '测试', bank: '党章', count: 5, closes: '2013-05-20' }, may: 'O' },
  'month.demand': {
    input: { ...MONTH, standing: false, departments: ['GXK'], kinds: ['讲'], demanded: true },
    ...{ may: 'CDO', does: 'CDO' },
  },
  'topic.change': { input: { change: 'add', title: '专利法', kind: '业务' }, may: 'O', does: 'O' },
  'bank.change': { input: { change: 'retire', bank: '党章', no: 1 }, may: 'O' },
  'query.bank': { may: 'O' },
  'form.add': { input: { name: '读书会' }, may: 'O', does: 'O' },
  'event.record': { input: { kind: '讲', text: '党课', date: '2013-05-13' }, may: `${ABOVE}${HEADS}` },
  'event.meeting': { input: { parts: { 层次: '科室' } }, may: `${ABOVE}${HEADS}` },
  'event.talk': { input: { parts: ['认识', '见解', '措施'] }, may: 'CDdHh' },

  // 上报进展：本科室
  'ledger.progress': { input: { ...UNIT_ITEM, quantity: 1, note: '' }, may: ALL, does: 'HPS' },
  'ledger.complete': { input: { ...UNIT_ITEM, quantity: 3, note: '' }, may: ALL, does: 'HPS' },
  'ledger.correct': { input: { ...UNIT_ITEM, quantity: 1, reason: '重复计算' }, may: 'HPO', does: 'HPO' },
  'evidence.require': { input: { ...UNIT_ITEM, evidence: '批准建设文件' }, may: 'CDO', does: 'CDO' },
  'evidence.attach': { input: UNIT_ITEM, may: 'DHPSO' },
  // 验收：分管领导，科室级的活动办也可；不得验收自己报的
  'ledger.accept': { input: { item: 'A1', note: '' }, may: 'DO', does: 'DO' },
  'ledger.supplement': { input: { item: 'A1', list: '批准文件' }, may: 'DO', does: 'DO' },
  'ledger.return': { input: { item: 'A1', reason: '缺佐证' }, may: 'DO', does: 'DO' },
  // 调目标、时限：分管领导；负责人申请
  'ledger.extend': { input: { ...UNIT_ITEM, deadline: '2013-09-30', reason: '评审推迟' }, may: 'CDH', does: 'CDH' },
  'ledger.decide_extension': { input: { extension: 1, approve: true }, may: 'D', does: 'D' },
  'ledger.retarget': { input: { ...UNIT_ITEM, target: 5, reason: '新增两家' }, may: 'CDH' },
  'ledger.decide_target': {
    input: { item: 'K3-4', from: 3, to: 5, reason: '新增', askedBy: 'u0501', approve: true },
    may: 'D',
    does: 'D',
  },
  'ledger.milestone': {
    input: { ...UNIT_ITEM, title: '完成选址', day: '2013-06-20', reason: '' },
    ...{ may: 'CDH', does: 'CDH' },
  },
  'ledger.decide_milestone': {
    input: {
      ...{ item: 'K3-4', title: '挂牌', from: '2013-06-30', to: '2013-07-10', reason: '评审推迟', askedBy: 'u0501' },
      approve: true,
    },
    ...{ may: 'D', does: 'D' },
  },
  'ledger.set_light': {
    input: { ...UNIT_ITEM, light: 'green', until: '2013-06-10', reason: '等批复' },
    ...{ may: 'O', does: 'O' },
  },
  'ledger.terminate': { input: { ...UNIT_ITEM, reason: '上级取消' }, may: 'CDHO', does: 'CDHO' },
  'ledger.decide_termination': {
    input: { item: 'K1-4', reason: '上级取消', askedBy: 'u0501', approve: true },
    ...{ may: 'C', does: 'C' },
  },
  'ledger.split': { input: { ...UNIT_ITEM, shares: [{ department: 'GXK', target: 3 }] }, may: 'CDHO' },
  // 交办、转办、催办
  'ledger.assign': {
    input: { department: 'GXK', deadline: '2013-05-30', kind: 'assigned', text: '报名单' },
    ...{ may: `${ABOVE}H`, does: `${ABOVE}H` },
  },
  'ledger.hand_over': { input: { item: 'K1-4', department: 'SFK', reason: '职责调整' }, may: 'CDHO', does: 'CDHO' },
  'ledger.allow_handover': { input: { handover: 2, allow: true }, may: 'D', does: 'D' },
  'ledger.decide_handover': { input: { handover: 1, sign: true }, may: 'H' },
  // It is being handed on to the other unit, whose head is told what it still waits for (R57).
  'assignment.sign': { input: UNIT_ITEM, may: 'HhP' },
  'assignment.object': { input: { ...UNIT_ITEM, reason: '不属职责' }, may: 'H' },
  'urge.send': { input: { ...UNIT_ITEM, text: '请抓紧' }, may: `${ABOVE}H`, does: `${ABOVE}H` },
  // 月度上报：负责人；点评：局主要领导，分管领导拟，活动办代录
  // Everybody sees what the own unit hands in.
  'month.items': { may: 'CHhPSsOA' },
  'month.line': { input: { ...UNIT_ITEM, done: '本月无变化' }, may: 'HPS', does: 'HPS' },
  'month.submit': { input: { rest: true }, may: HEADS },
  'month.confirm': {
    input: { department: 'GXK', ...MONTH, by: 'u0502', at: '2013-05-14T00:30:00.000Z', rest: true, approve: true },
    ...{ may: 'H', does: 'H' },
  },
  'month.paper': { input: { department: 'GXK', ...MONTH }, may: WITH_UNIT },
  'remind.again': { input: UNIT_ITEM, may: ALL, does: 'HPS' },
  'weights.set': { input: { work: 45, peers: 25, survey: 15, commentary: 15 }, may: 'CO', does: 'CO' },
  'weights.decide': { input: { id: 1, approve: true }, may: 'C' },
  'query.weights': { may: ALL },
  'month.delegate': { input: { member: 'u0502' }, may: HEADS, does: 'H' },
  'month.exempt': { input: { department: 'GXK', ...MONTH, reason: '抽调' }, may: 'O', does: 'O' },
  // The rule lies in the kind of the unit.
  'month.review': { input: { review: '两次学习' }, may: ALL, does: '' },
  'report.month': { input: { ...MONTH, text: '完成两项' }, may: HEADS, does: HEADS },
  'commentary.give': { input: { department: 'GXK', month: '2013-04', text: '抓得紧' }, may: 'CDO', does: 'CO' },
  'meeting.pack': { may: 'CO' },
  'query.meeting': { may: 'CDdO' },
  'query.unsigned': { may: ALL },
  'commentary.answer': { input: { text: '已补齐三项台账' }, may: HEADS, does: '' },
  'review.score': { input: { department: 'GXK', scores: { ledger: 90 } }, may: HEADS },
  // 活动办
  'digest.edit': { input: { ...MONTH, text: '补充' }, may: 'O' },
  'digest.hold': { input: MONTH, may: 'CO' },
  'digest.release': { input: MONTH, may: 'CO' },
  'name.set': { input: { word: '小巨人', kind: 'item', target: 'K3-4' }, may: 'O', does: 'O' },
  'name.drop': { input: { word: '小巨人' }, may: 'O' },
  'name.list': { may: 'O' },
  'name.decide': { input: { id: 1, approve: true }, may: 'O' },
  'opinion.answer': { input: { id: 1, answer: '已改' }, may: 'O', does: 'O' },

  'slip.issue': { input: UNIT_ITEM, may: 'O' },
  // 反馈、回复督办单：承办科室（单位）
  'matter.feedback': { input: { ...UNIT_ITEM, text: '已走访6家' }, may: 'HP', does: 'HP' },
  'slip.answer': { input: { slip: 'DB2013-001', text: '已完成初稿' }, may: 'HP', does: 'HP' },
  // 汇报会、回头看：活动办
  'meeting.record': { input: { heldOn: '2013-05-03', attended: 14, decisions: '抓紧建设' }, may: 'O', does: 'O' },
  'lookback.answer': { input: { ...UNIT_ITEM, holds: true, reason: '' }, may: 'O' },
  // 督导检查：活动办、分管领导；查摆问题：负责人限本科室
  'problem.none': { input: { department: 'GXK' }, may: 'H', does: 'H' },
  // Who recorded it may too.
  'inspection.photo': { input: { number: 'DC2013-001' }, may: 'O' },
  'inspection.record': {
    input: { department: 'GXK', area: '台账完成情况', finding: '三项未更新', deadline: '2013-05-31' },
    ...{ may: 'CDO', does: 'CDO' },
  },
  'query.inspections': { input: { department: 'GXK', quarter: '2013-Q2' }, may: 'CDHO' },
  'problem.report': { input: { department: 'GXK', text: '服务企业不及时' }, may: `${ABOVE}H`, does: `${ABOVE}H` },
  'supervision.bulletin': { input: MONTH, may: 'CDdO' },
  // 自检：负责人
  'check.answer': { input: { ...UNIT_ITEM, answer: 'on_track', reason: '' }, may: 'H' },
  'check.submit': { may: HEADS },
  'check.confirm': {
    input: { department: 'GXK', ...MONTH, by: 'u0502', at: '2013-05-14T00:30:00.000Z', approve: true },
    may: 'H',
  },

  // 花名册：活动办、系统管理员
  'roster.change': { input: { change: 'rename', userid: 'u0503', name: '雷明' }, may: 'OA', does: 'OA' },

  // 查看：本人、本科室、分管、全局
  'query.item': { input: UNIT_ITEM, may: WITH_UNIT },
  'evidence.show': { input: UNIT_ITEM, may: WITH_UNIT },
  'query.ledger': { input: { scope: 'department:GXK', status: 'all' }, may: WITH_UNIT },
  'query.standing': { input: { scope: 'department:GXK', month: '2013-05' }, may: WITH_UNIT },
  // Whoever has more than one unit; here no deputy has.
  'query.comparison': { input: { measure: 'overdue' }, may: 'CO' },
  'query.reasons': { input: { scope: 'department:GXK' }, may: WITH_UNIT },
  'export.file': { input: { what: 'ledger', scope: 'department:GXK' }, may: WITH_UNIT },
  'query.attendance_ranking': { input: { from: '2013-05-01', to: '2013-05-31' }, may: 'CDdHhO' },
  'query.ranking': { input: { quarter: '2013-Q2' }, may: `${ABOVE}${HEADS}` },
  // 全局的数字每个人都能看；谁的名字给谁看，各项自己的测试说明
  'query.activities': { input: MONTH, may: ALL },
  'query.attendance': { input: SESSION, may: ALL },
  'query.campaign': { may: ALL },
  'query.digest': { input: { month: '2013-04' }, may: ALL },
  'query.exam': { may: ALL },
  'query.forms': { may: ALL },
  'query.makeup': { may: ALL },
  'query.my_rights': { may: ALL },
  'service.state': { may: 'OA' },
  'reflection.show': { input: { person: 'u0503' }, may: 'CDHSO' },
  'query.reflections': { input: MONTH, may: ALL },
  'query.sessions': { input: { from: '2013-05-14', to: '2013-05-14' }, may: ALL },
  'query.study': { may: ALL },
  'event.show': { input: { event: 1 }, may: 'CDHPSO' },
  'query.topic': { input: { no: 1 }, may: ALL },
  'query.topics': { may: ALL },
  'query.unreported': { input: MONTH, may: ALL },
  'query.week': { input: { week: '2013-W20' }, may: ALL },
};

const MESSAGE: InboundMessage = {
  ...{ key: 'm', from: '', chat: 'direct', sentAt: new Date('2013-05-14T08:40+08:00') },
  content: { kind: 'text', text: '' },
};

class TakenBack extends Error {}

/** What becomes of somebody's try, which is then taken back. */
async function tries(db: Db, who: Actor, name: string, input: object): Promise<'refused' | 'changed' | 'nothing'> {
  let outcome: 'refused' | 'changed' | 'nothing' = 'nothing';
  await db
    .write(async (tx) => {
      const world = await loadWorld(tx);
      const actor = world.members.find(({ id }) => id === ACTORS[who]);
      const handler = Object.values(handlers).find((one) => one.name === name);
      if (!actor || !handler) throw new Error(`no ${who} or no ${name}`);
      const situation = {
        message: { ...MESSAGE, from: actor.id },
        actor,
        world,
        handlers: Object.values(handlers),
        tx,
      };
      const { told, changed } = await carryOut([{ handler, input }], situation, { said: '', confirmed: true });
      const refused = told[0]?.text.startsWith(`您没有“${handler.title}”权限`);
      outcome = refused ? 'refused' : changed > 0 ? 'changed' : 'nothing';
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
  return outcome;
}

/** What the matrix speaks of: people of every rank, a leave, a finished item, and what waits for a decision. */
async function office() {
  const world = await openWorld({ now: '2013-05-14T08:40:00+08:00', jobs: [] });
  const { client } = world.db;
  const common = { departmentCode: 'BGS', title: '' };
  await client.person.createMany({
    data: [
      { ...common, id: 'u0701', name: '何平', departmentCode: 'SFK', roles: '["head"]' },
      { ...common, id: 'o1', name: '米兰', roles: '["office","staff"]' },
      { ...common, id: 'a1', name: '高山', roles: '["admin"]' },
    ],
  });
  const at = { start: new Date('2013-05-14T08:30+08:00'), end: new Date('2013-05-14T10:00+08:00') };
  await client.setting.create({ data: { key: 'names', value: 'on', reason: '决定', byId: 'o1', at: new Date(0) } });
  const node = { id: 1, date: '2013-07-05', title: '报材料', byId: 'o1', at: new Date(0) };
  await client.timeNode.create({ data: node });
  await client.session.create({
    data: { ...at, code: 'S1', topic: '专利法', kind: '集中学习', venue: '二楼', scope: '["GXK"]' },
  });
  const item = { level: '科室', category: '重点工作', departmentCode: 'GXK', leaderId: 'l03', ownerId: 'u0502' };
  const done = { completedAt: new Date('2013-05-13T10:00+08:00') };
  await client.ledgerItem.create({
    data: { ...item, ...done, code: 'A1', no: 20, title: '制度汇编', target: null, unit: null, deadline: '2013-06-30' },
  });
  await client.ledgerItem.create({
    data: { ...item, code: 'K1-4', no: 21, title: '修订考勤制度', target: null, unit: null, deadline: '2013-06-30' },
  });
  const asked = { askedAt: new Date('2013-05-13T09:00+08:00'), reason: '看病', state: 'pending' };
  await client.leave.create({
    data: { ...asked, personId: 'u0503', fromOn: '2013-05-15', toOn: '2013-05-15', approverId: 'u0501' },
  });
  await client.extension.create({
    data: {
      ...{ ...asked, itemCode: 'K1-3', personId: 'u0501', approverId: 'l03' },
      ...{ oldDeadline: '2013-05-10', newDeadline: '2013-06-10' },
    },
  });
  await client.question.create({
    data: {
      ...{ personId: 'l03', byId: 'u0501', handler: 'ledger.decide_extension', title: '延期' },
      ...{ command: JSON.stringify({ extension: 1, approve: true }), askedAt: asked.askedAt },
    },
  });
  const target = { item: 'K3-4', from: 3, to: 5, reason: '新增', askedBy: 'u0501', approve: true };
  await client.question.create({
    data: {
      ...{ personId: 'l03', byId: 'u0501', handler: 'ledger.decide_target', command: JSON.stringify(target) },
      ...{ title: '调整目标', askedAt: asked.askedAt },
    },
  });
  await world.db.write((tx) =>
    record(tx, 'K3-4', { kind: 'planned', personId: 'u0501', at: asked.askedAt, other: '挂牌', day: '2013-06-30' }),
  );
  const milestone = { item: 'K3-4', title: '挂牌', from: '2013-06-30', to: '2013-07-10', reason: '评审推迟' };
  await client.question.create({
    data: {
      ...{ personId: 'l03', byId: 'u0501', handler: 'ledger.decide_milestone', title: '调整节点' },
      command: JSON.stringify({ ...milestone, askedBy: 'u0501', approve: true }),
      askedAt: asked.askedAt,
    },
  });
  await client.handover.create({
    data: {
      ...{ itemCode: 'K1-3', fromDepartment: 'SFK', toDepartment: 'GXK', byId: 'u0701', at: asked.askedAt },
      ...{ reason: '职责', state: 'pending' },
    },
  });
  const ends = { item: 'K1-4', reason: '上级取消', askedBy: 'u0501', approve: true };
  await client.question.create({
    data: {
      ...{ personId: 'l01', byId: 'u0501', handler: 'ledger.decide_termination', command: JSON.stringify(ends) },
      ...{ title: '终止', askedAt: asked.askedAt },
    },
  });
  await client.handover.create({
    data: {
      ...{ itemCode: 'K3-4', fromDepartment: 'GXK', toDepartment: 'SFK', byId: 'u0501', at: asked.askedAt },
      ...{ reason: '职责', state: 'waiting', allowerId: 'l03' },
    },
  });
  await client.enterprise.create({ data: { code: 'E1', name: '濮阳样例公司', aliases: '[]', liaisonId: 'u0503' } });
  const event = { departmentCode: 'GXK', personId: 'u0501', byId: 'u0501', date: '2013-05-13', at: asked.askedAt };
  await client.studyEvent.create({ data: { ...event, kind: '议', title: '座谈', body: '{}', inboxKey: '' } });
  const slip = { number: 'DB2013-001', itemCode: 'K3-4', stage: 'blue', byId: 'o1', at: asked.askedAt };
  await client.slip.create({ data: slip });
  await client.opinion.create({ data: { personId: 'u0503', text: '提醒太多', at: asked.askedAt } });
  await client.synonym.create({
    data: {
      ...{ word: '实验室', kind: 'item', target: 'K3-4', departmentCode: 'GXK' },
      state: 'asked',
      at: asked.askedAt,
    },
  });
  return world;
}

test('the matrix has a row for every capability', () => {
  const registered = Object.values(handlers).map(({ name }) => name);
  expect(registered.filter((name) => !(name in MATRIX))).toEqual([]);
  expect(Object.keys(MATRIX).filter((name) => !registered.includes(name))).toEqual([]);
});

test('every role is let through to just what requirements 2.7 give it, in its own unit and in another', async () => {
  const { db } = await office();
  const found: Record<string, Right> = {};
  for (const [name, { input = {}, does }] of Object.entries(MATRIX)) {
    const outcomes = new Map<string, Awaited<ReturnType<typeof tries>>>();
    for (const who of Object.keys(ACTORS)) outcomes.set(who, await tries(db, who as Actor, name, input));
    const those = (wanted: (outcome: string) => boolean) =>
      [...ALL].filter((who) => wanted(outcomes.get(who) ?? '')).join('');
    const may = those((outcome) => outcome !== 'refused');
    found[name] = does === undefined ? { may } : { may, does: those((outcome) => outcome === 'changed') };
  }
  const inOrder = (letters: string) => [...ALL].filter((who) => letters.includes(who)).join('');
  const wanted = Object.fromEntries(
    Object.entries(MATRIX).map(([name, { may, does }]) => [
      name,
      { may: inOrder(may), ...(does !== undefined && { does: inOrder(does) }) },
    ]),
  );
  expect(found).toEqual(wanted);
  // Whoever was refused left nothing but the note of it, and nothing of anybody's try stayed.
  expect(await db.client.audit.count()).toBe(0);
}, 120_000);

test('who is on no roster is answered nothing, whatever is said', async () => {
  const world = await office();
  for (const { examples } of Object.values(handlers)) {
    const [said] = examples;
    if (said) expect(await world.says('stranger', said)).toEqual([]);
  }
  expect(await world.db.client.audit.count()).toBe(0);
}, 60_000);
