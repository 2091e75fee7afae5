import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '#bot/calendar.ts';
import { type Call, jsonOf, ok, type Routes, refused, type Tokens } from './tokens.ts';

const CODE_LIVES_MS = 5 * 60_000;

/** The company's address book as the platform keeps it. */
export interface AddressBook {
  departments: { id: number; name: string; parentid: number }[];
  people: { userid: string; name: string; departments: number[] }[];
}

export interface DirectoryParts {
  agentId: number;
  members: ReadonlySet<string>;
  book(): AddressBook;
  clock: Clock;
  tokens: Tokens;
  /** whether the app itself is switched off in the console */
  isClosed(): boolean;
  /** whether the app is told where members are */
  reportsLocation(): boolean;
}

const button = z.object({
  name: z.string().min(1),
  type: z.string().optional(),
  key: z.string().optional(),
  url: z.string().optional(),
});
const menu = z.object({ button: z.array(button.extend({ sub_button: z.array(button).optional() })) });

/** Who is in the company and in the app's visible range, its menu, and signing in to its pages. */
export function directoryApi({ agentId, members, book, clock, tokens, isClosed, reportsLocation }: DirectoryParts) {
  let made: z.infer<typeof menu> | null = null;
  const codes = new Map<string, { userid: string; until: number; used: boolean }>();
  const personOf = (userid: string) => book().people.find((one) => one.userid.toLowerCase() === userid.toLowerCase());
  const isAgent = ({ query }: Call): boolean => query.get('agentid') === String(agentId);

  const routes: Routes = {
    '/cgi-bin/get_api_domain_ip': tokens.guard(() => ok({ ip_list: ['127.0.0.1'] })),
    '/cgi-bin/agent/get': tokens.guard((call) => {
      if (!isAgent(call)) return refused(301002);
      const user = [...members].map((userid) => ({ userid }));
      return ok({
        ...{ agentid: agentId, name: '创优助手', close: isClosed() ? 1 : 0, allow_userinfos: { user } },
        ...{ allow_partys: { partyid: [] }, allow_tags: { tagid: [] }, isreportenter: 1 },
        report_location_flag: reportsLocation() ? 1 : 0,
      });
    }),
    '/cgi-bin/user/get': tokens.guard(({ query }) => {
      const person = personOf(query.get('userid') ?? '');
      if (!person) return refused(60111);
      if (!members.has(person.userid.toLowerCase())) return refused(60011);
      return ok({ userid: person.userid, name: person.name, department: person.departments, status: 1 });
    }),
    '/cgi-bin/user/list_id': tokens.guard((call, app) => {
      if (app !== 'contacts') return refused(48002);
      const { cursor = '', limit = 10_000 } = (jsonOf(call) ?? {}) as { cursor?: string; limit?: number };
      if (limit > 10_000 || limit < 1) return refused(40058);
      const all = book().people.flatMap(({ userid, departments }) =>
        departments.map((department) => ({ userid, department })),
      );
      const from = Number(cursor) || 0;
      const next = from + limit < all.length ? String(from + limit) : '';
      return ok({ next_cursor: next, dept_user: all.slice(from, from + limit) });
    }),
    '/cgi-bin/user/simplelist': tokens.guard(({ query }) => {
      const wanted = Number(query.get('department_id'));
      const found = book().people.filter(
        ({ userid, departments }) => departments.includes(wanted) && members.has(userid.toLowerCase()),
      );
      return ok({
        userlist: found.map(({ userid, name, departments }) => ({ userid, name, department: departments })),
      });
    }),
    '/cgi-bin/department/simplelist': tokens.guard(() =>
      ok({ department_id: book().departments.map(({ id, parentid }, order) => ({ id, parentid, order })) }),
    ),
    '/cgi-bin/department/list': tokens.guard((_, app) =>
      app === 'contacts' ? refused(48009) : ok({ department: book().departments }),
    ),
    '/cgi-bin/menu/create': tokens.guard((call) => {
      if (!isAgent(call)) return refused(301002);
      const parsed = menu.safeParse(jsonOf(call));
      const fault = parsed.success ? menuFault(parsed.data) : 40016;
      if (fault || !parsed.success) return refused(fault);
      made = parsed.data;
      return ok();
    }),
    '/cgi-bin/menu/get': tokens.guard(() => (made ? ok(made) : refused(46003))),
    '/cgi-bin/menu/delete': tokens.guard(() => {
      made = null;
      return ok();
    }),
    '/cgi-bin/auth/getuserinfo': tokens.guard(({ query }) => {
      const code = codes.get(query.get('code') ?? '');
      if (!code || code.used || code.until < clock.now().getTime()) return refused(40029);
      code.used = true;
      return ok({ userid: code.userid });
    }),
  };
  return {
    routes,
    menu: () => made,
    /** What the platform puts behind a page's address for a member who opens it. */
    oauthCode(userid: string): string {
      const code = randomBytes(24).toString('base64url');
      codes.set(code, { userid, until: clock.now().getTime() + CODE_LIVES_MS, used: false });
      return code;
    },
  };
}

const bytes = (text: string | undefined): number => Buffer.byteLength(text ?? '');

function menuFault({ button: buttons }: z.infer<typeof menu>): number {
  if (buttons.length < 1 || buttons.length > 3) return 40017;
  for (const { name, sub_button: under, ...own } of buttons) {
    if (bytes(name) > 16) return 40018;
    if (!under) {
      const fault = itemFault(own);
      if (fault) return fault;
      continue;
    }
    if (under.length < 1 || under.length > 5) return 40023;
    for (const one of under) {
      if (bytes(one.name) > 40) return 40024;
      const fault = itemFault(one);
      if (fault) return fault;
    }
  }
  return 0;
}

function itemFault({ type, key, url }: Omit<z.infer<typeof button>, 'name'>): number {
  if (type === 'view') return /^https?:\/\//.test(url ?? '') && bytes(url) <= 1024 ? 0 : 40020;
  if (type !== 'click') return 40026;
  return bytes(key) >= 1 && bytes(key) <= 128 ? 0 : 40019;
}
