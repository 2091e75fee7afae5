import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { CLASSES, nearestTopics } from '#bot/domain/topic.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { topicChangeSaid } from '#bot/language/topics.ts';
import { has } from '#bot/permission.ts';
import type { Tx } from '#bot/store/db.ts';
import { nextId } from '#bot/store/number.ts';
import { type TopicRow, topicNamed } from '#bot/store/topics.ts';

const CHANGES = ['add', 'rename', 'kind', 'material', 'retire', 'restore'] as const;
const input = z.object({
  change: z.enum(CHANGES),
  /** 编号 of an existing one; else its title */
  no: z.number().int().positive().optional(),
  title: z.string().optional(),
  kind: z.enum(CLASSES).optional(),
  material: z.string().optional(),
  /** the new title, class or material */
  value: z.string().optional(),
});
type Input = z.infer<typeof input>;
type Changed = Outcome &
  (
    | { kind: 'added' | 'retired' | 'restored'; topic: Shown; planned?: number }
    | { kind: 'renamed' | 'moved' | 'equipped'; topic: Shown; before: string }
    | { kind: 'there' | 'same' | 'was-retired'; topic: Shown; retired: boolean }
    | { kind: 'no-such'; said: string; nearest: string[] }
  );
interface Shown {
  id: number;
  title: string;
  kind: string;
  material: string | null;
}

/** 学习内容维护: the office adds, changes, retires and brings back topics of the library; what was studied stays (R10). */
export default defineHandler({
  name: 'topic.change',
  title: '学习内容维护',
  examples: [
    ...[
      '增加学习内容《专利法》 业务',
      '新增学习内容 政治理论 习近平同志在河南考察时的讲话',
      '添加学习主题《廉政准则》（廉政）',
    ],
    ...['学习内容增加《科技进步法》，类别业务，材料：科技进步法原文', '学习内容库再加一项 技术合同认定 业务'],
    ...[
      '学习内容3改名为《习近平同志系列讲话》',
      '把学习内容第5项改为《新党章》',
      '学习内容《新党章》的名称改为《中国共产党章程》',
    ],
    ...[
      '学习内容5类别改为廉政',
      '学习内容7归入业务',
      '学习内容3的材料：讲话汇编',
      '学习内容《何平新九论》材料换成 濮阳日报合订本',
    ],
    ...['停用学习内容12', '学习内容第12项停用', '撤下学习内容《濮兴九评》', '恢复学习内容12'],
  ],
  input,
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [/学习(?:内容|主题)/],
  meant(clause) {
    if (clause.reading.chat !== 'direct' || clause.mood.asks || clause.mood.supposes) return null;
    const said = topicChangeSaid(clause.said);
    if (!said) return null;
    if (said.change !== 'add') return act(clause, 3.2, said);
    if (said.title.length < 2) return ask(clause, 3.2, '增加哪一项学习内容？请写成“增加学习内容《专利法》 业务”。');
    if (said.kind) return act(clause, 3.2, said);
    const choices = CLASSES.map((kind) => ({ label: kind, input: { ...said, kind } }));
    return ask(clause, 3.2, `${said.title}属于哪一类？`, choices);
  },

  async execute({ input, message, tx }): Promise<Changed> {
    if (input.change === 'add') return add(tx, input);
    const topic = await topicNamed(tx, input);
    if (!topic) return { kind: 'no-such', changed: false, ...(await missing(tx, input)) };
    const to = changeOf(input, message.sentAt);
    const same = Object.entries(to).every(([key, value]) => topic[key as keyof TopicRow] === value);
    const retired = topic.removedAt !== null;
    if (same || (input.change === 'retire' && retired)) return { kind: 'same', changed: false, topic, retired };
    if (input.change === 'rename') {
      const other = await topicNamed(tx, { title: to.title });
      if (other && other.id !== topic.id)
        return { kind: 'there', changed: false, topic: other, retired: other.removedAt !== null };
    }
    const now = await tx.studyTopic.update({ where: { id: topic.id }, data: to });
    const common = { changed: true, memo: { id: topic.id, before: asMemo(topic), after: asMemo(now) }, topic: now };
    if (input.change === 'restore') return { kind: 'restored', ...common };
    if (input.change === 'retire') {
      const where = { topicId: topic.id, cancelledAt: null, start: { gt: message.sentAt } };
      return { kind: 'retired', ...common, planned: await tx.session.count({ where }) };
    }
    const kinds = { rename: 'renamed', kind: 'moved', material: 'equipped' } as const;
    const before =
      input.change === 'rename' ? topic.title : ((input.change === 'kind' ? topic.kind : topic.material) ?? '');
    return { kind: kinds[input.change], ...common, before };
  },

  reply(outcome) {
    if (outcome.kind === 'no-such') {
      const near = outcome.nearest.length > 0 ? `，相近的有：${outcome.nearest.join('、')}` : '';
      return `没有改动：学习内容库中没有${outcome.said}${near}。请发“学习内容”查看编号。`;
    }
    const { topic } = outcome;
    const name = `学习内容${topic.id}${bookOf(topic.title)}`;
    switch (outcome.kind) {
      case 'added':
        return `已增加${name}（${topic.kind}），材料${topic.material ? `：${topic.material}` : '未定'}。${TAKE_BACK}`;
      case 'renamed':
        return `已更名：学习内容${topic.id}由${bookOf(outcome.before)}改为${bookOf(topic.title)}，此前的学习次数不变。${TAKE_BACK}`;
      case 'moved':
        return `已改：${name}类别${outcome.before}→${topic.kind}。${TAKE_BACK}`;
      case 'equipped':
        return `已改：${name}材料${outcome.before || '未定'}→${topic.material}。${TAKE_BACK}`;
      case 'retired':
        return `已停用${name}，以往的学习记录都保留${outcome.planned ? `，已安排的${outcome.planned}场不受影响` : ''}。需要时可发“恢复学习内容${topic.id}”。${TAKE_BACK}`;
      case 'restored':
        return `已恢复${name}（${topic.kind}）。${TAKE_BACK}`;
      case 'same':
        return `没有改动：${name}现在就是这样${outcome.retired ? '（已停用）' : `（${topic.kind}，材料${topic.material ?? '未定'}）`}。`;
      default:
        return outcome.retired
          ? `没有增加：${name}已在库中，现已停用。需要恢复请发“恢复学习内容${topic.id}”。`
          : `没有改动：${name}（${topic.kind}）已在库中，不必重复。`;
    }
  },
  async undo(memo, { tx }) {
    const { id, before, after } = z.object({ id: z.number(), before: fields.nullable(), after: fields }).parse(memo);
    const topic = await tx.studyTopic.findUniqueOrThrow({ where: { id } });
    if (JSON.stringify(asMemo(topic)) !== JSON.stringify(after)) return false;
    if (!before) {
      if ((await tx.session.count({ where: { topicId: id } })) > 0) return false;
      // Its number is the last one, so that none is skipped.
      return (await tx.studyTopic.deleteMany({ where: { id } })).count === 1;
    }
    const { removedAt, ...row } = before;
    await tx.studyTopic.update({ where: { id }, data: { ...row, removedAt: removedAt ? new Date(removedAt) : null } });
    return true;
  },
});

const fields = z.object({
  title: z.string(),
  kind: z.string(),
  material: z.string().nullable(),
  removedAt: z.string().nullable(),
});
const asMemo = ({ title, kind, material, removedAt }: TopicRow): z.infer<typeof fields> => ({
  ...{ title, kind, material },
  removedAt: removedAt?.toISOString() ?? null,
});
const bookOf = (title: string): string => (title.startsWith('《') || title.includes('《') ? title : `“${title}”`);

async function add(tx: Tx, { title = '', kind = '业务', material }: Input): Promise<Changed> {
  const before = await topicNamed(tx, { title });
  if (before) return { kind: 'there', changed: false, topic: before, retired: before.removedAt !== null };
  const last = await tx.studyTopic.aggregate({ _max: { rank: true } });
  const row = { title, kind, material: material ?? null, rank: (last._max.rank ?? 0) + 1 };
  const topic = await tx.studyTopic.create({ data: { id: await nextId(tx.studyTopic), ...row } });
  return { kind: 'added', changed: true, memo: { id: topic.id, before: null, after: asMemo(topic) }, topic };
}

function changeOf({ change, value = '' }: Input, at: Date): Partial<TopicRow> {
  if (change === 'rename') return { title: value };
  if (change === 'kind') return { kind: value };
  if (change === 'material') return { material: value };
  return { removedAt: change === 'retire' ? at : null };
}

async function missing(tx: Tx, { no, title }: Input): Promise<{ said: string; nearest: string[] }> {
  if (title === undefined) return { said: `第${no}项`, nearest: [] };
  const titles = (await tx.studyTopic.findMany({ where: { removedAt: null } })).map((one) => one.title);
  return { said: bookOf(title), nearest: nearestTopics(title, titles) };
}
