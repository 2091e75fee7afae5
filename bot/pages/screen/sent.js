// The code stands behind the #, which never leaves the phone.
const code = /^#(\d{4})$/.exec(location.hash)?.[1];
const words = code ? `签到 ${code}` : '签到';
document.getElementById('say').textContent = words;
document.getElementById('copy').addEventListener('click', async () => {
  const why = document.getElementById('why');
  try {
    await navigator.clipboard.writeText(words);
    why.textContent = '已复制，请到“创优助手”里粘贴发送。';
  } catch {
    why.textContent = '没有复制成功，请照着输入。';
  }
});
