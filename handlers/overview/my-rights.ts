import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone, departmentsUnder } from '#bot/permission.ts';

const RIGHTS = /我(?:的|有(?:什么|哪些|啥))权限|我能(?:看|管|批)(?:哪些|什么)/;
const ROLES: Record<string, string> = {
  chief: '局主要领导',
  leader: '班子成员',
  head: '科室（单位）负责人',
  office: '活动办',
  staff: '干部职工',
};

/** 我的权限: which roles the roster gives one, whose records one sees, and what one could say (R93). */
export default defineHandler({
  name: 'query.my_rights',
  title: '我的权限',
  examples: ['我的权限', '我有哪些权限'],
  input: z.object({}),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [RIGHTS],
  meant(clause) {
    const span = cue(clause, RIGHTS);
    return span && clause.text.length <= 16 ? act(span, 2.6, {}) : null;
  },

  async execute({ actor, world, offers }) {
    const nameOf = new Map(world.departments.map(({ code, name }) => [code, name]));
    const under = departmentsUnder(actor, world);
    return {
      ...{ kind: 'shown', changed: false, actor, unit: nameOf.get(actor.department) ?? '' },
      roles: Object.entries(ROLES).flatMap(([role, words]) => (actor.roles.includes(role) ? [words] : [])),
      scope: under.length === world.departments.length ? ['全局'] : under.map((code) => nameOf.get(code) ?? ''),
      titles: [...new Set(offers().map(({ title }) => title))],
    };
  },

  reply({ actor, unit, roles, scope, titles }) {
    const sees = scope.length === 0 ? '您可以查看自己的记录' : `您可以查看${scope.join('、')}的记录`;
    return `${actor.name}，${unit}${actor.title}，${roles.join('、') || '干部职工'}。${sees}；现在可以办理：${titles.join('、')}。如有不符请联系活动办。`;
  },
  inGroup: () => '您的权限已私信发给您。',
});
