import { strToU8, zipSync } from 'fflate';

/** The smallest files that are what they say, told apart by `mark`. */
export const png = (mark = ''): Buffer =>
  Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    Buffer.from(mark),
  ]);
export const pdf = (mark = ''): Buffer => Buffer.from(`%PDF-1.4\n${mark}\n%%EOF`);
/** A program of Windows. */
export const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1)]);

const TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
/** A Word file of these paragraphs, as XML where they hold marks. */
export const docx = (...paragraphs: string[]): Buffer => {
  const body = paragraphs.map((words) => `<w:p><w:r><w:t xml:space="preserve">${words}</w:t></w:r></w:p>`).join('');
  const files = {
    '[Content_Types].xml': strToU8(TYPES),
    'word/document.xml': strToU8(`<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`),
  };
  return Buffer.from(zipSync(files));
};
