import { CLASSES, type TopicClass } from '#bot/domain/topic.ts';

/** A topic of the library as somebody names it: by its number, or by words of its title. */
export interface SaidTopic {
  no?: number;
  title?: string;
}
export type SaidChange =
  | { change: 'add'; title: string; kind?: TopicClass; material?: string }
  | ({ change: 'rename' | 'kind' | 'material'; value: string } & SaidTopic)
  | ({ change: 'retire' | 'restore' } & SaidTopic);

const LIBRARY = '学习(?:内容|主题)(?:库)?';
const ADDS = new RegExp(
  `^\\s*(?:请|把)?(?:(?:增加|新增|添加|加入|补充)(?:一?[个项条])?${LIBRARY}|${LIBRARY}(?:里)?(?:再)?(?:增加|新增|添加|加入|补充|加)(?:一?[个项条])?)[:：\\s，,]*(?<rest>[^\\n]{2,200}?)[。！!\\s]*$`,
);
const KIND = new RegExp(
  `(?:类别|分类|属于?|归(?:入|到)?|列入|类)?[:：\\s是为]*(?<kind>${CLASSES.join('|')})(?:类|学习)?`,
);
const MATERIAL = /(?:学习)?(?:材料|资料)(?:用|是|为|[:：\s])+(?<material>[^，,；;。]{2,120})/;
const WHICH = '(?:第\\s*)?(?<no>\\d{1,5})\\s*(?:号|项|条)?|(?<title>《[^》\\n]{1,60}》|“[^”\\n]{1,60}”)';
const OF = `${LIBRARY}(?:中|里)?(?:的)?[:：\\s]*(?:${WHICH})`;
const CHANGES: [change: 'rename' | 'kind' | 'material', pattern: RegExp][] = [
  [
    'rename',
    new RegExp(
      `^\\s*(?:请)?(?:把|将)?${OF}\\s*(?:的)?(?:名称|题目|标题|主题)?\\s*(?:更名|改名|改称|改成|改为|更正|名称|题目|标题)(?:[为成]|[:：\\s])*(?<value>[^\\n]{2,60}?)[。！!\\s]*$`,
    ),
  ],
  [
    'kind',
    new RegExp(
      `^\\s*(?:请)?(?:把|将)?${OF}\\s*(?:的)?(?:(?:类别|分类)(?:改|调整|换)?(?:[为成到是]|[:：\\s])*|(?:改|归|调整|划)(?:入|到|为|成|在)*)(?<value>${CLASSES.join('|')})(?:类)?[。！!\\s]*$`,
    ),
  ],
  [
    'material',
    new RegExp(
      `^\\s*(?:请)?(?:把|将)?${OF}\\s*(?:的)?(?:学习)?(?:材料|资料)(?:改|换)?(?:[为成是用]|[:：\\s])+(?<value>[^\\n]{2,120}?)[。！!\\s]*$`,
    ),
  ],
];
const RETIRES = [
  new RegExp(`^\\s*(?:请)?(?:停用|撤下|去掉|删除|删去|移出|取消)${OF}[。！!\\s]*$`),
  new RegExp(`^\\s*(?:请)?(?:把|将)?${OF}\\s*(?:停用|撤下|去掉|删除|删去|不再学习|不学了)(?:吧|了)?[。！!\\s]*$`),
  new RegExp(`^\\s*${LIBRARY}(?:中|里)?[:：\\s]*(?:停用|撤下|去掉|删除|删去|移出)[:：\\s]*(?:${WHICH})[。！!\\s]*$`),
];
const RESTORES = [
  new RegExp(`^\\s*(?:请)?(?:恢复|重新启用|启用)${OF}[。！!\\s]*$`),
  new RegExp(`^\\s*(?:请)?(?:把|将)?${OF}\\s*(?:恢复|重新启用|启用)(?:吧|了)?[。！!\\s]*$`),
  new RegExp(`^\\s*${LIBRARY}(?:中|里)?[:：\\s]*(?:恢复|重新启用|启用)[:：\\s]*(?:${WHICH})[。！!\\s]*$`),
];
const FINDS = [
  new RegExp(
    `^\\s*(?:请|帮我)?(?:查找?|查看|看看?|找找?|查一下|看一下)?${LIBRARY}(?:中|里)?(?:的)?(?:第\\s*)?(?<no>\\d{1,5})\\s*(?:号|项|条)?(?:是什么|学过几次|情况)?[?？。！\\s]*$`,
  ),
  new RegExp(
    `^\\s*(?:请|帮我)?(?:查找?|查看|看看?|找找?|查一下|看一下|找一下|搜索?)${LIBRARY}(?:中|里)?[:：\\s]*(?<title>[^\\n，。？?]{2,30}?)[?？。！\\s]*$`,
  ),
  new RegExp(
    `^\\s*${LIBRARY}(?:中|里)?(?:有没有|有无|有)[:：\\s]*(?:关于)?(?<title>[^\\n，。？?]{2,30}?)(?:的?内容)?[吗么]?[?？。！\\s]*$`,
  ),
  /^\s*(?<title>《[^》\n]{2,60}》)学(?:习)?过?(?:了)?(?:几|多少)[次遍回][?？。！\s]*$/,
];

const marked = (title: string): string => title.replace(/^“(.*)”$/, '$1');
const whichOf = ({ no, title }: Record<string, string | undefined>): SaidTopic => ({
  ...(no && { no: Number(no) }),
  ...(title && { title: marked(title) }),
});

/** What is to become of the library of topics, from words that name it (R10); null for other words. */
export function topicChangeSaid(text: string): SaidChange | null {
  const added = ADDS.exec(text)?.groups?.['rest'];
  if (added !== undefined) return addition(added);
  for (const [change, pattern] of CHANGES) {
    const found = pattern.exec(text)?.groups;
    const value = found?.['value']?.trim();
    if (found && value && !(change === 'rename' && isClass(value))) return { change, value, ...whichOf(found) };
  }
  const [retired, restored] = [RETIRES, RESTORES].map((patterns) => groupsOf(patterns, text));
  if (retired) return { change: 'retire', ...whichOf(retired) };
  return restored ? { change: 'restore', ...whichOf(restored) } : null;
}

const isClass = (value: string): boolean => new RegExp(`^(?:${CLASSES.join('|')})类?$`).test(value);
const groupsOf = (patterns: RegExp[], text: string): Record<string, string | undefined> | undefined =>
  patterns.map((pattern) => pattern.exec(text)?.groups).find((groups) => groups !== undefined);

/** 「《专利法》（业务） 材料：专利法原文」: a title in marks stands for itself, else what is left of class and material. */
function addition(rest: string): SaidChange {
  const material = MATERIAL.exec(rest)?.groups?.['material']?.trim();
  const besides = rest.replace(MATERIAL, ' ');
  const book = /《[^》\n]{1,60}》/.exec(besides)?.[0];
  const kind = KIND.exec(book ? besides.replace(book, ' ') : besides)?.groups?.['kind'] as TopicClass | undefined;
  const title = book ?? besides.replace(kind ? KIND : /$^/, ' ').replace(/[（(]\s*[）)]/g, ' ');
  return {
    change: 'add',
    title: title.replace(/^[\s，,；;、：:]+|[\s，,；;、：:。]+$/g, '').replace(/\s+/g, ' '),
    ...(kind && { kind }),
    ...(material && { material }),
  };
}

/** Which topic somebody looks for (R10): a number, or words of its title; null for other words. */
export function topicSought(text: string): SaidTopic | null {
  const found = groupsOf(FINDS, text);
  // 「学习内容有哪些」 asks for all of them.
  if (!found || /^(?:哪些|哪几|什么|多少|几|些)/.test(found['title'] ?? '')) return null;
  return whichOf(found);
}
