type Answer = Promise<Record<string, unknown>>;
export interface DirectoryParts {
  agentId: number;
  /** calls the API with the app's token; without a body it is a GET */
  call(api: string, path: string, body?: object): Answer;
}

/** What the app sets or asks about itself and its members. */
export function directoryCalls({ agentId, call }: DirectoryParts) {
  return {
    /**
     * 获取企业微信API域名IP段: asks for something small, as a sign that network, secret and app are well.
     * https://developer.work.weixin.qq.com/document/path/92520
     */
    async probe(): Promise<void> {
      await call('get_api_domain_ip', '/cgi-bin/get_api_domain_ip');
    },

    /**
     * 创建菜单; members see it within a day.
     * https://developer.work.weixin.qq.com/document/path/90231
     */
    async createMenu(menu: object): Promise<void> {
      await call('menu/create', `/cgi-bin/menu/create?agentid=${agentId}`, menu);
    },

    /**
     * 获取访问用户身份: who opened a page, by the code behind its address; a code serves once.
     * https://developer.work.weixin.qq.com/document/path/91023
     * @returns null for somebody who is no member.
     * @throws WecomError; 40029 for a code that was used or is older than five minutes.
     */
    async memberBehind(code: string): Promise<string | null> {
      const answer = await call('auth/getuserinfo', `/cgi-bin/auth/getuserinfo?code=${encodeURIComponent(code)}`);
      const userid = answer['userid'] ?? answer['UserId'];
      return typeof userid === 'string' && userid !== '' ? userid.toLowerCase() : null;
    },

    /**
     * 创建群聊会话 of 2 to 2,000 members, under an id of our own, so that it is made once; the app speaks in it from then on.
     * https://developer.work.weixin.qq.com/document/path/90245
     * @throws WecomError; 86215 if the id is taken.
     */
    async createChat(chat: { chatid: string; name: string; owner: string; members: string[] }): Promise<void> {
      const { chatid, name, owner, members: userlist } = chat;
      await call('appchat/create', '/cgi-bin/appchat/create', { chatid, name, owner, userlist });
    },

    /**
     * 修改群聊会话: name and members.
     * https://developer.work.weixin.qq.com/document/path/98913
     */
    async updateChat(chatid: string, change: { name?: string; add?: string[]; remove?: string[] }): Promise<void> {
      const { name, add = [], remove = [] } = change;
      await call('appchat/update', '/cgi-bin/appchat/update', {
        ...{ chatid, ...(name && { name }) },
        ...{ add_user_list: add, del_user_list: remove },
      });
    },
  };
}
