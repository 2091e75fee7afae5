// Shows the code of the minute. What the next minutes need is asked for ahead, so a lost line is not seen at once.
const base = location.pathname.replace(/\/$/, '');
const at = (id) => document.getElementById(id);
const ASK_EVERY_MS = 4000;
const PATIENCE_MS = 15_000;

let state = null;
/** how far the service's clock is ahead of this machine's */
let ahead = 0;
let heardAt = 0;
let over = '';

const now = () => Date.now() + ahead;

async function ask() {
  try {
    const response = await fetch(`${base}/state`, { cache: 'no-store' });
    const body = await response.json();
    if (response.ok) {
      state = body;
      ahead = Date.parse(body.now) - Date.now();
      heardAt = Date.now();
      over = '';
    } else if (response.status === 404 || response.status === 409) over = body.why;
    else if (response.status === 401) over = ' ';
  } catch {
    // The line is down: what is there is shown as long as it is good.
  }
  show();
}

function show() {
  at('start').hidden = Boolean(state) && !over;
  at('shown').hidden = !state || Boolean(over);
  if (over) {
    state = null;
    if (over.trim()) {
      at('why').textContent = over;
      at('claim').hidden = true;
    }
    return;
  }
  if (!state) return;
  const code = state.codes.find(({ from, until }) => Date.parse(from) <= now() && now() < Date.parse(until));
  const opened = now() >= Date.parse(state.opens);
  at('topic').textContent = state.topic;
  at('about').textContent = state.about;
  at('came').textContent = state.came;
  at('observers').textContent = state.observers > 0 ? `　列席 ${state.observers} 人` : '';
  at('expected').textContent = state.expected;
  at('code').textContent = !opened ? '未开始' : (code?.code ?? '————');
  at('left').textContent = !opened
    ? `${state.opensAt}开始签到`
    : code
      ? `${Math.ceil((Date.parse(code.until) - now()) / 1000)}秒后更换`
      : '';
  at('say').textContent = opened && code ? `签到 ${code.code}` : '签到 加四位数字';
  at('qr').hidden = !opened || !code?.qr;
  if (code?.qr && at('qr').src !== code.qr) at('qr').src = code.qr;
  const silent = Date.now() - heardAt > PATIENCE_MS;
  at('note').textContent = silent
    ? code
      ? '网络暂时中断，签到码仍然有效，人数稍后更新。'
      : '网络中断，恢复后自动显示签到码。纸质签到可由召集人补录。'
    : `${state.closesAt}截止`;
}

at('claim').addEventListener('click', async () => {
  try {
    const response = await fetch(`${base}/claim`, { method: 'POST' });
    const { why } = await response.json();
    if (!response.ok) at('why').textContent = why;
    else document.documentElement.requestFullscreen?.().catch(() => undefined);
  } catch {
    at('why').textContent = '没有连上，请检查网络后再试。';
  }
  await ask();
});
ask();
setInterval(ask, ASK_EVERY_MS);
setInterval(show, 500);
