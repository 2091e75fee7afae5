import { z } from 'zod';
import { bankQuestionInWords, OPTIONS, rightAnswer, whyNoQuestion } from '#bot/domain/question-bank.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { bankChangeSaid } from '#bot/language/bank.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { asQuestion, banksOf, examOn, type QuestionRow } from '#bot/store/bank.ts';
import type { Tx } from '#bot/store/db.ts';

const input = z.object({
  change: z.enum(['add', 'answer', 'text', 'option', 'retire', 'restore']),
  bank: z.string().min(1),
  no: z.number().int().positive().optional(),
  kind: z.string().optional(),
  text: z.string().optional(),
  options: z.array(z.string()).optional(),
  answer: z.string().optional(),
  option: z.string().optional(),
  value: z.string().optional(),
});
type Input = z.infer<typeof input>;
type Changed = Outcome & { bank: string } & (
    | { kind: 'added' | 'changed' | 'retired' | 'restored'; no: number; words: string }
    | { kind: 'bad'; why: string }
    | { kind: 'running'; title: string }
    | { kind: 'no-bank'; banks: string[] }
    | { kind: 'no-such'; no: number }
    | { kind: 'same'; no: number }
    | { kind: 'double'; no: number }
  );

/** 题库维护: the office adds, mends and retires questions; not while a test asks from the bank (R25). */
export default defineHandler({
  name: 'bank.change',
  title: '题库维护',
  examples: [
    ...[
      '题库 八项规定 加题：单选 八项规定由谁通过 A中央政治局 B国务院 C全国人大 答案A',
      '题库八项规定增加一道题：判断 可以层层陪同 答案错',
    ],
    ...[
      '题库 党章 新增题目：多选 党员的权利有 A表决权 B选举权 C免税权 答案AB',
      '增加题目 题库 党章 填空 党的宗旨是全心全意____ 答案 为人民服务',
    ],
    ...[
      '往题库八项规定里加一道题：单选 轻车简从要求 A减少陪同 B增加陪同 答案A',
      '题库八项规定第3题答案改为B',
      '题库 八项规定 第3题的答案更正为：错',
    ],
    ...[
      '题库八项规定第2题题目改为要改进的作风有',
      '题库 党章 第1题选项B改为国务院',
      '把题库党章第1题C选项改成全国政协',
      '题库八项规定第4题停用',
    ],
    ...['停用题库八项规定第4题', '删除题库 党章 第2题', '恢复题库八项规定第4题', '题库“党章”第2题启用'],
  ],
  input,
  restricted: ['answer', 'value'],
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [/题库/],
  meant(clause) {
    if (clause.reading.chat !== 'direct') return null;
    const said = bankChangeSaid(clause.said);
    if (!said) return null;
    if (said.change === 'add' && said.kind === '')
      return ask(
        clause,
        3.2,
        '是单选、多选、判断还是填空题？请写成“题库 八项规定 加题：单选 八项规定由谁通过 A中央政治局 B国务院 答案A”。',
      );
    return act(clause, 3.2, said);
  },

  async confirm({ input, tx }) {
    if (input.change !== 'add' || (await tx.testQuestion.count({ where: { bank: input.bank } })) > 0) return null;
    const banks = (await banksOf(tx)).map(({ bank }) => bank);
    const known = banks.length > 0 ? `（现有：${banks.join('、')}）` : '';
    return `还没有题库“${input.bank}”${known}，要新建吗？请回复“确认”，不建请回复“不”。`;
  },

  async execute({ input, message, tx }): Promise<Changed> {
    const { bank, no = 0 } = input;
    const at = message.sentAt;
    if (input.change === 'add') return add(tx, input, at);
    if ((await tx.testQuestion.count({ where: { bank } })) === 0)
      return { kind: 'no-bank', changed: false, bank, banks: (await banksOf(tx)).map((one) => one.bank) };
    const before = await tx.testQuestion.findUnique({ where: { bank_no: { bank, no } } });
    if (!before) return { kind: 'no-such', changed: false, bank, no };
    const running = await examOn(tx, bank, at);
    if (running) return { kind: 'running', changed: false, bank, title: running.title };
    const data = changeOf(input, before, at);
    if ('why' in data) return { kind: 'bad', changed: false, bank, why: data.why };
    const retired = before.removedAt !== null;
    const idle = input.change === 'retire' || input.change === 'restore';
    const same = idle
      ? retired === (input.change === 'retire')
      : Object.entries(data).every(([key, value]) => before[key as keyof QuestionRow] === value);
    if (same) return { kind: 'same', changed: false, bank, no };
    const now = await tx.testQuestion.update({ where: { id: before.id }, data });
    const kind = input.change === 'retire' ? 'retired' : input.change === 'restore' ? 'restored' : 'changed';
    const words = bankQuestionInWords({ no, ...asQuestion(now) });
    return {
      kind,
      changed: true,
      memo: { id: before.id, before: asMemo(before), after: asMemo(now) },
      bank,
      no,
      words,
    };
  },

  reply(outcome) {
    const { bank } = outcome;
    switch (outcome.kind) {
      case 'added':
        return `已加入题库“${bank}”：${outcome.words}。${TAKE_BACK}`;
      case 'changed':
        return `已改题库“${bank}”：${outcome.words}。${TAKE_BACK}`;
      case 'retired':
        return `已停用题库“${bank}”第${outcome.no}题，以往答卷不变；恢复请发“恢复题库${bank}第${outcome.no}题”。${TAKE_BACK}`;
      case 'restored':
        return `已恢复题库“${bank}”：${outcome.words}。${TAKE_BACK}`;
      case 'bad':
        return `没有改动：${outcome.why}。请写成“题库 ${bank} 加题：单选 八项规定由谁通过 A中央政治局 B国务院 答案A”。`;
      case 'running':
        return `没有改动：题库“${bank}”正用于《${outcome.title}》，截止后再改。`;
      case 'no-bank':
        return `没有改动：没有题库“${bank}”${outcome.banks.length > 0 ? `，现有：${outcome.banks.join('、')}` : ''}。`;
      case 'no-such':
        return `没有改动：题库“${bank}”没有第${outcome.no}题。请发“题库 ${bank}”查看题号。`;
      case 'same':
        return `没有改动：题库“${bank}”第${outcome.no}题现在就是这样。`;
      case 'double':
        return `没有加入：题库“${bank}”第${outcome.no}题就是这道题。`;
    }
  },
  async undo(memo, { message, tx }) {
    const { id, before, after } = z.object({ id: z.number(), before: fields.nullable(), after: fields }).parse(memo);
    const now = await tx.testQuestion.findUniqueOrThrow({ where: { id } });
    if (JSON.stringify(asMemo(now)) !== JSON.stringify(after)) return false;
    // Whoever was asked it meanwhile keeps it.
    if (await examOn(tx, now.bank, message.sentAt)) return false;
    if (!before) return (await tx.testQuestion.deleteMany({ where: { id } })).count === 1;
    const { removedAt, ...row } = before;
    await tx.testQuestion.update({
      where: { id },
      data: { ...row, removedAt: removedAt ? new Date(removedAt) : null },
    });
    return true;
  },
});

const fields = z.object({
  text: z.string(),
  options: z.string(),
  answer: z.string(),
  removedAt: z.string().nullable(),
});
const asMemo = ({ text, options, answer, removedAt }: QuestionRow): z.infer<typeof fields> => ({
  ...{ text, options, answer },
  removedAt: removedAt?.toISOString() ?? null,
});

async function add(
  tx: Tx,
  { bank, kind = '', text = '', options = [], answer = '' }: Input,
  at: Date,
): Promise<Changed> {
  const why = whyNoQuestion({ kind, text, options, answer });
  if (why) return { kind: 'bad', changed: false, bank, why };
  const running = await examOn(tx, bank, at);
  if (running) return { kind: 'running', changed: false, bank, title: running.title };
  const rows = await tx.testQuestion.findMany({ where: { bank }, orderBy: { no: 'asc' } });
  const twin = rows.find((one) => one.text === text);
  if (twin) return { kind: 'double', changed: false, bank, no: twin.no };
  const no = (rows.at(-1)?.no ?? 0) + 1;
  const right = rightAnswer(kind, answer, options.length) ?? '';
  const row = await tx.testQuestion.create({
    data: { bank, no, kind, text, options: JSON.stringify(options), answer: right },
  });
  const memo = { id: row.id, before: null, after: asMemo(row) };
  return { kind: 'added', changed: true, memo, bank, no, words: bankQuestionInWords({ no, ...asQuestion(row) }) };
}

/** What is to be written; why not, where the question would have no right answer any more. */
function changeOf(
  { change, value = '', option = '' }: Input,
  before: QuestionRow,
  at: Date,
): Partial<QuestionRow> | { why: string } {
  if (change === 'retire' || change === 'restore') return { removedAt: change === 'retire' ? at : null };
  const question = asQuestion(before);
  const { kind, options } = question;
  if (change === 'answer') {
    const answer = rightAnswer(kind, value, options.length);
    return answer === null ? { why: `答案“${value}”不是这道题的选项` } : { answer };
  }
  if (change === 'text') return { text: value };
  const place = OPTIONS.indexOf(option as 'A');
  if (place < 0 || place >= options.length) return { why: `这道题没有选项${option}` };
  const changed = options.map((one, index) => (index === place ? value : one));
  const why = whyNoQuestion({ ...question, options: changed });
  return why ? { why } : { options: JSON.stringify(changed) };
}
