import { describe, expect, test } from 'vitest';
import { audienceNamed, groupsFor } from '#bot/domain/groups.ts';
import { importGroups } from '#bot/import/groups.ts';
import { BadSheet } from '#bot/import/table.ts';
import { understand } from '#bot/language/understand.ts';
import { loadWorld } from '#bot/store/world.ts';
import keepChats from '#jobs/keep-chats.ts';
import { robotOf } from '../support/robot.ts';
import { bureau, capabilities } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const NOON = '2013-05-14T12:00:00+08:00';

/** The bureau with an office. */
async function openOffice(env: Record<string, string> = {}) {
  const world = await openWorld({ now: NOON, env });
  await world.db.client.person.update({ where: { id: 'l03' }, data: { roles: '["leader","office"]' } });
  const say = async (text: string, to: { audience?: string } = {}, style: object = {}) => {
    const { runSlot } = await import('#bot/pipeline/scheduler.ts');
    const slot = world.now();
    const run = async () => [{ to: { kind: 'groups' as const, ...to }, text, ...style }];
    const job = { name: `say-${text.length}`, title: '', rule: '', graceMs: 0, slotsOn: () => [], run };
    const config = { QUIET_HOURS: null, WECOM_GROUP_WEBHOOKS: new Map([['全局群', 'K1']]) };
    await world.db.write((tx) => runSlot(tx, job, slot, 'done', slot, config));
    await world.app.settled();
  };
  return { world, say, group: robotOf(world) };
}

describe('群的对象', () => {
  const units = bureau('fixture.json').departments;
  test.each([
    ['全局群', 'all'],
    ['全体', 'all'],
    ['负责人群', 'heads'],
    ['科长', 'heads'],
    ['计划财务科', 'JCK'],
    ['办公室的群', 'BGS'],
    ['吃饭', null],
  ])('%s is %s', (words, audience) => {
    const found = audienceNamed(words, units);
    const code = units.find(({ name }) => name === words.replace('的群', ''))?.code ?? audience;

    expect(found).toBe(code);
  });

  test('what is for all goes to the groups of all, and to every group where none is for all; a unit’s to its own', () => {
    const groups = ['all', 'heads', 'GXK', 'GXK'].map((audience, index) => ({ name: String(index), audience }));

    expect(groupsFor(groups, 'all').map(({ name }) => name)).toEqual(['0']);
    expect(groupsFor(groups.slice(1), 'all')).toHaveLength(3);
    expect(groupsFor(groups, 'GXK').map(({ name }) => name)).toEqual(['2', '3']);
    expect(groupsFor(groups, 'SFK')).toEqual([]);
    expect(groupsFor(groups)).toHaveLength(4);
  });
});

describe('绑定', () => {
  test('a group is bound by a sentence in it, and the robot speaks there; 撤销 takes that back', async () => {
    const { world, group } = await openOffice();

    const [heard] = await group.says('L03', '@创优助手 本群是负责人群');

    expect(heard).toBe('已绑定：“负责人群”的对象为负责人，以后发给负责人的通知会发到这里。十分钟内可发“撤销”收回。');
    expect(await world.db.client.groupChat.findMany()).toMatchObject([
      { name: '负责人群', audience: 'heads', robotChat: 'wr1', boundBy: 'l03' },
    ]);
    await group.says('L03', '@创优助手 撤销');
    expect(await world.db.client.groupChat.count()).toBe(0);
  });

  test('by a sentence about it, alone; another sentence ends it, and then nothing is said there', async () => {
    const { world, say } = await openOffice({ WECOM_GROUP_WEBHOOKS: '全局群=K1,高新技术交流群=K2' });
    expect((await world.says('L03', '高新技术交流群绑定为高新科'))[0]).toContain('对象为高新技术发展及产业化科');
    expect((await world.says('L03', '群设置'))[0]).toContain('高新技术交流群：对象高新技术发展及产业化科');

    await say('高新科今天学习', { audience: 'GXK' });
    await say('全局今天下午学习', { audience: 'all' });
    expect(world.wecom.inGroups.map(({ to, body }) => [to, (body['text'] as { content: string }).content])).toEqual([
      ['K2', '高新科今天学习'],
      ['K1', '全局今天下午学习'],
    ]);

    expect((await world.says('L03', '解除高新技术交流群的绑定'))[0]).toContain('已解除绑定');
    await say('高新科明天继续学习', { audience: 'GXK' });
    expect(world.wecom.inGroups).toHaveLength(2);
  });

  test('by a file, with the robot’s key sealed on disk; a bad row imports nothing and shows no key', async () => {
    const { world, say } = await openOffice();
    const sheet = [
      ['群名', '对象', '群机器人'],
      ['高新一群', '高新科', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=SECRET-1'],
      ['高新二群', '高新科', 'SECRET-2'],
    ];
    const load = (rows: string[][]) => world.db.write((tx) => importGroups(tx, [rows], '2013-05-14'));

    expect(await load(sheet)).toEqual({ added: 2, changed: 0, unchanged: 0 });
    expect(await load(sheet)).toEqual({ added: 0, changed: 0, unchanged: 2 });
    await say('高新科今天学习', { audience: 'GXK' });
    expect(world.wecom.inGroups.map(({ to }) => to).sort()).toEqual(['SECRET-1', 'SECRET-2']);
    const raw = await world.db.client.$queryRaw<{ webhook: string }[]>`SELECT "webhook" FROM "GroupChat"`;
    expect(JSON.stringify(raw)).not.toContain('SECRET');

    const bad = await load([
      ['群名', '对象', '群机器人'],
      ['三群', '财税科', 'SECRET 3'],
    ]).catch((error) => error);
    expect(bad).toBeInstanceOf(BadSheet);
    expect(bad.message).toMatch(/第2行 对象: 应为[\s\S]*第2行 群机器人: 应为/);
    expect(bad.message).not.toContain('SECRET');
  });

  test('nobody else binds or makes groups', async () => {
    const { world, group } = await openOffice();

    expect((await group.says('U0503', '@创优助手 本群是负责人群')).join()).toContain('该操作由活动办或系统管理员办理');
    expect((await world.says('U0501', '新建负责人群'))[0]).toContain('该操作由活动办或系统管理员办理');

    expect(await world.db.client.groupChat.count()).toBe(0);
  });
});

describe('应用群聊', () => {
  test('a group is made of the roster, once; who comes and goes comes into it and goes out by itself', async () => {
    const { world } = await openOffice();

    expect((await world.says('L03', '新建高新科群'))[0]).toBe(
      '正在建“高新技术发展及产业化科群”，按花名册共4人，建好后告诉您。',
    );
    await world.app.settled();
    const [chat] = [...world.wecom.chats.values()];
    expect(chat).toEqual({
      ...{ name: '高新技术发展及产业化科群', owner: 'l03' },
      users: expect.arrayContaining(['l03', 'u0501', 'u0502', 'u0503']),
    });
    expect(world.toldTo('L03').at(-1)).toBe('“高新技术发展及产业化科群”已建好，共4人，成员随花名册增减。');
    expect((await world.says('L03', '新建高新科群'))[0]).toContain('已经建好');

    await world.db.client.person.update({ where: { id: 'u0503' }, data: { leftOn: '2013-05-14' } });
    await world.db.client.person.update({ where: { id: 'u0702' }, data: { departmentCode: 'GXK' } });
    await world.db.write(async (tx) =>
      keepChats.run({ slot: world.now(), tx, world: await loadWorld(tx), duties: () => [] }),
    );
    await world.app.settled();

    expect(world.wecom.chats.size).toBe(1);
    expect([...(chat?.users ?? [])].sort()).toEqual(['l03', 'u0501', 'u0502', 'u0702']);
  });

  test('a platform that answered too late is asked again and makes no second group', async () => {
    const { world } = await openOffice();
    await world.says('L03', '新建全局群');
    await world.app.settled();
    await world.db.client.groupChat.updateMany({ data: { chatid: null } });
    await world.db.client.outbox.updateMany({ where: { kind: 'chat' }, data: { sentAt: null } });

    await world.app.settled();

    expect(world.wecom.chats.size).toBe(1);
    expect(await world.db.client.groupChat.findMany()).toMatchObject([{ chatid: expect.stringMatching(/^\w{32}$/) }]);
  });

  test('what fails on one way into a group goes another', async () => {
    const { world, say } = await openOffice();
    await world.says('L03', '新建全局群');
    await world.app.settled();
    const [chatid = ''] = world.wecom.chats.keys();
    await say('一', { audience: 'all' });
    expect(world.wecom.inGroups.at(-1)?.to).toBe(chatid);

    world.wecom.closed.set(chatid, 86_008);
    await say('二二', { audience: 'all' });

    expect(world.wecom.inGroups.at(-1)).toMatchObject({
      to: 'K1',
      body: { msgtype: 'text', text: { content: '二二' } },
    });
  });
});

describe('群消息的样子', () => {
  test('by the webhook as text that rings, as markup or as a link; each is its words elsewhere', async () => {
    const { world, say } = await openOffice();
    const link = { title: '台账', description: '点开看', url: 'https://x.example/pages/ledger' };

    await say('甲', {}, { style: { mentions: ['U0503'] } });
    await say('乙乙', {}, { style: { markup: { as: 'markdown', content: '**乙**' } } });
    await say('丙丙丙', {}, { style: { markup: { as: 'markdown_v2', content: '| 丙 |' } } });
    await say('丁丁丁丁', {}, { style: { link } });
    await say('字'.repeat(700));

    const bodies = world.wecom.inGroups.map(({ body }) => body);
    expect(bodies.slice(0, 4)).toEqual([
      { msgtype: 'text', text: { content: '甲', mentioned_list: ['U0503'] } },
      { msgtype: 'markdown', markdown: { content: '**乙**' } },
      { msgtype: 'markdown_v2', markdown_v2: { content: '| 丙 |' } },
      { msgtype: 'news', news: { articles: [link] } },
    ]);
    expect(bodies).toHaveLength(6);
  });
});

describe('说到群', () => {
  const world = bureau('fixture.json');
  const speaker = world.members.find(({ id }) => id === 'U0401');
  const meant = (text: string, chat: 'direct' | 'group') => {
    if (!speaker) throw new Error('the sample bureau has this person');
    const found = understand({ text, speaker, now: new Date(NOON), chat }, world, capabilities);
    const parts = found.outcome === 'none' ? [] : found.outcome === 'ask' ? found.parts : found.commands;
    return parts.map(({ handler }) => handler.name).filter((name) => name.startsWith('group.'));
  };

  test.each([
    ['本群是负责人群', 'group', 'group.bind'],
    ['这个群设为全局群', 'group', 'group.bind'],
    ['把本群绑定为办公室的群', 'group', 'group.bind'],
    ['这群是计划财务科的群', 'group', 'group.bind'],
    ['解除本群绑定', 'group', 'group.bind'],
    ['本群绑定为张三', 'group', 'group.bind'],
    ['全员交流群绑定为全局', 'direct', 'group.bind'],
    ['科长群设置为负责人', 'direct', 'group.bind'],
    ['取消全员交流群的绑定', 'direct', 'group.bind'],
    ['新建全局群', 'direct', 'group.make'],
    ['帮我建一个负责人的工作群', 'direct', 'group.make'],
    ['拉个办公室群', 'direct', 'group.make'],
    ['群设置', 'direct', 'group.list'],
    ['看看群列表', 'direct', 'group.list'],
    ['现在绑定了哪些群', 'direct', 'group.list'],
  ] as const)('“%s” (%s) is %s', (text, chat, name) => {
    expect(meant(text, chat)).toEqual([name]);
  });

  test.each([
    ['本群是学习交流的地方', 'group'],
    ['这个群是谁的', 'group'],
    ['本群是不是负责人群？', 'group'],
    ['大家把群名片改一下', 'group'],
    ['本群是负责人群', 'direct'],
    ['他们新建了一个群', 'direct'],
    ['要不要建个负责人群？', 'direct'],
    ['昨天建的负责人群谁在里面', 'direct'],
    ['新建市级重点实验室3个', 'direct'],
    ['产业集群建设完成50%', 'direct'],
    ['创建文明单位群众满意度测评', 'direct'],
    ['建立一个吃饭群', 'direct'],
    ['听说要新建负责人群', 'direct'],
    ['先别新建负责人群', 'direct'],
    ['群众反映的问题有哪些', 'direct'],
  ] as const)('“%s” (%s) is not about groups', (text, chat) => {
    expect(meant(text, chat)).toEqual([]);
  });
});
