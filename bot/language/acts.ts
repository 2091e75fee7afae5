/**
 * The words of each kind of act, wide on purpose: whether an act is meant is decided by who speaks, what is named and the
 * mood of the words. For use inside larger patterns.
 */

/** 验收销号: what closes a piece of work */
export const CLOSING =
  '(?:验收|核验|销号|核销|销账|结项|结题|办结|结案|验(?=$|[。！!，,\\s~～哈吧啦了])|验一?[下验]|归档销号|过审|闭环)';
/** asks a superior for something */
export const REQUESTS =
  '(?:申请|提请|呈请|报请|恳请|敬请|请求|特请|提交|提出|组织|安排|麻烦|劳驾|烦请|有劳|请|求|望|盼)';
/** work that has come to its end */
export const FINISHED =
  '(?:完成|办结|办完|办妥|办毕|办好|开完|搞定|搞掂|完毕|落实|做完|做好|弄完|弄好|弄利索|弄妥|干完|整完|整好|忙完|搞完|到位|完工|竣工|收官|收尾|收工|闭幕|完稿|定稿报出|告成|告罄|达标|齐活|妥了|拿下|交差|整改到位|整改完|清零|清完|结束|兑现|清(?=了)|了结|结清|交账|挂牌运行|画上句号)';
/** told that there was no such thing, or that it lacks */
export const LACKS = /没|缺|未|不够|漏|少了?|不全|不齐|不清|不实|不符|过期|模糊/;
