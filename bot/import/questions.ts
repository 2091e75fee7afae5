import { OPTIONS, questionKind, rightAnswer } from '#bot/domain/question-bank.ts';
import type { Tx } from '#bot/store/db.ts';
import { BadSheet, type Columns, type Imported, rowsUnder } from './table.ts';

const COLUMNS: Columns = {
  题库: { headings: ['题库', '题库名称'], required: false },
  题号: { headings: ['题号', '序号'], required: true },
  题型: { headings: ['题型', '类型'], required: true },
  题目: { headings: ['题目', '题干'], required: true },
  ...Object.fromEntries(OPTIONS.map((one) => [one, { headings: [one, `选项${one}`], required: false }])),
  答案: { headings: ['答案', '正确答案'], required: true },
};
/**
 * 导入题库 (R25): questions matched by 题库 and 题号.
 * @throws BadSheet listing every row without a right answer and every other bad cell; then nothing is written.
 */
export async function importQuestions(tx: Tx, sheets: string[][][]): Promise<Imported> {
  const rows = sheets.flatMap((sheet) => rowsUnder(sheet, COLUMNS) ?? []);
  if (rows.length === 0) throw new BadSheet(['没有找到表头，题库需有：题号、题型、题目、答案']);
  const bad: string[] = [];
  const rowOf = new Map<string, number>();
  const questions = rows.map(({ no, cells }) => {
    const kind = questionKind(cells['题型'] ?? '');
    const given = OPTIONS.map((one) => cells[one] ?? '');
    const options = given.filter((one) => one !== '');
    const answer = rightAnswer(kind, cells['答案'] ?? '', options.length);
    if (!kind) bad.push(`第${no}行 题型: 应为单选、多选、判断或填空`);
    if (!/^\d+$/.test(cells['题号'] ?? '')) bad.push(`第${no}行 题号: 应为数字`);
    if (!cells['题目']) bad.push(`第${no}行 题目: 不能为空`);
    if ((kind === 'single' || kind === 'multiple') && options.length < 2) bad.push(`第${no}行 选项: 至少要有A、B两项`);
    // A letter that is left out would move those behind it, and the right answer with them.
    const hole = given.findIndex((one, index) => one === '' && given.slice(index).some((later) => later !== ''));
    if (hole >= 0) bad.push(`第${no}行 选项: 中间缺${OPTIONS[hole]}项，请依次填写`);
    if (new Set(options).size < options.length) bad.push(`第${no}行 选项: 有两项内容相同`);
    if (kind && answer === null)
      bad.push(`第${no}行 答案: ${cells['答案'] ? `“${cells['答案']}”不是这道题的选项` : '没有正确答案'}`);
    const bank = cells['题库'] || '题库';
    const key = `${bank} ${Number(cells['题号'])}`;
    const first = rowOf.get(key);
    if (first !== undefined) bad.push(`第${no}行 题号: 与第${first}行重复`);
    else if (/^\d+$/.test(cells['题号'] ?? '')) rowOf.set(key, no);
    return {
      bank,
      no: Number(cells['题号']),
      kind,
      text: cells['题目'] ?? '',
      options: JSON.stringify(options),
      answer: answer ?? '',
    };
  });
  if (bad.length > 0) throw new BadSheet(bad);
  const running = await tx.exam.findMany({ where: { closedAt: null } });
  const result: Imported = { added: 0, changed: 0, unchanged: 0 };
  for (const question of questions) {
    const key = { bank: question.bank, no: question.no };
    const before = await tx.testQuestion.findUnique({ where: { bank_no: key } });
    const same =
      before && Object.entries(question).every(([name, value]) => before[name as keyof typeof question] === value);
    // Whoever answers later would be asked or marked otherwise than whoever answered before.
    const exam = same ? undefined : running.find(({ bank }) => bank === question.bank);
    if (exam) throw new BadSheet([`题库“${question.bank}”正用于《${exam.title}》，截止后再导入`]);
    if (!before) result.added += 1;
    else if (same) result.unchanged += 1;
    else result.changed += 1;
    await tx.testQuestion.upsert({ where: { bank_no: key }, create: question, update: question });
  }
  return result;
}
