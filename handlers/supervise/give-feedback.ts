import { z } from 'zod';
import { reportProgress } from '#bot/domain/ledger.ts';
import { feedbackIn } from '#bot/domain/matter.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemLabel, itemMeant } from '#bot/language/evidence.ts';
import { figuresIn } from '#bot/language/figures.ts';
import { isHeadOf } from '#bot/permission.ts';
import { assignmentOf } from '#bot/store/assignment.ts';
import { record, takeBackFacts } from '#bot/store/facts.ts';
import { helperIn } from '#bot/store/helpers.ts';

const input = z.object({ item: z.string(), text: z.string(), percent: z.number().min(0).max(100).optional() });
type Input = z.infer<typeof input>;
interface Given extends Outcome {
  kind: 'given' | 'helped' | 'closed' | 'unsigned' | 'went-backwards';
  item: { code: string; no: number; title: string };
  text: string;
  problem: string;
  next: string;
  by: string;
  told: string[];
  /** as whose help it was told; null for the matter itself */
  helper: string | null;
  done: boolean;
}

const GIVES = /^\s*(?:我(?:科|们)?)?(?:办理)?反馈(?:一下)?(?:情况)?[：:，,\s]*/;
const HELPED = /(?:我(?:科|单位|们)?的?)?协办(?:的)?(?:部分|内容|任务|工作)/;
const MATTER = /^[JZ]B\d{4}-\d+$/;
const PARTS = /(?:问题|困难|下一?步)[^，。；]{0,4}[：:是]/;

/** 反馈: whoever works on a matter tells how it stands, what hinders it and what comes next; whoever gave it hears of it (R59). */
export default defineHandler({
  name: 'matter.feedback',
  title: '反馈交办事项',
  examples: ['反馈J-1：已走访6家企业；问题：数据不全；下一步：本周补齐', 'J-1协办部分已完成，名单已提供'],
  input,
  allow: {
    doneBy: '承办、协办科室（单位）负责人或责任人',
    async permits({ input, actor, world, tx }: Execution<Input>) {
      const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
      if (item.ownerId === actor.id || isHeadOf(actor, item.departmentCode, world)) return true;
      return (await helperIn(tx, input.item, actor, world)) !== null;
    },
  },

  over: 'message',
  cues: [HELPED, GIVES],
  meant(clause) {
    const help = /[没未].*吧[。!！]?$/.test(clause.text) ? null : cue(clause, HELPED);
    const span = cue(clause, GIVES) ?? help;
    const [mention] = clause.items;
    const { mood, reading } = clause;
    if (!span || !mention || mention.how === 'gist' || reading.chat !== 'direct') return null;
    // The matter stands right behind the word.
    if (
      (help ? Math.abs(mention.end - help.start) > 3 : mention.start - span.end > 2) ||
      mood.asks ||
      mood.supposes ||
      mood.hears
    )
      return null;
    const fit = itemMeant(clause);
    if (!fit || 'several' in fit) return null;
    if (help && !/^\s*(?:我(?:科|们)?|反馈[：:，,\s]*)*$/.test(clause.text.slice(0, mention.start - clause.start)))
      return null;
    const text = clause.said.slice(mention.end - clause.start).replace(/^[》：:，,\s]+/, '');
    if (/^(?:了|没|吗|情况[如怎])/.test(text)) return null;
    if (text.trim().length < 2)
      return ask(span, 2.9, `${itemLabel(fit.one)}办得怎么样？请写成“反馈${fit.one.code}：进展……；问题……；下一步……”。`);
    // A figure of any other item is its progress, which has its own words.
    if (!help && !MATTER.test(fit.one.code) && !PARTS.test(text)) return null;
    const { percent } = figuresIn(text, { target: null, unit: null });
    return act(clause, 3.1, { item: fit.one.code, text: text.trim(), ...(percent !== undefined && { percent }) });
  },

  async execute({ input, actor, message, world, tx }): Promise<Given> {
    const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
    const assignment = await assignmentOf(tx, item.code);
    const answers = item.ownerId === actor.id || isHeadOf(actor, item.departmentCode, world);
    const helper = answers ? null : await helperIn(tx, item.code, actor, world);
    const head = world.departments.find(({ code }) => code === item.departmentCode)?.head ?? null;
    const hears = helper ? [assignment?.byId ?? null, item.ownerId, head] : [assignment?.byId ?? null];
    const told = [...new Set(hears)].filter((id) => id !== null && id !== actor.id).filter((id) => id !== null);
    const done = helper !== null && isDone(input.text);
    const common = { item, ...feedbackIn(input.text), by: actor.name, told, helper: helper?.name ?? null, done };
    if (item.acceptedAt || item.completedAt || item.endedAt) return { kind: 'closed', changed: false, ...common };
    const by = { itemCode: item.code, personId: actor.id, at: message.sentAt, inboxKey: message.key };
    // A helper tells in words of the own part; the figure is the main unit's to tell (R42, R56).
    if (helper) {
      const part = { ...by, ...feedbackIn(input.text), helper: helper.code, done };
      const { id } = await tx.feedback.create({ data: part });
      return { kind: 'helped', changed: true, memo: { id, code: item.code, ids: [], told }, ...common };
    }
    if (assignment?.number && !assignment.signedAt) return { kind: 'unsigned', changed: false, ...common };
    const said = { percent: item.target === null ? input.percent : undefined };
    const outcome = reportProgress(item, item.departmentCode, said);
    if (outcome.kind === 'went-backwards') return { kind: outcome.kind, changed: false, ...common };
    const { quantity, percent } = outcome.kind === 'recorded' ? outcome : item;
    const { ids } = await record(tx, item.code, {
      ...{ kind: 'reported', personId: actor.id, at: message.sentAt, note: input.text, inboxKey: message.key },
      ...{ quantity, percent },
    });
    const { id } = await tx.feedback.create({ data: { ...by, ...feedbackIn(input.text) } });
    return { kind: 'given', changed: true, memo: { id, code: item.code, ids, told }, ...common };
  },

  reply({ kind, item, problem, next, told, done }) {
    const name = `${item.code}《${item.title}》`;
    switch (kind) {
      case 'closed':
        return `没有记录：${name}已申请验收或已办结，不必再反馈。`;
      case 'unsigned':
        return `没有记录：${name}还没有签收，请先回复“签收${item.code}”。`;
      case 'went-backwards':
        return `没有记录：所报进度低于已报，如有误请写“更正${item.code}……，原因……”。`;
      case 'helped':
        return done
          ? `已记录：${name}你科（单位）协办部分已办好，已告知主办科室和交办人。${TAKE_BACK}`
          : `已反馈：${name}协办情况已告知主办科室和交办人；协办部分办好后请再发“反馈${item.code}：协办部分已完成”。${TAKE_BACK}`;
      case 'given': {
        const lacking = [problem ? '' : '存在问题', next ? '' : '下一步打算'].filter(Boolean).join('、');
        const hint = lacking ? `未写${lacking}，如有请补充。` : '';
        return `已反馈：${name}${told.length > 0 ? '，已告知交办人' : ''}。${hint}${TAKE_BACK}`;
      }
    }
  },
  notify: ({ kind, item, text, by, told, helper, done }) => {
    if (kind !== 'given' && kind !== 'helped') return [];
    const who = helper ? `${helper}${by === helper ? '' : by}（协办${done ? '，已办好' : ''}）` : by;
    return told.map((to) => ({ to, text: `${who}反馈${item.code}《${item.title}》：${text}。` }));
  },
  async undo(memo, { actor, message, tx }) {
    const { id, code, ids, told } = z
      .object({ id: z.number(), code: z.string(), ids: z.array(z.number()), told: z.array(z.string()) })
      .parse(memo);
    if (ids.length > 0 && !(await takeBackFacts(tx, code, ids, { personId: actor.id, at: message.sentAt })))
      return false;
    await tx.feedback.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return told.map((to) => ({ to, text: `${actor.name}已收回对${code}的反馈。` }));
  },
});

/** 「协办部分已完成」: the part is done, and nothing of it is left over. */
const isDone = (text: string): boolean =>
  /(?:已|都|全部|均)[^，。；]{0,6}(?:完成|办[好完结]|做完|提供|报送|移交|交齐)|(?:完成|办[好完结]|做完)了?(?:[，。；]|$)/.test(
    text,
  ) &&
  !/未|没|尚|还[差有缺]|部分(?:完成|提供)|基本|预计|下周|争取|即将/.test(
    text.replace(/协办部分/g, '').replace(/没有?(?:问题|困难)|(?:问题|困难)[：:]\s*(?:无|没有)/g, ''),
  );
