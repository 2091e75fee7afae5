import { z } from 'zod';

/** Where a card is shown decides how much of it is, and which kinds there are (protocol notes 3.6). */
export type Place = 'app' | 'webhook' | 'robot';

const text = z.string().optional();
const option = z.object({ id: text, text, is_checked: z.boolean().optional() });
const list = z.object({ question_key: text, title: text, selected_id: text, option_list: z.array(option).optional() });
const cardShape = z.object({
  card_type: text,
  task_id: text,
  main_title: z.object({ title: text, desc: text }).optional(),
  sub_title_text: text,
  replace_text: text,
  card_action: z.object({ type: z.number(), url: text }).optional(),
  action_menu: z.object({ desc: text, action_list: z.array(z.object({ text, key: text })).optional() }).optional(),
  horizontal_content_list: z.array(z.object({ keyname: text, value: text, type: z.number().optional() })).optional(),
  vertical_content_list: z.array(z.object({ title: text, desc: text })).optional(),
  jump_list: z.array(z.object({ type: z.number().optional(), title: text, url: text })).optional(),
  card_image: z.object({ url: text, aspect_ratio: z.number().optional() }).optional(),
  image_text_area: z.object({ image_url: text }).optional(),
  button_selection: list.optional(),
  button_list: z
    .array(z.object({ text, key: text, style: z.number().optional(), type: z.number().optional() }))
    .optional(),
  checkbox: list.extend({ mode: z.number().optional() }).optional(),
  select_list: z.array(list).optional(),
  submit_button: z.object({ text, key: text }).optional(),
});
type Card = z.infer<typeof cardShape>;

/** What a member sees of a card and may tap. */
export interface ShownCard {
  task: string;
  type: string;
  title: string;
  desc: string;
  sub: string;
  facts: { name: string; value: string }[];
  buttons: { text: string; key: string; style: number }[];
  options: { id: string; text: string; checked: boolean }[];
  /** several of the options can be chosen */
  several?: true;
  /** questions of which each has a list of its own */
  lists?: { question: string; title: string; chosen: string; options: { id: string; text: string }[] }[];
  submit?: { text: string; key: string };
  url?: string;
  /** what its one grey button says once it is closed */
  closed?: string;
}

const TYPES: Record<Place, string[]> = {
  app: ['text_notice', 'news_notice', 'button_interaction', 'vote_interaction', 'multiple_interaction'],
  webhook: ['text_notice', 'news_notice'],
  robot: ['text_notice', 'news_notice', 'button_interaction', 'vote_interaction', 'multiple_interaction'],
};
const INTERACTIVE = new Set(['button_interaction', 'vote_interaction', 'multiple_interaction']);
const bytes = (of: string | undefined): number => Buffer.byteLength(of ?? '');
const isKey = (key: string | undefined): boolean => bytes(key) >= 1 && bytes(key) <= 1024;
const differ = (keys: (string | undefined)[]): boolean => new Set(keys).size === keys.length;
const counts = (entries: unknown[] | undefined, most: number): boolean =>
  entries !== undefined && entries.length >= 1 && entries.length <= most;

/** The first thing the platform would refuse in a card; 0 if nothing. */
export function cardFault(given: unknown, place: Place): number {
  const parsed = cardShape.safeParse(given);
  if (!parsed.success) return 40058;
  const card = parsed.data;
  if (!TYPES[place].includes(card.card_type ?? '')) return 42031;
  const isTapped = INTERACTIVE.has(card.card_type ?? '');
  if ((isTapped || card.action_menu) && !/^[\w@-]{1,128}$/.test(card.task_id ?? '')) return 42014;
  const hasTitle = bytes(card.main_title?.title) > 0;
  if (!hasTitle && (card.card_type !== 'text_notice' || bytes(card.sub_title_text) === 0)) return 42033;
  return listsFault(card) || noticeFault(card) || tappedFault(card, place);
}

function listsFault({
  horizontal_content_list: facts,
  vertical_content_list: points,
  jump_list: jumps,
  action_menu,
}: Card): number {
  if (facts && !counts(facts, 6)) return 42035;
  if (facts?.some(({ keyname }) => bytes(keyname) === 0)) return 42027;
  if (points && !counts(points, 4)) return 42036;
  if (points?.some(({ title }) => bytes(title) === 0)) return 42033;
  if (jumps && !counts(jumps, 3)) return 42042;
  if (jumps?.some(({ title }) => bytes(title) === 0)) return 42033;
  if (jumps?.some(({ type, url }) => type === 1 && !/^https?:\/\//.test(url ?? ''))) return 42028;
  if (action_menu && !counts(action_menu.action_list, 3)) return 42037;
  if (action_menu && !differ(action_menu.action_list?.map(({ key }) => key) ?? [])) return 42051;
  return 0;
}

function noticeFault({ card_type, card_action, card_image, image_text_area }: Card): number {
  if (card_type !== 'text_notice' && card_type !== 'news_notice') return 0;
  if (!card_action || ![1, 2].includes(card_action.type)) return 42045;
  if (card_action.type === 1 && !/^https?:\/\//.test(card_action.url ?? '')) return 42028;
  return card_type === 'news_notice' && !card_image?.url && !image_text_area?.image_url ? 42044 : 0;
}

function tappedFault(card: Card, place: Place): number {
  const { card_type, button_list, checkbox, select_list, submit_button } = card;
  if (card_type === 'button_interaction') {
    if (!counts(button_list, 6)) return 42038;
    if (button_list?.some((one) => bytes(one.text) === 0)) return 42038;
    if (button_list?.some((one) => !isKey(one.key)) || !differ(button_list?.map(({ key }) => key) ?? [])) return 42039;
    return card.button_selection ? optionsFault(card.button_selection, 10) : 0;
  }
  if (card_type === 'vote_interaction') {
    if (!checkbox) return 42043;
    const fault = optionsFault(checkbox, 20);
    if (fault) return fault;
    if (place === 'app' && checkbox.option_list?.some(({ is_checked }) => is_checked === undefined)) return 40058;
  } else if (card_type === 'multiple_interaction') {
    if (!counts(select_list, 3)) return 42047;
    const fault = select_list?.map((one) => optionsFault(one, 10)).find((one) => one !== 0);
    if (fault) return fault;
  } else return 0;
  if (bytes(submit_button?.text) === 0) return 42049;
  return isKey(submit_button?.key) ? 0 : 42046;
}

function optionsFault({ question_key, option_list }: z.infer<typeof list>, most: number): number {
  if (!isKey(question_key)) return 42043;
  if (!counts(option_list, most)) return 42037;
  const ids = option_list?.map(({ id }) => id) ?? [];
  if (ids.some((id) => bytes(id) === 0 || bytes(id) > 128) || !differ(ids)) return 42040;
  return option_list?.some((one) => bytes(one.text) === 0) ? 42041 : 0;
}

/** How much of each part the client shows: characters, app and robot. */
const SHOWN = {
  app: { title: 36, desc: 44, long: 160, sub: 160, option: 17 },
  robot: { title: 26, desc: 30, long: 30, sub: 112, option: 11 },
};

/** A card that has no fault, as a member's phone shows it: cut where the client cuts. */
export function shown(given: unknown, place: Place): ShownCard {
  const card = cardShape.parse(given);
  const room = SHOWN[place === 'app' ? 'app' : 'robot'];
  const isList = card.card_type === 'vote_interaction' || card.card_type === 'multiple_interaction';
  const cut = (of: string | undefined, most: number): string => (of ?? '').slice(0, most);
  return {
    ...{ task: card.task_id ?? '', type: card.card_type ?? '', sub: cut(card.sub_title_text, room.sub) },
    title: cut(card.main_title?.title, room.title),
    desc: cut(card.main_title?.desc, isList ? room.long : room.desc),
    facts: (card.horizontal_content_list ?? []).map(({ keyname = '', value = '' }) => ({ name: keyname, value })),
    buttons: (card.button_list ?? []).map((one) => ({
      ...{ text: cut(one.text, 10), key: one.key ?? '', style: one.style ?? 1 },
    })),
    ...(card.checkbox?.mode === 1 && { several: true as const }),
    ...(card.select_list && { lists: card.select_list.map(shownList) }),
    options: (card.checkbox?.option_list ?? []).map((one) => ({
      ...{ id: one.id ?? '', text: cut(one.text, room.option), checked: one.is_checked ?? false },
    })),
    ...(card.submit_button && {
      submit: { text: cut(card.submit_button.text, 10), key: card.submit_button.key ?? '' },
    }),
    ...(card.card_action?.url && { url: card.card_action.url }),
    ...(card.replace_text && { closed: card.replace_text }),
  };
}

const shownList = ({
  question_key: question = '',
  title = '',
  selected_id,
  option_list = [],
}: z.infer<typeof list>) => ({
  ...{ question, title, chosen: selected_id ?? option_list[0]?.id ?? '' },
  options: option_list.map(({ id = '', text: words = '' }) => ({ id, text: words })),
});
