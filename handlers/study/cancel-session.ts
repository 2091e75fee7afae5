import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue, sessionMeant } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';

const MOVE = /(?:改|挪|调|推迟|提前|延|换|顺延|推|移)(?:期|整|后|迟)?(?:到|至|为|在|成)(?!岗|场|会|达|位|齐)/;
const CANCEL =
  /取消|撤了|撤掉|cancel|不[搞开办学上听](?:了|啦)|停[办开]|作罢|不再举行|暂停|(?:改|挪|调|推迟|提前|延|换|顺延|推|移)(?:期|整|后|迟)?(?:到|至|为|在|成)(?!岗|场|会|达|位|齐)/i;

/** 取消学习 */
export default defineHandler({
  name: 'session.cancel',
  title: '取消学习',
  examples: ['周五的讲座取消'],
  input: z.object({ session: z.string() }),
  allow: anyone,

  over: 'sentence',
  heedsNotices: true,
  meant(clause) {
    const { reading, mood, text } = clause;
    const span = cue(clause, CANCEL);
    if (
      !span ||
      mood.asks ||
      mood.supposes ||
      mood.hears ||
      /假|申请|打算|考虑|建议|刚才|时限|期限|验收|不取消|别取消|没取消/.test(text)
    )
      return null;
    const session = /自学|自己学/.test(text) ? null : sessionMeant(clause, true);
    const moves =
      /[到至为在成]$/.test(text.slice(0, span.end - clause.start)) && /改|挪|调|推|提前|延|换|移/.test(text);
    const move = cue(clause, MOVE);
    const claimed = { start: clause.start, end: moves ? span.start : (move?.start ?? clause.end) };
    if (session && 'one' in session) return act(claimed, 3, { session: session.one.code });
    if (session)
      return ask(
        claimed,
        2,
        '您要取消哪一场？',
        session.several.slice(0, 4).map(({ code, topic }) => ({ label: `《${topic}》`, input: { session: code } })),
      );
    const [day] = clause.days('ahead');
    const held = day && /取消|撤/.test(text) && text.length <= 14 ? reading.lexicon.sessions.on(day.day) : [];
    const [only] = held;
    if (only && held.length === 1) return act(claimed, 3, { session: only.code });
    if (only)
      return ask(
        claimed,
        2,
        '您要取消哪一场？',
        held.slice(0, 4).map(({ code, topic }) => ({ label: `《${topic}》`, input: { session: code } })),
      );
    return /(?:学习|讲座|辅导|党课|培训)/.test(text) &&
      (move !== null || /取消|撤|cancel|不[搞开办学上听]了/.test(text)) &&
      reading.chat === 'direct'
      ? ask(claimed, 2, '您要取消哪一场学习？请写明日期或主题。')
      : null;
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
