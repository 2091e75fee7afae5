// Draws one bubble as WeCom does: words, a card to tap, a picture, a file, a link. All texts are set as text.
export const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};
const button = (className, text, onClick) => {
  const made = element('button', className, text);
  made.type = 'button';
  made.addEventListener('click', onClick);
  return made;
};

// A quoted phrase after 发送, 回复 or 写成 is one that can be said by tapping it.
function words(text, sayIt) {
  const box = element('div', 'words');
  const quoted = /((?:发送?|回复|写成|如|或)\s*)“([^”]{1,40})”/g;
  let from = 0;
  for (const match of text.matchAll(quoted)) {
    const start = match.index + match[1].length;
    box.append(
      text.slice(from, start),
      button('say', `“${match[2]}”`, () => sayIt(match[2])),
    );
    from = start + match[2].length + 2;
  }
  box.append(text.slice(from));
  return box;
}

function choices(bubble, tap) {
  const { card } = bubble;
  if (card.closed) {
    const closed = element('button', 'card-button closed', card.closed);
    closed.disabled = true;
    return [closed];
  }
  const tapped = (key, chosen) => (event) => {
    for (const one of event.target.closest('.card').querySelectorAll('button')) one.disabled = true;
    tap(bubble, key, chosen());
  };
  const buttons = card.buttons.map(({ text, key, style }) =>
    button(
      `card-button style-${style}`,
      text,
      tapped(key, () => []),
    ),
  );
  if (card.lists) {
    const lists = card.lists.map(({ title, chosen, options }) => {
      const label = element('label', 'list', title);
      const select = element('select');
      for (const { id, text } of options) select.append(new Option(text, id, id === chosen, id === chosen));
      label.append(select);
      return label;
    });
    const chosenOfEach = () => lists.map((one) => one.querySelector('select').value);
    return [...lists, button('card-button style-1', card.submit.text, tapped(card.submit.key, chosenOfEach))];
  }
  if (card.options.length === 0) return buttons;
  const list = element('div', 'options');
  for (const { id, text, checked } of card.options) {
    const label = element('label', '', text);
    const radio = element('input');
    Object.assign(radio, {
      type: card.several ? 'checkbox' : 'radio',
      name: `choice-${bubble.id}`,
      value: id,
      checked,
    });
    label.prepend(radio);
    list.append(label);
  }
  const chosen = () => [...list.querySelectorAll('input:checked')].map(({ value }) => value);
  const submit = card.submit && button('card-button style-1', card.submit.text, tapped(card.submit.key, chosen));
  return [list, ...(submit ? [submit] : [])];
}

function cardBox(bubble, tap) {
  const { card } = bubble;
  const box = element('div', 'card');
  box.append(element('div', 'card-title', card.title));
  for (const text of [card.desc, card.sub]) if (text) box.append(element('div', 'card-text', text));
  for (const { name, value } of card.facts) {
    const row = element('div', 'card-fact');
    row.append(element('span', '', name), element('span', '', value));
    box.append(row);
  }
  const actions = element('div', 'card-actions');
  actions.append(...choices(bubble, tap));
  box.append(actions);
  return box;
}

function mediaBox({ media, picture }) {
  if (picture || media.kind === 'image') {
    const image = element('img');
    image.src = picture ? `data:image/png;base64,${picture}` : `/api/media?id=${encodeURIComponent(media.id)}`;
    image.alt = '图片';
    return image;
  }
  const link = element('a', 'file', media.name ?? '文件');
  link.href = `/api/media?id=${encodeURIComponent(media.id)}`;
  link.download = media.name ?? '';
  return link;
}

/**
 * @param sayIt says a quoted phrase
 * @param tap taps a card's button, or sends what was chosen on it
 */
export function bubbleBox(bubble, { sayIt, tap }) {
  const box = element('div', bubble.card ? 'bubble has-card' : 'bubble');
  if (bubble.by) box.append(element('span', 'by', bubble.by));
  if (bubble.recalled) box.append(element('em', 'recalled', '消息已撤回'));
  else if (bubble.card) box.append(cardBox(bubble, tap));
  else if (bubble.media || bubble.picture) box.append(mediaBox(bubble));
  else box.append(bubble.from === 'bot' ? words(bubble.text, sayIt) : bubble.text);
  if (bubble.link) {
    const link = element('a', 'file', bubble.link.title);
    Object.assign(link, { href: bubble.link.url, target: '_blank', rel: 'noopener' });
    box.append(link);
  }
  return box;
}
