import { z } from 'zod';
import { sessionName } from '#bot/domain/session-words.ts';
import { SWITCHES } from '#bot/domain/switches.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { sessionChoices, sessionLookedAfter } from '#bot/language/study.ts';
import { isPicture, picturesAmong } from '#bot/materials/kind.ts';
import { looseOf, photosOf } from '#bot/store/material.ts';
import { holds, holdsSession } from '#bot/store/session.ts';
import { isOn } from '#bot/store/setting.ts';

type Kept = Outcome & { kind: 'kept' | 'off' | 'nothing'; name: string; count: number };

const PHOTO = '(?:照片|图片|相片|图)';
const ATTACHES = new RegExp(
  `^\\s*(?:请|帮我)?[把将]?(?:刚才|刚刚|刚发|上面|前面|这|那)(?:发)?的?(?:[几两三四五六七八九十]?[张个])?的?${PHOTO}(?:都)?(?:是|作为|当作?|附到|存到|归到|算).{0,20}?(?:学习|会场|讲座|党课)?的?(?:现场|会场|学习)的?(?:照片?|图片|留影)?[。.!！]?$|^\\s*(?:这是)?(?:今天|本场|这场|\\d{1,2}月\\d{1,2}[日号])?(?:的)?(?:集中)?学习(?:的)?现场(?:的)?${PHOTO}[。.!！]?$`,
);
const HOW = '请先把现场照片发来，再说“刚才的照片是学习现场照片”。';

/** 学习现场照片: a picture of a session, asked for and kept only while 照片必填 is switched on (R14, R97). */
export default defineHandler({
  name: 'session.photo',
  title: '学习现场照片',
  examples: [
    ...['刚才的照片是学习现场照片', '刚才的照片是今天学习的现场照片', '刚发的照片是学习现场', '学习现场照片'],
    ...['今天学习的现场照片', '这是学习现场照片', '这是今天学习现场的照片', '刚才的图片是学习现场图片'],
    ...[
      '这张照片是学习现场照片',
      '上面的照片是学习现场照片',
      '把刚才的照片存到学习现场照片',
      '这几张照片是学习现场照片',
    ],
    ...['刚刚的照片作为学习现场照片', '刚才的照片是会场照片', '今天集中学习现场照片', '刚才的照片都是学习现场照片。'],
  ],
  input: z.object({ session: z.string(), files: z.array(z.number()).optional() }),
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: [ATTACHES],
  meant(clause) {
    const span = cue(clause, ATTACHES);
    const { mood, reading } = clause;
    if (!span || mood.asks || mood.supposes || mood.hears || mood.plans || reading.chat === 'group') return null;
    const claimed = { start: clause.start, end: clause.end };
    const session = sessionLookedAfter(clause);
    if (session && 'one' in session) return act(claimed, 3.1, { session: session.one.code });
    return session
      ? ask(claimed, 3.1, '您说的是哪一场学习的照片？', sessionChoices(session.several))
      : ask(claimed, 3.1, '近一周没有学习场次。您说的是哪一场的照片？请写明日期或主题。');
  },

  /** Of whoever held a session that still lacks its picture. */
  async receives(materials, { actor, message, world, tx }) {
    const pictures = materials.filter(({ type, draftId }) => isPicture(type) && draftId === null);
    if (pictures.length === 0 || message.chat === 'group') return null;
    const at = message.sentAt;
    if (!(await isOn(tx, 'photo', at))) return null;
    const recent = await tx.session.findMany({
      where: { cancelledAt: null, confirmedAt: null, start: { gt: new Date(+at - 7 * DAY_MS), lte: at } },
      orderBy: { start: 'desc' },
    });
    const own = recent.filter((one) => holds(actor, one, world.departments));
    const open = [];
    for (const one of own) if ((await photosOf(tx, one.code)).length === 0) open.push(one);
    const files = pictures.map(({ id }) => id);
    const choices = open.slice(0, 3).map((one) => ({
      label: `${sessionName(one)}现场照片`,
      input: { session: one.code, files },
    }));
    return choices.length > 0 ? { question: '已收下照片。是哪一场学习的现场照片？', choices } : null;
  },

  async execute({ input, actor, message, tx }): Promise<Kept> {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const before = await photosOf(tx, session.code);
    const common = { name: sessionName(session), count: before.length };
    if (!(await isOn(tx, 'photo', message.sentAt))) return { kind: 'off', changed: false, ...common };
    const sent = picturesAmong(await looseOf(tx, actor.id, input.files, message.sentAt));
    const ids = sent.map(({ id }) => id);
    if (ids.length === 0) return { kind: 'nothing', changed: false, ...common };
    await tx.material.updateMany({
      where: { id: { in: ids } },
      data: { sessionCode: session.code, attachedAt: message.sentAt },
    });
    return { kind: 'kept', changed: true, memo: { ids }, ...common, count: before.length + ids.length };
  },

  reply({ kind, name, count }) {
    if (kind === 'off') return `没有收存：“${SWITCHES.photo.name}”没有开启，学习不要求现场照片。`;
    if (kind === 'nothing') return `没有找到您十分钟内发来的照片。${HOW}`;
    return `已存为${name}的现场照片，现有${count}张。${TAKE_BACK}`;
  },
  async undo(memo, { tx }) {
    const { ids } = z.object({ ids: z.array(z.number()) }).parse(memo);
    await tx.material.updateMany({ where: { id: { in: ids } }, data: { sessionCode: null, attachedAt: null } });
    return true;
  },
});

const DAY_MS = 24 * 3_600_000;
