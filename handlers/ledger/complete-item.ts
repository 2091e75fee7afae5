import { z } from 'zod';
import { isForGroup, whyNotComplete } from '#bot/domain/acceptance.ts';
import { beyondTarget, itemName } from '#bot/domain/item-words.ts';
import { reportProgress } from '#bot/domain/ledger.ts';
import { saysResult } from '#bot/domain/problem.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { thingOf, unaccountedFor } from '#bot/language/account.ts';
import { CLOSING, FINISHED, REQUESTS } from '#bot/language/acts.ts';
import { act, ask, cue, itemChoices, itemLabel, itemMeant, itemUnnamed, partWith } from '#bot/language/evidence.ts';
import { figuresIn } from '#bot/language/figures.ts';
import { moodOf } from '#bot/language/mood.ts';
import { verbose } from '#bot/language/verbose.ts';
import { materialsInWords } from '#bot/materials/kind.ts';
import type { Button } from '#bot/message.ts';
import { anyone, has, ownOpenItems } from '#bot/permission.ts';
import { assignmentOf } from '#bot/store/assignment.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { helperIn, helpersParts, namesOf } from '#bot/store/helpers.ts';
import { materialsOf } from '#bot/store/material.ts';

interface Item {
  code: string;
  no: number;
  title: string;
  target: number | null;
  quantity: number | null;
  unit: string | null;
  comparator: string;
  /** 佐证要求 */
  evidence: string;
}
type Completed = Outcome & { item: Item } & (
    | {
        kind: 'handed-in';
        acceptor: { id: string; name: string } | null;
        by: string;
        evidence: { type: string }[];
        left: string;
        /** 领导小组 decides, the office enters it */
        group: string;
      }
    | {
        kind:
          | 'not-own'
          | 'helps'
          | 'accepted'
          | 'waiting'
          | 'below-target'
          | 'went-backwards'
          | 'no-evidence'
          | 'no-result';
      }
  );

const APPLIES = new RegExp(
  `${REQUESTS}(?![^，。；]{0,6}(?:[延展缓][到至期长]|宽限|推迟))[^，。；]{0,10}?${CLOSING}(?!的?(?:材料|资料|报告|时间|会|标准|条件|时候|表|意见|专家|组))|(?:验收|办结|销号)申请(?!(?:表|书|报告|材料)?(?:已|报|递|交|送|刚|批|通过))|[报送请求]验(?!证|收的)|验收一下|(?:可以?|该|能|够|应该?)[^，。；没不]{0,4}(?:验收|销号|核销|销账|结项|办结|关[闭掉了]|结[案了掉]|画上?个?句号|划掉|勾[掉了]|清账|收账|销[了掉案])了?|可销|销了吧|给[^，。]{0,3}销了|[这那][项件个]?(?:事儿?|活儿?)?(?:就|也|可以)?[结关销清]了`,
);
// 「办结JB2013-003，名单已报送」: the order with its number right behind or ahead (R59).
const ORDERS = verbose`
  ^\s*(?:现)?(?:办结|销号)[：:，,\s]*(?=[A-Za-z]{1,2}\d*-?\d|第?\d{1,4}号)
  | ^\s*(?:第\d{1,4}号|\d{1,4}号台账|(?:3[2-9]|[4-9]\d|\d{3,4})号|[A-Za-z]{1,2}\d*-\d{1,3})\s*[已现]?(?:办结|销号)
    (?=[，,。；](?![^。；]{0,14}[差缺欠没未不怕再])|$)
`;
const DONE = new RegExp(
  `(?:已经?|都|全部|全|均|圆满|顺利|终于|彻底|胜利)[^，。；]{0,6}(?<![不没未])${FINISHED}|(?<![不没未])${FINISHED}(?:了|啦|咯|喽|嘞|哈|[。！!]|$)|任务完成`,
);
// 「牌子也做好了」, 「材料都弄完了」: one thing of several that belong to it.
const ALSO = new RegExp(`^[^，。]{1,8}也[^，。]{0,3}${FINISHED}`);
const ONE_OF_SEVERAL = /第[\d一二三四五六七八九十]+(?:[个家次场所座项批期条处站]|阶段)/;
const HEADED = /^[^，。：:]{2,24}(?:进展|进度)(?:情况)?[：:]/;
const NOT_YET =
  /被退|(?:[月季年]底|[下明]周|下个?月|明天|后天)[^，。]{0,4}(?:再)?(?:申请|提请)|基本|大部分|部分|主体|快要?完|差不多|即将|初步|阶段|一半|将近|接近|分解|接着|接下来|下一步|正在|继续|还[要差有]|剩/;

const BESIDE = new RegExp(
  `${FINISHED}|算[是作]?|此项?|今[天日早]|昨[天日晚]|前天|刚刚?|已经?|全部?|都|均|圆满|顺利|终于|总算|彻底|胜利|按[期时]|如期|提前|全面|整[体项]|所有|那[一项件个条]*|这[一项件个条]*|工作|任务|整改|事[情项儿]?|活儿?|台账|[我咱本]们?[科股局处所]?|这边|[的了啦吧呢哈就也早把给将]|第?[\\d一二三四五六七八九十]+[号项个家]`,
  'g',
);
const OF_ITSELF = new RegExp(`${FINISHED}|${CLOSING}|${REQUESTS}|${BESIDE.source}|材料|资料|佐证|全部?|领导|专家|组织`);
/** What a part says besides the item's title and that it is finished. */
const besides = (part: string, title: string): string =>
  [...part.replace(BESIDE, '')].filter((char) => /[〇㐀-鿿]/.test(char) && !title.includes(char)).join('');

/** 申请验收: the item's own unit says it is done; the leader in charge hears of it (R46). */
export default defineHandler({
  name: 'ledger.complete',
  title: '申请验收',
  plain: true,
  examples: ['创新大会已经开完了，申请验收'],
  offers: ({ actor, world }) =>
    ownOpenItems(actor, world)
      .map(({ no }) => `${no}号台账申请验收`)
      .slice(0, 1),
  input: z.object({ item: z.string(), quantity: z.number().min(0).optional(), note: z.string() }),
  allow: anyone,

  over: 'clause',
  cues: [ORDERS, APPLIES, DONE],
  meant(clause) {
    const { reading, text } = clause;
    const orders = cue(clause, ORDERS);
    const applies = orders ?? cue(clause, APPLIES);
    const span = applies ?? cue(clause, DONE);
    if (!span) return null;
    const part = partWith(clause, orders ? ORDERS : applies ? APPLIES : DONE);
    const mood = moodOf(part);
    if (
      mood.asks ||
      mood.supposes ||
      mood.hears ||
      mood.denies ||
      /不(?:能|可|该|够|到|具备)?[^，。]{0,3}验收|验收(?:通过|合格)|(?<![可以该能]|可以)验收了|同意|退回|等.{0,8}验收|待验收/.test(
        part,
      )
    )
      return null;
    if (!applies && clause.parts.length > 1 && ALSO.test(part)) return null;
    // 「第5次做完了」 ends one of several; 「第24项」 is the item itself.
    if (!applies && ONE_OF_SEVERAL.test(clause.counted[clause.parts.indexOf(part)] ?? part)) return null;
    // 「23号台账进展：场地落实了」 is said to be a report.
    if (!applies && HEADED.test(clause.sentence.text)) return null;
    if ((mood.plans && !/已/.test(part)) || clause.sentence.mood.supposes) return null;
    if (/[?？]|[吗么][。?？\s]*$/.test(clause.sentence.text.slice(-2))) return null;
    const told = { start: clause.start, end: Math.max(span.end, clause.start) };
    if (
      !applies &&
      (reading.chat === 'group' ||
        NOT_YET.test(text) ||
        /%|[\d一二三四五六七八九半]成(?!果|立)|自学|签到|走访|学习/.test(text))
    )
      return null;
    const named =
      clause.items.length > 1 && clause.items.every(({ how }) => how !== 'gist')
        ? clause.items.flatMap(({ items }) => items)
        : [];
    if (named.length > 1) return act(told, 2.6, ...named.map((item) => ({ item: item.code, note: clause.said })));
    const fit =
      itemMeant(clause) ??
      // 「复印室的墨粉到货了，请验收」 is none of the speaker's works.
      (applies && unaccountedFor(clause.nameless, OF_ITSELF) < 4 && /申请|[提呈报恳]请|完|好|了/.test(text)
        ? itemUnnamed(clause, (item) => item.owner === reading.speaker.id)
        : null);
    if (!fit)
      return applies && reading.chat === 'direct'
        ? ask(told, 2, '您要申请验收哪一项？请带上编号，如“3号台账申请验收”。')
        : null;
    if ('several' in fit)
      return applies || /台账|那[项件个]/.test(text)
        ? ask(told, 2, '您要申请验收哪一项？', itemChoices(fit.several))
        : null;
    const { one: item } = fit;
    // 「可以销号了」, said by a superior of what waits, accepts it.
    const { speaker, world } = reading;
    const decides = speaker.roles.some((role) => role !== 'staff' && role !== 'head');
    if (decides && item.owner !== speaker.id && world.pending.acceptances.includes(item.code)) return null;
    const { quantity, percent, increment } = figuresIn(
      clause.counted.filter((one) => !/目标|任务/.test(one)).join('，'),
      item,
    );
    if (
      !applies &&
      ((percent !== undefined && percent < 100) ||
        (quantity !== undefined && item.target !== null && quantity < item.target) ||
        (increment !== undefined && quantity === undefined))
    )
      return null;
    if (!applies && item.department !== reading.speaker.department && item.owner !== reading.speaker.id) return null;
    // 「种苗基地的围墙完工了」 ends a step, perhaps no more; 「大会用的音响调试完了」 is none of the works.
    if (
      (!applies && !/任务完成/.test(text) && besides(part, item.title) !== '') ||
      (!/[这此该整]项|任务完成/.test(text) && thingOf(clause, OF_ITSELF) !== null)
    )
      return ask(
        told,
        2.1,
        `${itemLabel(item)}整项都办完了吗？办完了就申请验收；只是其中一步，请写成“${item.no}号台账进展：……”。`,
        [{ label: `整项办完，申请验收`, input: { item: item.code, note: clause.said } }],
      );
    return act(told, applies ? 2.6 : 2.1, {
      item: item.code,
      ...(quantity !== undefined && quantity >= (item.target ?? quantity) && { quantity }),
      note: clause.said,
    });
  },

  async confirm({ input, actor, tx }) {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const told = reportProgress(item, actor.department, { quantity: input.quantity });
    return told.kind === 'recorded' && !item.completedAt ? beyondTarget(item, told.quantity) : null;
  },

  async execute({ input, actor, message, world, tx }): Promise<Completed> {
    const before = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const said = input.quantity !== undefined && before.target !== null && input.quantity !== before.quantity;
    const told = said ? reportProgress(before, actor.department, { quantity: input.quantity }) : null;
    if (told?.kind === 'went-backwards') return { kind: told.kind, changed: false, item: before };
    const { quantity, percent } = told?.kind === 'recorded' ? told : before;
    const item = { ...before, quantity, percent };
    const why = whyNotComplete(item, actor.department);
    if (why === 'not-own' && (await helperIn(tx, item.code, actor, world)))
      return { kind: 'helps', changed: false, item };
    if (why) return { kind: why, changed: false, item };
    // What is still on its way counts: it was sent.
    const proofs = { itemCode: item.code, state: { in: ['kept', 'waiting'] } };
    if (item.evidence !== '' && (await tx.material.count({ where: proofs })) === 0)
      return { kind: 'no-evidence', changed: false, item };
    if (item.category === '查摆整改' && !saysResult(input.note, item))
      return { kind: 'no-result', changed: false, item };
    const at = message.sentAt;
    const fact = { personId: actor.id, at, note: input.note, inboxKey: message.key };
    const report = said ? [{ ...fact, kind: 'reported' as const, quantity, percent }] : [];
    const { ids } = await record(tx, item.code, ...report, { ...fact, kind: 'applied' });
    const giver = (await assignmentOf(tx, item.code))?.byId;
    const office = world.members.find((member) => has(member, 'office') && member.id !== actor.id)?.id;
    // A problem is taken off the list by the office, after it looked again (R52).
    const forGroup = isForGroup(item, [actor.id]);
    const leads = (item.category === '查摆整改' || forGroup) && office ? office : item.leaderId;
    const decides = giver !== undefined && giver !== actor.id ? giver : leads;
    const acceptor = world.members.find(({ id }) => id === decides) ?? null;
    const evidence = await materialsOf(tx, item.code);
    const open = (await helpersParts(tx, item.code, world)).filter(({ done }) => !done);
    const left = open.length > 0 ? `协办${namesOf(open)}尚未反馈办好。` : '';
    const memo = { code: item.code, ids, told: acceptor?.id ?? null };
    const group = forGroup && acceptor?.id === office ? '请按领导小组的决定录入。' : '';
    return { kind: 'handed-in', changed: true, memo, item, acceptor, by: actor.name, evidence, left, group };
  },

  reply(outcome) {
    const { no, title, target, quantity, unit } = outcome.item;
    const name = `${no}号台账《${title}》`;
    const wanted = outcome.item.evidence;
    if (outcome.kind === 'handed-in')
      return `已申请验收：${name}${target === null ? '' : `${quantity ?? 0}/${target}${unit ?? ''}`}，${wanted ? `佐证“${wanted}”已附${outcome.evidence.length}份，` : ''}待${outcome.acceptor?.name ?? '活动办'}验收。${outcome.left}${TAKE_BACK}`;
    if (outcome.kind === 'helps')
      return `没有受理：${name}你科（单位）是协办，办结由主办科室（单位）申请。协办部分办好请回复“反馈${outcome.item.code}：协办部分已完成”。`;
    if (outcome.kind === 'not-own') return '该事项不由您所在科室（单位）承办，不能申请验收。';
    if (outcome.kind === 'accepted') return `${name}已通过验收，不必再申请。`;
    if (outcome.kind === 'went-backwards') return `${name}已报${quantity}${unit ?? ''}，所报数字低于已报，未作记录。`;
    if (outcome.kind === 'no-evidence')
      return `没有受理：${name}验收要有佐证“${outcome.item.evidence}”，还没有附。请把照片或文件发给我，说“刚才的材料附到${no}号台账”，再申请验收。`;
    if (outcome.kind === 'no-result')
      return `没有受理：销号须写明整改结果，如“${no}号台账已建立限时答复制度并公示，申请销号”。`;
    if (outcome.kind === 'waiting') return `${name}已在等待验收，不必重复申请。`;
    const goal = `目标${outcome.item.comparator === '>' ? '须突破' : ''}${target}${unit ?? ''}`;
    return `${name}${goal}，已报${quantity ?? 0}${unit ?? ''}，未达目标，不能申请验收。请先报进度。`;
  },
  notify: (outcome) =>
    outcome.kind === 'handed-in' && outcome.acceptor
      ? [
          {
            to: outcome.acceptor.id,
            text: `${outcome.by}申请验收${outcome.item.no}号台账《${outcome.item.title}》，${proofOf(outcome.evidence)}${outcome.item.evidence ? `（要求“${outcome.item.evidence}”）` : ''}。${outcome.left}${outcome.group}请回复“${outcome.item.no}号台账验收通过”或“${outcome.item.no}号台账退回，原因”。`,
            buttons: decisionsOn(outcome.item.no, outcome.evidence.length > 0),
          },
        ]
      : [],
  async undo(memo, { actor, message, tx }) {
    const { code, ids, told } = z
      .object({ code: z.string(), ids: z.array(z.number()), told: z.string().nullable() })
      .parse(memo);
    const item = await takeBackFacts(tx, code, ids, { personId: actor.id, at: message.sentAt });
    if (!item) return false;
    return told ? [{ to: told, text: `${actor.name}已收回${itemName(item)}的验收申请。` }] : true;
  },
});

const proofOf = (evidence: { type: string }[]): string =>
  evidence.length === 0 ? '没有附佐证' : `附佐证${evidence.length}份（${materialsInWords(evidence)}）`;

const decisionsOn = (no: number, proven: boolean): Button[] => [
  { label: '验收通过', says: `${no}号台账验收通过` },
  ...(proven ? [{ label: '看佐证', says: `看${no}号台账的佐证` }] : []),
];
