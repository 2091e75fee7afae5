import { type Day, instantAt } from '#bot/calendar.ts';
import type { StepField } from '#bot/domain/session-source.ts';
import type { Tx } from '#bot/store/db.ts';
import { nextSessionCode } from '#bot/store/session.ts';
import { keepStep } from '#bot/store/session-steps.ts';
import { BadSheet, type Columns, type Imported, readDay, readList, rowsUnder } from './table.ts';

const COLUMNS: Columns = {
  主题: { headings: ['主题'], required: true },
  形式: { headings: ['形式'], required: true },
  开始时间: { headings: ['开始时间'], required: true },
  结束时间: { headings: ['结束时间'], required: true },
  地点: { headings: ['地点'], required: true },
  参加范围: { headings: ['参加范围'], required: false },
  主持人: { headings: ['主持人'], required: false },
};
const EVERYBODY = ['', '全局', '全体', '全体干部职工'];

/**
 * 导入学习安排 (contract): sessions matched by 主题 and 开始时间; new ones get their number XX年-W周-序 (R11).
 * @throws BadSheet listing every bad cell; then nothing is written.
 */
export async function importSessions(tx: Tx, sheets: string[][][], today: Day): Promise<Imported> {
  const rows = sheets.flatMap((sheet) => rowsUnder(sheet, COLUMNS) ?? []);
  if (rows.length === 0) throw new BadSheet(['没有找到表头，学习安排需有：主题、形式、开始时间、结束时间、地点']);
  const departments = await tx.department.findMany();
  const bad: string[] = [];
  const sessions = rows.map(({ no, cells }) => {
    const { 主题: topic = '', 形式: kind = '', 地点: venue = '', 参加范围 = '', 主持人 = '' } = cells;
    const start = readInstant(cells['开始时间'] ?? '');
    const end = readInstant(cells['结束时间'] ?? '', start?.day);
    if (!topic) bad.push(`第${no}行 主题: 不能为空`);
    if (!start) bad.push(`第${no}行 开始时间: 应为日期和时间，如 2013-05-14 08:30`);
    if (!end) bad.push(`第${no}行 结束时间: 应为日期和时间，如 2013-05-14 10:00`);
    if (start && end && end.at <= start.at) bad.push(`第${no}行 结束时间: 应晚于开始时间`);
    const named = EVERYBODY.includes(参加范围) ? [] : readList(参加范围);
    const scope = named.flatMap((name) => {
      const found = departments.find((one) => [one.code, one.name, ...JSON.parse(one.aliases)].includes(name));
      if (!found) bad.push(`第${no}行 参加范围: 没有“${name}”这个科室`);
      return found ? [found.code] : [];
    });
    return {
      day: start?.day ?? '',
      topic,
      kind: kind || '集中学习',
      venue,
      start: start?.at ?? new Date(0),
      end: end?.at ?? new Date(0),
      scope: JSON.stringify(scope),
      host: 主持人 || null,
    };
  });
  if (bad.length > 0) throw new BadSheet(bad);

  const result: Imported = { added: 0, changed: 0, unchanged: 0 };
  const at = instantAt(today, '00:00');
  const brought = async (code: string, fields: readonly StepField[]): Promise<void> => {
    for (const field of fields) await keepStep(tx, code, field, { byId: null, at, how: 'import' });
  };
  for (const { day, ...session } of sessions) {
    const before = await tx.session.findUnique({
      where: { topic_start: { topic: session.topic, start: session.start } },
    });
    const { kind, venue, end, scope, host } = session;
    if (
      before &&
      before.kind === kind &&
      before.venue === venue &&
      +before.end === +end &&
      before.scope === scope &&
      before.host === host
    )
      result.unchanged += 1;
    else if (before) {
      await tx.session.update({ where: { code: before.code }, data: { kind, venue, end, scope, host } });
      await brought(before.code, changedFields(before, session));
      result.changed += 1;
    } else {
      const code = await nextSessionCode(tx, day);
      await tx.session.create({ data: { code, ...session } });
      await brought(code, [
        'topic',
        'time',
        'scope',
        ...(venue ? (['venue'] as const) : []),
        ...(host ? (['host'] as const) : []),
      ]);
      result.added += 1;
    }
  }
  return result;
}

interface Planned {
  venue: string;
  end: Date;
  scope: string;
  host: string | null;
}
const changedFields = (before: Planned, now: Planned): StepField[] => [
  ...(before.venue === now.venue ? [] : (['venue'] as const)),
  ...(+before.end === +now.end ? [] : (['time'] as const)),
  ...(before.scope === now.scope ? [] : (['scope'] as const)),
  ...(before.host === now.host ? [] : (['host'] as const)),
];

/** A day with a time; a time alone is of `day`, as an end often is. */
function readInstant(text: string, day?: string): { day: string; at: Date } | null {
  const parts =
    /^(?:(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[ T]*)?(\d{1,2})[:：时点](\d{2})?分?(?::\d{2})?(?:\+08:00)?$/.exec(text);
  const found = parts?.[1] ? readDay(parts[1]) : day;
  const hour = Number(parts?.[2]);
  const minute = Number(parts?.[3] ?? '0');
  if (!parts || !found || hour > 23 || minute > 59) return null;
  return { day: found, at: instantAt(found, `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`) };
}
