import { z } from 'zod';
import { sessionName } from '#bot/domain/session-words.ts';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { sessionChoices, sessionLookedAfter } from '#bot/language/study.ts';
import { verbose } from '#bot/language/verbose.ts';
import { paperOf } from '#bot/materials/kind.ts';
import { photosOf } from '#bot/store/material.ts';
import { holdsSession } from '#bot/store/session.ts';

const ASKS = verbose`
  ^\s*(?:请|帮我|给我|我想?|我要)?(?:看一?下?|看看|查一?下?|查看|调一?下?|调阅|取一?下?|发一?下?|要一?下?).{0,20}?
    (?:学习|讲座|党课|会场)(?:的)?(?:现场)?(?:的)?(?:照片|图片|留影)(?:给我|发我)?(?:看看|看一?下)?[吧。.?？!！]?$
`;

/** 看现场照片: the pictures of a session, for whoever holds it or stands above (R97). */
export default defineHandler({
  name: 'session.photos',
  title: '看现场照片',
  examples: [
    ...[
      '看学习现场照片',
      '查看学习现场照片',
      '看今天学习的现场照片',
      '查看今天学习的照片',
      '看看学习现场照片',
      '看一下学习照片',
    ],
    ...[
      '请看看学习现场的照片',
      '调阅学习现场照片',
      '发学习现场照片给我',
      '看学习照片',
      '查看学习现场图片',
      '帮我看学习现场照片',
    ],
    ...['我要看学习现场照片', '看看今天学习的照片', '查一下学习现场照片'],
  ],
  input: z.object({ session: z.string() }),
  reads: true,
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: [ASKS],
  meant(clause) {
    const span = cue(clause, ASKS);
    if (!span || clause.reading.chat === 'group') return null;
    const session = sessionLookedAfter(clause);
    if (session && 'one' in session) return act(clause, 3, { session: session.one.code });
    return session
      ? ask(clause, 3, '您要看哪一场的现场照片？', sessionChoices(session.several))
      : ask(clause, 3, '近一周没有学习场次。您要看哪一场的现场照片？请写明日期或主题。');
  },

  async execute({ input, actor, tx }) {
    const session = await tx.session.findUniqueOrThrow({ where: { code: input.session } });
    const photos = await photosOf(tx, session.code);
    return { kind: 'shown', changed: false, name: sessionName(session), photos, to: actor.id };
  },

  reply: ({ name, photos }) =>
    photos.length === 0 ? `${name}没有现场照片。` : `${name}有现场照片${photos.length}张，随后发给您。`,
  notify: ({ photos, to }) => photos.map((one) => ({ to, text: '', paper: paperOf(one) })),
});
