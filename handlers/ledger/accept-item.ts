import { z } from 'zod';
import { isBelowTarget } from '#bot/domain/acceptance.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, around, ask, cue, itemChoices, partWith, surelyMeant } from '#bot/language/evidence.ts';
import { moodOf } from '#bot/language/mood.ts';
import type { Clause, WorldPerson } from '#bot/language/reading.ts';
import { NUMBER, readNumber } from '#bot/language/slots/number.ts';
import type { Span } from '#bot/language/text.ts';
import { verbose } from '#bot/language/verbose.ts';
import { itemsOf } from '#bot/language/world.ts';
import { awaitedFrom } from '#bot/permission.ts';
import { mayDecideOn } from '#bot/store/acceptance.ts';
import { record } from '#bot/store/facts.ts';

const input = z.object({ item: z.string(), note: z.string() });
type Input = z.infer<typeof input>;
type Accepted = Outcome & {
  kind: 'accepted' | 'not-waiting' | 'below-target';
  item: {
    no: number;
    title: string;
    ownerId: string | null;
    target: number | null;
    quantity: number | null;
    unit: string | null;
  };
  by: string;
};

const ACCEPTS = verbose`
  算(?:你|他|她)们?(?:的)?(?:交差|完成|办结|合格|成了) | 验收[^，。；]{0,3}(?:通过(?![的率后前])|合格(?![的率])|没问题|过了)
  | (?:通过|同意|准予|予以|可以|准许|准其)[^，。；]{0,6}(?:验收|销号|办结|结项|结案|核销|归档)(?!通过) | 验收(?:可以|行|OK|ok)
  | 验收了$ | 验过了 | 予以通过 | 过了$ | (?:^|[，,\s、])(?:验收)?(?:通过|合格|过关|过)(?:了|吧|哈|啦)?[。!！]?$
  | 算(?:你|他|她)?们?过了? | 销号吧 | 给(?:他|她)?们?过了?吧?
  | (?:可以|能|让|都|全|准)[^，。；]{0,3}(?:通过|过|销号)(?:了|吧|啦|哈)?[。!！]?$ | 全部通过 | 都通过(?=[吧了，。]|$)
  | (?:号(?:台账)?|[项件个]|[A-Za-z]+-?\d+(?:-\d+)?)\s*(?:验收)?(?:通过|合格) | 认可[^，。]{0,3}$
  | (?<![没未不])通过(?:了|吧|啦)?[。!！]?$
`;
const OTHER_ACT = /退[回给]|打回|催|点评|互评|排名|月报|请假|准假|的假|安排|取消|签到|撤/;
const BARE = /(?<![不别未没缓])验收[。!！]?$/;
const NEWS = /通过(?:了|啦|咯|喽)|太好了|终于|过啦|谢谢|感谢|恭喜|耶/;
const AWAITED =
  /待验收|等[着待]?[^，。]{0,4}验收|[报交送]上来的|待[审批]的?|送验的|申请验收的|那[几二两三四五]项|这[几二两三四五]项|全部|都/;

/** 验收通过: the leader in charge accepts finished work; it waits for a 确认 (requirements 1.1, R46). */
export default defineHandler({
  name: 'ledger.accept',
  title: '验收',
  plain: true,
  // A paper, a plan, a photo that belongs to the work passes without the work.
  account: {
    words:
      /验收|材料|资料|佐证|台账|整改|意见|[看翻核审查验过]|[项件条份]|没[啥什么]*(?:问题|毛病)|齐全?|同意|[准予]以?|可以|合格|通过/,
    ahead: 1,
  },
  examples: ['1号台账验收通过'],
  pressing: true,
  tappable: true,
  offers: ({ actor, world }) => awaitedFrom(actor, world).map(({ no }) => `${no}号台账验收通过`),
  input,
  allow: {
    doneBy: '分管领导',
    permits: ({ input, actor, tx }: Execution<Input>) => mayDecideOn(tx, input.item, actor),
  },

  over: 'clause',
  cues: [ACCEPTS, BARE],
  meant(scene) {
    const clause = around(scene, ACCEPTS, OTHER_ACT);
    const { reading, text } = clause;
    const span = cue(clause, ACCEPTS) ?? bareOrder(clause);
    if (!span) return null;
    const part = ACCEPTS.test(text) ? partWith(clause, ACCEPTS) : text;
    const mood = moodOf(part);
    if (
      mood.asks ||
      mood.supposes ||
      mood.hears ||
      /申请|提请|恳请|呈请|请(?:领导|组织|您)|不(?:予|能|同意|通过|合格)|没(?:通过|过)|未通过|通过(?:后|之后|以后|还)|勉强|与否|(?:方案|小组名单|[党常][组委务]?会|办公会|初[审步]|评审|论证|预算|稿)[^，。验]{0,6}通过|别|甭|先不|暂不|不急|再看看|假(?![日期冒如设装])/.test(
        part,
      )
    )
      return null;
    if (/打算|准备|等(?!着)|如果|要是|才/.test(part) || /申请|[恳呈报提]请/.test(text.replace(/申请验收的/, '')))
      return null;
    const outright = /验|销号/.test(reading.message.text);
    const named =
      clause.items.length > 1
        ? clause.items.filter(
            ({ items, how, score }) =>
              items.length === 1 && (how !== 'gist' || score > 1 || isWaiting(clause, items[0]?.code)),
          )
        : [];
    const claimed = { start: clause.start, end: span.end };
    if (named.length > 1 && /都|均|[、和]/.test(text))
      return act(
        claimed,
        2.6,
        ...[...named]
          .sort((one, other) => one.start - other.start)
          .flatMap(({ items }) => items.map((item) => ({ item: item.code, note: clause.said }))),
      );
    const acceptances = new Set(reading.world.pending.acceptances);
    const waiting = (code: string): boolean => acceptances.has(code);
    const fit = surelyMeant(clause, waiting);
    // 「……，请予验收」 of one's own work asks for the acceptance of it.
    if (fit && 'one' in fit && fit.one.owner === reading.speaker.id && /[请求望盼][^，。通过]{0,3}验收/.test(text))
      return null;
    if (!fit && AWAITED.test(text) && outright) {
      const all = awaited(clause);
      if (all.length > 0) return act(claimed, 2.6, ...all.map((item) => ({ item, note: clause.said })));
    }
    if (
      !fit &&
      /那[件项个]|这[件项个]/.test(text) &&
      /通过/.test(part) &&
      reading.world.pending.acceptances.length > 0 &&
      reading.chat === 'direct'
    )
      return ask(claimed, 2, '您要验收哪一项？', itemChoices(reading.world.ledger.filter(({ code }) => waiting(code))));
    if (!fit)
      return outright && reading.chat === 'direct'
        ? ask(
            claimed,
            2,
            '您要验收哪一项？请带上编号，如“3号台账验收通过”。',
            itemChoices(reading.world.ledger.filter(({ code }) => waiting(code))),
          )
        : null;
    const items = 'one' in fit ? [fit.one] : fit.several.filter(({ code }) => waiting(code));
    const [item, other] = items;
    if (!item || other) return ask(claimed, 2, '您要验收哪一项？', itemChoices('several' in fit ? fit.several : items));
    if (!outright && !waiting(item.code)) return null;
    const own = item.department === reading.speaker.department && !superior(reading.speaker);
    if (own && (NEWS.test(text) || (/可以/.test(part) && !/通过/.test(part)))) return null;

    return act(claimed, 2.6, { item: item.code, note: clause.said });
  },

  async confirm({ input, tx }) {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    if (!item.completedAt || item.acceptedAt || isBelowTarget(item)) return null;
    const figure = item.target === null ? '' : `（${item.quantity ?? 0}/${item.target}${item.unit ?? ''}）`;
    return `将验收通过${item.no}号台账《${item.title}》${figure}，通过后不能撤销。请回复“确认”或“取消”。`;
  },

  async execute({ input, actor, message, tx }): Promise<Accepted> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const common = { item, by: actor.name };
    if (!item.completedAt || item.acceptedAt || item.endedAt) return { kind: 'not-waiting', changed: false, ...common };
    // A part corrected, or a target raised, while it waited: no acceptance below the target (R46).
    if (isBelowTarget(item)) return { kind: 'below-target', changed: false, ...common };
    const at = message.sentAt;
    await record(tx, item.code, { kind: 'accepted', personId: actor.id, at, note: input.note, inboxKey: message.key });
    return { kind: 'accepted', changed: true, ...common };
  },

  reply({ kind, item }) {
    const name = `${item.no}号台账《${item.title}》`;
    if (kind === 'below-target')
      return `没有验收：${name}目标${item.target}${item.unit ?? ''}，现为${item.quantity ?? 0}${item.unit ?? ''}，未达目标。请退回，或先调整目标。`;
    return kind === 'accepted' ? `已验收通过：${name}，已告知责任人。` : `${name}没有在等待验收。`;
  },
  notify: ({ kind, item, by }) =>
    kind === 'accepted' && item.ownerId
      ? [{ to: item.ownerId, text: `${item.no}号台账《${item.title}》已由${by}验收通过。` }]
      : [],
});

const superior = ({ roles }: WorldPerson): boolean =>
  roles.some((role) => ['chief', 'leader', 'office'].includes(role));

/** 「等着验收的那三项全部通过」: all that waits, if as many as said; a leader's own if he says 我. */
function awaited({ text, reading: { world, speaker } }: Clause): string[] {
  const all = world.pending.acceptances;
  const led = new Set(itemsOf(world, { leader: speaker.id }).map(({ code }) => code));
  const own = all.filter((code) => led.has(code));
  const count = new RegExp(`(${NUMBER})[项件个]`).exec(text)?.[1];
  const said = count === undefined ? null : readNumber(count);
  if (said !== null) return [all, own].find(({ length }) => length === said) ?? [];
  if (/[我本]/.test(text)) return own;
  return speaker.roles.includes('chief') || speaker.roles.includes('office') ? all : own;
}

/** 「J-2验收。」, said by a superior of what waits. */
function bareOrder(clause: Clause): Span | null {
  const { reading, items } = clause;
  const waits = items.some(({ items: [item] }) => item && reading.world.pending.acceptances.includes(item.code));
  return waits && superior(reading.speaker) && reading.chat === 'direct' ? cue(clause, BARE) : null;
}

const isWaiting = ({ reading: { world } }: Clause, code?: string): boolean =>
  code !== undefined && world.pending.acceptances.includes(code);
