import { TAKE_BACK } from './take-back.ts';

/** A leave that was decided, in words. */
interface Decided {
  member: string;
  name: string;
  what: string;
  begun: number;
}

/** What the superior hears after deciding. */
export function decidedInWords(leaves: Decided[], approved: boolean, note: string): string {
  const [first] = leaves;
  const later = leaves.some(({ begun }) => begun > 0) && approved ? '（事后批假，考勤仍记缺席）' : '';
  const what = leaves.map((leave) => leave.what).join('，');
  const reason = approved || !note ? '' : `原因：${note}。`;
  return `${approved ? '已准假' : '未准假'}：${first?.name ?? ''}，${what}${later}，已告知本人。${reason}${TAKE_BACK}`;
}

/** What whoever asked hears. */
export const decisionFor = ({ what, begun }: Decided, approved: boolean, note: string): string =>
  approved
    ? `您${what}的请假已获批准${begun > 0 ? '（事后批假，考勤仍记缺席）' : ''}。`
    : `您${what}的请假未获批准${note ? `：${note.replace(/[。.]$/, '')}` : ''}。请按时参加。`;

/** Several wait and the words fit more than one: which are there, and how to say it. */
export const whichLeave = (verb: string, name: string, waiting: string[]): string =>
  `没有办理：${name}有${waiting.length}件请假待批：${waiting.join('；')}。请带上日期，如“${verb} ${name} 5月14日”，或“${verb} ${name} 全部”。`;

const DECISION =
  /不予批准|不予准假|不予准|不同意|不准假|不能批|没法批|批不了|不能准|不准|不批|驳回|不许|均?予批准|予以批准|同意|批准|准予|照准|准假|批假|[准批]了/g;
const MATTER =
  /(?:的|那个|这个)?(?:请假|假)(?=$|[，,。；;\s])|(?:\d+|[一二三四五六七八九十]+)[号日](?:的)?|[今明后昨]天(?:的)?/g;

/** Why a leave was refused, out of the words that refused it: without the name, the decision and 的假; empty if no reason is given. */
export function refusalReason(words: string, name: string): string {
  const parts = words.split(/[，,。；;\s]+/).flatMap((part) => {
    const decides = new RegExp(DECISION.source).test(part);
    const rest = part.replace(name, '').replace(DECISION, '');
    if (!decides) return rest.trim() === '' || part === name ? [] : [part.startsWith(name) ? rest : part];
    const own = rest
      .replace(MATTER, '')
      .replace(/^的|[的了]$/g, '')
      .trim();
    return own.length >= 4 ? [own] : [];
  });
  return parts.join('，').trim();
}
