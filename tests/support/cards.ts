import { PLAIN_TITLE, type TemplateCard } from '#bot/wecom/card.ts';

interface Drawn {
  main_title: { title: string; desc?: string };
  sub_title_text?: string;
}

/** The words a card shows, as they were before they became one. */
export function wordsOf(card: TemplateCard): string {
  const { main_title, sub_title_text } = card as unknown as Drawn;
  const title = main_title.title === PLAIN_TITLE ? '' : main_title.title;
  const rest = main_title.desc ?? sub_title_text ?? '';
  // A comma is all that a title loses.
  return `${title}${rest && /[^。：？！；，]$/.test(title) ? '，' : ''}${rest}`;
}
