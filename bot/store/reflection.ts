import { likeness } from '#bot/domain/likeness.ts';
import type { WorldPerson } from '#bot/language/reading.ts';
import type { Tx } from './db.ts';

const ALIKE = 0.9;

export interface KeptReflection {
  id: number;
  words: number;
  /** whose text it is nearly the same as; for the office only (R22) */
  copyOf: { personId: string; share: number } | null;
}

/** Keeps a 心得体会 whole and looks whether a colleague handed in nearly the same. */
export async function keepReflection(
  tx: Tx,
  person: WorldPerson,
  { title, text, at, inboxKey }: { title: string; text: string; at: Date; inboxKey: string },
): Promise<KeptReflection> {
  const others = await tx.reflection.findMany({ where: { personId: { not: person.id }, undoneAt: null } });
  const [closest] = others
    .map((one) => ({ one, share: likeness(one.text, text) }))
    .filter(({ share }) => share >= ALIKE)
    .sort((first, second) => second.share - first.share);
  const { id } = await tx.reflection.create({
    data: {
      ...{ personId: person.id, departmentCode: person.department, title, text, at, inboxKey },
      similarTo: closest?.one.id ?? null,
    },
  });
  const words = text.replace(/\s/g, '').length;
  return { id, words, copyOf: closest ? { personId: closest.one.personId, share: closest.share } : null };
}
