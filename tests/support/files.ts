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
