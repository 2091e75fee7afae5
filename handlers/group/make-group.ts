import { z } from 'zod';
import { audienceInWords, audienceNamed, peopleOf } from '#bot/domain/groups.ts';
import { defineHandler } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { askForChat, bindGroup, groupNamed } from '#bot/store/groups.ts';

const MAKES =
  /^\s*(?:请|帮我|帮忙)?(?:新建|创建|建立?|拉)(?:一?个)?\s*(?<whom>[^，。？?！!、\s]{1,20}?)的?(?:工作|微信|交流|通知)?群聊?[。.!！\s]*$/;
const MOST = 2000;

/** 建群: a group of the app's own with everybody it is for, kept as the roster is (protocol notes 3.7). */
export default defineHandler({
  name: 'group.make',
  title: '建群',
  examples: ['新建负责人群', '建一个计划财务科的工作群'],
  input: z.object({ audience: z.string() }),
  allow: { doneBy: '活动办或系统管理员', permits: ({ actor }) => has(actor, 'office', 'admin') },

  over: 'message',
  cues: [MAKES],
  meant(clause) {
    const { text, mood, reading } = clause;
    const whom = MAKES.exec(text)?.groups?.['whom'];
    if (!whom || reading.chat === 'group' || mood.asks || mood.supposes || mood.hears || mood.denies) return null;
    const audience = audienceNamed(whom, reading.world.departments);
    return audience ? act({ start: clause.start, end: clause.end }, 3, { audience }) : null;
  },

  async execute({ input: { audience }, actor, message, world, tx }) {
    const name = `${audienceInWords(audience, world.departments)}群`;
    const count = peopleOf(audience, world.members, world.departments).length;
    const known = await groupNamed(tx, name);
    if (known?.chatid && !known.endedAt) return { kind: 'there', changed: false, name, count };
    if (count < 2 || count > MOST) return { kind: 'size', changed: false, name, count };
    await bindGroup(tx, { name, audience, byId: actor.id, at: message.sentAt });
    await askForChat(tx, name, message.key, message.sentAt);
    return { kind: 'asked', changed: true, name, count };
  },

  reply({ kind, name, count }) {
    if (kind === 'there') return `“${name}”已经建好，成员随花名册增减，不用再建。`;
    if (kind === 'size') return `没有建群：“${name}”按花名册有${count}人，企业微信要求2至${MOST}人。`;
    return `正在建“${name}”，按花名册共${count}人，建好后告诉您。`;
  },
});
