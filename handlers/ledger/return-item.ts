import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { act, ask, cue, itemChoices, itemMeant, partWith } from '#bot/language/evidence.ts';
import { moodOf } from '#bot/language/mood.ts';
import { anyone } from '#bot/permission.ts';

const RETURNS =
  /退回|打回|驳回|退了|退掉|发回|返工|重新?(?:报|做|弄|整)|不予(?:通过|验收)|不(?:能)?通过|没通过|验收不(?:合格|通过|了)|先不验|(?:^|[，,\s])退(?:[。!！，,]|$)/;

/** 退回验收 */
export default defineHandler({
  name: 'ledger.return',
  title: '退回验收',
  examples: ['J-2退回，名册缺电话'],
  input: z.object({ item: z.string(), reason: z.string() }),
  allow: anyone,

  over: 'clause',
  meant(clause) {
    const { reading } = clause;
    const span = cue(clause, RETURNS);
    if (!span) return null;
    const part = partWith(clause, RETURNS);
    const mood = moodOf(part.replace(RETURNS, ''));
    if (
      mood.asks ||
      /[?？]|吗/.test(part) ||
      mood.supposes ||
      mood.hears ||
      /假|被退回|别退|不退|退回来了/.test(part) ||
      /要是|如果|再[^，。]{0,4}就退/.test(part)
    )
      return null;
    const claimed = { start: clause.start, end: clause.end };
    const fit = itemMeant(clause);
    const waiting = reading.world.ledger.filter(({ code }) => reading.world.pending.acceptances.includes(code));
    if (!fit)
      return reading.chat === 'direct' && /退|打回|返工|验/.test(part)
        ? ask(claimed, 2, '您要退回哪一项？请带上编号和原因，如“3号台账退回，缺会议纪要”。', itemChoices(waiting))
        : null;
    const items = 'one' in fit ? [fit.one] : fit.several.filter((item) => waiting.includes(item));
    const [item, other] = items;
    if (!item || other) return ask(claimed, 2, '您要退回哪一项？', itemChoices('several' in fit ? fit.several : items));
    if (/重新?(?:报|做|弄|整)/.test(part) && !/退|验/.test(clause.text) && !waiting.includes(item)) return null;
    return act(claimed, 2.7, { item: item.code, reason: reasonIn(clause.said) });
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});

/** Why it goes back: what was said beside the word itself. */
const reasonIn = (said: string): string =>
  said.replace(/^.*?(?:退回|打回|驳回)(?:补正|修改|重报|去)?[，,：:。\s]*/, '').trim() ||
  said.replace(/[，,。]?\s*(?:先?(?:退回|打回|驳回|退了?))[。!！\s]*$/, '').trim();
