import { z } from 'zod';
import { dayOf } from '#bot/calendar.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { unaccountedFor } from '#bot/language/account.ts';
import { act, ask } from '#bot/language/evidence.ts';
import { type Headed, under } from '#bot/language/headed.ts';
import type { Clause } from '#bot/language/reading.ts';
import { titleBegun } from '#bot/language/study.ts';
import { verbose } from '#bot/language/verbose.ts';
import { anyone, officeIds } from '#bot/permission.ts';
import { copyInWords, keepReflection } from '#bot/store/reflection.ts';

type Submitted = Outcome & {
  kind: 'submitted';
  words: number;
  month: string;
  copy: string;
  office: string[];
};

const NAMES = '(?:心得体会|学习心得|心得|学习体会|读后感|观后感|学后感|感悟|感想|体会)';
const REFLECTION = new RegExp(
  `^\\s*(?:[【[][^】\\]]{0,12}${NAMES}[^】\\]]{0,6}[】\\]]\\s*[:：]?|[^，。：:；;\\n]{0,24}${NAMES}(?:[^，。：:；;\\n]{0,2}(?:如下|汇报|提交)?\\s*(?:[:：]|\\n|——|，|。| (?!请))|[^，。：:；;\\n]{0,8}[:：])|[^。：:；;\\n]{0,40}(?:[存记]为|登记为|作为|算作?|[交写]一?篇|提交|上交|报)[^，。：:；;\\n]{0,4}${NAMES}[^，。：:；;\\n]{0,4}[:：]|[^。：:；;\\n]{0,16}${NAMES}[^。：:；;\\n]{0,8}(?:[存记收]起来|[存记]下来?|[存记收]一下|[存记]上)(?:就是|[吧啊哈，])*)`,
);
// Of these only what is learnt makes a heading: 「学完新党章有感：」, 「听完讲座的一点感受，交一下：」.
const LOOSE =
  /^[^。：:；;\n]{0,24}(?:学|读|听|看|课|讲座|培训)[^。：:；;\n]{0,16}(?:有感|感触|感受|收获|所感|所得|启示|启发|所思|所悟|思考|体悟|心声)[^。：:；;\n]{0,8}(?:[:：!！]|\n|——)/;
const BRACKETED = new RegExp(`^\\s*[^，。：:；;\\n]{0,12}${NAMES}[（(][^）)]{1,16}[）)]\\s*(?:[:：，]|\\n|——)?`);
// 「交心得！……」, 「这段算我的学习体会啊就是说……」
const CALLED = new RegExp(
  `^\\s*(?:[^，。：:；;\\n]{0,8}(?:交|提交|上|呈|发)[^，。：:；;\\n]{0,4}${NAMES}[!！]|(?:这|下面|以下)[^，。：:；;\\n]{0,4}(?:算|是|当|作为)[^，。：:；;\\n]{0,6}${NAMES}(?:啊|哈|吧|就是说?|，)+|[^，。：:；;\\n]{0,4}我?(?:说|讲|谈|念|发)[一几]?[段点条篇]${NAMES}(?:[啊哈吧呀呢，]|就是说?)+|[^，。：:；;\\n]{0,4}我(?:写|交)了?[^，。：:；;\\n]{0,4}${NAMES}(?:你|请|给|帮我)*(?:收|存|记)[着下好上一])`,
);
// 「……你给我记成心得」
const SAID_LAST = new RegExp(
  `(?:记|存|算|当|留|收|登记)(?:成|作|为|到|个|上|在|一?篇|一下)*[^，。]{0,4}${NAMES}[^，。]{0,3}[吧啊了哈]*[。!！\\s]*$`,
);
const FEWEST = 16;
const ASKED = /谁|没[交写报]|交了吗|哪些|什么时候|请[各大]|催|怎么写|要交|评比|截止|[?？]\s*$/;

const HEADS = new RegExp(`${NAMES}.*`, 's');
// What is learnt, read, heard or lived through at work; of 「带娃心得」 and 「钓鱼心得」 nothing is.
const LEARNING = verbose`
  .*[学读听看观课讲训党章规律廉德][^，。：:]* | 工作 | 调研 | 走访 | 下乡 | 参加 | 活动 | 精神 | 主义 | 报告 | 会议 | 作风 | 交流
  | 岗位 | 业务 | 服务 | 提?[交报写发递送呈] | 提 | 一?[篇段] | 份 | 个人 | 关于 | 点 | 条 | 教育 | 警示 | 两?句 | [说谈]
  | [存收记算当放][成作为到]? | [这下以]面?这?[段篇条些]
`;

/** Whether a heading says nothing of the text but that it comes of learning or work. */
const isOfLearning = ({ reading }: Clause, { start, opening }: Headed): boolean =>
  unaccountedFor(reading.message.nameless.slice(start, start + opening.length).replace(HEADS, ''), LEARNING) < 2;

/** 提交心得体会 (R22) */
export default defineHandler({
  name: 'study.reflection',
  title: '提交心得体会',
  examples: ['心得体会：学习八项规定，重在从小事做起，把调研做实。'],
  input: z.object({ text: z.string() }),
  restricted: ['text'],
  allow: anyone,

  over: 'message',
  cues: [REFLECTION, BRACKETED, LOOSE, CALLED, SAID_LAST],
  meant(clause) {
    const { reading } = clause;
    const headed =
      [REFLECTION, BRACKETED, LOOSE, CALLED]
        .map((heading) => under(heading, clause))
        .find((one) => (one?.body.length ?? 0) >= 8) ?? saidLast(clause);
    // 「心得 学习十八大精神有感」 is a title; the text follows.
    if (!headed || titleBegun(clause.text)) return null;
    const { opening, body } = headed;
    // 「请把心得体会交上来：……」 orders one.
    const ordered =
      /^\s*(?:请|帮|把(?!我|今|昨|这|本|学))/.test(opening) && !/[存记算](?:为|成|作)|登记为|作为/.test(opening);
    if (ASKED.test(`${opening}${body.slice(0, 12)}`) || ordered) return null;
    if (!isOfLearning(clause, headed))
      return reading.chat === 'group'
        ? null
        : ask(headed, 3, '这是学习的心得体会吗？', [{ label: '是，提交', input: { text: body } }]);
    return act(headed, 3, { text: body });
  },

  async execute({ input, actor, message, world, tx }): Promise<Submitted> {
    const at = message.sentAt;
    const text = wholeOf(input.text, message.content.kind === 'text' ? message.content.text : '');
    const kept = await keepReflection(tx, actor, { title: '', text, at, inboxKey: message.key });
    const { id, words } = kept;
    return {
      ...{ kind: 'submitted', changed: true, memo: { id }, words, month: monthOf(dayOf(at)) },
      copy: copyInWords(kept, actor, '', world),
      office: officeIds(world),
    };
  },

  reply: ({ words, month }) => `已收到心得体会（${words}字），计入${monthInWords(month)}。${TAKE_BACK}`,
  inGroup: ({ words }) => `已收到心得体会（${words}字）。`,
  notify: ({ copy, office }) => (copy ? office.map((to) => ({ to, text: copy })) : []),
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    const { count } = await tx.reflection.updateMany({
      where: { id, undoneAt: null },
      data: { undoneAt: message.sentAt },
    });
    return count === 1;
  },
});

/** The words before 「记成心得」 are what is handed in. */
function saidLast(clause: Clause): Headed | null {
  const at = clause.text.search(SAID_LAST);
  if (at < FEWEST || clause.reading.chat === 'group' || /打算|要交|明天|等我/.test(clause.text.slice(at))) return null;
  return { start: clause.start, end: clause.end, opening: '', body: clause.said.slice(0, at).trim() };
}

const MOST_READ = 4000;

/** Understanding looks at the first part of a long message only; what is kept is all of it. */
function wholeOf(read: string, message: string): string {
  if (message.length <= MOST_READ) return read;
  const at = message.indexOf(read.slice(0, 20));
  return at < 0 ? read : message.slice(at).trim();
}
