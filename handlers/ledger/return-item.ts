import { z } from 'zod';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, around, ask, cue, itemChoices, partWith, surelyMeant } from '#bot/language/evidence.ts';
import { moodOf } from '#bot/language/mood.ts';
import type { Clause } from '#bot/language/reading.ts';
import { verbose } from '#bot/language/verbose.ts';
import { awaitedFrom } from '#bot/permission.ts';
import { mayDecideOn } from '#bot/store/acceptance.ts';
import { lastFact, record, takeBackFacts } from '#bot/store/facts.ts';

type Returned = Outcome & {
  kind: 'returned' | 'not-waiting' | 'no-reason';
  item: { no: number; title: string };
  told: string[];
  reason: string;
};

const RETURNS = verbose`
  拿回去 | 发还 | 回炉 | 退补 | 补[正齐全][^，。]{0,4}再[报来交] | 让[他她]们[^，。]{0,6}[补重] | 退回 | 退给 | 退还 | 打回
  | 打回去 | 驳回 | 退了 | 退掉 | 发回 | 返工 | 重新?(?:报|做|弄|整|来) | 不予(?:通过|验收|认可|销号)
  | (?:不|别|甭|不要|先别|不给|没)(?:能|让|予)?(?:算)?(?:通过|过(?!去|来|年|期|问|程|于|了[吗没])) | 不能算 | 不认可 | 不过关
  | 没通过 | 验收不(?:合格|通过|了) | 先不验 | (?:^|[，,\s\d项件号条])退(?:[。!！，,]|$)
`;
const OTHER_ACT = /催|点评|互评|排名|月报|请假|准假|的假|安排|取消|签到(?!照片|表|册|簿|记录|单|材料)|撤销|通过$/;
// Told of what others did.
const PASSIVE =
  /退回来?[^，。]{0,3}(?:改|补|修)了|退回来(?:改|重|补)|(?:被|[省市]里?|省厅|上级|上面|部里|厅里|专家|甲方)[^，。]{0,6}(?:退回|打回|驳回|返工|发回|退了)|退回来了|又退/;

/** 退回验收: what was handed in goes back with the reason, every round is kept (R46). */
export default defineHandler({
  name: 'ledger.return',
  title: '退回验收',
  // What goes back is the work or what was handed in with it, no paper of another kind.
  account: {
    rests: [RETURNS],
    words: /验收|材料|资料|佐证|台账|整改|[项件条份]|报上?来?|不[行全]|票据|让|他们|拿/,
    ahead: 1,
  },
  examples: ['J-2退回，名册缺电话'],
  pressing: true,
  offers: ({ actor, world }) => awaitedFrom(actor, world).map(({ no }) => `${no}号台账退回，缺佐证材料`),
  input: z.object({ item: z.string(), reason: z.string() }),
  allow: {
    doneBy: '分管领导',
    permits: ({ input, actor, tx }) => mayDecideOn(tx, input.item, actor),
  },

  over: 'clause',
  cues: [RETURNS],
  meant(scene) {
    const clause = around(scene, RETURNS, OTHER_ACT);
    const { reading } = clause;
    const span = cue(clause, RETURNS);
    if (!span) return null;
    const part = partWith(clause, RETURNS);
    const mood = moodOf(part.replace(RETURNS, ''));
    if (
      mood.asks ||
      /[?？]|吗/.test(part) ||
      mood.supposes ||
      mood.hears ||
      /假(?![日期冒如设装])|别退|不是退|退了?\s*[\d一二两三四五六七八九十]+[项家个所件]|没过\s*[\d一二两三四五六七八九十]|不退|没退|撤|退回?[去来]?过|与否|动不动|(?:因为|由于)[^，。]*退回?的/.test(
        part,
      ) ||
      PASSIVE.test(part) ||
      // Thought better of in the same breath.
      /(?:先|还是|暂时?|算了[，,]?)(?:不|别)退/.test(clause.text) ||
      // Put off to look at it once more is not sent back.
      (/[先暂](?:不|别)[^，。]{0,2}(?:验|批|过)/.test(part) &&
        /[没未][^，。]{0,3}(?:看|研究)|再(?:看|想|议)|考虑/.test(clause.text)) ||
      /申请|恳请|呈请|延[期至到]|宽限/.test(clause.text) ||
      /要是|如果|再[^，。]{0,4}就退/.test(part)
    )
      return null;
    const claimed = { start: clause.start, end: clause.end };
    const fit = surelyMeant(clause, (code) => reading.world.pending.acceptances.includes(code));
    const waiting = reading.world.pending.acceptances.flatMap((code) => reading.lexicon.items.coded(code) ?? []);
    if (!fit)
      return reading.chat === 'direct' && /退|打回|返工|验/.test(part)
        ? ask(claimed, 2, '您要退回哪一项？请带上编号和原因，如“3号台账退回，缺会议纪要”。', itemChoices(waiting))
        : null;
    // 「不能过」 alone is said of much; it returns what waits.
    const plain = /退|打回|驳回|返工|发[回还]|验|不予|回炉|拿回去/.test(clause.text);
    if (!plain && !('one' in fit && waiting.includes(fit.one))) return null;
    const items = 'one' in fit ? [fit.one] : fit.several.filter((item) => waiting.includes(item));
    const [item, other] = items;
    if (!item || other) return ask(claimed, 2, '您要退回哪一项？', itemChoices('several' in fit ? fit.several : items));
    if (/重新?(?:报|做|弄|整)/.test(part) && !/退|验|打回|返工/.test(clause.text) && !waiting.includes(item))
      return null;
    const after = reasonAfter(clause);
    const whole = { start: clause.start, end: after?.end ?? clause.end };
    return act(whole, 2.7, { item: item.code, reason: after?.reason || reasonIn(clause.said) });
  },

  async execute({ input, actor, message, tx }): Promise<Returned> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const reason = input.reason.replace(/[。！!，,\s]+$/, '');
    const applied = await lastFact(tx, item.code, 'applied');
    const told = [...new Set([item.ownerId, applied?.personId ?? null])].filter((id) => id !== null);
    const common = { item, told, reason };
    if (!item.completedAt || item.acceptedAt) return { kind: 'not-waiting', changed: false, ...common };
    if (!reason) return { kind: 'no-reason', changed: false, ...common };
    const at = message.sentAt;
    const fact = { kind: 'returned' as const, personId: actor.id, at, note: reason, inboxKey: message.key };
    const { ids } = await record(tx, item.code, fact);
    const memo = { code: item.code, ids, told };
    return { kind: 'returned', changed: true, memo, ...common };
  },

  reply({ kind, item, reason }) {
    const name = `${item.no}号台账《${item.title}》`;
    if (kind === 'not-waiting') return `${name}没有在等待验收。`;
    if (kind === 'no-reason') return `没有退回：请写明原因，如“${item.no}号台账退回，缺会议纪要”。`;
    return `已退回：${name}，原因：${reason}。已告知责任人。${TAKE_BACK}`;
  },
  notify: ({ kind, item, told, reason }) =>
    kind === 'returned'
      ? told.map((to) => ({
          to,
          text: `退回。原因：${reason}。请补充后重新申请验收${item.no}号台账《${item.title}》。`,
        }))
      : [],
  async undo(memo, { actor, message, tx }) {
    const { code, ids, told } = z
      .object({ code: z.string(), ids: z.array(z.number()), told: z.array(z.string()) })
      .parse(memo);
    const item = await takeBackFacts(tx, code, ids, { personId: actor.id, at: message.sentAt });
    if (!item) return false;
    const { no, title } = item;
    return told.map((to) => ({ to, text: `${no}号台账《${title}》的退回已收回，继续等待验收。` }));
  },
});

/** 「Z-2退回。原因：佐证材料不全，请补充。」: a sentence of its own that gives the reason, to the next that names a work. */
function reasonAfter({ reading, end }: Clause): { reason: string; end: number } | null {
  const next = reading.sentences.find(({ start, items }) => start >= end && items.length > 0);
  const words = reading.said.text.slice(end, next?.start);
  const [opening] = /^[\s。；;！!]*(?:退回)?(?:原因|理由)(?:是|如下)?[：:，,\s]*/.exec(words) ?? [];
  return opening === undefined ? null : { reason: words.slice(opening.length).trim(), end: end + words.length };
}

/** Why it goes back: what was said beside the word itself. */
const reasonIn = (said: string): string =>
  said.replace(/^.*?(?:退回|打回|驳回)(?:补正|修改|重报|去)?[，,：:。\s]*/, '').trim() ||
  said.replace(/[，,。]?\s*(?:先?(?:退回|打回|驳回|退了?))[。!！\s]*$/, '').trim();
