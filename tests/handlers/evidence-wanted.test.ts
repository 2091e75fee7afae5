import { describe, expect, test } from 'vitest';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';
import { openWorld } from '../support/world.ts';

const office = bureau('fixture.json');
const NOON = '2013-05-14T12:00:00+08:00';

describe('佐证要求（R40、R46）', () => {
  test.each([
    'U0201 05-16 8号台账验收须附批准建设文件 => evidence.require item=K3-4 evidence=批准建设文件',
    'U0201 05-16 8号台账验收要附批准建设文件 => evidence.require item=K3-4 evidence=批准建设文件',
    'L03 05-16 K3-4验收时必须提供批准文件和照片 => evidence.require item=K3-4 evidence=批准文件和照片',
    'L03 05-16 K3-4佐证要求：批准建设文件 => evidence.require item=K3-4 evidence=批准建设文件',
    'L03 05-16 4号台账验收佐证：项目计划下达文件 => evidence.require item=K2-1 evidence=项目计划下达文件',
    'U0201 05-16 K6-6佐证改为质押合同及放款凭证 => evidence.require item=K6-6 evidence=质押合同及放款凭证',
    'U0201 05-16 K6-6佐证要求设为放款凭证 => evidence.require item=K6-6 evidence=放款凭证',
    'U0201 05-16 1号台账办结前要有会议通知及材料 => evidence.require item=K1-1 evidence=会议通知及材料',
    'U0201 05-16 8号台账不要求佐证 => evidence.require item=K3-4',
    'U0201 05-16 K3-4不用附佐证 => evidence.require item=K3-4',
    'U0201 05-16 取消8号台账的佐证要求 => none | ask | evidence.require item=K3-4',
    'U0502 05-16 8号台账要什么佐证 => evidence.show item=K3-4',
    'U0502 05-16 8号台账验收要附什么材料？ => evidence.show item=K3-4',
    'U0502 05-16 K3-4佐证要求是什么 => evidence.show item=K3-4',
    'U0502 05-16 看8号台账的佐证 => evidence.show item=K3-4',
    'L03 05-16 J-2需补充材料：名册、现场照片 => ledger.supplement item=J-2 list=名册、现场照片',
    'U0201 05-16 听说8号台账验收要附批准文件 => none | ask',
    'U0201 05-16 8号台账验收要附批准文件吗 => none | ask | query.item item=K3-4 | evidence.show item=K3-4',
    'U0201g 05-16 8号台账验收须附批准文件 => none | ask',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('who leads the work or the office says what is needed; the owner hears it, and without it nothing is handed in', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    await world.says('U0502', '8号台账累计3个');

    expect((await world.says('U0501', '8号台账验收须附批准建设文件'))[0]).toBe(
      '您没有“佐证要求”权限，该操作由分管领导或活动办办理。',
    );
    expect((await world.says('L04', '8号台账验收须附批准建设文件'))[0]).toContain('没有“佐证要求”权限');
    expect((await world.says('L03', '8号台账验收须附批准建设文件'))[0]).toBe(
      '已记录：8号台账《新建市级重点实验室3个》验收须附“批准建设文件”，未附的不能申请验收。十分钟内可发“撤销”收回。',
    );
    expect(world.toldTo('U0502').at(-1)).toBe(
      '柳文涛已定：8号台账《新建市级重点实验室3个》验收须附“批准建设文件”，请在申请验收前把照片或文件发给我。',
    );
    expect((await world.says('U0502', '8号台账要什么佐证'))[0]).toContain('验收须附“批准建设文件”，还没有佐证材料');
    expect((await world.says('U0502', '8号台账'))[0]).toContain('验收佐证：批准建设文件。');
    expect((await world.says('U0502', '8号台账申请验收'))[0]).toContain('没有受理');
    await world.sends('U0502', Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'));
    await world.says('U0502', '刚才的照片附到8号台账');

    expect((await world.says('U0502', '8号台账申请验收'))[0]).toContain('佐证“批准建设文件”已附1份，待柳文涛验收');
    expect(world.toldTo('L03').at(-1)).toContain('（要求“批准建设文件”）');
  });

  test('it can be freed again and taken back; once accepted nothing changes', async () => {
    const world = await openWorld({ now: NOON, jobs: [] });
    const wanted = async () =>
      (await world.db.client.ledgerItem.findUniqueOrThrow({ where: { code: 'K3-4' } })).evidence;

    await world.says('L03', 'K3-4佐证要求：批准建设文件');
    expect((await world.says('L03', 'K3-4佐证要求：批准建设文件'))[0]).toContain('本来就须附');
    expect((await world.says('L03', '8号台账不要求佐证'))[0]).toContain('不要求佐证（原为“批准建设文件”）。十分钟内');
    expect(await wanted()).toBe('');
    expect((await world.says('L03', '撤销'))[0]).toContain('验收须附“批准建设文件”');
    expect(await wanted()).toBe('批准建设文件');

    await world.db.client.ledgerItem.update({ where: { code: 'K3-4' }, data: { acceptedAt: new Date(NOON) } });
    expect((await world.says('L03', '8号台账不要求佐证'))[0]).toContain('已通过验收');
    expect(await wanted()).toBe('批准建设文件');
  });
});
