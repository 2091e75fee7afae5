/** Who is in the company's address book, and whom the app sees. */
interface Contacts {
  people: { userid: string; name: string; departments: number[] }[];
  departments: { id: number; name: string }[];
  unseen: Set<string>;
  /** how many lines a page holds at most, and what happens after each */
  page: number;
  onPage: (() => void) | null;
  pages: number;
  /** what stands behind a page's address for a member who opens it: code → userid */
  codes: Map<string, string>;
}

/** The part of WeCom's stand-in that answers for the address book. */
export function openBook() {
  const contacts: Contacts = {
    people: [],
    departments: [],
    unseen: new Set(),
    page: 1000,
    onPage: null,
    pages: 0,
    codes: new Map(),
  };
  async function book(address: string, body: () => Promise<Buffer>): Promise<object | null> {
    const url = new URL(address, 'http://x');
    if (url.pathname === '/cgi-bin/user/get') {
      const userid = url.searchParams.get('userid')?.toLowerCase();
      const found = contacts.people.find((one) => one.userid.toLowerCase() === userid);
      if (!found) return { errcode: 60111 };
      if (contacts.unseen.has(found.userid.toLowerCase())) return { errcode: 60011 };
      return { errcode: 0, userid: found.userid, name: found.name, department: found.departments, status: 1 };
    }
    if (url.pathname === '/cgi-bin/department/list') return { errcode: 0, department: contacts.departments };
    if (url.pathname === '/cgi-bin/auth/getuserinfo') {
      const code = url.searchParams.get('code') ?? '';
      const userid = contacts.codes.get(code);
      contacts.codes.delete(code);
      return userid ? { errcode: 0, userid } : { errcode: 40029 };
    }
    if (url.pathname !== '/cgi-bin/user/list_id') return null;
    const { cursor = '0', limit } = JSON.parse((await body()).toString('utf8'));
    const from = Number(cursor);
    const most = Math.min(limit, contacts.page);
    const lines = contacts.people.flatMap(({ userid, departments }) =>
      departments.map((department) => ({ userid, department })),
    );
    contacts.pages += 1;
    contacts.onPage?.();
    const next = from + most < lines.length ? String(from + most) : '';
    return { errcode: 0, next_cursor: next, dept_user: lines.slice(from, from + most) };
  }
  return { contacts, book };
}
