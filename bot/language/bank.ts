import { OPTIONS, questionKind } from '#bot/domain/question-bank.ts';

export type SaidBankChange =
  | { change: 'add'; bank: string; kind: string; text: string; options: string[]; answer: string }
  | { change: 'answer' | 'text'; bank: string; no: number; value: string }
  | { change: 'option'; bank: string; no: number; option: string; value: string }
  | { change: 'retire' | 'restore'; bank: string; no: number };

const BANK = '题库[:：\\s]*[“"《]?(?<bank>[^\\s，,：:“”"《》第]{1,20}?)[”"》]?';
const NTH = '[\\s，,：:]*第\\s*(?<no>\\d{1,4})\\s*题';
const ADDS = [
  new RegExp(
    `^\\s*(?:请)?(?:往|向|在|给)?${BANK}(?:里|中)?[\\s，,：:]*(?:再)?(?:增加|新增|添加|加)(?:[一1]\\s*[道个])?题(?:目)?[:：\\s]+(?<rest>.+)$`,
    's',
  ),
  new RegExp(
    `^\\s*(?:请)?(?:增加|新增|添加)(?:[一1]\\s*[道个])?题(?:目)?[:：\\s，,]*${BANK}[\\s，,：:]+(?<rest>.+)$`,
    's',
  ),
];
const SETS = new RegExp(
  `^\\s*(?:请)?(?:把|将)?${BANK}${NTH}(?:的)?\\s*(?<what>答案|题目|题干|选项\\s*[A-Fa-f]|[A-Fa-f]\\s*(?:选)?项)\\s*(?:改|更正|换)?(?:[为成]|[:：])\\s*(?<value>.+?)[。\\s]*$`,
  's',
);
const RETIRES = [
  new RegExp(`^\\s*(?:请)?(?:停用|删除|删去|去掉|撤下)${BANK}${NTH}[。！!\\s]*$`),
  new RegExp(`^\\s*(?:请)?(?:把|将)?${BANK}${NTH}(?:停用|删除|删去|去掉|撤下|不用)(?:了)?[。！!\\s]*$`),
];
const RESTORES = [
  new RegExp(`^\\s*(?:请)?(?:恢复|启用|重新启用)${BANK}${NTH}[。！!\\s]*$`),
  new RegExp(`^\\s*(?:请)?(?:把|将)?${BANK}${NTH}(?:恢复|启用|重新启用)(?:了)?[。！!\\s]*$`),
];
const SHOWS = new RegExp(
  `^\\s*(?:请|帮我)?(?:查看?|看看?|打开|列出?|调出)?(?:一下)?(?:题库(?:列表|清单|目录|情况|有哪些)?|(?:有)?哪些题库|${BANK}(?:${NTH})?(?:的题目?|有哪些题|内容|全部题目)?)[?？。！\\s]*$`,
);
const LETTER = /(?:^|[\s，,；;。？?：:）)])([A-F])\s*[.．、:：]?\s*(?=\S)/g;

const groupsOf = (patterns: RegExp[], text: string): Record<string, string | undefined> | undefined =>
  patterns.map((pattern) => pattern.exec(text)?.groups).find((groups) => groups !== undefined);

/** What is to become of a bank of questions (R25); null for other words. */
export function bankChangeSaid(text: string): SaidBankChange | null {
  const added = groupsOf(ADDS, text);
  if (added) return { change: 'add', bank: added['bank'] ?? '', ...questionIn(added['rest'] ?? '') };
  const set = SETS.exec(text)?.groups;
  if (set) {
    const common = { bank: set['bank'] ?? '', no: Number(set['no']), value: (set['value'] ?? '').trim() };
    const option = /[A-F]/.exec((set['what'] ?? '').toUpperCase())?.[0];
    if (option) return { change: 'option', option, ...common };
    return { change: set['what'] === '答案' ? 'answer' : 'text', ...common };
  }
  for (const [change, patterns] of [
    ['retire', RETIRES],
    ['restore', RESTORES],
  ] as const) {
    const found = groupsOf([...patterns], text);
    if (found) return { change, bank: found['bank'] ?? '', no: Number(found['no']) };
  }
  return null;
}

/** 「单选 八项规定由谁通过 A中央政治局 B国务院 答案A」: kind, text, options in their order, right answer; empty where it lacks. */
function questionIn(words: string) {
  const [, said = '', rest = ''] = /^\s*((?:单选|多选|判断|填空)题?)?[:：\s，,]*(.*)$/s.exec(words) ?? [];
  const ends = /(?:正确)?答案\s*(?:[是为]|[:：\s])*\s*(?<answer>[^\n]{1,60}?)[。\s]*$/.exec(rest);
  const body = ends ? rest.slice(0, ends.index) : rest;
  const kind = questionKind(said);
  const marks = kind === 'judge' || kind === 'blank' ? [] : lettersIn(body);
  const clean = (text: string): string => text.replace(/^[\s，,；;：:]+|[\s，,；;：:]+$/g, '').replace(/\s+/g, ' ');
  return {
    kind,
    text: clean(body.slice(0, marks[0]?.at ?? body.length)),
    options: marks.map(({ end }, index) => clean(body.slice(end, marks[index + 1]?.at ?? body.length))),
    answer: (ends?.groups?.['answer'] ?? '').replace(/[、，,\s]/g, kind === 'blank' ? '$&' : ''),
  };
}

/** The letters before options, one after the other from A on; of several the last that B follows: 「A股是什么 A… B…」. */
function lettersIn(body: string): { at: number; end: number }[] {
  const all = [...body.matchAll(LETTER)].map(({ index, 0: mark, 1: letter }) => ({
    ...{ at: index, end: index + mark.length, letter },
  }));
  const from = (first: number): typeof all => {
    const marks: typeof all = [];
    for (const one of all.slice(first)) if (one.letter === OPTIONS[marks.length]) marks.push(one);
    return marks;
  };
  const rows = all.flatMap(({ letter }, index) => (letter === 'A' ? [from(index)] : []));
  return rows.findLast(({ length }) => length > 1) ?? rows[0] ?? [];
}

/** Which bank, or which question of it, somebody looks at; null for other words. */
export function bankSought(text: string): { bank?: string; no?: number } | null {
  const found = SHOWS.exec(text);
  if (!found) return null;
  const { bank, no } = found.groups ?? {};
  // 「题库导入了吗」 names none.
  if (bank && /[吗么呢]$|什么|怎么|谁|哪|导入|多少/.test(bank)) return null;
  return { ...(bank && { bank }), ...(no && { no: Number(no) }) };
}
