import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { signingOf } from '#bot/domain/assignment.ts';
import { AREAS, areaIn, isClean } from '#bot/domain/inspection.ts';
import { TAKEN_BACK } from '#bot/domain/item-state.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { picturesAmong } from '#bot/materials/kind.ts';
import { departmentsUnder, has } from '#bot/permission.ts';
import { cautions, giveOut } from '#bot/store/assignment.ts';
import { record } from '#bot/store/facts.ts';
import { unattached } from '#bot/store/material.ts';
import { nextNumber } from '#bot/store/number.ts';
import { openProblem } from '#bot/store/problem.ts';

const input = z.object({
  department: z.string(),
  area: z.string(),
  finding: z.string(),
  deadline: day.optional(),
  problem: z.boolean().optional(),
});
type Inspected = Outcome & {
  kind: 'clean' | 'assigned' | 'problem' | 'no-term' | 'past';
  number: string;
  unit: string;
  area: string;
  finding: string;
  code: string;
  deadline: string;
  told: string | null;
  by: string;
  photos: number;
  /** a term on a day off, an owner who is away then (R56) */
  cautions: string;
};

const CHECKS =
  /^\s*(?:今天|昨天|上午|下午)?(?:到|在|对|去)?[^，。：:；]{0,14}(?:督查|督导检查|督导)(?!单|室|函|局(?!办|属|机关)|组|组长|的要求|通报|落实)/;
const TERM =
  /[，,；;。]\s*(?:请|要求)?(?:于|在|限)?(?:\d{1,2}月\d{1,2}[日号]|[本下]?(?:周|星期)[一二三四五六日]|月底|\d{1,2}[日号])(?:之?前|以前|内)(?:整改(?:到位)?|办结|完成)?\s*[。]?$/;
const AS_PROBLEM = /[，,；;。]\s*(?:列入|列为|转为|转入)(?:查摆)?问题(?:台账)?\s*[。]?/;

/** 督导检查: what was found at a unit in one of five areas; a finding becomes a matter with a term, or a problem (R50). */
export default defineHandler({
  name: 'inspection.record',
  title: '登记督导检查',
  examples: ['督查高新科台账完成情况：三项未更新，5月31日前整改'],
  input,
  allow: {
    doneBy: '活动办或分管领导',
    permits: ({ input, actor, world }) =>
      has(actor, 'chief', 'office') ||
      (has(actor, 'leader') && departmentsUnder(actor, world).includes(input.department)),
  },

  over: 'message',
  cues: [CHECKS],
  meant(clause) {
    const span = cue(clause, CHECKS);
    const { mood, reading, said, text } = clause;
    const [unit] = clause.departments;
    if (!span || !unit || reading.chat !== 'direct' || clause.toAll) return null;
    if (
      mood.asks ||
      mood.supposes ||
      /请|让|要求[^，]{0,8}督查|准备|打算|下周|明天|交给|转/.test(text.slice(0, span.end - clause.start + 4))
    )
      return null;
    const colon = /[：:]/.exec(text);
    const opening = text.slice(0, colon?.index ?? 0);
    // Only what is headed so is a record; 「督查高新科」 alone opens the form.
    if (!colon)
      return /^\s*督查\S{2,20}$/.test(text)
        ? ask(
            span,
            2.6,
            `督查哪一方面、发现什么？请写成“督查${unit.department.name}台账完成情况：三项未更新，5月31日前整改”。五个方面：学习教育、查摆整改、制度执行、台账完成、政务公开。`,
          )
        : null;
    if (unit.start > clause.start + opening.length) return null;
    const words = said.slice(opening.length + 1).trim();
    const beside = opening.replace(text.slice(unit.start - clause.start, unit.end - clause.start), '');
    const area = areaIn(beside);
    if (words.length < 3) return ask(span, 2.8, '请写明督查发现的情况。');
    const deadline = clause.days('ahead').at(-1)?.day;
    const finding = words
      .replace(AS_PROBLEM, '')
      .replace(TERM, '')
      .replace(/[。；;，,]+$/, '');
    const meant = {
      ...{ department: unit.department.code, finding },
      ...(deadline && TERM.test(`，${words.replace(AS_PROBLEM, '')}`) && { deadline }),
      ...(AS_PROBLEM.test(words) && { problem: true }),
    };
    if (!area)
      return ask(
        span,
        3,
        `督查的是${unit.department.name}哪一方面？请选一项，或写成“督查${unit.department.name}台账完成情况：……”。`,
        AREAS.map(([name]) => ({ label: name, input: { ...meant, area: name } })),
      );
    return act(clause, 3.2, { ...meant, area });
  },

  async execute({ input, actor, message, world, tx }): Promise<Inspected> {
    const unit = world.departments.find(({ code }) => code === input.department);
    if (!unit) throw new Error(`no department ${input.department}`);
    const today = dayOf(message.sentAt);
    const { area, finding, deadline = '' } = input;
    const told = unit.head !== actor.id ? unit.head : null;
    const common = {
      number: '',
      photos: 0,
      cautions: '',
      unit: unit.name,
      area,
      finding,
      code: '',
      deadline,
      told,
      by: actor.name,
    };
    const clean = isClean(finding);
    if (!clean && deadline === '') return { kind: 'no-term', changed: false, ...common };
    if (!clean && deadline < today) return { kind: 'past', changed: false, ...common };
    const what = { department: unit, owner: unit.head, deadline, by: actor, at: message.sentAt, inboxKey: message.key };
    const title = finding.slice(0, 60);
    const became = clean
      ? null
      : input.problem
        ? await openProblem(tx, { ...what, title, text: finding, measure: '', source: '督查' })
        : await giveOut(tx, {
            ...{ ...what, kind: 'assigned', title: `整改：${title}`.slice(0, 60), text: finding, member: null },
            source: '督查',
          });
    const kind = clean ? 'clean' : input.problem ? 'problem' : 'assigned';
    const number = await nextNumber(tx.inspection, 'DC', today.slice(0, 4));
    const { id } = await tx.inspection.create({
      data: {
        ...{ number, heldOn: today, departmentCode: unit.code, area, finding, result: kind },
        ...{ itemCode: became?.code ?? null, byId: actor.id, at: message.sentAt },
      },
    });
    // Photos that came just before belong to it; none need be (R50).
    const photos = picturesAmong(await unattached(tx, actor.id, message.sentAt)).map((photo) => photo.id);
    await tx.material.updateMany({ where: { id: { in: photos } }, data: { inspection: number } });
    const memo = { id, code: became?.code ?? null, told };
    const warned = became ? await cautions(tx, { owner: unit.head, deadline, world }) : '';
    const kept = { number, photos: photos.length, code: became?.code ?? '', cautions: warned };
    return { kind, changed: true, memo, ...common, ...kept };
  },

  reply({ kind, number, unit, area, finding, code, deadline, photos, cautions: warned }) {
    const shown = photos > 0 ? `附照片${photos}张，` : '';
    const end = warned === '' ? `，${shown}` : `。${warned}${shown}`;
    switch (kind) {
      case 'clean':
        return `已登记督查${number}：${unit}${area}，${finding}。${shown}${TAKE_BACK}`;
      case 'assigned':
        return `已登记督查${number}：${unit}${area}，${finding}。已交办${code}，${dayInWords(deadline)}前整改${end}${TAKE_BACK}`;
      case 'problem':
        return `已登记督查${number}：${unit}${area}，${finding}。已列入问题${code}，${dayInWords(deadline)}前整改${end}${TAKE_BACK}`;
      case 'no-term':
        return `没有登记：发现问题须写明整改时限，如“督查${unit}${area}：${finding}，5月31日前整改”。`;
      case 'past':
        return `没有登记：${dayInWords(deadline)}已过，请写今天以后的时限。`;
    }
  },
  notify({ kind, number, area, finding, code, deadline, told, by }) {
    if ((kind !== 'assigned' && kind !== 'problem') || !told) return [];
    const became = kind === 'assigned' ? `现交由你科（单位）整改（${code}）` : `已列入问题${code}`;
    const text = `${by}督查${area}（${number}）：${finding}。${became}，请于${dayInWords(deadline)}前整改并反馈。`;
    const { words, buttons } = signingOf(code);
    return [kind === 'assigned' ? { to: told, text: `${text}${words}`, buttons } : { to: told, text }];
  },
  async undo(memo, { actor, message, tx }) {
    const { id, code, told } = z
      .object({ id: z.number(), code: z.string().nullable(), told: z.string().nullable() })
      .parse(memo);
    const since = code ? await tx.itemFact.count({ where: { itemCode: code, kind: { not: 'defined' } } }) : 0;
    const signed = code ? await tx.assignment.count({ where: { itemCode: code, signedAt: { not: null } } }) : 0;
    if (since + signed > 0) return false;
    const at = message.sentAt;
    const { number } = await tx.inspection.update({ where: { id }, data: { undoneAt: at } });
    await tx.material.updateMany({ where: { inspection: number }, data: { inspection: null } });
    if (code) {
      await tx.assignment.updateMany({ where: { itemCode: code }, data: { undoneAt: at } });
      await record(tx, code, { kind: 'ended', personId: actor.id, at, note: TAKEN_BACK.inspection });
    }
    return told && code ? [{ to: told, text: `${actor.name}已收回督查${number}，${code}不必办理。` }] : true;
  },
});
