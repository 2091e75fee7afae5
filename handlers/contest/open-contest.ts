import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';
import { openContest } from '#bot/store/contest.ts';

type Opened = Outcome &
  (
    | {
        kind: 'opened';
        title: string;
        scale: number;
        deadline: string;
        judges: string[];
        names: string[];
        others: string[];
      }
    | { kind: 'running' | 'past'; title: string }
  );

const OPENS =
  /^\s*(?:发起|开启|组织|开展|举办)(?:一次|一轮)?(?:学习)?(?:心得(?:体会)?评比|有奖征文|征文(?:评比|比赛)?)[:：\s，,《]*(?<title>[^\s，,》]{2,30})?/;
const FORM = '请写成“发起心得评比 八项规定心得 评委 张三 李四 满分100 5月31日截止”。';

/** 心得评比、有奖征文: the office opens a round, names judges, scale and last day (R24). */
export default defineHandler({
  name: 'contest.open',
  title: '发起评比',
  examples: ['发起心得评比 八项规定心得 评委 段丽华 满分100 5月31日截止'],
  input: z.object({
    title: z.string(),
    judges: z.array(z.string()).min(1),
    scale: z.number().min(5).max(100),
    deadline: day,
  }),
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [OPENS],
  meant(clause) {
    const { text, mood } = clause;
    const found = OPENS.exec(text);
    if (!found || clause.reading.chat !== 'direct' || mood.asks || mood.supposes || mood.denies) return null;
    const title = found.groups?.['title'];
    const at = text.search(/评委/);
    const judges = [
      ...new Set(
        clause.people
          .filter(({ start }) => at >= 0 && start >= clause.start + at)
          .flatMap(({ people }) => people.map(({ id }) => id)),
      ),
    ];
    const deadline = clause.days('ahead').at(-1)?.day;
    if (!title || /^评委/.test(title)) return ask(clause, 3.4, `评比叫什么？${FORM}`);
    if (judges.length === 0) return ask(clause, 3.4, `由谁担任评委？${FORM}`);
    if (!deadline) return ask(clause, 3.4, `到哪一天截止？${FORM}`);
    const scale = Number(/(?:满分|总分)\s*(\d{1,3})/.exec(text)?.[1] ?? 100);
    if (scale < 5 || scale > 100) return ask(clause, 3.4, `满分应在5到100之间。${FORM}`);
    return act(clause, 3.4, { title, judges, scale, deadline });
  },

  async execute({ input, actor, message, world, tx }): Promise<Opened> {
    const running = await openContest(tx);
    if (running) return { kind: 'running', changed: false, title: running.title };
    if (input.deadline < dayOf(message.sentAt)) return { kind: 'past', changed: false, title: input.title };
    const { title, judges, scale, deadline } = input;
    const { id } = await tx.contest.create({
      data: { title, judges: JSON.stringify(judges), scale, deadline, byId: actor.id, at: message.sentAt },
    });
    return {
      ...{ kind: 'opened', changed: true, memo: { id }, title, scale, deadline, judges },
      names: world.members.filter((one) => judges.includes(one.id)).map(({ name }) => name),
      others: world.members.map((one) => one.id).filter((one) => one !== actor.id && !judges.includes(one)),
    };
  },

  reply(outcome) {
    if (outcome.kind !== 'opened')
      return outcome.kind === 'running'
        ? `没有发起：评比《${outcome.title}》还没有结束，请先发“结束评比”。`
        : '没有发起：截止日已过，请写今天以后的日期。';
    const { title, scale, deadline, names } = outcome;
    return `已发起评比《${title}》：评委${names.join('、')}，满分${scale}分，${dayInWords(deadline)}截止。评委看不到作者姓名。${TAKE_BACK}`;
  },
  notify: (outcome) =>
    outcome.kind === 'opened'
      ? [
          ...outcome.judges.map((to) => ({
            to,
            text: `您是评比《${outcome.title}》的评委：满分${outcome.scale}分，${dayInWords(outcome.deadline)}截止。有作品后请发“待评作品”。`,
          })),
          ...outcome.others.map((to) => ({
            to,
            text: `评比《${outcome.title}》开始征集，${dayInWords(outcome.deadline)}截止。参加请发“参评 题目：正文”。`,
          })),
        ]
      : [],
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    if ((await tx.contestEntry.count({ where: { contestId: id } })) > 0) return false;
    return (
      (await tx.contest.updateMany({ where: { id, closedAt: null }, data: { closedAt: message.sentAt } })).count === 1
    );
  },
});
