import { verbose } from './verbose.ts';

// People who are not the speaker: the family, the public, a class, a shop.
const FAMILY = '(?:孩子|娃娃?|儿子|女儿|闺女|老公|老婆|媳妇|爱人|家人|家里人?|爸妈?|妈妈?|父母|老人|亲戚)';
const SOMEBODY = `(?:${FAMILY}|同学|朋友|邻居|读者|观众|群众|居民|村民|市民|学生|学员|老师|家长|客户|顾客|老板|司机|游客|他们?|她们?|人家|大家伙?|别人|有人|对方|学校|幼儿园|驾校|医院|物业|小区|食堂|电视台)`;
const FIRST = new RegExp(
  `^[\\s，,]*(?:今[天早晚年]|昨[天晚儿]|前天|上周|周[一二三四五六日]|刚才?|我?[听看]?见?)?(?:我|咱|俺)?(?:的|家|们)?${SOMEBODY}`,
);
const FOR_FAMILY = new RegExp(`^[\\s，,]*[我咱俺]?[给替帮为](?:我|咱|俺)?[家的们]?${FAMILY}`);

const OF_FAMILY = new RegExp(FAMILY);
/** Some of the family is named. */
export const ofFamily = (text: string): boolean => OF_FAMILY.test(text);

/** Somebody else is who a stretch tells of: 「读者昨天在馆里看了三个小时书」, 「孩子周五的课停了」. */
export const tellsOfOthers = (text: string): boolean => FIRST.test(text) || FOR_FAMILY.test(text);

// Who is no part of the family and is spoken of by post, by age or as a colleague: 王姐, 老李, 刘师傅, 同事.
const COLLEAGUE = verbose`
  ^(?:我们?|咱们?|俺们?)?(?:科|办|所|单位)?(?:里|的)?(?:
      同事 | 对桌 | 他 | 她 | 人家
      | (?:
          [老小](?![人孩妈爸娘爹公婆伴舅姨姑叔宝儿家母父女侄外])[〇㐀-鿿]
          | [〇㐀-鿿]{1,2}(?:师傅|主任|[科局所站处队]长|老师|同志|[哥姐工总])
        )
    )$
`;
const BEFALLS =
  /(?:今[天日早晨]|昨[天日晚夜]|前[天晚]|刚才?|夜里|晚上|早上|突然|忽然|也|又|都|正|还|要|得|去|在)*(?:住(?:进|了)?院|生病|病[了倒]|发(?:高)?烧|骨折|摔[了着伤坏]|崴|做手术|生(?:孩子|娃)|坐月子|休产假)/;

/**
 * Whom something befell that keeps somebody away, where it is told ahead of the absence and is not the speaker: 「某某昨晚住院了，
 * 明天学习来不了」 is that person's absence. The words that name the person; null where it is the speaker's own or family's.
 */
export function befallenIn(text: string): string | null {
  const found = BEFALLS.exec(text);
  const who = found && text.slice(0, found.index).replace(/^.*[，,。；;\s]/s, '');
  return who || null;
}

/** Whether words name somebody beyond the family by post, age or as a colleague. */
export const isColleague = (who: string): boolean => COLLEAGUE.test(who);
