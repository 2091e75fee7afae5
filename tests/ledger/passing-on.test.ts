import { describe, expect, test } from 'vitest';
import { openBureau } from '../support/bureau.ts';
import { differs } from '../support/said.ts';
import { bureau } from '../support/score.ts';

const office = bureau('fixture.json');
const FARMING = 'ledger.hand_over item=K3-4 department=NCK';

describe('把事项交给另一科室', () => {
  test.each([
    `U0501 05-16 把8号台账交给农村科，因职责调整 => ${FARMING}`,
    `U0201 05-16 将8号台账交由农村科办理，理由：职责调整 => ${FARMING}`,
    `L03 05-16 把K3-4划给农村科，原因是职责调整 => ${FARMING}`,
    `L03 05-16 请把8号台账改由农村科承办，职责调整 => ${FARMING}`,
    `U0501 05-16 把8号台账移给农村科，涉农项目 => ${FARMING}`,
    `U0501 05-16 把8号台账转给农村科，涉农项目 => ${FARMING}`,
    'U0501 05-16 把8号台账交给农村科 => ask',
    'L03 05-16 把8号台账交给农村科，周五前报方案 => ledger.assign department=NCK deadline=2013-05-17 kind=assigned',
    'U0501 05-16 要是忙不过来就把8号台账交给农村科 => none | ask',
    'U0501 05-16 听说要把8号台账交给农村科 => none | ask',
    'U0501 05-16 把8号台账交给农村科行吗？ => none | ask | query.item item=K3-4',
    'L03 05-16 把材料交给农村科 => none | ask',
  ])('%s', (line) => expect(differs(line, office)).toBeNull());

  test('no term is asked for: only why; then the receiver signs, and until then it stays where it is', async () => {
    const world = await openBureau({ now: '2013-05-16T10:00:00+08:00', jobs: [] });
    const unitOf = async () =>
      (await world.db.client.ledgerItem.findUniqueOrThrow({ where: { code: 'K3-4' } })).departmentCode;

    expect((await world.says('U0502', '把8号台账交给农村科'))[0]).toContain('没有“转办事项”权限');
    expect((await world.says('U0201', '把8号台账交给农村科'))[0]).toBe('转给农村科技科，请写明理由，如“职责调整”。');
    expect((await world.says('U0201', '职责调整'))[0]).toContain('已送农村科技科签收：K3-4《新建市级重点实验室3个》');
    expect(world.toldTo('U0601').at(-1)).toContain('理由：职责调整。');
    expect(await unitOf()).toBe('GXK');
    await world.says('U0601', '同意');
    expect(await unitOf()).toBe('NCK');
  });
});
