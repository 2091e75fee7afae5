import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { unitNamed } from '#bot/domain/contacts.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { isLastKeeper, leave, takePlace } from '#bot/store/roster.ts';

const USERID = '[A-Za-z0-9_.@-]{1,64}';
const FORMS: [change: 'join' | 'move' | 'rename' | 'leave', form: RegExp][] = [
  [
    'join',
    new RegExp(
      `^\\s*花名册(?:增加|加入|新增)\\s*(?<userid>${USERID})\\s+(?<name>\\S{1,20})\\s+(?<unit>\\S+?)[。.\\s]*$`,
    ),
  ],
  ['move', new RegExp(`^\\s*花名册(?:调整|调动)\\s*(?<userid>${USERID})\\s+(?:到|至)?(?<unit>\\S+?)[。.\\s]*$`)],
  ['rename', new RegExp(`^\\s*花名册(?:更名|改名)\\s*(?<userid>${USERID})\\s+(?:为)?(?<name>\\S{1,20}?)[。.\\s]*$`)],
  ['leave', new RegExp(`^\\s*花名册(?:停用|离任|删除)\\s*(?<userid>${USERID})[。.\\s]*$`)],
];
const BEGINS = /^\s*花名册(?:增加|加入|新增|调整|调动|更名|改名|停用|离任|删除)/;
const input = z.object({
  change: z.enum(['join', 'move', 'rename', 'leave']),
  userid: z.string(),
  name: z.string().optional(),
  unit: z.string().optional(),
});
type Input = z.infer<typeof input>;

/** 花名册变动: the office takes over what the address book says otherwise (R03, R93). */
export default defineHandler({
  name: 'roster.change',
  title: '花名册变动',
  examples: ['花名册增加 zhangsan 张三 办公室', '花名册停用 zhangsan'],
  input,
  allow: { doneBy: '活动办或系统管理员', permits: ({ actor }) => has(actor, 'office', 'admin') },

  over: 'message',
  cues: [BEGINS],
  meant(clause) {
    const said = clause.reading.said.text;
    if (!BEGINS.test(said) || clause.reading.chat === 'group') return null;
    const claimed = { start: clause.start, end: clause.end };
    for (const [change, form] of FORMS) {
      const parts = form.exec(said)?.groups;
      if (parts) return act(claimed, 3, { change, ...parts, userid: parts['userid'] ?? '' });
    }
    return ask(
      claimed,
      3,
      '请写明账号，如“花名册增加 zhangsan 张三 办公室”“花名册调整 zhangsan 办公室”“花名册停用 zhangsan”。',
    );
  },

  async execute(execution) {
    const { input, tx, world } = execution;
    const id = input.userid.toLowerCase();
    const before = await tx.person.findUnique({ where: { id } });
    const unit = input.unit === undefined ? null : unitNamed([input.unit], world.departments);
    const facts = { changed: false, input, person: before, unit };
    if (input.unit !== undefined && !unit) return { kind: 'no-unit', ...facts };
    const isThere = before !== null && before.leftOn === null;
    if (input.change === 'join' && isThere) return { kind: 'there', ...facts };
    if (input.change !== 'join' && !isThere) return { kind: 'no-person', ...facts };
    if (input.change === 'leave' && (await isLastKeeper(tx, id))) return { kind: 'last', ...facts };
    await change(execution, before, unit?.code ?? before?.departmentCode ?? '');
    return { ...facts, kind: input.change, changed: true, memo: { id, before } };
  },

  reply({ kind, input: { userid, name, unit: said }, person, unit }) {
    const who = `${name ?? person?.name ?? ''}（${userid}）`;
    if (kind === 'join')
      return `已加入花名册：${who}，${unit?.name}，职务和角色请在花名册表格中补充后再导入。${TAKE_BACK}`;
    if (kind === 'move') return `已调整：${who}到${unit?.name}。${TAKE_BACK}`;
    if (kind === 'rename') return `已更名：${userid}由${person?.name}改为${name}。${TAKE_BACK}`;
    if (kind === 'leave') return `已停用：${who}，此前的记录都保留。${TAKE_BACK}`;
    if (kind === 'no-unit') return `没有变动：花名册里没有“${said}”这个科室（单位），请写全称或简称。`;
    if (kind === 'there') return `没有变动：${person?.name}（${userid}）已在花名册里。`;
    if (kind === 'last') return `没有停用：${person?.name}是仅有的一位活动办或管理人员，请先指定接任的人。`;
    return `没有变动：花名册里没有账号${userid}。`;
  },

  async undo(memo, { tx, message }) {
    const { id, before } = z.object({ id: z.string(), before: person.nullable() }).parse(memo);
    const today = dayOf(message.sentAt);
    if (!before || before.leftOn !== null) {
      await leave(tx, id, today);
      return true;
    }
    const { name, leftOn: _, ...place } = before;
    await tx.person.update({ where: { id }, data: { name } });
    await takePlace(tx, id, place, today);
    return true;
  },
});

const person = z.object({
  name: z.string(),
  departmentCode: z.string(),
  title: z.string(),
  roles: z.string(),
  leftOn: z.string().nullable(),
});

async function change(
  { input: { change, userid, name }, message, tx }: Execution<Input>,
  before: z.infer<typeof person> | null,
  departmentCode: string,
): Promise<void> {
  const id = userid.toLowerCase();
  const today = dayOf(message.sentAt);
  if (change === 'leave') return leave(tx, id, today);
  if (change === 'rename') {
    await tx.person.update({ where: { id }, data: { name: name ?? '' } });
    return;
  }
  const { title = '', roles = '["staff"]' } = before ?? {};
  if (!before) {
    const last = await tx.person.aggregate({ _max: { rank: true } });
    const rank = (last._max.rank ?? 0) + 1;
    await tx.person.create({ data: { id, userid, name: name ?? '', departmentCode, title, roles, rank } });
  } else if (name) await tx.person.update({ where: { id }, data: { name } });
  await takePlace(tx, id, { departmentCode, title, roles }, today);
}
