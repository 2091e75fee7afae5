import { z } from 'zod';
import { timeOf } from '#bot/calendar.ts';
import { isOpen, signInAt, windowOf } from '#bot/domain/attendance.ts';
import { farInWords, HOW_TO_SEND, NEAR_METRES } from '#bot/domain/place.ts';
import { sessionName, titled } from '#bot/domain/session-words.ts';
import { codeAt, waitsUntil } from '#bot/domain/sign-in-code.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, others, sessionMeant } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { readNumber } from '#bot/language/slots/number.ts';
import { soundOf } from '#bot/language/sound.ts';
import { without } from '#bot/language/text.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone } from '#bot/permission.ts';
import { addSignIn, isExpected, type SignInSession, sessionToSign, signedInAt } from '#bot/store/attendance.ts';
import { askPlace, asksPlace, metresFrom, placeAsked, placeGiven } from '#bot/store/place.ts';

type Signed = Outcome & { session: SignInSession } & (
    | { kind: 'signed-in'; at: Date; rank: number; late: boolean; observer: boolean }
    | { kind: 'already'; at: Date }
    | { kind: 'locked'; until: Date }
    | { kind: 'too-far'; metres: number }
    | { kind: 'too-early' | 'closed' | 'cancelled' | 'needs-code' | 'wrong-code' | 'needs-place' }
  );

const SIGN_IN = verbose`
  已签(?=[，,。\s]|$) | 已在[^，。]{0,8}(?:会议室|报告厅|会场|礼堂|排练厅|[一二三四五六七八九十\d]楼) | [，,]\s*到[。!！]*$
  | 踩[着了]?点(?:到|进)? | ^\s*签(?=[，,：:\s]*\d{4,6}) | 签到(?!表|情况|率|记录|了?吗|台|处|没) | 签个到
  | 给[我俺]签[上下]?(?=[，,。!！吧呗]|$) | 签(?:一|上|一下|下)到 | 报个?到 | 打卡
  | (?:已经?|都|人)?(?:到会|到场|到位|到达|落座|就座|入座|坐好|坐定|坐下|坐稳|就位|抵达|赶到)了? | 已到
  | (?<![改推延挪调拖收看听想遇提买拿找碰轮感达等见学得接领查问])到(?:
      会场 | 现场 | 了(?!的|\s*[\d一二两三四五六七八九十百几]+\s*[人名位个]) | 啦 | 咧 | 嘞 | 哩 | 喽 | 咯
    )
  | 到[^，。]{0,10}(?:会议室|报告厅|会场|礼堂|排练厅|[一二三四五六七八九十\d]+楼)[^，。]{0,3}了
  | 来[了啦咧嘞哩喽](?!\s*[\d一二两三四五六七八九十百几]) | ^[^〇㐀-鿿]*到(?=[，,。!！]|$)
  | 进(?:入|了)?(?:会场|门|报告厅|会议室|礼堂|场|屋) | 入场了? | 人?在(?:会场|现场|座)(?:了|啦|(?=[，,。\s]|$))
`;
const ARRIVED =
  /已签|已在|[上个下]到|赶上|踩[着了]?点|签到|签个到|报到|打卡|坐[好着定下稳]|[落就入]座|已到|到[了啦]|到会|到场|抵达|进(?:入|了)?(?:会场|门|屋)|入场/;
const NOT_YET =
  /[二两三四五六七八九十\d]分钟(?:就|才|之?后)?到|先[给帮]我?签|快[要]?[到来]|马上[就]?[到来]|就到|还没到|没到|还在(?!座|会场)/;
const ELSE_ARRIVED = verbose`
  (?:
      材料 | 快递 | 文件 | 通知 | 公函 | 来函 | 包裹 | 货 | 款 | 资金 | 经费 | 钱 | 设备 | 电脑 | 打印机 | 书 | 班车 | 水 | 饭
      | 外卖 | 时间 | 期限 | 爱人 | 老婆 | 老公 | 孩子 | 朋友 | 客人 | 专家
    )(?:[^，。我]{0,2})(?:到了|已到|刚到)
  | 签到码(?=发|给我|告诉|多少|[，。！!\s]*$) | 签到[^，。]{0,2}太
`;
const FOR_ANOTHER = /替|代签|(?:帮|给)(?![我俺](?!们)|签)[^，。]{0,6}签|补(?:签|一?个|上)|忘(?:了|记)?签|没签上|漏签/;
const THEY_CAME = /[他她]们?(?:都|也|已经?|刚)*[到来]了/;
const IDLE = verbose.with('gu')`
  [^〇㐀-鿿\w] | 报告 | 领导 | 您好 | 你好 | 各位 | 我们? | 已经? | 刚刚? | 准时 | 按时 | 现在 | 在 | 人 | 啦 | 啊 | 呀 | 呢 | 哈
  | 哦 | 的 | 了 | 来 | 到 | 会 | 请 | 麻烦 | 帮 | 一下 | 记 | 第.排 | 屏幕上? | 显示 | 最后一?排 | 靠[窗门墙边] | 角落 | 边上
  | 旁边 | 位[置子]? | 座 | [前后中]排 | [一二三四五六七八九十\d]+楼 | 会议室 | 报告厅 | 会场 | 现场 | 学习 | 参加 | 集中 | 今天
  | 今早 | 早上 | 上午 | 下午 | 晚上 | 同志 | 号 | 码 | 是 | 签 | 落座 | 就座 | 早 | 好 | 科室 | 本人 | 迟到 | 路上 | 堵车 | 晚
  | 几分钟 | 进 | 坐 | 着 | 打卡 | 有点?
`;

/** 签到: somebody who came to today's study says so (R14). */
export default defineHandler({
  name: 'attendance.sign_in',
  title: '签到',
  plain: true,
  // Another who came, another thing that has to do with signing in.
  account: {
    rests: [SIGN_IN],
    words: verbose`
      我是 | [帮给]我 | [按准]时 | [刚进]来 | 开机 | 上[写的]+ | 到[了啦] | 坐[好下定稳]? | 科里 | 屏幕 | 手机 | 数 | 签 | 记 | 人
      | 会议室 | 议室 | 报告厅 | 会?场 | 厅 | 礼堂 | 楼 | 座 | 排 | 讲座 | 学习 | 培训 | 辅导 | 路上 | 堵车? | 早 | 迟 | 晚 | 科室
      | 单位 | 签到?码? | 打卡 | 报到 | 会儿? | 在
    `,
    ahead: 1,
    behind: 1,
  },
  examples: ['签到', '我到了', '签到码4821'],
  pressing: true,
  tappable: true,
  offers: ({ world, now }) =>
    world.sessions.some(({ start, end }) => isOpen({ start: new Date(start), end: new Date(end) }, now))
      ? ['签到']
      : [],
  input: z.object({
    ...{ session: z.string(), code: z.string().optional(), scanned: z.boolean().optional() },
    /** how far from the room, where that was asked */
    metres: z.number().optional(),
  }),
  restricted: ['metres'],
  allow: anyone,

  over: 'sentence',
  cues: [SIGN_IN, /[签到]|^\s*\d{4}\s*$/],
  meant(clause) {
    const { reading, mood } = clause;
    // 「4821」 alone: what the room's screen shows.
    const bare = /^\s*(?<code>\d{4})\s*$/.exec(reading.message.text)?.groups?.['code'];
    const shown =
      bare && reading.chat === 'direct' && soon(clause)
        ? reading.lexicon.sessions.nearest(reading.now, reading.today)
        : null;
    if (bare && shown) return act(clause, 2, { session: shown.code, code: bare });
    // 「张三，到。」: one's own name is no more than 我.
    const own = clause.people.filter(({ people }) => people.some(({ id }) => id === reading.speaker.id));
    const named = own.map(({ start, end }) => ({ start: start - clause.start, end: end - clause.start }));
    const text = without(clause.text, named).replace(/(?<![〇㐀-鿿\d]前?)前到|(?!前到)[〇㐀-鿿]{2}/g, (word) =>
      (word[0] !== '签' && word[1] !== '到') || soundOf(word) !== soundOf('签到') ? word : '签到',
    );
    const match = SIGN_IN.exec(text);
    const late = /(?:没|忘)[^，。]{0,3}签[上到]?|漏签|补签/.test(text) && reading.chat === 'direct';
    if (!match)
      return late && /补|咋办|怎么办|咋整|能不能/.test(text)
        ? ask(clause, 2, '签到要在规定时间内由本人办理；补签请找召集人。')
        : null;
    if (NOT_YET.test(text) || ELSE_ARRIVED.test(text)) return null;
    const span = { start: clause.start, end: clause.end };
    if (
      /几点|怎么|咋|如何|哪里|哪儿|为什么|为啥|以为|签到(?:机|表|簿|册|系统|页面|链接|设备|处|台|本|率|名单|情况|记录)|别[给让]?我?签/.test(
        text,
      )
    )
      return null;
    const open = soon(clause);
    const another = FOR_ANOTHER.test(text) || (THEY_CAME.test(text) && !/我|咱|俺/.test(text));
    if (another || others(clause).length > 0)
      return (another ||
        (clause.parts.some((part) => /签到[了啦吧]?$|签[上了]|[来到]了$/.test(part)) &&
          clause.days('near').length === 0)) &&
        reading.chat === 'direct' &&
        (!mood.asks || /补/.test(text))
        ? ask(span, 2, '签到要由本人办理。请本人发“签到”；纸质签到由召集人补录。')
        : null;
    // 「签到，顺便看看谁没来」: the part that signs in stands for itself.
    const alone = clause.parts.find((part) =>
      /^\s*(?:一来|一是|首先|先|我|我来|顺便|[1一][、.])?签(?:到|上|一下|个到)[啦了吧]?[!！]*\s*$/.test(part),
    );
    // 「到了，外面雨真大」: what else is said while one is coming in does not matter.
    const arrived =
      reading.chat === 'direct' && soon(clause)
        ? clause.parts.find((part) => SIGN_IN.test(part) && unexplained(clause, part) <= 2)
        : undefined;
    const words = alone ?? arrived ?? text;
    if (
      !alone &&
      (/[?？吗谁哪]|多少/.test(text) ||
        mood.supposes ||
        mood.plans ||
        mood.hears ||
        /没|不/.test(words) ||
        /路上(?!堵)|马上|快到|还没到|没到|赶/.test(text.replace(words, '')))
    )
      return null;
    const rest =
      alone && clause.parts.every((part) => part === alone || /[?？谁哪]|查|看|堵|晚|坐|进/.test(part))
        ? 0
        : unexplained(clause, words);
    // While a session is on, whoever says he has come may say more.
    const most = reading.chat === 'group' ? (open ? 4 : 1) : open && ARRIVED.test(words) ? 24 : 4;
    if (rest > most || (text.match(/签到/g) ?? []).length > 2) return null;
    const spelled = /(?:码|数字?|号)[^\d，。]{0,4}?([零〇一二三四五六七八九]{4,6})/.exec(text)?.[1];
    const all = reading.message.text;
    const digits = spelled
      ? [...spelled].map((char) => readNumber(char)).join('')
      : (/(?<![\d.])\d{4,6}(?![\d.%年月号])/.exec(text) ?? /码[^\d，。]{0,3}(\d{4,6})(?!\d)/.exec(all))?.at(-1);
    const code = digits && /码|口令|暗号|^\s*签|签到?[\s，：]*\d{4,6}|屏幕|数是/.test(all) ? { code: digits } : {};
    const spoken = sessionMeant(clause, false);
    const nearest = reading.lexicon.sessions.nearest(reading.now, reading.today);
    const session = spoken && 'one' in spoken ? (spoken.one.day === reading.today ? spoken.one : nearest) : nearest;
    if (/昨天|昨日|前天|上周|明天/.test(text)) return null;
    const claimed = alone
      ? { start: clause.start, end: clause.start + clause.text.indexOf(alone) + alone.length }
      : arrived && code.code
        ? // Of a story that ends with the code of the screen nothing but its end signs in.
          { start: clause.start + clause.text.indexOf(arrived), end: clause.end }
        : span;
    if (!session && reading.chat === 'group' && !/签到/.test(text)) return null;
    if (!session) return ask(claimed, 2, '今天没有正在签到的学习。您要签到哪一场？请写明主题或日期。');
    return act(claimed, 2, { session: session.code, ...code });
  },

  async located(place, { actor, message, tx }) {
    const session = await placeAsked(tx, actor.id, 'sign-in', message.sentAt);
    if (!session) return null;
    const metres = await metresFrom(tx, (await sessionToSign(tx, session)).venue, place);
    return metres === null ? null : { session, metres };
  },

  async execute({ input, actor, message, tx }): Promise<Signed> {
    const session = await sessionToSign(tx, input.session);
    const at = message.sentAt;
    const place = { sessionCode: session.code, personId: actor.id };
    const before = await signedInAt(tx, session.code, actor.id);
    if (before) return { kind: 'already', changed: false, session, at: before };
    if (session.cancelledAt) return { kind: 'cancelled', changed: false, session };

    const verdict = signInAt(session, at);
    if (verdict === 'too-early' || verdict === 'closed') return { kind: verdict, changed: false, session };
    const { metres } = input;
    // Whose place was asked for has given the code already.
    if (session.signInCode !== null && metres === undefined) {
      const wrong = await tx.wrongCode.findMany({ where: place, orderBy: { at: 'asc' } });
      const waits = waitsUntil(
        wrong.map((one) => one.at),
        at,
      );
      if (waits) return { kind: 'locked', changed: false, session, until: waits };
      if (input.code === undefined) return { kind: 'needs-code', changed: false, session };
      if (input.code !== codeAt(session.signInCode, at)) {
        await tx.wrongCode.create({ data: { ...place, at } });
        return { kind: 'wrong-code', changed: false, session };
      }
    }
    if (metres === undefined && (await asksPlace(tx, session.venue, at))) {
      await askPlace(tx, actor.id, 'sign-in', session.code, at);
      return { kind: 'needs-place', changed: false, session };
    }
    if (metres !== undefined && metres > NEAR_METRES) return { kind: 'too-far', changed: false, session, metres };
    if (metres !== undefined) await placeGiven(tx, actor.id);
    const late = verdict === 'late';
    const how = metres !== undefined ? 'place' : session.signInCode === null ? 'word' : input.scanned ? 'qr' : 'code';
    const { id, rank } = await addSignIn(tx, { ...place, at, late, how });
    const expected = await isExpected(tx, session, actor.id);
    return { kind: 'signed-in', changed: true, session, at, rank, late, observer: !expected, memo: { id } };
  },

  reply(outcome) {
    const { session, kind } = outcome;
    const { opens, closes } = windowOf(session);
    const topic = titled(session.topic);
    switch (kind) {
      case 'signed-in':
        return `已签到 ${timeOf(outcome.at)}（第${outcome.rank}位${outcome.late ? '，迟到' : ''}${outcome.observer ? '，列席' : ''}）：${sessionName(session)}。`;
      case 'already':
        return `您已于${timeOf(outcome.at)}签到${topic}，不必重复。`;
      case 'cancelled':
        return `没有签到：${sessionName(session)}已取消。`;
      case 'too-early':
        return `还没到签到时间。${topic}${timeOf(opens)}开始签到，届时请再发“签到”。`;
      case 'closed':
        return `签到已于${timeOf(closes)}截止，请联系召集人补录。`;
      case 'needs-place':
        return `还没有签到：${topic}须核对是否在会场。请${HOW_TO_SEND}（10分钟内），以收到位置的时间为准；位置只用来核对，不保存。`;
      case 'too-far':
        return `没有签到：您发的位置距${session.venue}约${farInWords(outcome.metres)}。到会场后请再发一次位置；位置不准的，请召集人补录。`;
      case 'needs-code':
        return `${topic}须输入会场的签到码，请发“签到 ”加四位数字，如“签到 4821”。`;
      case 'wrong-code':
        return '签到码不对或已过期，请看会场现在显示的签到码再发一次。';
      case 'locked':
        return `签到码已错三次，请${timeOf(outcome.until)}以后再试，或请召集人补录。`;
    }
  },
  async undo(memo, { tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.signIn.deleteMany({ where: { id } });
    return count === 1;
  },
});

/** A session is on, or will be in a quarter of an hour. */
const soon = ({ reading: { lexicon, now } }: Clause): boolean =>
  lexicon.sessions.all.some(({ from, to }) => now.getTime() > from - 1_800_000 && now.getTime() < to);

/** How many characters of a sentence are left when everything that belongs to signing in is taken out. */
function unexplained({ start, people, departments, reading }: Clause, words: string): number {
  let rest = words;
  for (const { start: from, end } of [...people, ...departments])
    rest = rest.slice(0, from - start) + ' '.repeat(end - from) + rest.slice(end - start);
  for (const { topic, venue } of reading.world.sessions)
    for (const word of [topic, venue])
      for (const pair of [word, word.slice(0, 4), word.slice(-4)]) rest = rest.replaceAll(pair, ' ');
  return rest.replace(new RegExp(SIGN_IN.source, 'g'), '').replace(IDLE, '').replace(/\d/g, '').length;
}
