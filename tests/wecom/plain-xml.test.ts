import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainElements } from '#bot/wecom/plain-xml.ts';
import { parsed } from '#bot/wecom/xml.ts';

// Pieces that make nearly well-formed messages, so that both the short way and every way out of it are met.
const piece = fc.constantFrom(
  ...['<xml>', '</xml>', '<A>', '</A>', '<B>', '</B>', '<A/>', '<![CDATA[', ']]>', ']]', '>', '<', '&lt;', '&', '\r\n'],
  ...[' ', '\n', '签到', '1', '<!-- x -->', '<?x?>', '\0', '<constructor>', '</constructor>', '<A b="1">', '</ A>'],
);
const value = fc.oneof(
  fc.string().map((text) => text.replace(/[<&]|\]\]>/g, '')),
  fc.string({ unit: 'grapheme' }).map((text) => `<![CDATA[${text.replaceAll(']]>', '')}]]>`),
  fc.array(piece, { maxLength: 3 }).map((pieces) => pieces.join('')),
);
const name = fc.constantFrom(
  'A',
  'B',
  'Content',
  'MsgId',
  'FromUserName',
  'constructor',
  'prototype',
  '__proto__',
  'toString',
  'a1',
);
const message = fc
  .array(fc.tuple(name, value, fc.constantFrom('', ' ', '\n')), { maxLength: 5 })
  .map((elements) => `<xml>${elements.map(([tag, inner, gap]) => `<${tag}>${inner}</${tag}>${gap}`).join('')}</xml>`);
const noise = fc.array(piece, { maxLength: 12 }).map((pieces) => `<xml>${pieces.join('')}</xml>`);

/** What the library makes of it; nothing where it refuses. */
const byLibrary = (text: string): unknown => {
  try {
    return parsed(text);
  } catch {
    return 'refused';
  }
};

describe('报文的短路', () => {
  test('whatever the short way reads, the parser reads the same; it refuses nothing by itself', () => {
    let short = 0;
    fc.assert(
      fc.property(fc.oneof(message, noise), (text) => {
        const found = plainElements(text);
        if (found === null) return;
        short += 1;
        expect(byLibrary(text), text).toEqual(found);
      }),
      { numRuns: 6000 },
    );
    expect(short).toBeGreaterThan(100);
  });

  test('the platform’s own form takes the short way', () => {
    const text =
      '<xml><ToUserName><![CDATA[ww1]]></ToUserName>\n<CreateTime>1368491100</CreateTime><Content><![CDATA[ 签<到> & ]]></Content></xml>';

    expect(plainElements(text.replace(' & ', ''))).toEqual({
      ...{ ToUserName: 'ww1', CreateTime: '1368491100', Content: ' 签<到>' },
    });
    expect(plainElements(text)).toBeNull();
  });
});
