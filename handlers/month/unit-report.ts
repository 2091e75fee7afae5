import { z } from 'zod';
import { dateInWords, dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthInWords, monthOf, monthToReport } from '#bot/domain/month.ts';
import { unitReportSections, unitReportTitle } from '#bot/domain/unit-report.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import type { Block, OfficialDocument } from '#bot/papers/document.ts';
import { maySee, SEEN_BY } from '#bot/scope.ts';
import { unitFigures } from '#bot/store/meeting-pack.ts';
import { unitItemsOf } from '#bot/store/month-hand-in.ts';

const REPORT = /(?:科室|单位|本科|我科|我们?(?:科|单位)|咱们?科)?的?(?:月报|月度(?:工作)?报告)/;
const OWN =
  /(?:本|我|我们|咱|咱们)(?:科室?|股|处|所|中心|单位|部门|这边)|科室的?(?:\d{1,2}月份?)?月报|单位的?(?:\d{1,2}月份?)?月报/;
const ELSE =
  /暂缓|发出|放行|改[为成]|没[报交]|谁|哪|催|报送|[报交](?:了|上)|已|免报|怎么|如何|别|不[用要]|记得|提交|抄送|简报|通报|[：:]/;
const LONGEST = 30;

/** 科室（单位）月报: a unit's month as docx, made of what was told: work done part by part, problems, plans, and a 局属单位's review (3.5, R62). */
export default defineHandler({
  name: 'month.paper',
  title: '科室（单位）月报',
  examples: ['本科5月份月报', '生成科室月报'],
  input: z.object({ department: z.string(), month }),
  reads: true,
  allow: {
    doneBy: SEEN_BY,
    permits: ({ input, actor, world }) => maySee(`department:${input.department}`, actor, world),
  },

  over: 'clause',
  cues: [REPORT],
  meant(clause) {
    const span = cue(clause, REPORT);
    const { text, mood, reading, departments } = clause;
    if (!span || ELSE.test(text) || text.length > LONGEST || reading.chat !== 'direct') return null;
    if (mood.denies || mood.supposes || mood.hears) return null;
    const [unit, other] = departments;
    if (other || (!unit && !OWN.test(text))) return null;
    const named = monthIn(text, reading.today) ?? monthToReport(reading.today);
    return act(clause, 2.9, { department: unit?.department.code ?? reading.speaker.department, month: named });
  },

  async execute({ input, actor, message, world, tx }) {
    const { department, month } = input;
    const at = message.sentAt;
    const unit = world.departments.find(({ code }) => code === department);
    if (!unit) throw new Error(`no department ${department}`);
    const common = { unit: unit.name, month, to: actor.id };
    if (month > monthOf(dayOf(at))) return { kind: 'not-yet', changed: false, ...common, document: null };
    const figures = await unitFigures(tx, world, unit, month, at);
    const made = { month, figures, ...(await unitItemsOf(tx, unit, month, at)) };
    const document: OfficialDocument = {
      ...{ title: unitReportTitle(made), number: '', addressee: '' },
      body: unitReportSections(made).flatMap(({ level, heading, paragraphs }): Block[] => [
        { kind: 'heading', level, text: heading },
        ...paragraphs.map((text): Block => ({ kind: 'paragraph', text })),
      ]),
      ...{ signature: unit.name, date: dateInWords(dayOf(at)) },
    };
    return { kind: 'made', changed: false, ...common, document };
  },

  reply: ({ kind, unit, month }) =>
    kind === 'not-yet'
      ? `${monthInWords(month)}还没有到，没有月报。`
      : `${unit}${monthInWords(month)}月报随后发来，按已报内容生成，请核对后使用。`,
  notify: ({ document, to }) =>
    document
      ? [
          {
            ...{ to, text: '' },
            paper: { kind: 'file', drawnBy: 'official-document', facts: document, name: `${document.title}.docx` },
          },
        ]
      : [],
});
