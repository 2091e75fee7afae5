import { addDays, type Day, dayOf, instantAt, isWorkday, workdayFrom } from '#bot/calendar.ts';
import { itemName } from '#bot/domain/item-words.ts';
import { LIGHT_WORDS, lit } from '#bot/domain/light.ts';
import { STAGE_WORDS, type Stage } from '#bot/domain/slip.ts';
import { defineJob, HOUR_MS, type JobNotice, toMember } from '#bot/job.ts';
import { has } from '#bot/permission.ts';
import { keyMatters, peoplesMatters } from '#bot/store/assignment.ts';
import { lightRuleAt } from '#bot/store/figures.ts';

const MOST_ITEMS = 15;

/** 红黄灯周报: every Monday leaders get their own red and yellow items only, the chief the matters under 督办 (R44, R58, J10). */
export default defineJob({
  name: 'show-leaders-lights',
  title: '红黄灯周报',
  rule: '每周一09:10（休息日顺延到下一个工作日），发给分管领导；督办中事项发给主要领导',
  graceMs: 24 * HOUR_MS,
  calendar: { of: 'office', title: () => '红黄灯情况报领导' },
  slotsOn: (day) => (isMovedMonday(day) ? [instantAt(day, '09:10')] : []),

  async run({ slot, tx, world }) {
    const today = dayOf(slot);
    const open = await tx.ledgerItem.findMany({
      where: { acceptedAt: null, endedAt: null, split: false },
      orderBy: { no: 'asc' },
    });
    const rule = await lightRuleAt(tx, slot);
    const alarming = open
      .map((item) => ({ ...item, ...lit(item, today, rule) }))
      .filter(({ light }) => light === 'red' || light === 'yellow')
      .sort((one, other) => Number(other.light === 'red') - Number(one.light === 'red'));
    const slips = await tx.slip.findMany({ orderBy: { id: 'asc' } });
    const newest = new Map(slips.map((slip) => [slip.itemCode, slip]));
    const isKey = await keyMatters(tx);
    const isPeoples = await peoplesMatters(tx);
    const notices: JobNotice[] = [];
    const unowned = open.filter(({ category, ownerId }) => category === '查摆整改' && ownerId === null);
    for (const member of world.members) {
      const { id } = member;
      // Until somebody is responsible for it the office hears of it every week (R51).
      if (has(member, 'office')) notices.push(...told(id, '待明确责任的问题', unowned.map(itemName)));
      if (has(member, 'chief')) {
        const lines = open.flatMap((item) => {
          const slip = newest.get(item.code);
          const stage = slip && STAGE_WORDS[slip.stage as Stage];
          const marks = [
            isKey.has(item.code) ? '重点' : '',
            isPeoples.has(item.code) ? '群众反映' : '',
            slip && stage ? `${stage.colour}督办单${slip.number}` : '',
          ];
          const why = [...marks, lit(item, today, rule).why].filter((one) => one !== '').join('，');
          return marks.some((mark) => mark !== '') ? [`${itemName(item)}（${why}）`] : [];
        });
        notices.push(...told(id, '督办中', lines));
      } else if (has(member, 'leader')) {
        const own = alarming.filter(({ leaderId }) => leaderId === id);
        const reds = own.filter(({ light }) => light === 'red').length;
        const lines = own.map((item) => `${itemName(item)}（${LIGHT_WORDS[item.light]}，${item.why}）`);
        notices.push(...told(id, `分管红灯${reds}项、黄灯${own.length - reds}项，共`, lines));
      }
    }
    return notices;
  },
});

/** A Monday, or the first workday after one that is a day off. */
function isMovedMonday(day: Day): boolean {
  if (!isWorkday(day)) return false;
  const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return [sinceMonday, sinceMonday + 7].some((back) => workdayFrom(addDays(day, -back)) === day);
}

function told(id: string, what: string, lines: string[]): JobNotice[] {
  if (lines.length === 0) return [];
  const more = lines.length > MOST_ITEMS ? `\n另有${lines.length - MOST_ITEMS}项。` : '';
  const list = lines.slice(0, MOST_ITEMS).map((line, index) => `\n${index + 1}. ${line}`);
  return [toMember(id, `${what}${lines.length}项：${list.join('')}${more}`)];
}
