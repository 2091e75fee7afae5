import { z } from 'zod';
import { audienceInWords, audienceNamed } from '#bot/domain/groups.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { bindGroup, groupNamed } from '#bot/store/groups.ts';

const HERE = '(?:本群|这个?群|此群)';
const OWN = new RegExp(
  `^\\s*(?:请)?[把将]?${HERE}(?:就?是|设为|设置为|绑定[为到成给]?|作为)\\s*(?<whom>[^，。？?！!、]{1,20}?)[。.!！\\s]*$`,
);
const NAMED =
  /^\s*(?:请)?[把将]?(?<name>[^\s，。？?！!、]{2,20}群)\s*(?:设为|设置为|绑定[为到成给]?|作为)\s*(?<whom>[^，。？?！!、]{1,20}?)[。.!！\s]*$/;
const ENDS = new RegExp(
  `^\\s*(?:请)?(?:(?:解除|取消)(?<one>${HERE}|[^\\s，。？?！!]{2,20}群)的?绑定|(?<other>${HERE}|[^\\s，。？?！!]{2,20}群)(?:解除|取消)绑定)[。.!！\\s]*$`,
);
const OUTRIGHT = /绑定|设为|设置为/;
const input = z.object({ name: z.string().optional(), audience: z.string().nullable() });
type Input = z.infer<typeof input>;

/** 群绑定: whom a group is for, said in it or of it; or that it is for nobody any more. */
export default defineHandler({
  name: 'group.bind',
  title: '群绑定',
  examples: ['全员交流群绑定为全局群', '解除全员交流群的绑定'],
  input,
  allow: { doneBy: '活动办或系统管理员', permits: ({ actor }) => has(actor, 'office', 'admin') },

  over: 'message',
  cues: [ENDS, OWN, NAMED],
  meant(clause) {
    const { text, mood, reading } = clause;
    const claimed = { start: clause.start, end: clause.end };
    const isGroup = reading.chat === 'group';
    const ends = ENDS.exec(text)?.groups;
    const dropped = ends?.['one'] ?? ends?.['other'];
    if (dropped) return nameOr(dropped, isGroup, (name) => act(claimed, 3, { audience: null, ...name }));
    const own = isGroup ? OWN.exec(text)?.groups : undefined;
    const named = own ? undefined : NAMED.exec(text)?.groups;
    const whom = own?.['whom'] ?? named?.['whom'];
    if (whom === undefined || mood.asks || mood.supposes || mood.hears) return null;
    const audience = audienceNamed(whom, reading.world.departments);
    if (audience) return act(claimed, 3, { audience, ...(named && { name: named['name'] ?? '' }) });
    return OUTRIGHT.test(text)
      ? ask(claimed, 3, '请写明这个群是谁的：全局、负责人，或科室（单位）名称，如“本群绑定为负责人群”。')
      : null;
  },

  async execute(execution) {
    const { input, tx, message, actor, world } = execution;
    const name = await nameOf(execution);
    const before = name === null ? null : await groupNamed(tx, name);
    const whom = input.audience === null ? '' : audienceInWords(input.audience, world.departments);
    const common = { name: name ?? '', whom, before, changed: false };
    if (input.audience === null) {
      if (name === null || !before || before.endedAt) return { kind: 'unknown', ...common };
      await tx.groupChat.update({ where: { name }, data: { endedAt: message.sentAt } });
      return { ...common, kind: 'ended', changed: true, memo: memoOf(name, before) };
    }
    if (name === null) return { kind: 'unknown', ...common };
    const robotChat = input.name === undefined ? message.group : undefined;
    const isSame = before && !before.endedAt && before.audience === input.audience;
    if (isSame && (robotChat ?? before.robotChat) === before.robotChat) return { kind: 'same', ...common };
    await bindGroup(tx, { name, audience: input.audience, robotChat, byId: actor.id, at: message.sentAt });
    return { ...common, kind: 'bound', changed: true, memo: memoOf(name, before) };
  },

  reply({ kind, name, whom }) {
    if (kind === 'bound') return `已绑定：“${name}”的对象为${whom}，以后发给${whom}的通知会发到这里。${TAKE_BACK}`;
    if (kind === 'same') return `“${name}”的对象就是${whom}，没有改动。`;
    if (kind === 'ended') return `已解除绑定：“${name}”不再收到通知。${TAKE_BACK}`;
    return '没有改动：这个群还没有绑定。请发送“群设置”查看已有的群。';
  },

  async undo(memo, { tx }) {
    const { name, before } = z.object({ name: z.string(), before: kept.nullable() }).parse(memo);
    if (before) await tx.groupChat.update({ where: { name }, data: before });
    else await tx.groupChat.deleteMany({ where: { name, chatid: null } });
    return true;
  },
});

const kept = z.object({
  audience: z.string(),
  robotChat: z.string().nullable(),
  endedAt: z.coerce.date().nullable(),
});
const memoOf = (name: string, before: z.infer<typeof kept> | null) => ({ name, before });

const nameOr = <T>(word: string, isGroup: boolean, made: (name: { name?: string }) => T): T | null =>
  new RegExp(HERE).test(word) ? (isGroup ? made({}) : null) : made({ name: word });

/** The group that was named; else the one it was said in, by the name it has or gets. */
async function nameOf({ input, tx, message, world }: Execution<Input>): Promise<string | null> {
  if (input.name !== undefined) return input.name;
  const here = message.group && (await tx.groupChat.findUnique({ where: { robotChat: message.group } }));
  if (here) return here.name;
  if (input.audience === null) return null;
  const plain = `${audienceInWords(input.audience, world.departments)}群`;
  for (let count = 1; ; count++) {
    const name = count === 1 ? plain : `${plain}${count}`;
    const taken = await groupNamed(tx, name);
    if (!taken || taken.robotChat === null) return name;
  }
}
