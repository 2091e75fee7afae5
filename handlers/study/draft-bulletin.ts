import { z } from 'zod';
import { dateInWords, dayOf } from '#bot/calendar.ts';
import { month } from '#bot/command.ts';
import { lastOf, monthTitle } from '#bot/domain/month.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { paperAsked } from '#bot/language/paper-asked.ts';
import { monthIn } from '#bot/language/slots/period.ts';
import { sessionChoices, sessionLookedAfter } from '#bot/language/study.ts';
import type { OfficialDocument } from '#bot/papers/document.ts';
import { has } from '#bot/permission.ts';
import { attendanceBulletin } from '#bot/store/attendance-bulletin.ts';
import { holdsSession } from '#bot/store/session.ts';
import { sessionsHeld } from '#bot/store/study-sheets.ts';

type Drafted = Outcome &
  ({ kind: 'drafted'; when: string; document: OfficialDocument; to: string } | { kind: 'none'; when: string });

const BULLETIN = /(?:考勤|出勤|学习考勤)(?:情况)?(?:的)?通报/;

/** 考勤通报: a month's or a session's bulletin as docx in the form of an official paper; units, nobody's name (R16, 3.1, 3.4). */
export default defineHandler({
  name: 'attendance.bulletin',
  title: '起草考勤通报',
  examples: ['起草5月份考勤通报', '导出考勤通报'],
  input: z.union([z.object({ month }), z.object({ session: z.string() })]),
  reads: true,
  allow: {
    doneBy: '召集人、局领导或活动办',
    permits: ({ input, ...rest }) =>
      'month' in input ? has(rest.actor, 'office', 'chief', 'leader') : holdsSession(input.session, rest),
  },

  over: 'message',
  cues: [BULLETIN],
  meant(clause) {
    if (!paperAsked(clause, BULLETIN)) return null;
    const { today } = clause.reading;
    const asked = monthIn(clause.text, today);
    if (asked && clause.days('behind').length === 0) return act(clause, 3, { month: asked });
    const session = sessionLookedAfter(clause);
    if (session && 'one' in session) return act(clause, 3, { session: session.one.code });
    return session
      ? ask(clause, 3, '您要哪一场的考勤通报？', sessionChoices(session.several))
      : ask(clause, 3, '近一周没有学习场次。您要哪个月或哪一场的考勤通报？');
  },

  async execute({ input, actor, message, world, tx }): Promise<Drafted> {
    const now = message.sentAt;
    const one = 'session' in input ? await tx.session.findMany({ where: { code: input.session } }) : null;
    const when = 'month' in input ? monthTitle(input.month) : dateInWords(dayOf(one?.[0]?.start ?? now));
    const held =
      'month' in input
        ? await sessionsHeld(tx, `${input.month}-01`, lastOf(input.month), now)
        : (one ?? []).filter(({ end }) => end <= now);
    if (held.length === 0) return { kind: 'none', changed: false, when };
    const document = await attendanceBulletin(tx, world, { when, sessions: held, now });
    return { kind: 'drafted', changed: false, when, document, to: actor.id };
  },

  reply: (outcome) =>
    outcome.kind === 'none'
      ? `没有起草：${outcome.when}还没有已结束的集中学习。`
      : `考勤通报随后发来：${outcome.when}，发文字号留空，由办公室编号后印发。`,
  notify: (outcome) =>
    outcome.kind === 'none'
      ? []
      : [
          {
            ...{ to: outcome.to, text: '' },
            paper: {
              ...{ kind: 'file' as const, drawnBy: 'official-document', facts: outcome.document },
              name: `${outcome.document.title}.docx`,
            },
          },
        ],
});
