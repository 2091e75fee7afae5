import { z } from 'zod';
import { addDays, addWorkdays, dayInWords, dayOf, monthDayInWords } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { covers, type LeaveFacts } from '#bot/domain/leave.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { saidBesides } from '#bot/language/asking.ts';
import { act, ask, cue, others, sessionMeant, stretch } from '#bot/language/evidence.ts';
import { leaveKindSaid } from '#bot/language/leave-kinds.ts';
import { HEARSAY } from '#bot/language/mood.ts';
import type { Clause, WorldPerson } from '#bot/language/reading.ts';
import { NUMBER, readNumber } from '#bot/language/slots/number.ts';
import { befallenIn, isColleague } from '#bot/language/subject.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone } from '#bot/permission.ts';
import { isExpected } from '#bot/store/attendance.ts';
import { approverToday, DECIDE_LEAVE, leaveInWords, leaveRequest } from '#bot/store/leave.ts';
import { nextId } from '#bot/store/number.ts';
import { closeRequest } from '#bot/store/question.ts';

type Asked = Outcome & { what: string } & (
    | {
        kind: 'asked';
        id: number;
        person: WorldPerson;
        approver: WorldPerson | null;
        reason: string;
        /** 「半天」 without saying which half */
        wholeDay: boolean;
      }
    | { kind: 'already-asked' | 'already-signed-in' | 'over' | 'backwards' | 'not-expected' }
  );

const ASKS_LEAVE = verbose`
  给假(?!期)
  | (?:^|[，,。])\s*(?:我|本人)?[今明后本下这那周一二三四五六日天早晚上中下午号月场次的\d]{0,9}(?:集中)?(?:学习|讲座|培训|辅导|党课)
    (?:我|本人|就)?不(?:参加|去|来)了?(?=[，,。！!\s]|$)
  | [，,]\s*(?:年休假|年假|病假|事假|公假|公休)(?=[，,。]|$) | 请(?:年休|公休|探亲|陪产|育儿)假
  | (?<![聘邀申])请(?:半|[一二两三四五六七八九十\d]+|几)[天日](?!内|前|后|之) | (?:上|听)不(?:了|成)(?!网|线|台)
  | [年病事]休?假(?:歇|休|用|请) | (?:年休假|年假|病假|事假|公休假?|休假|请假)(?:申请|报告|条)
  | (?:[想要拟请]|打算|计划|准备|申请|需要?|得)[^，。；]{0,10}休(?!息室|会|闲)(?:假|息|年|到|至|[\d一二三两四五六七八九十])
  | 休(?:到|至) | 歇(?:[一二两三半\d]) | ^\s*(?:年休假|年假|病假|事假|公休)(?=[，,:：\s]) | 不克[^，。]{0,6}(?:会|席)
  | 申请(?:年休假|年假|公休|病假|事假|休假) | [想要]请[^，。]{2,16}天?(?:年休?|事|病|公|婚|产|丧|探亲)假
  | 请(?:[个一次下两半三]|半天|[\d一二三两四五]天)*(?:[病事年公产婚丧]?[差休]?假)
  | 休(?:[\d一二三两四五十]+天)?(?:年休假|年假|公休假?|产假|婚假|丧假|陪产假|探亲假|病假|疗养) | 告(?:个)?假
  | (?:参加|去|来|到|出席|赶)(?:[^，。]{0,3})?不[了成] | (?:(?<!能)不能|没法|无法|没办法)(?:[^，。]{0,4})?(?:参加|去|到|来|出席|赶)
  | 赶不(?:上|回|过|及) | (?:上|到)不了班 | 来不及参加 | 缺席(?=[哈啊，,。]|一[次下]|$)
`;
const OUTRIGHT =
  /给假(?!期)|请[^，。]{0,5}假|[想要]请[^，。]{2,16}假|告[^，。]{0,2}假|休[^，。]{0,5}假|假(?:申请|条)|休[到至]|[年病事]休?假(?:歇|休|用|请)/;
// Said of leave in general, to whom it may concern.
const IN_GENERAL = verbose`
  请假条[^，。]{0,3}(?:在哪|哪里|怎么|找谁) | (?:本来|原本|原来)[^，。]{0,4}要?请[^，。]{0,3}假 | 假又?不敢请 | 又不敢请 | 不敢请
  | [要想需]请假的 | [那这](?:几?[个位名])?请[^，。]{0,3}假的 | 请假的?(?:原因|理由|事由)(?:要|必须|应|须|得|不|没|未|写)
  | 请假的?(?:人|同志|同事|自己|一律|须|需|应|得|必须|要在|制度|规定|手续|流程|条子)
  | 请假(?:批示|审批|结果|情况|名单|记录|台账|统计) | 谁(?:要|想)?请假
  | [〇㐀-鿿](?:姐|哥|叔|姨|师傅|老师|经理)[^，。]{0,6}(?:请|休) | (?:怎么|如何|咋)请假 | 不(?:准|许|得|能)(?:随便|无故)?请假
`;
// Not sure, not settled, handed in on paper, of one's family, or what would come of it if things went on like this.
const NOT_YET = verbose`
  再[这那][么样][^，。]{0,6}下去 | \d个?人请假 | [一二两三四五六七八九十几]个?人请假 | 真想请 | 要请假?也得
  | (?:可能|也许|说不定|没准|兴许|大概)(?:要|会|得|需要)?[^，。]{0,6}请?[^，。]{0,2}假
  | (?:还没|没有?|尚未)(?:定|想好|决定)(?:下来)?(?:哪|几|什么|[。，!！\s]|$) | 请?假条[^，。]{0,4}[放搁交递]
  | (?:老婆|老公|媳妇|爱人|妻子|丈夫|儿子|女儿|同学|邻居)[^，。]{0,2}(?:也|已经?)?请[^，。]{0,2}假
`;
const DECIDES = /准假|批假|[准批]了|同意|批准|准予|予批|不准|不批|驳回|销假|待批|谁|哪些|名单|准[。!！]?$/;
// 「别给我记成请假」 asks for none.
const NOT_AS_LEAVE =
  /(?:别|不要|不用|甭|勿|不能|不该)[^，。；]{0,4}(?:算|记|当|填|按|写)[成作为]?[^，。；]{0,3}(?:请假|[病事年]假|缺席)/g;
const CALLS_OFF =
  /(?<!真)请?的?假[^，。]{0,4}(?:不算|作废|取消|撤|收回|不请|不休|不要)|(?:取消|撤销|撤回|收回|不用|不)(?:了)?[^，。]{0,8}(?<!真)假|(?<!真)假(?:不请|取消|不休|撤|不用)|不请(?:假)?了|能参加了/;
const ABSENT =
  /学习|讲座|会|病|烧|感冒|住院|医院|崴|摔|骨折|手术|不舒服|出差|下乡|[来到参去]不了|家里|孩子|产检|生孩子/;
const OF_SESSIONS = /学习|讲座|辅导|培训|党课|集中学|报告会|[那这每哪][一二两三]?[场次]/;
const STAND_IN =
  /(?:和|跟|向|同|给|与)(?![你您])[^，。]{1,8}(?:说|讲|报告|汇报|打|请示|沟通)[过了好]?|代|交接|交给|由|替|顶|负责|值|找/;
const COMMAND = /^\s*(?:请(?:个|一下)?假|告(?:个)?假)[\s，,:：。]+(?=\S)/;
const THAT_ONE_IS_AWAY =
  /请(?:个|一下)?假|[参来到出][加席]?不[了成]|(?:不能|没法|无法)(?:参加|来|到|去|出席)|集中学习|学习|讲座|辅导|培训|党课/;
/** Why somebody asks, verbatim, without the command word and what only says that one is away (「请假，下乡」). */
const reasonOf = (clause: Clause): string => saidBesides(clause, THAT_ONE_IS_AWAY).replace(COMMAND, '');

const NOT_OWN = '请假要由本人提出。请本人发“请假”并写明原因。';

/** 请假: somebody cannot come to a session, or will be away for days, and asks the superior (R15). */
export default defineHandler({
  name: 'attendance.leave',
  title: '请假',
  examples: ['请假，明天学习参加不了，去市里送材料', '下周三请一天事假'],
  offers({ world, now }) {
    const soon = addDays(dayOf(now), 14);
    const next = world.sessions.find(({ start }) => new Date(start) > now && dayOf(new Date(start)) < soon);
    return next ? [`请假，${monthDayInWords(dayOf(new Date(next.start)))}学习参加不了，到市里送材料`] : [];
  },
  input: z.object({
    session: z.string().optional(),
    from: day.optional(),
    to: day.optional(),
    half: z.enum(['am', 'pm']).optional(),
    type: z.enum(['personal', 'sick', 'business', 'annual', 'other']).optional(),
    reason: z.string(),
  }),
  restricted: ['reason'],
  // A session, a day, and why; another who is away is a subject of its own.
  account: {
    words:
      /集中|因?公|学习|讲座|辅导|培训|党课|会议?|[补值]班|班(?=$|[我请的])|调休|想|要|申请|特|来|去|参加|出差|公[差出]|病|孩子|老人|家[里中]?|住院|陪护|发烧|单位/,
    ahead: 3,
  },
  allow: anyone,

  over: 'sentence',
  cues: [ASKS_LEAVE, CALLS_OFF],
  meant(clause) {
    const { reading, mood, text } = clause;
    const span = cue(clause, ASKS_LEAVE);
    if (IN_GENERAL.test(text) || NOT_YET.test(text)) return null;
    if (ASKS_LEAVE.test(text) && !ASKS_LEAVE.test(text.replace(NOT_AS_LEAVE, ''))) return null;
    if (CALLS_OFF.test(text) && !mood.asks)
      return ask(clause, 2, '您要收回请假吗？十分钟内的请假可发“撤销”收回，之后请发“销假”。');
    if (!span || HEARSAY.test(text)) return null;
    if (/(?:替|帮|代)[^，。我]{1,4}请[^，。]{0,3}假/.test(text) && others(clause).length > 0)
      return ask(span, 2, NOT_OWN);
    const who = befallenIn(clause.text);
    if (who && others(clause).length === 0 && (isColleague(who) || soundsLikeColleague(clause, who)))
      return reading.chat === 'direct' ? ask(span, 2, NOT_OWN) : null;
    if (others(clause).length === 0 && /(?:专家|老师|教授|讲师|领导|他们?|她)[^，。]{0,3}(?:来|到)不了/.test(text))
      return null;
    const decides = DECIDES.test(
      text.replace(/(?:请|望|恳请|盼|敬请|希望)[^，。]{0,6}(?:批准|照准|准予|准假|同意|批|准(?=[，。!！]|$))/g, ''),
    );
    if (decides || mood.supposes || (mood.asks && !/可以吗|行吗|好吗|能否|可否|能不能|可不可以/.test(text)))
      return null;
    if (others(clause).length > 0 && !STAND_IN.test(text))
      return (OUTRIGHT.test(text) || ABSENT.test(text)) &&
        (reading.chat === 'direct' || clause.departments.some(({ how }) => how === 'own'))
        ? ask(span, 2, NOT_OWN)
        : null;
    if (reading.chat === 'group' && !OUTRIGHT.test(text)) return null;
    const type = leaveKindSaid(text);
    const common = { ...(type && { type }), reason: reasonOf(clause) };
    const half = /上午|早上/.test(text) ? 'am' : /下午/.test(text) ? 'pm' : null;
    const halfDay = half && { half: half as 'am' | 'pm' };
    const whole = reading.message;
    const place = clause.days('ahead').length > 0 || sessionMeant(clause, true) ? clause : whole;
    const days = stretch(place, 'ahead');
    // 「周四周五去对接郑交会」: of several days no session of one of them is meant, unless a session is spoken of.
    const several = days !== null && days.from < days.to && days.from >= reading.today;
    const session = several && !OF_SESSIONS.test(text) ? null : sessionMeant(place, true);
    if (session && 'one' in session) return act(span, 2, { session: session.one.code, ...common });
    if (session)
      return ask(
        span,
        2,
        '您要请哪一场的假？',
        session.several.slice(0, 4).map(({ code, topic, day }) => ({
          label: `${dayInWords(day)}《${topic}》`,
          input: { session: code, ...common },
        })),
      );
    const count = (new RegExp(`(${NUMBER})天(?!前|后|内)`).exec(text) ??
      new RegExp(`(?:假|共|休)期?(${NUMBER})[天日]`).exec(text))?.[1];
    if (days && days.from >= reading.today) {
      const to =
        count && days.to === days.from ? addDays(days.from, Math.max(0, (readNumber(count) ?? 1) - 1)) : days.to;
      return act(span, 2, { from: days.from, to, ...(days.from === to && halfDay), ...common });
    }
    if (/几天|多天|一段时间/.test(text) && !days) return ask(span, 2, '您要请哪几天的假？请写明起止日期。');
    if (!OUTRIGHT.test(text) && !/学习|讲座|会/.test(text)) return null;
    if (!days && /上午|下午|半天|中午/.test(text))
      return act(span, 2, { from: reading.today, to: reading.today, ...halfDay, ...common });
    if (days) return ask(span, 2, '请假的日期已经过去。请写明今天或以后的日期，或联系召集人。');
    const today = reading.lexicon.sessions.nearest(reading.now, reading.today);
    if (today && today.to >= reading.now.getTime()) return act(span, 2, { session: today.code, ...common });
    const coming = reading.lexicon.sessions.all.filter(({ from }) => from > reading.now.getTime()).slice(0, 4);
    // What the notice of the workday before asks for: 「不能参加请回复“请假，原因”」.
    const [next, another] = coming.filter(({ day }) => day <= addWorkdays(reading.today, 1));
    const explained = text.replace(ASKS_LEAVE, '').replace(/[\p{P}\s想我要请个假哦啊呀吧了]/gu, '').length > 1;
    if (next && !another && explained) return act(span, 2, { session: next.code, ...common });
    const choices = coming.map(({ code, topic, day }) => ({
      label: `${dayInWords(day)}《${topic}》`,
      input: { session: code, ...common },
    }));
    const [only, ...more] = choices;
    return only && more.length === 0
      ? ask(span, 2, `您要请${only.label}的假吗？请别的假请写明日期或主题。`, choices)
      : ask(span, 2, '您要请哪一天、哪一场的假？请写明日期或主题。', choices);
  },

  async execute({ input, actor, message, world, tx }): Promise<Asked> {
    const session = input.session ? await tx.session.findUniqueOrThrow({ where: { code: input.session } }) : null;
    const at = message.sentAt;
    const today = dayOf(at);
    const day = session ? dayOf(session.start) : today;
    const span = session
      ? { fromOn: day, toOn: day }
      : { fromOn: input.from ?? today, toOn: input.to ?? input.from ?? today };
    const half = session || span.fromOn !== span.toOn ? null : (input.half ?? null);
    const leave = { personId: actor.id, sessionCode: session?.code ?? null, ...span, half, type: input.type ?? null };
    const facts = { ...leave, state: 'pending', decidedAt: null, returnedAt: null };
    const what = await leaveInWords(tx, facts);
    if (session ? session.end < at : span.toOn < today) return { kind: 'over', changed: false, what };
    if (session && !(await isExpected(tx, session, actor.id))) return { kind: 'not-expected', changed: false, what };
    if (span.toOn < span.fromOn) return { kind: 'backwards', changed: false, what };
    if (session && (await tx.signIn.findFirst({ where: { sessionCode: session.code, personId: actor.id } })))
      return { kind: 'already-signed-in', changed: false, what };
    const before = await tx.leave.findMany({
      where: { personId: actor.id, state: { in: ['pending', 'approved'] }, returnedAt: null },
    });
    if (before.some((one) => (session ? covers(one, session) : isWithin(facts, one))))
      return { kind: 'already-asked', changed: false, what };

    const approver = await approverToday(tx, actor, world, at);
    const decision = approver ? { state: 'pending' } : { state: 'approved', decidedAt: at };
    const id = await nextId(tx.leave);
    await tx.leave.create({
      data: { id, ...leave, reason: input.reason, askedAt: at, approverId: approver?.id ?? null, ...decision },
    });
    const wholeDay =
      !session && half === null && /半天/.test(message.content.kind === 'text' ? message.content.text : '');
    const { reason } = input;
    return { kind: 'asked', changed: true, memo: { id }, what, id, person: actor, approver, reason, wholeDay };
  },

  reply(outcome) {
    const { what } = outcome;
    switch (outcome.kind) {
      case 'asked': {
        const half = outcome.wholeDay ? '现按全天记录，请半天请写明上午或下午。' : '';
        if (!outcome.approver) return `已报备：${what}请假。${half}`;
        return `已送${outcome.approver.name}审批：${what}请假。${half}${TAKE_BACK}`;
      }
      case 'already-asked':
        return `您已请过${what}的假，不必重复。`;
      case 'already-signed-in':
        return `您已签到${what}。如需请假，请先撤销签到。`;
      case 'not-expected':
        return `没有办理：您不在${what}的应到名单里，不用请假。请别的假请写明日期，如“明天请一天事假，原因”。`;
      case 'backwards':
        return `没有办理：${what}的结束日期早于开始日期，请重新写明，如“5月27日至31日请事假，原因”。`;
      case 'over':
        return `没有办理：${what}已经过去，不能再请假，请联系召集人。`;
    }
  },
  inGroup: ({ kind }) => (kind === 'asked' ? '已收到请假，详情已私信。' : '没有办理，详情已私信。'),
  requests(outcome) {
    if (outcome.kind !== 'asked' || !outcome.approver) return [];
    const { id, person, approver, what, reason } = outcome;
    return [
      {
        ...{ to: approver.id, intent: DECIDE_LEAVE, input: leaveRequest(id), refusal: { leave: id, approve: false } },
        title: `${person.name}请假，${what}`,
        text: `${person.name}请假：${what}。原因：${reason || '未写'}。可回“准假 ${person.name}”，不批请写明“不批 ${person.name} 原因”。`,
      },
    ];
  },
  async undo(memo, { actor, message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const leave = await tx.leave.findUniqueOrThrow({ where: { id } });
    if (leave.state !== 'pending' && leave.decidedBy !== null) return false;
    if (leave.state !== 'pending' && leave.approverId !== null) return false;
    await tx.leave.update({ where: { id }, data: { state: 'withdrawn' } });
    await closeRequest(tx, DECIDE_LEAVE, leaveRequest(id), message.sentAt);
    const what = await leaveInWords(tx, leave);
    return leave.approverId ? [{ to: leave.approverId, text: `${actor.name}已收回${what}的请假，不必再批。` }] : true;
  },
});

/** Of two leaves by days: all of the first lies within the second. */
const isWithin = (one: LeaveFacts, other: LeaveFacts): boolean =>
  other.sessionCode === null &&
  other.fromOn <= one.fromOn &&
  one.toOn <= other.toOn &&
  (other.half === null || other.half === one.half);

/** A dictated name: all of it sounds like a colleague's, written otherwise. */
const soundsLikeColleague = ({ reading: { lexicon, speaker } }: Clause, who: string): boolean =>
  lexicon.people
    .heardIn(who)
    .some(({ start, end, people }) => start === 0 && end === who.length && people.some(({ id }) => id !== speaker.id));
