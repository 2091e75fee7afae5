import { describe, expect, test } from 'vitest';
import { understand } from '#bot/language/understand.ts';
import * as handlers from '#handlers/index.ts';

const speaker = { id: 'u0502', name: '温静', department: 'GXK', title: '副科长', roles: ['staff'] };
const item = { department: 'GXK', leader: null, owner: 'u0502', deadline: '2013-08-31', unit: '个', target: 3 };
const world = {
  departments: [],
  pending: { leaves: [], acceptances: [] },
  members: [speaker],
  ledger: [
    { ...item, code: 'K3-4', no: 8, title: '新建市级重点实验室' },
    { ...item, code: 'K1-3', no: 3, title: '制定配套政策', target: null, unit: null },
    { ...item, code: 'K3-1', no: 5, title: '培育高新技术企业', unit: '家' },
  ],
  sessions: [{ code: 'S1', topic: '学习', venue: '三楼', start: '2013-05-14T00:30:00Z', end: '2013-05-14T02:00:00Z' }],
};
const all = Object.values(handlers);
const promises = all.flatMap((handler) => handler.examples.map((sentence) => ({ sentence, name: handler.name })));

describe('示例句', () => {
  test.each(promises)('$sentence means $name and nothing else', ({ sentence, name }) => {
    const understanding = understand({ text: sentence, speaker, now: new Date('2013-05-14T08:25+08:00') }, world, all);

    expect(understanding).toMatchObject({ outcome: 'act', commands: [{ handler: { name } }] });
  });
});
