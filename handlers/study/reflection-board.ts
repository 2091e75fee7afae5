import { z } from 'zod';
import { instantAt } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { lastOf, monthInWords } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone, departmentsUnder, has } from '#bot/permission.ts';

type Shown = Outcome & {
  kind: 'shown';
  month: string;
  leaders: string;
  staff: string;
  missing: string[];
  selfStudy: string[];
};

const BOARD = verbose`
  ^\s*(?:请|帮我)?(?:查|查看|看|看看|统计)?(?:一下)?[^，。]{0,6}(?:心得(?:体会)?|学习体会)(?:提交|上交|撰写)?
    (?:情况|统计|看板|进度|名单)[?？。]?\s*$
  | ^\s*(?:[^，。]{0,6})(?:谁|哪些人|还有谁)[^，。]{0,6}(?:没|未)[交写](?:心得体会|心得|学习体会)[?？。]?\s*$
`;
const rate = (part: number, whole: number): string =>
  `${part}/${whole}${whole > 0 ? `（${((100 * part) / whole).toFixed(1)}%）` : ''}`;

/** 心得情况: how many handed one in this month, leading officials apart from staff; and how many studied by themselves (R18, R22). */
export default defineHandler({
  name: 'query.reflections',
  title: '心得情况',
  examples: ['本月心得情况', '谁还没交心得'],
  input: z.object({ month }),
  reads: true,
  allow: anyone,

  over: 'message',
  cues: [BOARD],
  meant(clause) {
    if (!cue(clause, BOARD)) return null;
    const { today } = clause.reading;
    return act(clause, 2.6, { month: monthIn(clause.text, today) ?? today.slice(0, 7) });
  },

  async execute({ input, actor, world, tx }): Promise<Shown> {
    const [from, to] = [`${input.month}-01`, lastOf(input.month)];
    const at = { gte: instantAt(from, '00:00'), lte: instantAt(to, '23:59') };
    const rows = await tx.reflection.findMany({ where: { at, undoneAt: null } });
    const wrote = new Set(rows.map(({ personId }) => personId));
    const leaders = world.members.filter((one) => has(one, 'chief', 'leader', 'head'));
    const staff = world.members.filter((one) => !leaders.includes(one));
    const share = (people: typeof staff) => rate(people.filter(({ id }) => wrote.has(id)).length, people.length);
    const under = departmentsUnder(actor, world);
    const missing = world.members.filter(({ id, department }) => !wrote.has(id) && under.includes(department));
    const records = await tx.studyRecord.findMany({ where: { date: { gte: from, lte: to }, undoneAt: null } });
    const selfStudy = world.departments.flatMap(({ code, name }) => {
      const people = new Set(records.filter((one) => one.departmentCode === code).map(({ personId }) => personId)).size;
      return people > 0 ? [`${name}${people}人`] : [];
    });
    return {
      ...{ kind: 'shown', changed: false, month: input.month, leaders: share(leaders), staff: share(staff) },
      ...{ missing: missing.map(({ name }) => name), selfStudy },
    };
  },

  reply: ({ month, leaders, staff, missing, selfStudy }) =>
    [
      `${monthInWords(month)}心得体会：领导干部已交${leaders}，干部职工已交${staff}。`,
      ...(missing.length > 0 ? [`未交：${missing.join('、')}。`] : []),
      selfStudy.length > 0 ? `有自学记录的：${selfStudy.join('、')}。` : '还没有自学记录。',
    ].join('\n'),
  inGroup: ({ month, leaders, staff }) =>
    `${monthInWords(month)}心得体会：领导干部已交${leaders}，干部职工已交${staff}。`,
});
