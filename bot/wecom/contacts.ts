import { WecomError } from './errors.ts';

type Answer = Promise<Record<string, unknown>>;
export interface ContactParts {
  /** calls the API with the app's token; without a body it is a GET */
  call(api: string, path: string, body?: object): Answer;
  /** the same with the token of the contact sync assistant; null where its secret is not configured */
  callAssistant: ((api: string, path: string, body?: object) => Answer) | null;
}

/** One line of the address book: a person in a department; somebody in two has two. */
export interface BookEntry {
  userid: string;
  department: number;
}
/** What the app sees of one person. */
export type Member = { kind: 'found'; name: string; departments: number[] } | { kind: 'gone' } | { kind: 'unseen' };

const PAGE = 1000;
// A cursor that leads in circles must not be followed for ever: a thousand pages are a million people.
const MOST_PAGES = 1000;
const NO_SUCH_MEMBER = new Set([60_111, 40_003, 46_004]);
const OUT_OF_RANGE = new Set([60_011, 50_002, 60_021]);
const LEFT = 5;

/** Reading the address book: userids and departments of everybody, names of those in the app's visible range. */
export function contactCalls({ call, callAssistant }: ContactParts) {
  return {
    /** Whether the whole book can be read. */
    readsBook: callAssistant !== null,

    /**
     * 获取成员ID列表, a page at a time: the whole book is never in memory.
     * https://developer.work.weixin.qq.com/document/path/96067
     */
    async *book(): AsyncGenerator<BookEntry[]> {
      if (!callAssistant) return;
      let cursor = '';
      for (let page = 0; page < MOST_PAGES; page++) {
        const body = { limit: PAGE, ...(cursor && { cursor }) };
        const answer = await callAssistant('user/list_id', '/cgi-bin/user/list_id', body);
        const entries = Array.isArray(answer['dept_user']) ? (answer['dept_user'] as BookEntry[]) : [];
        yield entries.map(({ userid, department }) => ({ userid: userid.toLowerCase(), department }));
        cursor = String(answer['next_cursor'] ?? '');
        if (!cursor) return;
      }
      throw new WecomError('user/list_id', -1);
    },

    /**
     * 部门名称, of those the app may see. https://developer.work.weixin.qq.com/document/path/90208
     * @returns department id → name
     */
    async departmentNames(): Promise<Map<number, string>> {
      const answer = await call('department/list', '/cgi-bin/department/list');
      const list = (answer['department'] ?? []) as { id: number; name?: string }[];
      return new Map(list.flatMap(({ id, name }) => (name ? [[id, name]] : [])));
    },

    /** 读取成员. https://developer.work.weixin.qq.com/document/path/90196 */
    async member(userid: string): Promise<Member> {
      try {
        const answer = await call('user/get', `/cgi-bin/user/get?userid=${encodeURIComponent(userid)}`);
        if (answer['status'] === LEFT) return { kind: 'gone' };
        const departments = (answer['department'] ?? []) as number[];
        return { kind: 'found', name: String(answer['name'] ?? ''), departments };
      } catch (error) {
        if (error instanceof WecomError && NO_SUCH_MEMBER.has(error.errcode)) return { kind: 'gone' };
        if (error instanceof WecomError && OUT_OF_RANGE.has(error.errcode)) return { kind: 'unseen' };
        throw error;
      }
    },
  };
}
