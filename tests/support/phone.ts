import type { openWorld } from './world.ts';

type Opened = Awaited<ReturnType<typeof openWorld>>;

const IN_WECOM = 'Mozilla/5.0 (iPhone) MicroMessenger/8.0 wxwork/4.1.36';

/** A phone: keeps its cookies and follows nothing by itself. */
export function phone(world: Opened, agent = IN_WECOM) {
  const jar = new Map<string, string>();
  const set: string[] = [];
  return {
    jar,
    /** every cookie as it was set */
    set,
    async opens(path: string): Promise<Response> {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { 'user-agent': agent, ...(cookie && { cookie }) };
      const response = await fetch(`${world.app.url}${path}`, { headers, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        set.push(line);
        jar.set(name, value);
      }
      return response;
    },
  };
}
/** The state a page sends to WeCom with. */
export const stateOf = (response: Response): string =>
  /[?&]state=([0-9a-f]+)/.exec(response.headers.get('location') ?? '')?.[1] ?? '';

/** Opens the page and comes back from WeCom as somebody. */
export async function signedIn(world: Opened, userid: string, page = '/pages/ledger') {
  const mine = phone(world);
  const state = stateOf(await mine.opens(page));
  world.wecom.contacts.codes.set('C', userid);
  const back = await mine.opens(`/pages/signed-in?code=C&state=${state}`);
  return { mine, state, back };
}
