import { z } from 'zod';
import { defineHandler } from '#bot/handler.ts';
import { act, cue } from '#bot/language/evidence.ts';
import { anyone } from '#bot/permission.ts';

const REFLECTION =
  /^\s*[^，。：:\n]{0,24}(?:心得体会|学习心得|心得|学习体会|读后感|观后感|学后感|感悟|体会)[^，。：:\n]{0,2}(?:如下|汇报|提交)?\s*(?:[:：]|\n|——|，|。| (?!请))/;
const ASKED = /谁|没[交写报]|交了吗|哪些|什么时候|请[各大]|催|怎么写|要交|评比|截止|[?？]\s*$/;

/** 提交心得体会 */
export default defineHandler({
  name: 'study.reflection',
  title: '提交心得体会',
  examples: ['心得体会：学习八项规定，重在从小事做起，把调研做实。'],
  input: z.object({ text: z.string() }),
  allow: anyone,

  over: 'message',
  meant(clause) {
    const span = cue(clause, REFLECTION);
    const words = clause.said.slice(span?.end ?? 0).trim();
    if (
      !span ||
      words.length < 8 ||
      ASKED.test(clause.text.slice(0, span.end + 12)) ||
      /^\s*(?:请|帮|把)/.test(clause.text)
    )
      return null;
    return act(clause, 3, { text: words });
  },

  async execute() {
    return { kind: 'todo', changed: false };
  },

  reply: () => '',
});
