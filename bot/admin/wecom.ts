import { systemClock } from '#bot/calendar.ts';
import { readConfig } from '#bot/config.ts';
import { ownShared } from '#bot/store/shared.ts';
import { wecomClient } from '#bot/wecom/client.ts';
import { inWords, WecomError } from '#bot/wecom/errors.ts';
import { menuFor } from './menu.ts';

/** 设置应用菜单. @throws Error with what is wrong and what to do about it. */
export async function setUpMenu(env: Record<string, string | undefined>): Promise<string> {
  const config = readConfig(env);
  const client = wecomClient({
    ...{ apiBase: config.WECOM_API_BASE, corpId: config.WECOM_CORP_ID, agentId: config.WECOM_AGENT_ID },
    ...{ agentSecret: config.WECOM_AGENT_SECRET, shelf: ownShared(systemClock) },
    onError: () => undefined,
  });
  const menu = menuFor(config.PUBLIC_URL);
  try {
    await client.createMenu(menu);
  } catch (error) {
    throw error instanceof WecomError ? new Error(inWords(error.errcode)) : error;
  }
  const names = menu.button.map(({ name, sub_button }) => `${name}（${sub_button.map((one) => one.name).join('、')}）`);
  return `已设置菜单：${names.join('；')}。成员最迟一天后看到。`;
}
