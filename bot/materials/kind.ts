import type { Paper } from '#bot/message.ts';
import { plainText } from './text.ts';

/** What is taken as evidence, by what its first bytes say, and what such a file may call itself. */
const TAKEN: Record<string, { word: string; endings: string[] }> = {
  jpg: { word: '照片', endings: ['jpg', 'jpeg', 'jfif'] },
  png: { word: '照片', endings: ['png'] },
  webp: { word: '照片', endings: ['webp'] },
  gif: { word: '照片', endings: ['gif'] },
  bmp: { word: '照片', endings: ['bmp'] },
  heic: { word: '照片', endings: ['heic', 'heif'] },
  pdf: { word: '文件', endings: ['pdf'] },
  docx: { word: '文件', endings: ['docx'] },
  xlsx: { word: '文件', endings: ['xlsx'] },
  pptx: { word: '文件', endings: ['pptx'] },
  // The older formats of Word, Excel, PowerPoint and WPS are one container.
  cfb: { word: '文件', endings: ['doc', 'xls', 'ppt', 'wps', 'et', 'dps'] },
  txt: { word: '文件', endings: ['txt'] },
  ofd: { word: '文件', endings: ['ofd'] },
  mp4: { word: '视频', endings: ['mp4', 'm4v'] },
  mov: { word: '视频', endings: ['mov'] },
};
const PICTURES = '照片';
export const MOST_MATERIAL_BYTES = 20 * 1024 * 1024;

export type Judged = { type: string } | { refused: string };

/**
 * 材料类型: told by the bytes alone. What calls itself something else is refused, what is of no kind an office keeps as
 * evidence as well; nothing is ever opened or run.
 * @param sent as what the platform delivered it: image, file or video
 */
export async function judgeMaterial(bytes: Buffer, name: string, sent: string): Promise<Judged> {
  if (bytes.length <= 5) return { refused: '没有收下：文件是空的，请重新发送。' };
  if (bytes.length > MOST_MATERIAL_BYTES) return { refused: tooLarge };
  const found = await typeOf(bytes);
  const type = !TAKEN[found] && /\.txt$/i.test(name) && plainText(bytes) !== null ? 'txt' : found;
  const taken = TAKEN[type];
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase();
  if (taken && sent === 'image' && taken.word !== PICTURES)
    return { refused: '没有收下：这不是真正的图片，内容与类型不符，请重新发送原图。' };
  if (taken && ending && !taken.endings.includes(ending))
    return { refused: `没有收下：文件名写的是${ending}，内容却不是，请用正确的文件重新发送。` };
  if (!taken)
    return { refused: '没有收下：只收照片、PDF、Word、Excel、PPT、WPS、OFD、txt文本和mp4视频，请换成其中一种再发。' };
  return { type };
}

/** What somebody hears whose file is over the limit. */
export const tooLarge = '没有收下：文件超过20MB，请压缩或分开后再发。';

async function typeOf(bytes: Buffer): Promise<string> {
  const { fileTypeFromBuffer } = await import('file-type');
  const found = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.ext ?? '';
  // The national layout format is a zip with a table of contents of its own.
  return found === 'zip' && bytes.includes('OFD.xml') ? 'ofd' : found;
}

/** “照片2份、文件1份”: what several materials are, counted. */
export function materialsInWords(materials: { type: string }[]): string {
  const words = materials.map(({ type }) => TAKEN[type]?.word ?? '材料');
  return [...new Set(words)].map((word) => `${word}${words.filter((one) => one === word).length}份`).join('、');
}

/** A name a file can be sent under: its own, else what it is and when it came. */
export const nameOf = ({ id, name, type }: { id: number; name: string; type: string }): string => {
  if (name) return name;
  const ending = TAKEN[type]?.endings[0] ?? 'bin';
  return `${TAKEN[type]?.word ?? '材料'}${id}.${ending}`;
};

/** Whether it is a picture. */
/** Those that are pictures; one that is still on its way is what it was sent as. */
export const picturesAmong = <Sent extends { kind: string; type: string }>(sent: readonly Sent[]): Sent[] =>
  sent.filter(({ kind, type }) => isPicture(type) || (type === '' && kind === 'image'));

export const isPicture = (type: string): boolean => TAKEN[type]?.word === PICTURES;

/** Whether the platform shows it as a picture. */
export const isShownAsPicture = (type: string): boolean => type === 'jpg' || type === 'png';

const MOST_PICTURE_BYTES = 10 * 1024 * 1024;
/** A kept picture or file as it is sent back; what the platform shows as no picture goes as a file. */
export function paperOf(one: { id: number; name: string; type: string; bytes: number; hash: string }): Paper {
  const kind = isShownAsPicture(one.type) && one.bytes <= MOST_PICTURE_BYTES ? 'image' : 'file';
  return { kind, drawnBy: 'material', name: nameOf(one), facts: { hash: one.hash } };
}
