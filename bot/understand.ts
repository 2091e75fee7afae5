import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import * as handlers from '#handlers/index.ts';
import { explain } from './language/explain.ts';
import type { World } from './language/reading.ts';
import { understand } from './language/understand.ts';

const USAGE = `用法：npm run -s understand -- --fixture 文件 [--explain] < 消息.jsonl
  每行一条 {"id","from","chat","now","text"}，逐行输出 {"id","outcome","commands"}。
  --explain  不输出 JSON，改为说明每条消息读出了什么、为什么这样理解`;

/** JSON lines in, JSON lines out, one for one (understanding contract). */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { fixture: { type: 'string' }, explain: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(USAGE);
  if (!values.fixture) throw new Error(`请用 --fixture 指明单位资料文件。\n${USAGE}`);
  const world: World = { enterprises: [], ...JSON.parse(readFileSync(values.fixture, 'utf8')) };
  const capabilities = Object.values(handlers);
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue;
    const { id, from, chat, now, text } = JSON.parse(line);
    const speaker = world.members.find((member) => member.id === from);
    const said = speaker && { text: String(text ?? ''), speaker, now: new Date(now), chat };
    if (values.explain) console.log(said ? explain(said, world, capabilities) : `${id}：花名册中没有 ${from}`);
    else {
      const result = said ? understand(said, world, capabilities) : ({ outcome: 'none' } as const);
      const commands =
        result.outcome === 'none'
          ? []
          : result.commands.map(({ handler, input }) => ({ intent: handler.name, ...(input as object) }));
      console.log(JSON.stringify({ id, outcome: result.outcome, commands }));
    }
  }
}

main().catch((error: Error) => {
  console.error(process.env.TRACE ? error.stack : error.message);
  process.exitCode = 1;
});
