import './engine.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import * as handlers from '#handlers/index.ts';
import { explain } from './language/explain.ts';
import type { Said, World } from './language/reading.ts';
import { type Gate, type Label, missedOf, percent, type Score, score } from './language/score.ts';
import { understand } from './language/understand.ts';

const GATES = path.resolve(import.meta.dirname, '../tests/language/gates.json');
const USAGE = `用法：npm run -s understand -- --fixture 文件 [--explain] < 消息.jsonl
      npm run -s understand -- --score [--gates 文件] [--failures]
  每行一条 {"id","from","chat","now","text"}，逐行输出 {"id","outcome","commands"}，一行对一行。
  --explain   不输出 JSON，改为说明每条消息读出了什么、为什么这样理解
  --score     理解所有已标注的消息，列出各组得分；有一组不达标即以非零状态退出
  --failures  同时列出理解错的每一条`;

const message = z.object({
  id: z.unknown(),
  from: z.string(),
  chat: z.enum(['direct', 'group']).default('direct'),
  now: z.string().pipe(z.coerce.date()),
  text: z.string().default(''),
});
const capabilities = Object.values(handlers);
const worldIn = (file: string): World => ({ enterprises: [], ...JSON.parse(readFileSync(file, 'utf8')) });

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      ...{ fixture: { type: 'string' }, explain: { type: 'boolean' }, help: { type: 'boolean' } },
      ...{ score: { type: 'boolean' }, gates: { type: 'string' }, failures: { type: 'boolean' } },
    },
  });
  if (values.help) return console.log(USAGE);
  if (values.score) return scoreAll(values.gates ?? GATES, values.failures ?? false);
  if (!values.fixture) throw new Error(`请用 --fixture 指明单位资料文件。\n${USAGE}`);
  await answerLines(worldIn(values.fixture), values.explain ?? false);
}

/** JSON lines in, JSON lines out, one for one, in order (understanding contract); what is no message means nothing. */
async function answerLines(world: World, explains: boolean): Promise<void> {
  let number = 0;
  for await (const line of linesOf(process.stdin)) {
    number += 1;
    const { id, said, fault } = readLine(line, world);
    if (fault) console.error(`第${number}行${fault}`);
    if (explains) console.log(said ? explain(said, world, capabilities) : (fault ?? ''));
    else {
      const result = said ? understand(said, world, capabilities) : ({ outcome: 'none' } as const);
      const orders = result.outcome === 'none' ? [] : result.commands;
      const commands = orders.map(({ handler, input }) => ({ intent: handler.name, ...(input as object) }));
      console.log(JSON.stringify({ id, outcome: result.outcome, commands }));
    }
  }
}

function readLine(line: string, world: World): { id: unknown; said?: Said; fault?: string } {
  if (line.trim() === '') return { id: null };
  let content: unknown;
  try {
    content = JSON.parse(line);
  } catch {
    return { id: null, fault: '不是 JSON，按无意义处理。' };
  }
  const { data, error } = message.safeParse(content);
  const id = data?.id ?? (content as { id?: unknown } | null)?.id ?? null;
  const parts = error?.issues.map((issue) => issue.path.join('.')).join('、') || '内容';
  if (!data) return { id, fault: `的 ${parts} 不对，按无意义处理。` };
  const speaker = world.members.find((member) => member.id === data.from);
  if (!speaker) return { id, fault: `的 ${data.from} 不在花名册中，按无意义处理。` };
  return { id, said: { text: data.text, speaker, now: data.now, chat: data.chat } };
}

/** Lines end at line feeds only: a JSON string may hold other separators. */
async function* linesOf(stream: NodeJS.ReadStream): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** The figures of every labelled set, and what of its gate it misses. */
function scoreAll(file: string, tellsFailures: boolean): void {
  const folder = path.dirname(file);
  const gates: Gate[] = JSON.parse(readFileSync(file, 'utf8'));
  const scored = gates.map((gate) => {
    const text = readFileSync(path.resolve(folder, gate.labels), 'utf8').trim();
    const labels: Label[] = text.split('\n').map((line) => JSON.parse(line));
    return { gate, score: score(labels, worldIn(path.resolve(folder, gate.fixture)), capabilities) };
  });
  for (const { gate, score } of scored) {
    const missed = missedOf(gate, score);
    console.log(
      `${missed.length === 0 ? '达标' : '不达标'}  ${figuresOf(score)}  ${gate.labels}  ${missed.join('，')}`,
    );
    if (tellsFailures) for (const failure of score.failures) console.log(`        ${failure}`);
    if (missed.length > 0) process.exitCode = 1;
  }
  console.log(`合计    ${figuresOf(totalOf(scored.map(({ score }) => score)))}`);
}

const figuresOf = (one: Score): string =>
  [
    `${String(one.total).padStart(4)}条`,
    `准确${percent(one.exact / one.total).padStart(6)}`,
    `误记${one.wrongWrites.length}`,
    `多问${one.needlessQuestions}`,
    `漏答${one.missed}`,
    `插话${one.spokeUp}`,
  ].join('  ');

const totalOf = (scores: Score[]): Score => ({
  total: scores.reduce((sum, { total }) => sum + total, 0),
  exact: scores.reduce((sum, { exact }) => sum + exact, 0),
  wrongWrites: scores.flatMap(({ wrongWrites }) => wrongWrites),
  needlessQuestions: scores.reduce((sum, { needlessQuestions }) => sum + needlessQuestions, 0),
  missed: scores.reduce((sum, { missed }) => sum + missed, 0),
  spokeUp: scores.reduce((sum, { spokeUp }) => sum + spokeUp, 0),
  failures: scores.flatMap(({ failures }) => failures),
});

main().catch((error: Error) => {
  console.error(process.env['TRACE'] ? error.stack : error.message);
  process.exitCode = 1;
});
