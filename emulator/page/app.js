// The chat page: pick a member, talk as that member, see what the bot answers and pushes. All texts are set as text.
import { bubbleBox, element } from './bubble.js';

const state = await (await fetch('/api/state')).json();
const bubbles = state.bubbles;
const chats = [
  ...state.groups.map((group) => ({ ...group, id: group.name, sub: `群聊：${state.mention} 才会应答`, group: true })),
  ...state.members.map((member) => ({ ...member, sub: `${member.department} ${member.title}`, group: false })),
];
const seen = new Map();
let now = new Date(state.now);
let current = null;
let via = 'app';

/** The conversation that is open: a group, or a member's with the app or with the robot. */
const talkId = () => (current && !current.group && via === 'robot' ? `robot:${current.id}` : current?.id);
const belongsTo = (chat, talk) => talk === chat.id || (!chat.group && talk === `robot:${chat.id}`);

const $ = (id) => document.getElementById(id);
const inWords = (instant, options) =>
  new Date(instant).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false, ...options });

function showClock() {
  $('clock').textContent = inWords(now, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
}

const unread = (chat) =>
  bubbles.filter((one) => belongsTo(chat, one.chat) && one.from === 'bot' && one.id > (seen.get(chat.id) ?? 0)).length;

function showChats() {
  const wanted = $('search').value.trim();
  const rows = chats
    .filter((chat) => `${chat.name}${chat.sub}`.includes(wanted))
    .map((chat) => {
      const button = element('button', chat.group ? 'group' : '');
      button.type = 'button';
      button.setAttribute('aria-current', String(chat === current));
      button.append(element('span', 'face', chat.name.slice(-2)), element('span', 'name', chat.name));
      const count = unread(chat);
      const badge = element('span', count ? 'unread' : '', count ? String(count) : '');
      if (count) badge.setAttribute('aria-label', `${count}条未读`);
      button.append(badge, element('span', 'sub', chat.sub));
      button.addEventListener('click', () => open(chat));
      const row = element('li');
      row.append(button);
      return row;
    });
  $('chats').replaceChildren(...rows);
}

// A month that passes says hundreds of things; the list must stay still enough to be clicked.
let isChatsDue = false;
function showChatsSoon() {
  if (isChatsDue) return;
  isChatsDue = true;
  setTimeout(() => {
    isChatsDue = false;
    showChats();
  }, 300);
}

const acts = {
  sayIt: (phrase) => (/原因|张三/.test(phrase) ? fill(phrase) : send(opening() + phrase)),
  tap: (bubble, key, chosen) =>
    post('/api/tap', { from: current.group ? $('speaker').value : current.id, bubble: bubble.id, key, chosen }),
};
const post = (path, body) => fetch(path, { method: 'POST', body: JSON.stringify(body) });

function showTalk() {
  const own = bubbles.filter((one) => one.chat === talkId());
  let last = 0;
  const rows = own.flatMap((one) => {
    const at = new Date(one.at).getTime();
    const time =
      at - last > 5 * 60_000
        ? [element('li', 'time', inWords(at, { month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' }))]
        : [];
    last = at;
    const row = element('li', one.from);
    row.append(bubbleBox(one, acts));
    return [...time, row];
  });
  $('bubbles').replaceChildren(...rows);
  $('bubbles').scrollTop = $('bubbles').scrollHeight;
  if (current) seen.set(current.id, bubbles.at(-1)?.id ?? 0);
}

function open(chat) {
  current = chat;
  document.body.classList.add('talking');
  $('who').textContent = chat.group ? chat.name : `${chat.name}（${chat.sub}）与创优助手`;
  $('form').hidden = false;
  $('speaker').hidden = !chat.group;
  $('via').hidden = chat.group;
  $('menu').hidden = chat.group;
  if (!chat.group && !bubbles.some((one) => one.chat === chat.id)) post('/api/menu', { from: chat.id });
  talkVia('app');
  $('text').value = opening();
  $('chips').replaceChildren();
  void suggest();
  showTalk();
  showChats();
  if (matchMedia('(min-width: 641px)').matches) $('text').focus();
}

/** What could be said here now; it changes with the day and with what was said. */
async function suggest() {
  const chat = current;
  const texts = await (await fetch(`/api/suggestions?chat=${encodeURIComponent(chat.id)}`)).json();
  if (chat !== current) return;
  const chips = texts.map((text) => {
    const chip = element('button', '', text);
    chip.type = 'button';
    chip.addEventListener('click', () => send(text));
    return chip;
  });
  $('chips').replaceChildren(...chips);
  // The chips take room from the talk.
  $('bubbles').scrollTop = $('bubbles').scrollHeight;
}

// Before a chat is picked: whole small stories to try, each as the member it is about.
for (const button of document.querySelectorAll('[data-as]'))
  button.addEventListener('click', () => {
    open(chats.find(({ name }) => name === button.dataset.as));
    send(button.dataset.says);
  });

/** The app's menu under the conversation: a first row, and what is under its entries. */
function showMenu() {
  const rows = (state.menu?.button ?? []).map(({ name, sub_button }) => {
    const box = element('details');
    const under = element('div', 'under');
    box.append(element('summary', '', name), under);
    for (const { name: label, key } of sub_button) {
      const entry = element('button', '', label);
      entry.type = 'button';
      entry.addEventListener('click', () => {
        box.open = false;
        talkVia('app');
        showTalk();
        post('/api/menu', { from: current.id, key });
      });
      under.append(entry);
    }
    return box;
  });
  $('menu').replaceChildren(...rows);
}

function talkVia(which) {
  via = which;
  for (const one of document.querySelectorAll('[data-via]'))
    one.setAttribute('aria-pressed', String(one.dataset.via === which));
}
for (const button of document.querySelectorAll('[data-via]'))
  button.addEventListener('click', () => {
    talkVia(button.dataset.via);
    showTalk();
  });

/** What a message to the bot begins with here. */
const opening = () => (current?.group ? `${state.mention} ` : '');

/** What still has a blank in it is put into the box, the blank selected. */
function fill(text) {
  const box = $('text');
  box.value = opening() + text;
  const blank = box.value.search(/原因|张三/);
  box.focus();
  box.setSelectionRange(blank, blank + 2);
}

async function send(text) {
  if (!current || !text.trim()) return;
  const body = current.group
    ? { from: $('speaker').value, group: current.id, text }
    : { from: current.id, robot: via === 'robot', text };
  await post('/api/say', body);
}

/** The instant a move leads to, by the office's wall clock (UTC+8). */
function target(move) {
  const at = now.getTime();
  if (move === '10m') return new Date(at + 600_000);
  if (move === '1h') return new Date(at + 3_600_000);
  const local = new Date(at + 8 * 3_600_000);
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  if (move === 'morning') return new Date(Date.UTC(year, month, day + 1, 0, 20));
  // Past the 28th and any holiday after it, so that the digest is out.
  return new Date(Date.UTC(year, day >= 28 ? month + 1 : month, 28 + 7, 1, 30));
}

$('fault').value = state.fault;
$('fault').addEventListener('change', () => post('/api/fault', { fault: $('fault').value }));
for (const button of document.querySelectorAll('[data-move]'))
  button.addEventListener('click', async () => {
    for (const one of document.querySelectorAll('[data-move]')) one.disabled = true;
    await post('/api/clock', { to: target(button.dataset.move) });
    for (const one of document.querySelectorAll('[data-move]')) one.disabled = false;
  });
$('form').addEventListener('submit', (event) => {
  event.preventDefault();
  send($('text').value);
  $('text').value = opening();
});
$('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $('form').requestSubmit();
  }
});
$('file').addEventListener('change', async () => {
  const [file] = $('file').files;
  if (!file || !current) return;
  const binary = Array.from(new Uint8Array(await file.arrayBuffer()), (byte) => String.fromCharCode(byte)).join('');
  const where = current.group
    ? { from: $('speaker').value, group: current.id }
    : { from: current.id, robot: via === 'robot' };
  // Among colleagues it counts beside words.
  await post('/api/send', {
    ...where,
    text: current.group ? $('text').value : '',
    name: file.name,
    bytes: btoa(binary),
  });
  $('file').value = '';
});
$('search').addEventListener('input', showChats);
$('back').addEventListener('click', () => {
  document.body.classList.remove('talking');
  current = null;
  showChats();
});

const events = new EventSource('/api/events');
events.addEventListener('bubble', (event) => {
  const bubble = JSON.parse(event.data);
  const known = bubbles.findIndex(({ id }) => id === bubble.id);
  if (known === -1) bubbles.push(bubble);
  else bubbles[known] = bubble;
  const isKnown = chats.some((chat) => belongsTo(chat, bubble.chat));
  // A group that was made meanwhile.
  if (!isKnown)
    chats.unshift({ id: bubble.chat, name: bubble.chat, sub: `群聊：${state.mention} 才会应答`, group: true });
  if (bubble.chat === talkId()) {
    showTalk();
    if (bubble.from === 'bot') void suggest();
  }
  showChatsSoon();
});
events.addEventListener('clock', (event) => {
  now = new Date(JSON.parse(event.data));
  showClock();
});
for (const member of state.members) {
  const option = element('option', '', `${member.name}（${member.department}）`);
  option.value = member.id;
  $('speaker').append(option);
}
showClock();
showMenu();
showChats();
