/** A text that stands for one still to be written: 「这条先空着」, 「内容明天再写」, 「待补」, 「xxx」. */

const WHICH = '(?:(?:这|那|此|该|本)?[条段篇份处项]|(?:具体)?内容|正文|全文|文字|具体|稿子?|我|这里|此处)';
const WHEN =
  '(?:先|暂时?|再|等|回头|稍后|晚[点些上]?|[明后][天早晚]|[上下中]午|今晚|改天|过[几两]天|下?周[一二三四五六日天]?|月底|有空|到时候?|一会儿?|抽空|慢慢|容|让|我|俺|还?[要得]|把|它|接着|继续)';
const OPEN =
  '(?:空[着白缺]着?|留(?:着|[个着]?空白?)|占[个着一]*[下位]+|稍等|等[看弄查][^，。]{1,8}|[^，。]{0,8}再[写补填]|待[补写定填续议](?:充|上)?|[从暂]?略|同上|暂[无缺]|(?:还|尚|也|都)*(?:没有?|未)(?:来得及)?(?:写|想|填|弄|整理|动笔|定|编)[好完出]?来?)';
const LATER = '(?:补[上充写发报交]?|写|填|想[想好]*|发|交|报|弄|定|考虑|琢磨|斟酌|整理|完善|上传)';
const TAIL = '(?:一[下写想]|[上好完给了吧啊哈呢哦的]|你们?|过[来去]|出来)*';
const PART = `(?:${WHICH}|${WHEN})*${OPEN}${TAIL}|${WHICH}*${WHEN}(?:${WHICH}|${WHEN})*${LATER}${TAIL}`;
const LACKING = new RegExp(
  `^[\\s（(【[]*(?:(?:${PART})(?:[，,；;。、\\s]+(?:${PART}))*|[\\dxX×*_.…·\\-—?？\\s]+)[\\s。.！!…～~）)】\\]]*$`,
);

/** Whether a text only says that it is still to come. */
export const isPlaceholder = (text: string): boolean => text.length <= 30 && LACKING.test(text);
