import { z } from 'zod';
import { type Day, dayInWords, dayOf } from '#bot/calendar.ts';
import { itemName, progressInWords } from '#bot/domain/item-words.ts';
import { reasonOf } from '#bot/domain/light.ts';
import { RHYTHM_WORDS, type Rhythm } from '#bot/domain/matter.ts';
import { type SlipPaper, STAGE_WORDS, STAGES, stageOf, whyNoSlip } from '#bot/domain/slip.ts';
import { defineHandler, type Execution, type Outcome } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemMeant } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { verbose } from '#bot/language/verbose.ts';
import { has } from '#bot/permission.ts';
import { assignmentOf, chainOf } from '#bot/store/assignment.ts';
import { lightRuleAt } from '#bot/store/figures.ts';
import { helpersIn, namesOf } from '#bot/store/helpers.ts';
import { officeName } from '#bot/store/office.ts';
import { issueSlip, stagesIssued } from '#bot/store/slip.ts';

const input = z.object({ item: z.string(), stage: z.enum(STAGES).optional() });
type Input = z.infer<typeof input>;
interface Matter {
  code: string;
  no: number;
  title: string;
  deadline: Day;
}
type Issued = Outcome & { item: Matter } & (
    | { kind: 'issued'; slip: SlipPaper; told: string[]; issuer: string }
    | { kind: 'closed' | 'no-cause' | 'issued-before' | 'later-issued' | 'other-stage'; why: string }
  );

const ISSUES = verbose`
  (?:签发|印发|下发|下达|开具|发出|开出|出具|补发|发|出|下|开|制发)(?:个|一?[份张个])?(?:[蓝黄红]色?)?的?督办单
  | ^\s*(?:督办单|[蓝黄红]色?督办单)[。！!\s]*$ | 督办单[^，。]{0,2}(?:签发|下发|下达|发出|开出来)$
`;
const ELSE = /谁|多少|哪|什么|怎么|如何|几|收到|签收|没有?|已经?|了[。！!]?$|别|不用|不要|先不|暂不|以后|下次|记得/;
const COLOURS = { 蓝: 'blue', 黄: 'yellow', 红: 'red' } as const;

/** 督办单: the office issues one for each stage of a matter, blue near its term, yellow behind pace, red overdue (R58). */
export default defineHandler({
  name: 'slip.issue',
  title: '签发督办单',
  examples: ['给3号台账发督办单'],
  input,
  allow: { doneBy: '活动办', permits: ({ actor }: Execution<Input>) => has(actor, 'office') },

  over: 'sentence',
  cues: [ISSUES],
  meant(clause) {
    const span = cue(clause, ISSUES);
    const { mood, reading } = clause;
    if (!span || reading.chat !== 'direct' || ELSE.test(clause.text)) return null;
    if (mood.asks || mood.denies || mood.plans || mood.supposes || mood.hears) return null;
    const fit = clause.items.length > 0 ? itemMeant(clause) : null;
    if (!fit) return ask(span, 2.6, '要对哪一项发督办单？请带上编号，如“给3号台账发督办单”。');
    if ('several' in fit) return ask(span, 2.6, '要对哪一项发督办单？一事一单，请选一项。', itemChoices(fit.several));
    const stage = colourIn(clause);
    return act(clause, 3, { item: fit.one.code, ...(stage && { stage }) });
  },

  async confirm(execution) {
    const outcome = await drafted(execution);
    if (outcome.kind !== 'issued') return null;
    const { colour, why } = STAGE_WORDS[outcome.slip.stage];
    return `将对${itemName(outcome.item)}签发${colour}督办单（${why}），发给${outcome.slip.unit}，发出后不能撤销。请回复“确认”或“取消”。`;
  },

  async execute(execution): Promise<Issued> {
    const { tx, actor, message } = execution;
    const outcome = await drafted(execution);
    if (outcome.kind !== 'issued') return outcome;
    const { stage } = outcome.slip;
    const slip = { itemCode: outcome.item.code, stage, byId: actor.id, at: message.sentAt };
    const number = await issueSlip(tx, slip, dayOf(message.sentAt).slice(0, 4));
    return { ...outcome, changed: true, slip: { ...outcome.slip, number } };
  },

  reply(outcome) {
    const name = itemName(outcome.item);
    switch (outcome.kind) {
      case 'issued':
        return `已签发${STAGE_WORDS[outcome.slip.stage].colour}督办单${outcome.slip.number}：${name}，已发${outcome.slip.unit}，督办单文件随后发来。`;
      case 'closed':
        return `没有签发：${name}${outcome.why}，不再发督办单。`;
      case 'no-cause':
        return `没有签发：${name}没有临期、滞后或逾期（${outcome.why}）。`;
      case 'issued-before':
        return `没有签发：${name}的${outcome.why}督办单已发过，每个阶段只发一次。`;
      case 'later-issued':
        return `没有签发：${name}已发过后一阶段的督办单，不再回到${outcome.why}。`;
      case 'other-stage':
        return `没有签发：${name}目前应发${outcome.why}督办单，请写“给${outcome.item.no}号台账发督办单”。`;
    }
  },

  notify(outcome) {
    if (outcome.kind !== 'issued') return [];
    const { slip, item, told, issuer } = outcome;
    const { colour, why } = STAGE_WORDS[slip.stage];
    const text = `活动办签发${colour}督办单${slip.number}（${why}）：${itemName(item)}，完成时限${dayInWords(slip.deadline)}。请抓紧办理，并报告办理情况。`;
    const paper = {
      kind: 'file' as const,
      drawnBy: 'supervision-slip',
      name: `督办单${slip.number}.docx`,
      facts: slip,
    };
    return [
      ...told.map((to) => ({ to, text })),
      ...[...new Set([...told, issuer])].map((to) => ({ to, text: '', paper })),
    ];
  },
});

function colourIn({ text }: Clause): (typeof STAGES)[number] | undefined {
  const said = /([蓝黄红])色?的?督办单/.exec(text)?.[1] as keyof typeof COLOURS | undefined;
  return said && COLOURS[said];
}

/** What would be issued as things stand, without its number; or why nothing is. */
async function drafted({ input, actor, message, world, tx }: Execution<Input>): Promise<Issued> {
  const item = await tx.ledgerItem.findUniqueOrThrow({ where: { code: input.item } });
  const today = dayOf(message.sentAt);
  const refused = (kind: Exclude<Issued['kind'], 'issued'>, why: string): Issued => ({
    kind,
    changed: false,
    item,
    why,
  });
  if (item.acceptedAt || item.endedAt) return refused('closed', item.acceptedAt ? '已办结' : '已终止');
  if (item.completedAt) return refused('closed', '已申请验收');
  const rule = await lightRuleAt(tx, message.sentAt);
  const stage = stageOf(item, today, rule);
  if (stage && input.stage && input.stage !== stage) return refused('other-stage', STAGE_WORDS[stage].colour);
  const wrong = whyNoSlip(stage, await stagesIssued(tx, item.code));
  if (!stage || wrong === 'no-cause') return refused('no-cause', reasonOf(item, today, rule));
  if (wrong) return refused(wrong === 'issued' ? 'issued-before' : wrong, STAGE_WORDS[stage].colour);
  const assignment = await assignmentOf(tx, item.code);
  const chain = await chainOf(tx, item.code, world);
  const unit = world.departments.find(({ code }) => code === item.departmentCode);
  const named = (id: string | null): string => world.members.find((one) => one.id === id)?.name ?? '';
  const slip: SlipPaper = {
    ...{ office: await officeName(tx), number: '', stage, title: item.title, unit: unit?.name ?? '' },
    basis: assignment
      ? `${named(assignment.byId)}${dayInWords(dayOf(assignment.at))}交办`
      : `${item.level}台账${item.no}号`,
    content: assignment?.text ?? item.title,
    ...{
      helpers: namesOf(helpersIn(assignment?.helpers ?? '', world)),
      leader: named(item.leaderId),
      supervisor: actor.name,
      deadline: item.deadline,
    },
    rhythm: RHYTHM_WORDS[(assignment?.rhythm || 'weekly') as Rhythm],
    progress: [
      `${progressInWords(item)}；${reasonOf(item, today, rule)}`,
      ...chain.map((line) => `转办：${line}`),
    ].join('\n'),
    issuedOn: today,
  };
  const told = [...new Set([unit?.head ?? null, item.ownerId])].filter((id) => id !== null);
  return { kind: 'issued', changed: false, item, slip, told, issuer: actor.id };
}
