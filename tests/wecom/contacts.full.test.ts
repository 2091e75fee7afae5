import v8 from 'node:v8';
import vm from 'node:vm';
import { describe, expect, test } from 'vitest';
import { compareAll } from '#bot/pipeline/compare-contacts.ts';
import { openWorld } from '../support/world.ts';

const EVENING = '2013-05-14T20:00:00+08:00';
const NEXT_MORNING = '2013-05-15T09:00:00+08:00';

const EMPTY = {
  ...{ departments: [], ledger: [], sessions: [], enterprises: [] },
  pending: { leaves: [], acceptances: [] },
};

/** The bureau with an office, and an address book that says the same as the roster. */
async function openBureau(change: { secret?: string; now?: string } = {}) {
  const { secret = 'contacts', now = EVENING } = change;
  const world = await openWorld({ now, env: { WECOM_CONTACTS_SECRET: secret } });
  await world.db.client.person.update({ where: { id: 'l03' }, data: { roles: '["leader","office"]' } });
  await world.db.client.person.update({ where: { id: 'l01' }, data: { roles: '["chief","leader","admin"]' } });
  const people = await world.db.client.person.findMany();
  const ids: Record<string, number> = { BGS: 2, GXK: 3, SFK: 4 };
  const { contacts } = world.wecom;
  contacts.departments = [
    { id: 1, name: '科技局' },
    { id: 2, name: '办公室' },
    { id: 3, name: '高新科' },
    { id: 4, name: '社发科' },
  ];
  contacts.people = people.map(({ userid, name, departmentCode }) => ({
    ...{ userid, name, departments: [ids[departmentCode] ?? 1] },
  }));
  return { world, contacts, heard: () => world.toldTo('L03').filter((text) => /花名册|通讯录|可见范围/.test(text)) };
}
const leftOn = async ({ db }: Awaited<ReturnType<typeof openWorld>>, id: string) =>
  (await db.client.person.findUniqueOrThrow({ where: { id } })).leftOn;

describe('每晚核对通讯录', () => {
  test('a book that says the same says nothing to anybody', async () => {
    const { world, contacts, heard } = await openBureau();

    await world.passUntil(NEXT_MORNING);

    expect(contacts.pages).toBe(2);
    expect(heard()).toEqual([]);
  });

  test('who left is off before the next morning, told with what is left without an owner', async () => {
    const { world, contacts, heard } = await openBureau();
    contacts.people = contacts.people.filter(({ userid }) => userid !== 'U0502');

    await world.passUntil(NEXT_MORNING);

    expect(await leftOn(world, 'u0502')).toBe('2013-05-15');
    expect(heard()).toEqual([
      '温静（u0502）已不在企业微信通讯录，花名册已停用，记录都保留。名下还有台账2项：3号、8号，请转办。',
    ]);
    expect(await world.says('U0502', '签到')).toEqual([]);
    expect(await world.db.client.audit.findFirst({ where: { actor: 'sys' } })).toMatchObject({ outcome: 'leave' });
  });

  test('who came, moved or is called otherwise is put to the office and changes nothing by itself', async () => {
    const { world, contacts, heard } = await openBureau();
    contacts.people.push({ userid: 'ZhangSan', name: '张三', departments: [3] });
    for (const one of contacts.people) {
      if (one.userid === 'U0503') one.departments = [4];
      if (one.userid === 'U0702') one.name = '薛兵';
    }

    await world.passUntil(NEXT_MORNING);

    expect(heard().sort()).toEqual([
      expect.stringContaining('u0702在通讯录里叫薛兵，花名册是薛冰。要更名请回复“花名册更名 u0702 薛兵”'),
      expect.stringContaining('通讯录里有张三（zhangsan，高新技术发展及产业化科），花名册没有。'),
      expect.stringContaining('雷鸣（u0503）在通讯录里已到社会发展科技科，花名册还在高新技术发展及产业化科。'),
    ]);
    expect(await world.db.client.person.findUnique({ where: { id: 'zhangsan' } })).toBeNull();
    expect(await world.db.client.person.findUnique({ where: { id: 'u0503' } })).toMatchObject({
      departmentCode: 'GXK',
    });
  });

  test('a tap takes a difference over; the other nights do not repeat what was told', async () => {
    const { world, contacts, heard } = await openBureau();
    contacts.people.push({ userid: 'ZhangSan', name: '张三', departments: [3] });
    await world.passUntil(NEXT_MORNING);
    const card = world.wecom.sent.findLast(({ to, text }) => to === 'l03' && text.includes('张三'))?.card;

    const told = await world.taps('L03', String(card?.task_id), '花名册增加 zhangsan 张三 高新技术发展及产业化科');

    expect(told[0]).toContain('已加入花名册：张三（zhangsan），高新技术发展及产业化科');
    expect(await world.says('ZhangSan', '我的权限')).toHaveLength(1);
    const before = heard().length;
    await world.passUntil('2013-05-17T09:00:00+08:00');
    expect(heard()).toHaveLength(before);
  });

  test('nobody is taken off where a fifth is missing at once, or where the last keeper of the roster is', async () => {
    const { world, contacts, heard } = await openBureau();
    contacts.people = contacts.people.slice(0, 2);
    await world.passUntil(NEXT_MORNING);
    expect(await world.db.client.person.count({ where: { leftOn: { not: null } } })).toBe(0);
    expect(heard()[0]).toContain('没有停用任何人');

    const small = await openBureau();
    await small.world.db.client.person.update({ where: { id: 'l01' }, data: { roles: '["chief","leader"]' } });
    small.contacts.people = small.contacts.people.filter(({ userid }) => userid !== 'L03');
    await small.world.passUntil(NEXT_MORNING);
    expect(await leftOn(small.world, 'l03')).toBeNull();
    expect(small.heard()[0]).toContain('仅有的一位活动办或管理人员');
  });

  test('who is merely out of the range of the app stays, and that is said', async () => {
    const { world, contacts, heard } = await openBureau();
    contacts.unseen.add('u0503');

    await world.passUntil(NEXT_MORNING);

    expect(await leftOn(world, 'u0503')).toBeNull();
    expect(heard()).toEqual([expect.stringContaining('雷鸣（u0503）不在应用的可见范围')]);
  });

  test('a platform that is down is asked again, and nobody is taken off meanwhile', async () => {
    const { world, contacts } = await openBureau();
    contacts.people = contacts.people.filter(({ userid }) => userid !== 'U0502');
    world.wecom.behaves('down');
    await world.passUntil('2013-05-15T02:31:00+08:00');
    expect(await leftOn(world, 'u0502')).toBeNull();

    world.wecom.behaves('well');
    await world.passUntil(NEXT_MORNING);

    expect(await leftOn(world, 'u0502')).toBe('2013-05-15');
  });

  test('without the secret nothing is read', async () => {
    const { world, contacts, heard } = await openBureau({ secret: '' });
    contacts.people = [];

    await world.passUntil(NEXT_MORNING);

    expect(contacts.pages).toBe(0);
    expect(heard()).toEqual([]);
  });
});

describe('大的通讯录', () => {
  test('50,000 people that change while they are read: only who left is taken off', async () => {
    const { world, contacts } = await openBureau();
    const own = contacts.people.filter(({ userid }) => userid !== 'U0503');
    const strangers = Array.from({ length: 50_000 }, (_, index) => ({
      ...{ userid: `other${index}`, name: `别的单位${index}`, departments: [100 + (index % 500)] },
    }));
    contacts.people = [...strangers, ...own];
    // Every page takes one off the front, so that lines slip past the cursor.
    contacts.onPage = () => void contacts.people.shift();

    await world.passUntil(NEXT_MORNING);

    expect(contacts.pages).toBeGreaterThanOrEqual(100);
    const off = await world.db.client.person.findMany({ where: { leftOn: { not: null } } });
    expect(off.map(({ id }) => id)).toEqual(['u0503']);
  });
});

describe('核对时的内存', () => {
  test('a book of 50,000 is never held: after each collection no more is in use than at its beginning', async () => {
    v8.setFlagsFromString('--expose-gc');
    const collect = vm.runInNewContext('gc') as () => void;
    const inUse: number[] = [];
    const look = (): void => {
      collect();
      inUse.push(process.memoryUsage().heapUsed);
    };
    async function* book() {
      for (let page = 0; page < 50; page++) {
        if (page % 10 === 0) look();
        yield Array.from({ length: 1000 }, (_, line) => ({ userid: `p${page * 1000 + line}`, department: line % 500 }));
      }
      look();
    }
    const contacts = {
      ...{ readsBook: true, book, departmentNames: async () => new Map<number, string>() },
      member: async () => ({ kind: 'gone' as const }),
    };
    const members = [{ id: 'p7', name: '张三', department: 'A', title: '', roles: [] }];

    const { differences } = await compareAll(contacts, { ...EMPTY, members });

    expect(differences).toEqual([]);
    expect(Math.max(...inUse) - Math.min(...inUse)).toBeLessThan(3 * 1024 * 1024);
  });
});

describe('通讯录变更事件', () => {
  const event = (at: Date, change: string, userid: string) =>
    `<xml><ToUserName>ww1</ToUserName><FromUserName>sys</FromUserName><CreateTime>${Math.floor(at.getTime() / 1000)}</CreateTime><MsgType>event</MsgType><Event>change_contact</Event><ChangeType>${change}</ChangeType><UserID>${userid}</UserID></xml>`;

  test('who left is off at once; the event twice takes off once', async () => {
    const { world, contacts, heard } = await openBureau({ now: '2013-05-14T10:00:00+08:00' });
    contacts.people = contacts.people.filter(({ userid }) => userid !== 'U0503');

    for (const _ of [1, 2]) expect((await world.post(event(world.now(), 'delete_user', 'U0503'))).status).toBe(200);
    await world.app.settled();

    expect(await leftOn(world, 'u0503')).toBe('2013-05-14');
    expect(heard()).toHaveLength(1);
  });

  test('an event that was overtaken takes nobody off', async () => {
    const { world } = await openBureau({ now: '2013-05-14T10:00:00+08:00' });

    await world.post(event(world.now(), 'delete_user', 'U0503'));
    await world.app.settled();

    expect(await leftOn(world, 'u0503')).toBeNull();
  });

  test('who came or moved is put to the office, without the secret as well', async () => {
    const { world, contacts, heard } = await openBureau({ now: '2013-05-14T10:00:00+08:00', secret: '' });
    contacts.people.push({ userid: 'lisi', name: '李四', departments: [4] });

    await world.post(event(world.now(), 'create_user', 'lisi'));
    await world.app.settled();

    expect(heard()).toEqual([expect.stringContaining('要加入请回复“花名册增加 lisi 李四 社会发展科技科”')]);
  });
});

describe('花名册变动', () => {
  test('the office moves, renames and takes off by a sentence, and takes it back', async () => {
    const { world } = await openBureau({ now: '2013-05-14T10:00:00+08:00' });

    expect((await world.says('L03', '花名册调整 u0503 社发科'))[0]).toContain('已调整：雷鸣（u0503）到社会发展科技科');
    expect((await world.says('L03', '撤销'))[0]).toContain('已撤销');
    expect(await world.db.client.person.findUnique({ where: { id: 'u0503' } })).toMatchObject({
      departmentCode: 'GXK',
    });
    expect((await world.says('L03', '花名册停用 U0503'))[0]).toContain('已停用：雷鸣');
    expect(await leftOn(world, 'u0503')).toBe('2013-05-14');
    const spans = await world.db.client.membership.findMany({ where: { personId: 'u0503' } });
    expect(spans.every(({ toOn }) => toOn !== null)).toBe(true);
  });

  test.each([
    ['花名册增加 zhangsan 张三 没有科', '花名册里没有“没有科”这个科室'],
    ['花名册增加 u0503 雷鸣 高新科', '已在花名册里'],
    ['花名册停用 nobody', '花名册里没有账号nobody'],
    ['花名册增加张三', '请写明账号'],
  ])('「%s」 changes nothing and says why', async (text, words) => {
    const { world } = await openBureau({ now: '2013-05-14T10:00:00+08:00' });

    expect((await world.says('L03', text))[0]).toContain(words);
    expect(await world.db.client.audit.count()).toBe(0);
  });

  test('nobody else may, and the last keeper stays', async () => {
    const { world } = await openBureau({ now: '2013-05-14T10:00:00+08:00' });
    expect((await world.says('U0501', '花名册停用 u0503'))[0]).toContain('没有“花名册变动”权限');

    await world.db.client.person.update({ where: { id: 'l01' }, data: { roles: '["chief","leader"]' } });
    expect((await world.says('L03', '花名册停用 l03'))[0]).toContain('仅有的一位');
  });

  test.each(['花名册什么时候更新', '请核对花名册', '把花名册发我', '花名册里没有我', '新花名册已报', '他不在花名册上'])(
    '「%s」 is no change of the roster',
    async (text) => {
      const { world } = await openBureau({ now: '2013-05-14T10:00:00+08:00' });

      await world.says('L03', text);

      expect(await world.db.client.audit.count({ where: { intent: 'roster.change' } })).toBe(0);
    },
  );
});
