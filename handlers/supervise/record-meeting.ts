import { z } from 'zod';
import { dayInWords, dayOf } from '#bot/calendar.ts';
import { day } from '#bot/command.ts';
import { monthInWords, monthOf } from '#bot/domain/month.ts';
import { TAKE_BACK } from '#bot/domain/take-back.ts';
import { defineHandler, type Outcome } from '#bot/handler.ts';
import { act, ask, cue } from '#bot/language/evidence.ts';
import { has } from '#bot/permission.ts';

const input = z.object({ heldOn: day, attended: z.number().int().min(1).optional(), decisions: z.string() });
type Recorded = Outcome & z.infer<typeof input> & { kind: 'recorded' | 'future' | 'empty'; replaced: boolean };

const MINUTES =
  /^\s*(?:记录|登记|补记)?\s*(?:[^，。：:；]{0,12})?(?:汇报会|月初例会)(?:的)?(?:会议)?(?:纪要|记录|议定事项|议定)[^，。：:；]{0,16}[：:，,\n]/;
const CAME = /(?:到会|参会|出席)(?:人数)?[：:]?\s*(\d{1,4})\s*人?/;

/** 汇报会纪要: that the month's meeting was held, who came, and what was decided, word for word (R61). */
export default defineHandler({
  name: 'meeting.record',
  title: '记录汇报会',
  examples: ['5月3日汇报会纪要：到会14人。议定：一是抓紧实验室建设，二是月底前补齐台账。'],
  input,
  allow: { doneBy: '活动办', permits: ({ actor }) => has(actor, 'office') },

  over: 'message',
  cues: [MINUTES],
  meant(clause) {
    const span = cue(clause, MINUTES);
    const { reading, text, said } = clause;
    if (!span || reading.chat !== 'direct' || /[?？]\s*$|发我|发给|谁|没有?记|看看|查/.test(text.slice(0, span.end)))
      return null;
    const opening = text.slice(0, span.end - clause.start);
    const decisions = said
      .slice(opening.length)
      .replace(CAME, '')
      .replace(/^[。，,；;\s]*(?:议定(?:事项)?[：:])?/, '')
      .trim();
    if (decisions.length < 4)
      return ask(span, 3, '请写明议定事项，如“5月3日汇报会纪要：到会14人。议定：一是……，二是……。”');
    const named = clause.days('behind').find(({ start }) => start < span.end);
    const came = CAME.exec(said)?.[1];
    return act(clause, 3.3, {
      heldOn: named?.day ?? reading.today,
      ...(came && { attended: Number(came) }),
      decisions,
    });
  },

  async execute({ input, actor, message, tx }): Promise<Recorded> {
    if (input.heldOn > dayOf(message.sentAt)) return { kind: 'future', changed: false, replaced: false, ...input };
    const before = await tx.meeting.findFirst({ where: { heldOn: input.heldOn, undoneAt: null } });
    const at = message.sentAt;
    if (before) await tx.meeting.update({ where: { id: before.id }, data: { undoneAt: at } });
    const { id } = await tx.meeting.create({
      data: { ...input, attended: input.attended ?? null, byId: actor.id, at },
    });
    const memo = { id, before: before?.id ?? null };
    return { kind: 'recorded', changed: true, memo, replaced: before !== null, ...input };
  },

  reply({ kind, heldOn, attended, decisions, replaced }) {
    if (kind === 'future') return `没有记录：${dayInWords(heldOn)}还没有到，请核对会议日期。`;
    const came = attended === undefined ? '' : `，到会${attended}人`;
    return `已记录${monthInWords(monthOf(heldOn))}汇报会：${dayInWords(heldOn)}${came}，议定事项${decisions.length}字${replaced ? '，代替此前的一份' : ''}。会上交办的事项请发“交办……，来源汇报会”。${TAKE_BACK}`;
  },
  async undo(memo, { message, tx }) {
    const { id, before } = z.object({ id: z.number(), before: z.number().nullable() }).parse(memo);
    await tx.meeting.update({ where: { id }, data: { undoneAt: message.sentAt } });
    if (before !== null) await tx.meeting.update({ where: { id: before }, data: { undoneAt: null } });
    return true;
  },
});
