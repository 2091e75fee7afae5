import { z } from 'zod';
import { addDays, dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { LIGHT_WORDS, type Light, lit } from '#bot/domain/light.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemLabel, itemMeant } from '#bot/language/evidence.ts';
import { moodOf } from '#bot/language/mood.ts';
import { has } from '#bot/permission.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { lightRuleAt } from '#bot/store/figures.ts';

const light = z.enum(['green', 'yellow', 'red', 'grey']);
type Lit = Outcome & {
  kind: 'set' | 'cleared' | 'no-reason' | 'past' | 'too-long' | 'accepted' | 'not-set';
  item: { no: number; title: string };
  before: Light;
  now: Light;
  why: string;
  until: string;
  told: string[];
  by: string;
};

const COLOURS: [z.infer<typeof light>, string][] = [
  ['green', '绿'],
  ['yellow', '黄'],
  ['red', '红'],
  ['grey', '灰'],
];
const SETS = /(?:设|改|调|置|定|亮|变更|标)(?:定|置|整|注)?(?:为|成|到|作)?\s*[红黄绿灰](?:色|灯)/;
const CLEARS =
  /(?:取消|解除|撤掉|去掉|恢复)[^，。]{0,14}(?:设定|人工|手工|指定|规则)[^，。]{0,4}(?:亮?灯|灯色)?|(?:亮?灯|灯色)[^，。]{0,4}恢复(?:按)?(?:规则|自动)/;
const REASON = /(?:理由|原因|因为|由于)(?:是|为)?[：:，,]?\s*(.{2,})$/s;
const LONGEST_DAYS = 92;

/** 设定亮灯: the office sets an item's light against the rule, with a reason and a last day; afterwards the rule counts again (R43). */
export default defineHandler({
  name: 'ledger.set_light',
  title: '设定亮灯',
  examples: ['4号台账设为黄灯到6月10日，原因等省厅批复'],
  input: z.object({ item: z.string(), light: light.optional(), until: day.optional(), reason: z.string() }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [SETS, CLEARS],
  meant(clause) {
    const { text, reading } = clause;
    // What stands in the reason denies nothing: 「尚未启动」.
    const order = text.replace(REASON, '');
    const mood = moodOf(order);
    const clears = cue(clause, CLEARS);
    const span = cue(clause, SETS) ?? clears;
    if (!span || reading.chat === 'group' || mood.asks || mood.denies || mood.supposes || mood.hears) return null;
    if (/[?？]|[吗么](?=[，。\s]|$)|不[要能用]|别|已经(?:设|改|变)|自动/.test(order) && !clears) return null;
    if (clause.items.length === 0 || clause.items.every(({ how }) => how === 'gist')) return null;
    const fit = itemMeant(clause);
    if (!fit) return null;
    if ('several' in fit) return ask(clause, 2.8, '您要设定哪一项的灯？', itemChoices(fit.several));
    const { code } = fit.one;
    if (clears && !SETS.test(text)) return act(clause, 2.9, { item: code, reason: '' });
    const [named] = COLOURS.filter(([, sign]) =>
      text.slice(span.start - clause.start, span.end - clause.start).includes(sign),
    );
    const until = clause
      .days('ahead')
      .find(({ start }) => start < text.length && !REASON.exec(text)?.[0].includes(text.slice(start - clause.start)));
    const reason =
      REASON.exec(clause.said)?.[1]
        ?.replace(/[。！!]+$/, '')
        .trim() ?? '';
    if (!until)
      return ask(
        clause,
        2.8,
        `${itemLabel(fit.one)}的灯设到哪一天？请写成“${fit.one.no}号台账设为黄灯到6月10日，原因……”。`,
      );
    return act(clause, 2.9, { item: code, ...(named && { light: named[0] }), until: until.day, reason });
  },

  async execute({ input, actor, message, world, tx }): Promise<Lit> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const today = dayOf(message.sentAt);
    const rule = await lightRuleAt(tx, message.sentAt);
    const { light: before } = lit(item, today, rule);
    const head = world.departments.find(({ code }) => code === item.departmentCode)?.head ?? null;
    const told = head !== null && head !== actor.id ? [head] : [];
    const until = input.until ?? today;
    const common = { item, before, now: before, why: '', until, told, by: actor.name };
    const refused = whyNot(input, item, today);
    if (refused) return { kind: refused, changed: false, ...common };
    const { ids, item: now } = await record(tx, item.code, {
      ...{ kind: 'lit', personId: actor.id, at: message.sentAt, note: input.reason, inboxKey: message.key },
      ...{ other: input.light ?? null, day: input.light ? until : null },
    });
    const kind = input.light ? 'set' : 'cleared';
    return {
      ...common,
      kind,
      changed: true,
      memo: { code: item.code, ids },
      now: lit(now, today, rule).light,
      why: lit(now, today, rule).why,
    };
  },

  reply({ kind, item, before, now, why, until }) {
    const name = itemName(item);
    switch (kind) {
      case 'set':
        return `已设定：${name}${LIGHT_WORDS[before]}→${LIGHT_WORDS[now]}，到${dayInWords(until)}，之后恢复按规则亮灯。${TAKE_BACK}`;
      case 'cleared':
        return `已恢复按规则亮灯：${name}${LIGHT_WORDS[before]}→${LIGHT_WORDS[now]}（${why}）。${TAKE_BACK}`;
      case 'no-reason':
        return `没有设定：请写明原因，如“${item.no}号台账设为黄灯到6月10日，原因等省厅批复”。`;
      case 'past':
        return `没有设定：${dayInWords(until)}已过，请写今天以后的日期。`;
      case 'too-long':
        return `没有设定：最长设定${LONGEST_DAYS}天，请写${LONGEST_DAYS}天以内的日期。`;
      case 'accepted':
        return `没有设定：${name}已通过验收，亮蓝灯。`;
      case 'not-set':
        return `没有改动：${name}没有设定过灯，现按规则亮${LIGHT_WORDS[before]}。`;
    }
  },
  notify: ({ kind, item, now, until, told, by }) =>
    kind === 'set'
      ? told.map((to) => ({
          to,
          text: `${by}已将${itemName(item)}设定为${LIGHT_WORDS[now]}，到${dayInWords(until)}。`,
        }))
      : [],
  async undo(memo, { actor, message, tx }) {
    const { code, ids } = z.object({ code: z.string(), ids: z.array(z.number()) }).parse(memo);
    return (await takeBackFacts(tx, code, ids, { personId: actor.id, at: message.sentAt })) !== null;
  },
});

function whyNot(
  input: { light?: string | undefined; until?: string | undefined; reason: string },
  item: { acceptedAt: Date | null; setLight: string | null; setLightUntil: string | null },
  today: string,
): 'accepted' | 'not-set' | 'no-reason' | 'past' | 'too-long' | null {
  if (item.acceptedAt) return 'accepted';
  if (!input.light) return item.setLight && (item.setLightUntil ?? '') >= today ? null : 'not-set';
  if (!input.reason) return 'no-reason';
  if ((input.until ?? today) < today) return 'past';
  return (input.until ?? today) > addDays(today, LONGEST_DAYS) ? 'too-long' : null;
}
