import { z } from 'zod';
import { itemName } from '#bot/domain/item-words.ts';
import { defineHandler, type Execution } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemMeant } from '#bot/language/evidence.ts';
import { itemsOf, type WorldItem, type WorldPerson } from '#bot/language/world.ts';
import { materialsInWords } from '#bot/materials/kind.ts';
import { lastFact } from '#bot/store/facts.ts';
import { looseOf, materialsOf, talkedAbout } from '#bot/store/material.ts';

// 「刚才的照片附到3号台账」, 「把这几张图存到K3-4」, 「刚发的文件是K3-4的佐证」
const THING = '(?:照片|图片|相片|截图|图|文件|附件|视频|材料|扫描件)';
const POINTED = '(?:刚才|刚刚|刚|上面|前面|以上|这|那|我)(?:[几两三四五六七八九十]?[张个份些])?[^，。；]{0,5}?';
const ATTACHES = new RegExp(
  `^\\s*(?:请|帮我)?[把将]?${POINTED}${THING}[^，。；]{0,4}?(?:附|挂|存|归|放|加|添|并)(?:到|在|入|进|给)`,
);
const PROVES = new RegExp(
  `^\\s*${POINTED}${THING}(?:都)?(?:是|算|作为|当作?).+的?(?:佐证|证明|证据)(?:材料)?[。.!！]?$`,
);

/** 附佐证: pictures and files that were sent become evidence of a ledger item (R42, R46). */
export default defineHandler({
  name: 'evidence.attach',
  title: '附佐证',
  examples: ['刚才的照片附到4号台账'],
  input: z.object({ item: z.string(), files: z.array(z.number()).optional() }),
  allow: {
    doneBy: '承办科室（单位）、分管领导或活动办',
    async permits({ input, actor, tx }) {
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      return mayAttach(actor, { department: item.departmentCode, owner: item.ownerId, leader: item.leaderId });
    },
  },

  over: 'message',
  cues: [ATTACHES, PROVES],
  meant(clause) {
    const span = cue(clause, ATTACHES) ?? cue(clause, PROVES);
    const { mood, reading } = clause;
    if (!span || mood.asks || mood.supposes || mood.hears || mood.plans || reading.chat === 'group') return null;
    const claimed = { start: clause.start, end: clause.end };
    const fit = itemMeant(clause);
    if (!fit) return ask(claimed, 2.9, '您要附到哪一项？请带上编号，如“刚才的照片附到3号台账”。');
    if ('several' in fit) return ask(claimed, 2.9, '您要附到哪一项？', itemChoices(fit.several));
    return act(claimed, 2.9, { item: fit.one.code });
  },

  /** To the item that was just spoken of; else it is asked, the own ones offered. */
  async receives(materials, { actor, message, world, tx }) {
    if (materials.some(({ draftId }) => draftId !== null)) return null;
    const said = message.content.kind === 'text';
    const code = await talkedAbout(tx, actor.id, message.key, message.sentAt);
    const files = materials.map(({ id }) => id);
    const item = world.ledger.find((one) => one.code === code);
    if (item && mayAttach(actor, item)) return { input: { item: item.code, files } };
    // Among colleagues a picture beside other words is their own affair.
    if (message.chat === 'group' && said) return null;
    const what = materialsInWords(materials);
    const choices = await candidates({ actor, world, tx });
    if (choices.length === 0)
      return { question: `已收下${what}，还没有归到台账。请说明是哪一项，如“刚才的照片附到3号台账”。`, choices: [] };
    const question = `已收下${what}。是哪项台账的佐证？不在其中的，请说“刚才的照片附到3号台账”。`;
    return {
      question,
      choices: choices.map(({ code, no, title }) => ({ label: `${no}号《${title}》`, input: { item: code, files } })),
    };
  },

  async execute({ input, actor, message, tx }) {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const before = await materialsOf(tx, item.code);
    if (item.acceptedAt) return { kind: 'accepted', changed: false, item, added: [], now: before, asked: null };
    const wanted = await looseOf(tx, actor.id, input.files, message.sentAt);
    // The same bytes prove nothing more.
    const known = new Set(before.map(({ hash }) => hash));
    const added = wanted.filter(
      ({ hash }, index) => hash === '' || (!known.has(hash) && wanted.findIndex((one) => one.hash === hash) === index),
    );
    if (added.length === 0)
      return { kind: wanted.length > 0 ? 'there' : 'nothing', changed: false, item, added, now: before, asked: null };
    const ids = added.map(({ id }) => id);
    await tx.material.updateMany({
      where: { id: { in: ids } },
      data: { itemCode: item.code, attachedAt: message.sentAt },
    });
    // Who asked for it hears that it came (R46).
    const round = item.completedAt ? await lastFact(tx, item.code, 'applied', 'supplement') : null;
    const asked = round?.kind === 'supplement' ? round.personId : null;
    return { kind: 'attached', changed: true, memo: { ids }, item, added, now: [...before, ...added], asked };
  },

  reply({ kind, item, added, now }) {
    const name = itemName(item);
    if (kind === 'attached')
      return `已存为${name}的佐证：${materialsInWords(added)}，现有${now.length}份。十分钟内可发“撤销”收回，看材料请发“看${item.no}号台账的佐证”。`;
    if (kind === 'there') return `${name}已有同样的材料，没有重复添加。`;
    if (kind === 'accepted') return `没有添加：${name}已通过验收，不再改动。`;
    return '没有找到您十分钟内发来的照片或文件。请先发材料，再说附到哪一项。';
  },
  inGroup: ({ kind, item, now }) =>
    kind === 'attached' ? `已存为${itemName(item)}的佐证，现有${now.length}份。` : '没有添加佐证，原因已私信告知。',

  notify: ({ kind, item, added, now, asked }) =>
    kind === 'attached' && asked
      ? [
          {
            to: asked,
            text: `${itemName(item)}已补充${materialsInWords(added)}，现有佐证${now.length}份。请回复“${item.no}号台账验收通过”或“${item.no}号台账退回，原因”。`,
          },
        ]
      : [],

  async undo(memo, { tx }) {
    const { ids } = z.object({ ids: z.array(z.number()) }).parse(memo);
    const rows = await tx.material.findMany({ where: { id: { in: ids } } });
    const [first] = rows;
    const item = first?.itemCode && (await tx.ledgerItem.findUnique({ where: { code: first.itemCode } }));
    if (!item || item.acceptedAt) return false;
    await tx.material.updateMany({ where: { id: { in: ids } }, data: { itemCode: null, attachedAt: null } });
    return { words: `${itemName(item)}少了${ids.length}份佐证。` };
  },
});

type Place = Pick<WorldItem, 'department' | 'owner' | 'leader'>;
const mayAttach = ({ id, department, roles }: WorldPerson, item: Place): boolean =>
  item.department === department || [item.owner, item.leader].includes(id) || roles.includes('office');

/** The own items that are not accepted, then the unit's; those due next first. */
async function candidates({ actor, world, tx }: Pick<Execution<unknown>, 'actor' | 'world' | 'tx'>) {
  const near = itemsOf(world, { owner: actor.id, department: actor.department });
  const accepted = await tx.ledgerItem.findMany({
    where: { code: { in: near.map(({ code }) => code) }, acceptedAt: { not: null } },
    select: { code: true },
  });
  const done = new Set(accepted.map(({ code }) => code));
  const own = ({ owner }: WorldItem): number => (owner === actor.id ? 0 : 1);
  return near
    .filter(({ code }) => !done.has(code))
    .sort((one, other) => own(one) - own(other) || one.deadline.localeCompare(other.deadline))
    .slice(0, 5);
}
