import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { DIMENSIONS } from '#bot/command.ts';
import { quarterInWords, quarterOf } from '#bot/domain/month.ts';
import { mergedRatings, type Scores } from '#bot/domain/review.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { unaccountedFor } from '#bot/language/account.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { NUMBER, readNumber } from '#bot/language/slots/number.ts';
import { headsUnit, unitsHeadedBy } from '#bot/permission.ts';
import { ratingsOf } from '#bot/store/review.ts';

type Scored = Outcome & { kind: 'scored' | 'own-unit' | 'empty'; unit: string; scores: Scores; quarter?: string };

const WORDS: Record<(typeof DIMENSIONS)[number], string> = {
  ledger: '工作台账',
  efficiency: '工作效率',
  achievement: '工作业绩',
  service: '服务质量',
  environment: '环境卫生',
  attendance: '工作考勤',
  routine: '日常工作开展',
};

const SCORES =
  /互评|打[个了]?(?:分|(?=\d{2}))|评分|测评|^\s*评(?!价|语|一下|比|选|优|审|定)|给[^，。]{2,14}(?:分|打\d)/;
const NAMES: [dimension: (typeof DIMENSIONS)[number], words: string][] = [
  ['ledger', '工作台账|台账(?:完成)?'],
  ['efficiency', '工作效率|效率|效能'],
  ['achievement', '工作业绩|业绩|实绩|成果|成绩'],
  ['service', '服务质量|服务态度|服务'],
  ['environment', '环境卫生|环境|卫生'],
  ['attendance', '工作考勤|考勤|出勤'],
  ['routine', '日常工作开展情况|日常工作开展|日常工作|日常'],
];
const TOKENS = new RegExp(
  `${NAMES.map(([dimension, words]) => `(?<${dimension}>${words})`).join('|')}|(?<points>${NUMBER}(?:点[零〇一二三四五六七八九])?)`,
  'g',
);

// 「其余六项都是92」
const REST = new RegExp(
  `(?:别的|其余|其他|其它|剩下|余下|剩余|另外|余者?)的?(?:[各几]?[一二三四五六\\d]?项|方面|几项)?(?:同|都|均|全|皆|一律|统一)*(?:是|为|给|打|按|记)?[:：\\s]*(${NUMBER})`,
);
// 「七项均给93」, 「全部95」
const ALL_ALIKE =
  /[七7]个?(?:项|方面|维度|指标)[^\d，。]{0,4}|每一?项|各项|全部?(?:打|给|是|为|都)?|一律|统统|清一色|均(?:给|为|打)/;
// Seven figures in a row behind a unit's name are nothing else.
const ROW = /(?:(?<!\d)(?:100|[3-9]\d)(?:\.\d)?[\s，,、/]+){6}(?:100|[3-9]\d)(?!\d)/;
// 「……工作效率93分；」 after a sentence that names the unit.
const GOES_ON = new RegExp(`^\\s*(?:${NAMES.map(([, words]) => words).join('|')})[^，。；;]{0,4}\\d`);

// What the form's own words are; 「给办公室食堂打分」: something of the unit's is scored.
const OF_FORM = new RegExp(
  `${NAMES.map(([, words]) => words).join('|')}|互评|打分|评分|测评|质量|态度|情况|给|评|季度|工作|[七7]个|方面|各?项|统一|一律|统统|都`,
);

/** 季度互评: heads score other units in seven dimensions, in one go or bit by bit; nobody else sees who gave what (R76). */
export default defineHandler({
  name: 'review.score',
  title: '季度互评',
  plain: true,
  examples: ['互评 高新科 台账95 效率90 业绩92 服务93 环境94 考勤96 日常90'],
  input: z.object({ department: z.string(), scores: z.partialRecord(z.enum(DIMENSIONS), z.number().min(0).max(100)) }),
  restricted: ['scores'],
  allow: headsUnit,

  account: {
    rests: [/打一?个?互评|互评|打[个了]?(?:分|\d)|评分|测评/],
    words: OF_FORM,
    ahead: 1,
  },
  over: 'sentence',
  meant(sentence) {
    if (sentence.departments.length === 0 && GOES_ON.test(sentence.text) && sentence.start > 0) return null;
    const clause = continued(sentence);
    const { text, mood } = clause;
    const [unit] = clause.departments;
    const scores: Partial<Record<(typeof DIMENSIONS)[number], number>> = {};
    const named: (typeof DIMENSIONS)[number][] = [];
    const bare: number[] = [];
    const from = unit
      ? text.slice(0, unit.start - clause.start) +
        ' '.repeat(unit.end - unit.start) +
        text.slice(unit.end - clause.start)
      : text;
    for (const { groups } of from.matchAll(TOKENS)) {
      const dimension = DIMENSIONS.find((one) => groups?.[one]);
      if (dimension) named.push(dimension);
      else {
        const value = points(groups?.points ?? '');
        if (value === null || value > 100 || value < 30) continue;
        if (named.length === 0) bare.push(value);
        for (const one of named.splice(0)) scores[one] = value;
      }
    }
    const rest = REST.exec(from)?.[1];
    const others = rest && named.length === 0 ? points(rest) : null;
    if (others !== null && others >= 30 && others <= 100 && Object.keys(scores).length > 0)
      for (const one of DIMENSIONS) scores[one] ??= others;
    const count = Object.keys(scores).length;
    // 「社发科：90 90……；农村科：……，互评就按这个记」
    const told =
      bare.length === DIMENSIONS.length &&
      /^\s*(?:[:：]|\d)/.test(text.slice((unit?.end ?? clause.end) - clause.start));
    const alike = unit !== undefined && bare.length === 1 && count === 0 && ALL_ALIKE.test(from);
    const row = unit !== undefined && bare.length === DIMENSIONS.length && ROW.test(from);
    const span =
      cue(clause, SCORES) ?? (alike || row ? clause : null) ?? (told ? cue(clause.reading.message, SCORES) : null);
    if (
      (!span && count < 2) ||
      mood.asks ||
      mood.supposes ||
      /%|[给替]我们?|[给替]咱|撤|取消|打算|下周|通知|前完成|得了[\d一二三四五六七八九十]|(?:去年|上个?季度|上次|上回)(?!的)[^，。]{0,6}(?:互评|打分|评)/.test(
        text,
      ) ||
      (count === 0 && bare.length === 0)
    )
      return null;
    const claimed = { start: clause.start, end: clause.end };
    // 「语文95 数学90」 is of another form.
    if (!unit && unaccountedFor(from.replace(TOKENS, ' '), OF_FORM) > 5) return null;
    if (!unit) return span ? ask(claimed, 2, '您给哪个科室（单位）打分？请写成“互评 高新科 台账95 效率90 ……”。') : null;
    if (unit.how === 'sound') return ask(claimed, 2.9, `是给${unit.department.name}打分吗？`);
    if (
      clause.departments.length > 1 &&
      clause.departments.some(({ department }) => department.code !== unit.department.code) &&
      count === 0
    )
      return ask(claimed, 2.9, '请一次写一个科室（单位）的分数。');
    if (count > 0) return act(claimed, 2.9, { department: unit.department.code, scores });
    const [same] = bare;
    if (same !== undefined && alike)
      return act(claimed, 2.9, {
        department: unit.department.code,
        scores: Object.fromEntries(DIMENSIONS.map((one) => [one, same])),
      });
    if (bare.length === DIMENSIONS.length)
      return act(claimed, 2.9, {
        department: unit.department.code,
        scores: Object.fromEntries(DIMENSIONS.map((one, index) => [one, bare[index] ?? 0])),
      });
    return span
      ? ask(
          claimed,
          2.9,
          `请写明各项分数，如“互评 ${unit.department.name} 台账95 效率90 业绩92 服务93 环境94 考勤96 日常90”。`,
        )
      : null;
  },

  async execute({ input, actor, message, world, tx }): Promise<Scored> {
    const unit = world.departments.find(({ code }) => code === input.department)?.name ?? '';
    const own = unitsHeadedBy(actor, world)[0]?.code ?? actor.department;
    const common = { unit, scores: input.scores };
    if (own === input.department) return { kind: 'own-unit', changed: false, ...common };
    if (Object.keys(input.scores).length === 0) return { kind: 'empty', changed: false, ...common };
    const quarter = quarterOf(dayOf(message.sentAt));
    const { id } = await tx.peerScore.create({
      data: {
        ...{ quarter, fromDepartment: own, departmentCode: input.department, personId: actor.id },
        ...{ scores: JSON.stringify(input.scores), at: message.sentAt },
      },
    });
    const given = (await ratingsOf(tx, quarter)).filter(({ fromDepartment }) => fromDepartment === own);
    const [scores = {}] = mergedRatings(given, input.department);
    return { kind: 'scored', changed: true, memo: { id }, quarter, unit, scores };
  },

  reply({ kind, unit, scores, quarter = '' }) {
    if (kind === 'own-unit') return `没有记录：${unit}是您所在科室（单位），只给其他科室（单位）打分。`;
    if (kind === 'empty') return `没有记录：请写明分数，如“互评 ${unit} 台账95 效率90”。`;
    const given = DIMENSIONS.flatMap((one) => (scores[one] === undefined ? [] : [`${WORDS[one]}${scores[one]}`]));
    const missing = DIMENSIONS.filter((one) => scores[one] === undefined).map((one) => WORDS[one]);
    const left = missing.length === 0 ? '七项已评完。' : `还差${missing.join('、')}。`;
    return `已记录：${quarterInWords(quarter)}互评${unit}，${given.join('，')}（${given.length}/${DIMENSIONS.length}项）。${left}分数不对外显示，${TAKE_BACK}`;
  },
  inGroup: ({ kind }) => (kind === 'scored' ? '互评已记录，已私信答复您。' : '互评没有记录，原因已私信发给您。'),
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.peerScore.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});

/** A sentence with those after it that go on with its dimensions. */
function continued(sentence: Clause): Clause {
  const { sentences } = sentence.reading;
  let last = sentences.findIndex(({ start }) => start === sentence.start);
  while (last >= 0 && sentences[last + 1]?.departments.length === 0 && GOES_ON.test(sentences[last + 1]?.text ?? ''))
    last += 1;
  const end = sentences[last]?.end ?? sentence.end;
  return end > sentence.end ? sentence.within({ start: sentence.start, end }) : sentence;
}

/** 93, 九十三, 九十三点五 */
function points(words: string): number | null {
  const [whole = '', part] = words.split('点');
  const value = readNumber(whole);
  return value === null || part === undefined ? value : value + (readNumber(part) ?? 0) / 10;
}
