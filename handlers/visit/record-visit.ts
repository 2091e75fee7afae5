import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { visitInWords } from '#bot/domain/visit.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { saidBesides } from '#bot/language/asking.ts';
import { act, ask, cue, type Meaning } from '#bot/language/evidence.ts';
import type { Clause } from '#bot/language/reading.ts';
import { daysSaid } from '#bot/language/slots/slash.ts';
import { verbose } from '#bot/language/verbose.ts';
import { VISITED_OUTRIGHT, visitsIn } from '#bot/language/visiting.ts';
import { anyone } from '#bot/permission.ts';

type Visited = Outcome & {
  kind: 'visited' | 'future';
  name: string;
  date: string;
  text: string;
  by: string;
  told: string | null;
};

const VAGUE =
  /前阵子|前一阵|最近|近期|前几天|前些天|这几天|这阵子|上个?月(?!\d|[一二三])|月初|日前|近日|早些时候|上周(?![一二三四五六日天])|这两天/;

// What a report of a visit says besides day and firm; what was seen there is kept.
const BEEN_THERE = /走访|拜访|回访|上午|下午|今天|昨天|[我去到了过]/;
const NOT_THEN = /^[^，。；]{0,2}(?:没[有能]?|未能?|不能?)(?:去|到|走|成)/;
// 「原计划昨天去，改成今天走访的」: what was meant to be is no day of it.
const MEANT_THEN =
  /(?:原|原来|原先|原本|本来|起初|之前)(?:计划|打算|安排|预备|准备|说好|约好|定|想|说|约|要)(?:好|的|是|在|了)*[^，。；]{0,3}$/;

/** 登记走访: what was seen and asked for at an enterprise; its liaison hears of it (R34). */
export default defineHandler({
  name: 'liaison.visit',
  title: '登记走访',
  examples: ['昨天走访了宏源石化，反映招工难', '昨天走访了宏源石化，了解了用工情况；诉求：帮助招工；答复：联系人社局'],
  offers: ({ actor, world }) =>
    world.enterprises
      .filter(({ liaison }) => liaison === actor.id)
      .slice(0, 1)
      .map(({ name, aliases }) => `今天走访了${aliases[0] ?? name}，了解了用工情况`),
  input: z.object({ enterprise: z.string(), date: day, text: z.string() }),
  allow: anyone,

  // A place there stands beside a visit; anything else of the enterprise is another thing.
  account: {
    rests: [VISITED_OUTRIGHT, /[去到赴往访跑看]/],
    words: verbose`
      (?:会同|陪同?|跟|随|带)[^，。□]{1,8}?(?=[去到赴]|$) | 带[队人] | [去到赴往上下进] | 了?一?趟 | 公司 | 单位 | 实地 | 期间
      | [察查]看? | 车间 | 厂[区房里]? | 办公室 | 仓库 | 生产线 | 实验室 | 基地 | 大棚 | 现场 | 工地 | 展厅 | 项目 | 情况 | 时候
      | 老板 | 负责人 | 企业 | 登记 | 记
    `,
    ahead: 2,
  },
  over: 'sentence',
  meant(clause) {
    const { reading, text } = clause;
    const companies = clause.enterprises;
    if (companies.length === 0) return unknownIn(clause);
    if (!visitsIn(clause)) return null;
    // 「9号没去成，是今天去的」: not on the 9th.
    const behind = daysSaid(clause, 'behind').filter(
      ({ start, end }) =>
        !NOT_THEN.test(reading.message.text.slice(end)) &&
        !MEANT_THEN.test(reading.message.text.slice(clause.start, start)),
    );
    const days =
      behind.length > 0
        ? behind
        : VAGUE.test(text)
          ? []
          : reading.message.days('behind').filter(({ day }) => day <= reading.today);
    // 「上午跑了趟」: today's.
    const today =
      days.length === 0 && /上午|下午|早[上晨]|今|中午|刚|方才/.test(text) && !VAGUE.test(text)
        ? reading.today
        : undefined;
    const parted = labelledEnd(clause);
    const claimed = { start: clause.start, end: Math.max(beforeOwnReport(clause), parted) };
    const seen = new Set<string>();
    // Of several visits each keeps all the words: nobody knows which are whose.
    const words = companies.length === 1 ? saidBesides(withParts(clause, parted), BEEN_THERE) : clause.said.trim();
    const told = companies.flatMap(({ enterprise, start }) => {
      if (seen.has(enterprise.code)) return [];
      seen.add(enterprise.code);
      const day = days.filter((one) => one.start < start).at(-1) ?? days[0];
      return [{ enterprise: enterprise.code, date: day?.day ?? today, text: words }];
    });
    // 「今天去甲厂，下周三还要去乙厂」: what is still to come waits until it was.
    const been = told.filter(({ date }) => date !== undefined && date <= reading.today);
    const visits = been.length > 0 && told.every(({ date }) => date !== undefined) ? been : told;
    if (visits.some(({ date }) => date === undefined || (date as string) > reading.today)) {
      const past = visits.every(({ date }) => date === undefined);
      return past && /了|过|走访|拜访|趟|回访/.test(text)
        ? ask(claimed, 2, '是哪一天走访的？请写明日期，如“5月28日走访宏源石化”。')
        : null;
    }
    return act(claimed, 2.4, ...visits.map(({ date, ...visit }) => ({ ...visit, date: date ?? reading.today })));
  },

  async confirm({ input, actor, world, tx }) {
    const { enterprise: enterpriseCode, date } = input;
    const before = await tx.visit.findFirst({ where: { enterpriseCode, date, personId: actor.id, undoneAt: null } });
    if (!before) return null;
    const name = world.enterprises.find(({ code }) => code === enterpriseCode)?.name ?? '';
    return `您已登记过${dayInWords(date)}走访${name}。是另一次走访请回复“确认”，是同一次请回复“取消”。`;
  },

  async execute({ input, actor, message, world, tx }): Promise<Visited> {
    const enterprise = world.enterprises.find(({ code }) => code === input.enterprise);
    if (!enterprise) throw new Error(`enterprise ${input.enterprise} was understood but is not in the world`);
    const { date, text } = input;
    const common = { name: enterprise.name, date, text, by: actor.name };
    if (date > dayOf(message.sentAt)) return { kind: 'future', changed: false, ...common, told: null };
    const { id } = await tx.visit.create({
      data: {
        ...{ enterpriseCode: enterprise.code, personId: actor.id, departmentCode: actor.department },
        ...{ date, text, at: message.sentAt, inboxKey: message.key },
      },
    });
    const told = enterprise.liaison === actor.id ? null : enterprise.liaison;
    return { kind: 'visited', changed: true, memo: { id }, ...common, told };
  },

  reply({ kind, name, date, text }) {
    return kind === 'future'
      ? `没有登记：${dayInWords(date)}还没有到，走访后再登记。`
      : `已登记：${dayInWords(date)}走访${name}，${visitInWords(text)}。${TAKE_BACK}`;
  },
  inGroup: ({ kind, name, date }) =>
    kind === 'future' ? `没有登记：${dayInWords(date)}还没有到。` : `已登记：${dayInWords(date)}走访${name}。`,
  notify: ({ kind, name, date, text, by, told }) =>
    kind === 'visited' && told
      ? [{ to: told, text: `${by}登记了${dayInWords(date)}走访${name}：${visitInWords(text)}。` }]
      : [],
  async undo(memo, { message, tx }) {
    const { id } = z.object({ id: z.number() }).parse(memo);
    await tx.visit.update({ where: { id }, data: { undoneAt: message.sentAt } });
    return true;
  },
});

/** Where 「；诉求：……；答复：……」 behind a visit ends; the end of the clause where there is none. */
function labelledEnd({ reading, end }: Clause): number {
  const behind = /^(?:[，,；;。\s]*(?:诉求|需求|答复|满意度)[：:][^；;。\n]*)+/.exec(reading.message.text.slice(end));
  return end + (behind?.[0].length ?? 0);
}

const withParts = (clause: Clause, end: number): Clause =>
  end > clause.end ? clause.reading.message.within({ start: clause.start, end }) : clause;

/** A visit to a firm that is on no list. */
function unknownIn(clause: Clause): Meaning<never> | null {
  const { mood, reading, text } = clause;
  const span = cue(clause, /走访|拜访/);
  if (
    !span ||
    !/公司|企业|厂|集团|合作社|种业|化工/.test(text) ||
    reading.chat === 'group' ||
    mood.supposes ||
    mood.hears ||
    mood.asks
  )
    return null;
  if (/打算|准备|计划|没去|要去|想去|改天|请[^，。]{0,6}走访|安排走访/.test(text)) return null;
  return clause.days('behind').length > 0 ? ask(span, 2, '企业名录中没有找到这家企业，请核对企业名称。') : null;
}

/** Where a report on the visitor's own work begins after the visit, 「走访过了，示范企业新增一家」; else the end. */
function beforeOwnReport(clause: Clause): number {
  const { text } = clause.reading.message;
  const last = clause.enterprises.at(-1)?.end ?? clause.end;
  const { speaker } = clause.reading;
  const own = clause.items.find(
    ({ items: [item], start, score }) => start > last && score >= 1.2 && item?.department === speaker.department,
  );
  const from = own && text.lastIndexOf('，', own.start) + 1;
  if (!own || !from || from <= last) return clause.end;
  const part = text.slice(from, clause.end);
  return /^\s*(?:该?企业|该|他们|对方|反映|提出|希望|建议|其)/.test(part) || !/新增|累计|又|%|共/.test(part)
    ? clause.end
    : from;
}
