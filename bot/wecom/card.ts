import type { Button, WordStyle } from '#bot/message.ts';

/** A template card as the platform takes it (protocol notes 3.6). */
export type TemplateCard = { card_type: string; task_id: string } & Record<string, unknown>;

/** How much of a text a card shows before the client cuts it, in characters; the robot's cards are smaller. */
const ROOM = {
  app: { title: 36, rest: 160 },
  robot: { title: 26, rest: 112 },
};
const ROOM_IN_LIST = {
  app: { title: 16, rest: 160 },
  robot: { title: 26, rest: 30 },
};
export type CardPlace = keyof typeof ROOM;

const MOST_BUTTONS = 6;
const LONGEST_LABEL = 10;
const MOST_OPTIONS = 20;
const LONGEST_OPTION = 17;
const MOST_KEY_BYTES = 1024;
const LONGEST_LIST_TITLE = 13;
export type CardStyle = Pick<WordStyle, 'several' | 'lists' | 'link'>;
/** What a card is called whose words begin with no short phrase. */
export const PLAIN_TITLE = '请选择';
const ABOVE = '内容见上一条消息。';
const SUBMIT = '提交';
/** A card's words cannot be tapped; a message's links can. */
const LINK = /https?:\/\//;

/** Words as a card; `before` is the text that has to go ahead of it where the card cannot show it whole. */
export interface DrawnCard {
  before: string | null;
  card: TemplateCard;
}

/**
 * Words with buttons as a card: up to six short ones as buttons, up to twenty as a list to choose one or several from,
 * several questions as lists of their own; a link alone as a card that opens it.
 * @param task tells the platform's events which card was tapped; unique for the app
 * @returns null where no card can hold the buttons: the text, which says what to type, has to do.
 */
export function cardOf(
  text: string,
  buttons: Button[],
  task: string,
  place: CardPlace,
  { several, lists, link }: CardStyle = {},
): DrawnCard | null {
  if (lists && lists.length > 0) {
    const { before, title, rest } = laidOut(text, ROOM_IN_LIST[place]);
    return { before, card: listsCard(title, rest, lists, task) };
  }
  if (link && buttons.length === 0) return { before: text, card: linkCard(link, task) };
  const different = buttons.filter((one, index) => buttons.findIndex(({ says }) => says === one.says) === index);
  const fits = different.every(({ says, label }) => says && label && Buffer.byteLength(says) <= MOST_KEY_BYTES);
  if (!fits || different.length === 0 || different.length > MOST_OPTIONS) return null;
  const isList =
    several || different.length > MOST_BUTTONS || different.some(({ label }) => label.length > LONGEST_LABEL);
  const { before, title, rest } = laidOut(text, (isList ? ROOM_IN_LIST : ROOM)[place]);
  const card = isList ? listCard(title, rest, different, task, several) : buttonCard(title, rest, different, task);
  return { before, card };
}

function buttonCard(title: string, rest: string, buttons: Button[], task: string): TemplateCard {
  return {
    ...{ card_type: 'button_interaction', task_id: task, main_title: { title } },
    ...(rest && { sub_title_text: rest }),
    button_list: buttons.map(({ label, says }, index) => ({ text: label, key: says, style: index === 0 ? 1 : 2 })),
  };
}

function listCard(title: string, rest: string, buttons: Button[], task: string, several = false): TemplateCard {
  const options = buttons.map(({ label }, index) => ({
    ...{ id: String(index), text: cut(label, LONGEST_OPTION), is_checked: index === 0 && !several },
  }));
  return {
    ...{ card_type: 'vote_interaction', task_id: task, main_title: { title, ...(rest && { desc: rest }) } },
    checkbox: { question_key: 'choice', mode: several ? 1 : 0, option_list: options },
    submit_button: { text: SUBMIT, key: SUBMIT },
  };
}

/** Of each list one; what it is asked of stands over it (multiple_interaction). */
function listsCard(title: string, rest: string, lists: NonNullable<WordStyle['lists']>, task: string): TemplateCard {
  const select_list = lists.map((list, place) => ({
    ...{ question_key: `choice${place}`, title: cut(list.title, LONGEST_LIST_TITLE) },
    selected_id: `${place}-${list.options.length - 1}`,
    option_list: list.options.map(({ label }, index) => ({ id: `${place}-${index}`, text: cut(label, LONGEST_LABEL) })),
  }));
  return {
    ...{ card_type: 'multiple_interaction', task_id: task, main_title: { title, ...(rest && { desc: rest }) } },
    ...{ select_list, submit_button: { text: SUBMIT, key: SUBMIT } },
  };
}

/** What opens a page when it is tapped (text_notice). */
const linkCard = ({ title, description, url }: NonNullable<WordStyle['link']>, task: string): TemplateCard => ({
  ...{ card_type: 'text_notice', task_id: task, main_title: { title: cut(title, ROOM.robot.title) } },
  ...{ sub_title_text: cut(description, ROOM.robot.rest), card_action: { type: 1, url } },
});

/**
 * What a tap on such a card said: the button's own sentence, or that of what was chosen from the list.
 * @returns undefined for what the card never offered.
 */
export function choiceOf(
  buttons: Button[],
  key: string,
  chosen: string[],
  { several, lists }: CardStyle = {},
): Button | undefined {
  if (lists)
    return together(
      chosen.map((id) => inLists(lists, id)),
      '\n',
    );
  const different = buttons.filter((one, index) => buttons.findIndex(({ says }) => says === one.says) === index);
  if (several && chosen.length > 0)
    return together(
      chosen.map((id) => different[Number(id)]),
      '',
    );
  return chosen.length > 0 ? different[Number(chosen[0])] : different.find(({ says }) => says === key);
}

/** Several choices as one; none of them if one was never offered. What says nothing is left out. */
function together(all: (Button | undefined)[], between: string): Button | undefined {
  const known = all.filter((one) => one !== undefined);
  if (known.length === 0 || known.length < all.length) return undefined;
  const said = known.filter(({ says }) => says !== '');
  return { label: said.map(({ label }) => label).join('、'), says: said.map(({ says }) => says).join(between) };
}
function inLists(lists: NonNullable<WordStyle['lists']>, id: string): Button | undefined {
  const [place, index] = id.split('-').map(Number);
  return lists[place ?? -1]?.options[index ?? -1];
}

/** The words over title and rest of a card; where they do not fit, whole ahead of it. Only a title's last comma goes. */
function laidOut(text: string, room: { title: number; rest: number }) {
  const first = text.length <= room.title ? text : beginning(text, room.title);
  const rest = text.slice(first.length).trim();
  const title = (rest === '' ? first : first.replace(/[，、；]$/, '')).trim() || PLAIN_TITLE;
  if (rest.length <= room.rest && !LINK.test(text)) return { before: null, title, rest };
  return { before: text, title, rest: ABOVE };
}

// A title, words in quotation marks or in brackets are no place to cut; a card's beginning is no longer than this.
const WHOLE = /《[^》\n]*》|“[^”\n]*”|（[^）\n]*）/g;
const LONGEST_BEGINNING = 120;

/** The first phrase, if it is short: up to its strong mark, else up to the last weak one that fits. */
function beginning(text: string, most: number): string {
  const marks = text.slice(0, LONGEST_BEGINNING).replace(WHOLE, (whole) => '□'.repeat(whole.length));
  const strong = marks.search(/[。：？！\n]/) + 1;
  if (strong > 0 && strong <= most) return text.slice(0, strong);
  return text.slice(0, marks.slice(0, most).search(/[，、；][^，、；]*$/) + 1);
}

const cut = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
