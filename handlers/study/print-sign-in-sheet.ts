import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { paperAsked } from '#bot/language/paper-asked.ts';
import { sessionAhead, sessionChoices, sessionLookedAfter } from '#bot/language/study.ts';
import type { PrintedSheet } from '#bot/papers/printed-sheet.ts';
import { holdsSession } from '#bot/store/session.ts';
import { signInSheet } from '#bot/store/study-sheets.ts';

type Printed = Outcome & { kind: 'printed'; name: string; file: string; sheet: PrintedSheet; to: string };

const SHEET = /签到[表册簿单]/;

/** 打印签到表: a session's sheet as xlsx, blank before it to sign by hand, filled in after it (R14, requirements 3.6). */
export default defineHandler({
  name: 'session.sheet',
  title: '打印签到表',
  examples: ['打印签到表', '导出5月14日的签到表'],
  input: z.object({ session: z.string() }),
  reads: true,
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: [SHEET],
  meant(clause) {
    const span = paperAsked(clause, SHEET);
    if (!span) return null;
    const session = sessionLookedAfter(clause) ?? (clause.days('near').length > 0 ? null : sessionAhead(clause));
    if (session && 'one' in session) return act(clause, 3, { session: session.one.code });
    return session
      ? ask(clause, 3, '您要哪一场的签到表？', sessionChoices(session.several))
      : ask(clause, 3, '没有找到这场学习。您要哪一场的签到表？请写明日期或主题。');
  },

  async execute({ input, actor, message, world, tx }): Promise<Printed> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const sheet = await signInSheet(tx, world, session, message.sentAt);
    const file = `${dayOf(session.start)}签到表.xlsx`;
    return { kind: 'printed', changed: false, name: sessionName(session), file, sheet, to: actor.id };
  },

  reply: ({ name }) => `签到表随后发来：${name}，A4纵向，可直接打印。`,
  notify: ({ to, file, sheet }) => [
    { to, text: '', paper: { kind: 'file', drawnBy: 'printed-sheet', name: file, facts: sheet } },
  ],
});
