import { wordsIn } from '#bot/domain/draft.ts';
import { likeness } from '#bot/domain/likeness.ts';
import type { World, WorldPerson } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';

const ALIKE = 0.9;

export interface KeptReflection {
  id: number;
  words: number;
  /** 第几稿 of this title */
  version: number;
  /** whose text it is nearly the same as; for the office only (R22) */
  copyOf: { personId: string; share: number } | null;
}

interface Handed {
  title: string;
  text: string;
  at: Date;
  inboxKey: string;
  /** under which draft its files are kept */
  draftId?: number | null;
}

/** Keeps a 心得体会 whole and looks whether a colleague handed in nearly the same. */
export async function keepReflection(
  tx: Tx,
  person: WorldPerson,
  { title, text, at, inboxKey, draftId = null }: Handed,
): Promise<KeptReflection> {
  const others = await tx.reflection.findMany({ where: { personId: { not: person.id }, undoneAt: null } });
  const [closest] = others
    .map((one) => ({ one, share: likeness(one.text, text) }))
    .filter(({ share }) => share >= ALIKE)
    .sort((first, second) => second.share - first.share);
  const own = { personId: person.id, title, undoneAt: null };
  const version = 1 + (title ? await tx.reflection.count({ where: own }) : 0);
  const { id } = await tx.reflection.create({
    data: {
      ...{ personId: person.id, departmentCode: person.department, title, text, at, inboxKey },
      ...{ similarTo: closest?.one.id ?? null, version, draftId },
    },
  });
  return {
    id,
    words: wordsIn(text),
    version,
    copyOf: closest ? { personId: closest.one.personId, share: closest.share } : null,
  };
}

/** What the office, and nobody else, hears of a text that is nearly a colleague's (R22); empty where it is none. */
export function copyInWords(
  { copyOf }: KeptReflection,
  { name }: WorldPerson,
  title: string,
  { members }: World,
): string {
  if (!copyOf) return '';
  const other = members.find(({ id }) => id === copyOf.personId)?.name ?? '已离任人员';
  const what = `心得体会${title && `《${title}》`}`;
  return `${name}的${what}与${other}的相似${(100 * copyOf.share).toFixed(1)}%，请核对。此消息只发活动办。`;
}
