import { z } from 'zod';
import { HOW_TO_SEND, NEAR_METRES } from '#bot/domain/place.ts';
import { SWITCHES } from '#bot/domain/switches.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { sessionAhead, sessionChoices } from '#bot/language/study.ts';
import { verbose } from '#bot/language/verbose.ts';
import { askPlace, placeAsked, placeGiven } from '#bot/store/place.ts';
import { holdsSession } from '#bot/store/session.ts';
import { isOn } from '#bot/store/setting.ts';

type Set = Outcome & { kind: 'set' | 'asked' | 'off' | 'no-venue'; venue: string };

const VENUE_PLACE = verbose`
  ^\s*(?:请|麻烦|帮我|我要|我来)?(?:设定?|设置|登记|标定?|采集|更新|重设|记下)?(?:一下)?(?:今天|本场|这场)?(?:的)?(?:学习)?
    (?:会场|会议室|报告厅|签到)(?:的)?(?:位置|定位|坐标)(?:设定|设置|登记|采集|更新)?(?:一下)?[。!！]?\s*$
`;

/** 会场位置: where the room of a session is, sent by who holds it from there; kept only while 位置 is switched on (R14, R97). */
export default defineHandler({
  name: 'session.venue_place',
  title: '会场位置',
  examples: [
    ...['会场位置', '设定会场位置', '设置会场位置', '登记会场位置', '标定会场位置', '采集会场位置', '更新会场位置'],
    ...['请设定会场位置', '我来设定会场位置', '设定今天的会场位置', '设定本场会场位置', '会场定位', '设定签到位置'],
    ...['会议室定位', '重设会场位置', '会场位置设定一下'],
  ],
  input: z.object({ session: z.string(), latitude: z.number().optional(), longitude: z.number().optional() }),
  restricted: ['latitude', 'longitude'],
  allow: { doneBy: '召集人、局领导或活动办', permits: ({ input, ...rest }) => holdsSession(input.session, rest) },

  over: 'message',
  cues: [VENUE_PLACE],
  meant(clause) {
    const span = cue(clause, VENUE_PLACE);
    if (!span || clause.reading.chat !== 'direct') return null;
    const session = sessionAhead(clause);
    if (session && 'one' in session) return act(clause, 2.9, { session: session.one.code });
    return session
      ? ask(clause, 2.9, '您要设定哪一场的会场位置？', sessionChoices(session.several))
      : ask(clause, 2.9, '没有将要举行的学习场次。您要设定哪一场的会场位置？请写明日期或主题。');
  },

  async located(place, { actor, message, tx }) {
    const session = await placeAsked(tx, actor.id, 'venue', message.sentAt);
    return session === null ? null : { session, ...place };
  },

  async execute({ input, actor, message, tx }): Promise<Set> {
    const { session: code, latitude, longitude } = input;
    const { venue } = await tx.session.findUniqueOrThrow({ where: { code } });
    if (!(await isOn(tx, 'location', message.sentAt))) return { kind: 'off', changed: false, venue };
    if (venue === '') return { kind: 'no-venue', changed: false, venue };
    if (latitude === undefined || longitude === undefined) {
      await askPlace(tx, actor.id, 'venue', code, message.sentAt);
      return { kind: 'asked', changed: false, venue };
    }
    const row = { latitude, longitude, byId: actor.id, at: message.sentAt };
    await tx.venuePlace.upsert({ where: { venue }, create: { venue, ...row }, update: row });
    await placeGiven(tx, actor.id);
    return { kind: 'set', changed: true, memo: { venue, at: message.sentAt }, venue };
  },

  reply({ kind, venue }) {
    if (kind === 'off')
      return `没有设定：“${SWITCHES.location.name}”没有开启，签到不核对位置。开启须活动办申请、局主要领导同意。`;
    if (kind === 'no-venue') return '没有设定：这一场还没有写明地点，请先发“地点 三楼会议室”这样的话补上。';
    if (kind === 'asked') return `请到${venue}，${HOW_TO_SEND}（10分钟内）。`;
    return `已设定${venue}的位置，签到时须在${NEAR_METRES}米以内。关闭“${SWITCHES.location.name}”时一并清除；${TAKE_BACK}`;
  },
  async undo(memo, { tx }) {
    const { venue, at } = z.object({ venue: z.string(), at: z.coerce.date() }).parse(memo);
    // What stood before was not kept, so there is none now; what somebody else sent since stays.
    if ((await tx.venuePlace.deleteMany({ where: { venue, at } })).count === 0) return false;
    return { words: `${venue}现在没有位置，签到不核对。要核对请重新发“会场位置”。` };
  },
});
