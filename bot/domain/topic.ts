const bare = (text: string): string => text.replace(/[\s\p{P}]/gu, '');

/** 类别 of the library (R10) */
export const CLASSES = ['政治理论', '业务', '廉政'] as const;
export type TopicClass = (typeof CLASSES)[number];

/** True if two titles differ at most in marks and blanks. */
export const sameTitle = (one: string, other: string): boolean => bare(one) === bare(other);

/** The longest run of characters two texts share. */
function commonRun(one: string, other: string): number {
  let longest = 0;
  for (let start = 0; start < one.length; start++)
    while (start + longest < one.length && other.includes(one.slice(start, start + longest + 1))) longest += 1;
  return longest;
}

/** How well what a session is about fits a topic of the library; 0 where it is another matter. */
export function fitOfTopic(said: string, title: string): number {
  const [one, other] = [bare(said), bare(title)];
  if (one.length === 0 || other.length === 0) return 0;
  const run = commonRun(one, other);
  return run >= 4 || (run >= 3 && run === Math.min(one.length, other.length)) ? run : 0;
}

/** The topic of the library a session is on (R10); null for none of it. */
export function topicOf<T extends { title: string }>(said: string, topics: readonly T[]): T | null {
  const [best] = topics
    .map((topic) => ({ topic, fit: fitOfTopic(said, topic.title) }))
    .filter(({ fit }) => fit > 0)
    .sort((one, other) => other.fit - one.fit);
  return best?.topic ?? null;
}

/** The three titles nearest to words that fit none. */
export const nearestTopics = (said: string, titles: readonly string[]): string[] =>
  titles
    .map((title) => ({ title, run: commonRun(bare(said), bare(title)) }))
    .sort((one, other) => other.run - one.run)
    .slice(0, 3)
    .map(({ title }) => title);

/** 学习形式 (N14): the eight of the document. */
export const FORMS = [
  ...['专题培训班', '外出考察学习', '调查研究', '演讲比赛', '知识竞赛', '学习心得评比', '有奖征文', '知识测试'],
] as const;
/** 讲谈议读写 (N10, Q2) */
export const KINDS = ['讲', '谈', '议', '读', '写'] as const;
