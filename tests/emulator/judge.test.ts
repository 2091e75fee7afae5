import { describe, expect, test } from 'vitest';
import { cardFault } from '#emulator/judge-card.ts';
import { type Channel, judge } from '#emulator/judge-message.ts';

const han = (bytes: number): string => '一'.repeat(Math.ceil(bytes / 3));
const url = 'https://x.example/';
const png = Buffer.from('89504e470d0a1a0a', 'hex');
const codeOf = (channel: Channel, message: object): number => judge(message, channel, (id) => id === 'M').errcode;

describe('演示平台怎样评判消息', () => {
  const text = (content: string) => ({ msgtype: 'text', text: { content } });
  const markdown = (content: string) => ({ msgtype: 'markdown', markdown: { content } });
  const picture = (bytes: Buffer) => ({ msgtype: 'image', image: { base64: bytes.toString('base64'), md5: 'x' } });
  const article = { title: '题', description: '文', url };
  const news = (count: number) => ({ msgtype: 'news', news: { articles: Array(count).fill(article) } });
  const cases: [string, Channel, object, number][] = [
    ['words', 'app', text('好'), 0],
    ['no words', 'app', text(''), 44_004],
    ['no words in a group', 'webhook', text(''), 93_017],
    ['no message at all', 'app', {}, 44_004],
    ['markup of 2,048 bytes', 'app', markdown('a'.repeat(2048)), 0],
    ['markup of 2,049 bytes', 'app', markdown('a'.repeat(2049)), 45_002],
    ['Chinese markup counted in bytes', 'app', markdown(han(2050)), 45_002],
    ['markup of 4,096 bytes in a group', 'webhook', markdown('a'.repeat(4096)), 0],
    ['markup of 4,097 bytes in a group', 'webhook', markdown('a'.repeat(4097)), 45_002],
    ['markdown_v2 in a group', 'webhook', { msgtype: 'markdown_v2', markdown_v2: { content: '| a |' } }, 0],
    ['markdown_v2 by the app', 'app', { msgtype: 'markdown_v2', markdown_v2: { content: '| a |' } }, 40_008],
    ['a card in a chat of the app', 'appchat', { msgtype: 'template_card', template_card: {} }, 40_008],
    ['an uploaded file', 'app', { msgtype: 'file', file: { media_id: 'M' } }, 0],
    ['a file nobody uploaded', 'app', { msgtype: 'file', file: { media_id: 'N' } }, 40_007],
    ['a picture of 2 MB', 'webhook', picture(Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024 - png.length)])), 0],
    ['a larger one', 'webhook', picture(Buffer.concat([png, Buffer.alloc(2 * 1024 * 1024)])), 93_018],
    ['a picture that is none', 'webhook', picture(Buffer.from('GIF89a')), 40_009],
    ['eight articles', 'webhook', news(8), 0],
    ['nine articles', 'webhook', news(9), 45_008],
    ['a text card without an address', 'app', { msgtype: 'textcard', textcard: { ...article, url: 'x' } }, 40_094],
    ['a stream', 'robot', { msgtype: 'stream', stream: { id: 's', finish: true, content: han(20_400) } }, 0],
    ['a longer one', 'robot', { msgtype: 'stream', stream: { id: 's', finish: true, content: han(20_490) } }, 45_002],
    ['a text by the robot', 'robot', text('好'), 40_008],
  ];
  test.each(cases)('%s (%s)', (_, channel, message, errcode) => {
    expect(codeOf(channel, message)).toBe(errcode);
  });

  test('a text that is too long is cut at the byte, without a word', () => {
    const judged = judge(text(han(3000)), 'app', () => false);

    expect('seen' in judged && Buffer.byteLength(judged.seen.text)).toBeLessThanOrEqual(2050);
  });
});

describe('演示平台怎样评判卡片', () => {
  const title = { main_title: { title: '题' } };
  const button = (key: string) => ({ text: '好', key });
  const buttons = { ...title, card_type: 'button_interaction', task_id: 't', button_list: [button('a')] };
  const option = (id: string) => ({ id, text: '选', is_checked: false });
  const submit_button = { text: '提交', key: 's' };
  const vote = {
    ...{ ...title, card_type: 'vote_interaction', task_id: 't', submit_button },
    checkbox: { question_key: 'q', option_list: [option('1')] },
  };
  const list = { question_key: 'q', option_list: [option('1')] };
  const lists = { ...title, card_type: 'multiple_interaction', task_id: 't', submit_button, select_list: [list] };
  const notice = { ...title, card_type: 'text_notice', card_action: { type: 1, url } };
  const many = <T>(count: number, one: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => one(at));
  const cases: [string, object, number][] = [
    ['buttons', buttons, 0],
    ['a kind there is none of', { ...buttons, card_type: 'x' }, 42_031],
    ['buttons without a name of their card', { ...buttons, task_id: undefined }, 42_014],
    ['a name with a blank', { ...buttons, task_id: 'a b' }, 42_014],
    ['no title', { ...buttons, main_title: {} }, 42_033],
    ['seven buttons', { ...buttons, button_list: many(7, (at) => button(String(at))) }, 42_038],
    ['a button without words', { ...buttons, button_list: [{ key: 'a' }] }, 42_038],
    ['two buttons of one key', { ...buttons, button_list: [button('a'), button('a')] }, 42_039],
    ['a key of 1,025 bytes', { ...buttons, button_list: [button('a'.repeat(1025))] }, 42_039],
    ['a vote', vote, 0],
    ['a vote of 21', { ...vote, checkbox: { ...list, option_list: many(21, (at) => option(String(at))) } }, 42_037],
    ['two choices of one id', { ...vote, checkbox: { ...list, option_list: [option('1'), option('1')] } }, 42_040],
    ['a vote nothing sends', { ...vote, submit_button: undefined }, 42_049],
    ['lists', lists, 0],
    ['four lists', { ...lists, select_list: many(4, (at) => ({ ...list, question_key: String(at) })) }, 42_047],
    [
      'a list of eleven',
      { ...lists, select_list: [{ ...list, option_list: many(11, (at) => option(`${at}`)) }] },
      42_037,
    ],
    ['a notice', notice, 0],
    ['a notice that leads nowhere', { ...notice, card_action: undefined }, 42_045],
    ['a notice without a scheme', { ...notice, card_action: { type: 1, url: 'x.example' } }, 42_028],
    ['seven facts', { ...notice, horizontal_content_list: many(7, () => ({ keyname: 'k', value: 'v' })) }, 42_035],
    ['a fact without a name', { ...notice, horizontal_content_list: [{ value: 'v' }] }, 42_027],
    ['four links', { ...notice, jump_list: many(4, () => ({ title: 'x' })) }, 42_042],
    ['news without a picture', { ...notice, card_type: 'news_notice' }, 42_044],
  ];
  test.each(cases)('%s', (_, card, errcode) => {
    expect(cardFault(card, 'app')).toBe(errcode);
  });

  test('a group’s robot shows notices only', () => {
    expect([cardFault(notice, 'webhook'), cardFault(buttons, 'webhook')]).toEqual([0, 42_031]);
  });
});
