import type { Status } from '#bot/domain/attendance.ts';

const NOT_THERE =
  '(?:没|未|不)(?:有)?(?:来|到(?!位|期|点|底)|去|签|参[加会学]|打卡|出席|露面|见(?:人|着)|在(?=场|座|的|[。？?\\s]|$))';
const THERE =
  '(?:[来到去](?:了|的)(?=[^，。]{0,4}(?:多少|几|哪|谁|[。？?\\s]|$))|[来到去](?=几|多少)|实到|到场|在场|到会|出席|签了|签上|签到(?:成功)?(?:没|了的|的)|谁[到来去]了|参加(?:了)?(?:的|几|多少))';
const LATE =
  '(?:迟到|晚到|来[^，。]{0,2}晚|来迟|才[来到进](?!了一)|开[场始讲课](?:以后|之后|了|后)[^，。]{0,4}(?:才|进|来|到))';
const LEAVE = '(?:请(?:过|了)?(?:[几一两三\\d]次)?[^，。]{0,3}假|告假|休假|[请告]的?假)';
const LACKS = '(?:缺(?:席|勤|课|了|的|几|谁|过|哪|多少|[。？?\\s]|$)|旷[会课]?|逃课|空位|少了?(?:谁|几))';

/** Who came, who did not: the words that speak of presence, whatever the occasion. */
export const PRESENCE = new RegExp(
  `签到|出勤|考勤|参会|参学|应到|点名|点个名|[人到来去]齐|打[上了过]?卡|人(?:数|头)|齐不齐|早退|到没到|来没来|去没去|[到来去签]了没|签上?没|打上?卡了?没|签上|参加(?:集中)?学习|算[我俺]?(?:签|到)|都[去来到](?:了|没|齐)|谁(?:还|都)?没|谁[来到去]了|${NOT_THERE}|${THERE}|${LATE}|${LEAVE}|${LACKS}`,
);

const test = (pattern: string): ((text: string) => boolean) => {
  const compiled = new RegExp(pattern);
  return (text) => compiled.test(text);
};
const [isLeave, isLate, isLacking, isNotThere, isThere] = [LEAVE, LATE, LACKS, NOT_THERE, THERE].map(test);

/** What of it is asked: 请假, 迟到, 没到 or 到了; undefined where all of it is, or two of them are. */
export function presenceIn(text: string): Status | undefined {
  const whether =
    /有没有[签来到去]|是否[签来到]|([来去到])没\1|打[上了]?卡了?没|签[上]?到没|签上了?[吗没]|[到来去签]了没|成功没|算[^，。]{0,2}(?:签|到)上?了?[吗没]/.test(
      text,
    );
  const asked: Status[] = [
    ...(isLeave?.(text) ? (['leave'] as const) : []),
    ...(isLate?.(text) ? (['late'] as const) : []),
    ...(!whether && (isLacking?.(text) || isNotThere?.(text)) ? (['absent'] as const) : []),
  ];
  if (asked.length > 0) return asked.length === 1 ? asked[0] : asked.includes('leave') ? 'leave' : undefined;
  return whether || isThere?.(text) ? 'present' : undefined;
}
