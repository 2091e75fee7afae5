import { z } from 'zod';
import { addWorkdays, dateInWords, dayOf, monthDayInWords } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { monthOf, monthTitle } from '#bot/domain/month.ts';
import { bulletinSections } from '#bot/domain/month-report.ts';
import { defineHandler } from '#bot/handler.ts';
import { act } from '#bot/language/evidence.ts';
import { paperAsked } from '#bot/language/paper-asked.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import type { Block, OfficialDocument } from '#bot/papers/document.ts';
import { has } from '#bot/permission.ts';
import { packOf } from '#bot/store/meeting-pack.ts';

const BULLETIN = /(?:督办|督查|督导)(?:情况|工作)?(?:的)?通报/;
const WORKDAYS_TO_ANSWER = 5;

/** 督办通报: a month's bulletin of matters and lights as docx in the form of an official paper; units, nobody's name (3.1, 3.4). */
export default defineHandler({
  name: 'supervision.bulletin',
  title: '起草督办通报',
  examples: ['起草5月份督办通报'],
  input: z.object({ month }),
  reads: true,
  allow: { doneBy: '局领导或活动办', permits: ({ actor }) => has(actor, 'office', 'chief', 'leader') },

  over: 'message',
  cues: [BULLETIN],
  meant(clause) {
    const span = paperAsked(clause, BULLETIN, true);
    if (!span) return null;
    const { today } = clause.reading;
    return act(clause, 3, { month: monthIn(clause.text, today) ?? monthOf(today) });
  },

  async execute({ input, actor, message, world, tx }) {
    const today = dayOf(message.sentAt);
    const pack = await packOf(tx, world, input.month, message.sentAt);
    const when = monthTitle(input.month);
    const background = `按照“${pack.campaign.replace(/活动$/, '')}”活动安排，局活动办对${when}份交办转办事项和工作台账进行了督查。现将有关情况通报如下：`;
    const sections = bulletinSections(pack, monthDayInWords(addWorkdays(today, WORKDAYS_TO_ANSWER)));
    const document: OfficialDocument = {
      title: `关于${when}份重点工作督办情况的通报`,
      // The office gives the number; a draft's stays open (requirements 3.4).
      ...{ number: `〔${today.slice(0, 4)}〕　号`, addressee: '机关各科室、局属各单位：' },
      body: [
        { kind: 'paragraph', text: background },
        ...sections.flatMap(({ heading, paragraphs }): Block[] => [
          { kind: 'heading', level: 1, text: heading },
          ...paragraphs.map((text): Block => ({ kind: 'paragraph', text })),
        ]),
      ],
      ...{ signature: pack.office, date: dateInWords(today) },
    };
    return { kind: 'drafted', changed: false, when, document, to: actor.id };
  },

  reply: ({ when }) => `督办通报随后发来：${when}份，发文字号留空，由办公室编号后印发。`,
  notify: ({ document, to }) => [
    {
      ...{ to, text: '' },
      paper: { kind: 'file', drawnBy: 'official-document', facts: document, name: `${document.title}.docx` },
    },
  ],
});
