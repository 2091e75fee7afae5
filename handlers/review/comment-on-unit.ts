import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { addMonths, monthInWords, monthOf } from '#bot/domain/month.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { moodOf } from '#bot/language/mood.ts';
import type { Clause } from '#bot/language/reading.ts';
import { MONTH, monthIn } from '#bot/language/slots/period.ts';
import { verbose } from '#bot/language/verbose.ts';
import { departmentsUnder, has, shortName, unitUnder } from '#bot/permission.ts';

const input = z.object({ department: z.string(), month, text: z.string() });
type Commented = Outcome & { month: string; text: string; unit: string; by: string } & (
    | { kind: 'given'; told: string | null; entered: boolean }
    | { kind: 'drafted'; chief: { id: string; name: string }; command: z.infer<typeof input> }
    | { kind: 'empty' | 'not-yet' }
  );

const COMMENTS = verbose`
  ^\s*评(?![价语分比选审估定议先为])[^，。：:]{2,14}月[份的]?[：:，] | 点评 | 简评 | 点个评 | 评一下 | 评[一]?评
  | (?:说说|讲讲|谈谈)(?=[^，。：:]{2,14}月[份的]?[：:]) | 评价 | 评语 | 提[一两几]?[句点条]?意见 | ^\s*评[：:，] | 评[一两几]句
  | 讲(?:两|几)句 | 说(?:两|几)句 | 评价一下 | 表扬 | 批评
`;
// 「成果科四月份……」 after another unit: the next one.
// 「点评高新科四月：……」: the month is no part of the words (R63).
const MONTH_SAID = new RegExp(`^${MONTH}(?:的)?(?:工作)?(?:[：:，,\\s]+|$)`);
// 「农村科四月的点评还没人写」: the commentary is what something is told of, 「点评了……的工作」 tells of one that was given.
const ABOUT_ONE = new RegExp(
  `大众点评|点评(?:稿|会|材料|表|栏)|点评[写说讲做]得|点评[过了](?![^，。]*[：:])|${MONTH}(?:工作)?的?点评(?=[^：:，,\\s—给。一两几如意评])`,
);
const MONTH_FOLLOWS = /^的?(?:[一二三四五六七八九十\d]{1,3}月|上个?月|本月|这个月)/;
const NOT_ONE = verbose`
  谁点评 | 稿子 | 草稿 | 模板 | [那这]条[^，。]{0,2}[删撤] | 点评了[吗没] | 看点评 | 查点评 | 下月 | 打算 | 准备点评 | 琢磨
  | 要点评 | [?？]\s*$ | 各科室来 | 怎么点评 | 点评会 | 点评材料 | 下周 | 想把 | 先准备 | 没想好 | [写做定出给评](?:好|完)?了?[吗没]
  | [吗么][。?？\s]*$ | 还没(?:想|写|定) | 评得 | 评的(?:好|对|真)
`;

/** What stands ahead of the words of a commentary: on a condition stands the commentary, not what it says. */
const headingOf = (text: string): string => /^[^：:]{2,40}[：:](?=[^：:]{4})/.exec(text)?.[0] ?? text;
/** The same, without a colon up to the second comma: 「点评高新科，等材料齐了再说」 gives none. */
const openingOf = (text: string): string => /^[^，,]*[，,][^，,]*[，,]/.exec(headingOf(text))?.[0] ?? headingOf(text);

/** 点评科室: word for word, told to the unit's head; what a deputy drafts waits for the chief's 同意 (R63, R75, 2.7). */
export default defineHandler({
  name: 'commentary.give',
  title: '点评科室',
  examples: ['点评高新科四月：工作抓得紧，实验室建设要再快些'],
  offers({ actor, world, now }) {
    const unit = has(actor, 'chief') ? unitUnder(actor, world) : null;
    const month = monthInWords(addMonths(monthOf(dayOf(now)), -1)).replace('份', '');
    return unit ? [`点评${shortName(unit)}${month}：工作抓得紧，进度要再快些`] : [];
  },
  input,
  allow: {
    doneBy: '局主要领导、分管领导或活动办',
    permits: ({ input, actor, world }) =>
      has(actor, 'chief', 'office') ||
      (has(actor, 'leader') && departmentsUnder(actor, world).includes(input.department)),
  },

  over: 'message',
  cues: [COMMENTS],
  meant(clause) {
    const { reading, text } = clause;
    const span = cue(clause, COMMENTS);
    if (
      !span ||
      ABOUT_ONE.test(text) ||
      NOT_ONE.test(headingOf(text)) ||
      !/^\s*评[^，。：:]{2,14}月|^\s*评[：:，]|评[一]?评|[说讲谈][说讲谈]|意见|点评|简评|评语|点个评|评一下|评价(?:一下)?|[讲说评][一两几]句/.test(
        text,
      )
    )
      return null;
    const opens = (at: number): boolean => {
      const before = text.slice(0, at).trimEnd();
      return (
        before === '' ||
        /[；;。：:\n，,、]$|点评(?:一下|给)?$|月份?的?$|[给对]$|评语$|[①②③④⑤⑥⑦⑧⑨]$|\d[.、]$/.test(before)
      );
    };
    // 「催一下知产科。点评社发科……」: a unit of an earlier sentence belongs to what is said there.
    const since = text.slice(0, span.start - clause.start).search(/[。！!；;\n][^。！!；;\n]*$/) + 1;
    const within = clause.departments.filter(({ start }) => start - clause.start >= since);
    const spoken = within.length > 0 ? within : clause.departments;
    const first = spoken[0];
    const units = spoken.filter(
      (one, index) =>
        index === 0 ||
        (index > 0 && MONTH_FOLLOWS.test(text.slice(one.end))) ||
        (opens(one.start) &&
          /^[^，。；]{0,3}[:：，,]|^[〇㐀-鿿]/.test(text.slice(one.end)) &&
          /[；;。\n]\s*(?:点评(?:一下)?)?$|[：:]\s*$|[\d①②③④⑤][.、]?\s*$/.test(text.slice(0, one.start))),
    );
    if (!first)
      return reading.chat === 'direct' && /^\s*(?:给[^，。：:]{0,6})?点评/.test(text)
        ? ask(clause, 2, '您要点评哪个科室（单位）？请写成“点评高新科四月：……”。')
        : null;
    if (first.how === 'sound') return ask(clause, 2.8, `是点评${first.department.name}吗？`);
    if (/谁|哪[些个]|没有?点评|了没/.test(text.slice(0, 30)) || moodOf(openingOf(text)).supposes) return null;
    const current = reading.today.slice(0, 7);
    const month =
      monthIn(text.slice(0, first.end + 24).replace(/[：:].*$/s, ''), reading.today) ??
      monthIn(text.slice(0, first.end + 24), reading.today) ??
      monthIn(text, reading.today) ??
      (Number(reading.today.slice(8)) <= 15 ? addMonths(current, -1) : current);
    const words = units.map((unit, index) =>
      clause.said
        .slice(unit.end, units[index + 1]?.start)
        .replace(/^[\s，,：:、]+/, '')
        .replace(MONTH_SAID, '')
        .trim(),
    );
    if (words.every((one) => one.length < 3)) return ask(clause, 2, `请写明对${first.department.name}的点评内容。`);
    const from = Math.min(span.start, first.start);
    return act(
      { start: Math.max(text.lastIndexOf('，', from), text.lastIndexOf('。', from)) + 1, end: ending(clause, from) },
      2.9,
      ...units.flatMap((unit, index) => {
        const text = words[index] ?? '';
        // 「文物科、图书馆都说两句。文物科五月：……」: named before it is spoken of.
        const again = units.some((other, at) => at > index && other.department === unit.department);
        return again ? [] : [{ department: unit.department.code, month, text: text || clause.said }];
      }),
    );
  },

  async execute({ input, actor, message, world, tx }): Promise<Commented> {
    const unit = world.departments.find(({ code }) => code === input.department);
    const { month, text } = input;
    const common = { month, text, unit: unit?.name ?? '', by: actor.name };
    if (!unit) throw new Error(`department ${input.department} was understood but is not in the world`);
    if (text.trim() === '') return { kind: 'empty', changed: false, ...common };
    if (month > monthOf(dayOf(message.sentAt))) return { kind: 'not-yet', changed: false, ...common };
    const chief = world.members.find((member) => has(member, 'chief')) ?? null;
    if (!has(actor, 'chief', 'office') && chief)
      return { kind: 'drafted', changed: false, ...common, chief, command: input };
    const { id } = await tx.commentary.create({
      data: { month, departmentCode: unit.code, byId: actor.id, at: message.sentAt, text },
    });
    const told = unit.head && unit.head !== actor.id ? unit.head : null;
    const entered = !has(actor, 'chief');
    return { kind: 'given', changed: true, memo: { id, told }, ...common, told, entered };
  },

  reply(outcome) {
    const { unit, month, text } = outcome;
    switch (outcome.kind) {
      case 'given':
        return `已记录${outcome.entered ? '（代录）' : ''}：点评${unit}${monthInWords(month)}：“${text}”。${outcome.told ? '已告知负责人。' : ''}${TAKE_BACK}`;
      case 'drafted':
        return `已送${outcome.chief.name}确认：点评${unit}${monthInWords(month)}：“${text}”。同意后告知该科室（单位）。`;
      case 'empty':
        return `没有记录：请写明点评内容，如“点评${unit}四月：工作抓得紧”。`;
      case 'not-yet':
        return `没有记录：${monthInWords(month)}还没有到，请核对月份。`;
    }
  },
  inGroup: ({ kind, unit, month }) =>
    kind === 'given' ? `已记录对${unit}${monthInWords(month)}的点评。` : '点评尚未记录，详情已发给您。',
  notify: (outcome) =>
    outcome.kind === 'given' && outcome.told
      ? [
          {
            to: outcome.told,
            text: `${outcome.entered ? `活动办${outcome.by}代录的` : `${outcome.by}对`}${outcome.unit}${monthInWords(outcome.month)}工作点评：“${outcome.text}”。落实情况请回复“点评落实：”加内容，列入下次汇报会材料。`,
          },
        ]
      : [],
  requests(outcome) {
    if (outcome.kind !== 'drafted') return [];
    const { unit, month, text, by, chief, command } = outcome;
    return [
      {
        to: chief.id,
        intent: 'commentary.give',
        input: command,
        title: `${by}拟点评${unit}${monthInWords(month)}`,
        text: `${by}拟点评${unit}${monthInWords(month)}：“${text}”。`,
      },
    ];
  },
  async undo(memo, { actor, message, tx }) {
    const { id, told } = z.object({ id: z.number(), told: z.string().nullable() }).parse(memo);
    const { month } = await tx.commentary.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return told ? [{ to: told, text: `${actor.name}已收回对${monthInWords(month)}工作的点评。` }] : true;
  },
});

/** Where it turns to another order: 「……慢了半拍然后让某某报计划」. */
function ending({ text, end }: Clause, from: number): number {
  const turn = /[，,。；]?(?:然后|另外|顺便|对了)(?=[让叫请把催看查再给])/.exec(text.slice(from));
  return turn ? from + turn.index : end;
}
