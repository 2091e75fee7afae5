/** A visit as it was told, taken apart (R34): what may be said of it beside what was seen is marked 诉求, 答复, 满意度. */
export interface VisitDetails {
  seen: string;
  /** 诉求; empty where none was told */
  demand: string;
  /** what was answered there and then */
  answer: string;
  /** 满意, 基本满意 or 不满意 */
  content: string;
}

const LABELS = '(?:诉求|需求|答复|满意度)[：:]';
const PART = new RegExp(
  `[，,；;。\\s]*(诉求|需求|答复|满意度)[：:]\\s*(.*?)(?=[，,；;。\\s]*${LABELS}|[；;。]|$)`,
  'g',
);

/** 「了解了用工情况；诉求：帮助招工；答复：联系人社局」 taken apart. */
export function visitIn(text: string): VisitDetails {
  const parts = { 诉求: '', 答复: '', 满意度: '' };
  const rest = text.replace(/\s+/g, ' ').replace(PART, (_, label: string, value: string) => {
    parts[label === '需求' ? '诉求' : (label as keyof typeof parts)] = value.trim();
    return '';
  });
  const seen = rest.replace(/^[，,；;。\s]+|[，,；;。\s]+$/g, '');
  return { seen, demand: parts.诉求, answer: parts.答复, content: parts.满意度 };
}

/** 「了解了用工情况；诉求：帮助招工；答复未填」: what is in the record, and what is not. */
export function visitInWords(text: string): string {
  const { seen, demand, answer, content } = visitIn(text);
  const lacking = [demand === '' ? '诉求' : '', answer === '' ? '答复' : ''].filter((one) => one !== '');
  return [
    seen,
    demand && `诉求：${demand}`,
    answer && `答复：${answer}`,
    content && `满意度：${content}`,
    lacking.length > 0 && `${lacking.join('、')}未填`,
  ]
    .filter(Boolean)
    .join('；');
}
